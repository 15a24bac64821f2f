"""The case file as values: cover, and every paper there is in the order of the work, each with its number.

A sheet's number is case-sheet-copy (2026-A001-07-2). `copy` counts its like by their ids, which rise with the
time they were made: a session written down late takes the next number, and no printed number moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sgz_desktop.actions import papers_basics, papers_client, papers_family, papers_results, papers_work
from sgz_desktop.actions.papers_draft import SIGNED, Draft
from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.actions.papers_photos import left_out, photo_sheet
from sgz_desktop.actions.papers_reading import Dossier, attachments_of, own_day
from sgz_desktop.actions.report_photos import Shown
from sgz_desktop.domain import days, retention, signing
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.local_words import sessions, titled
from sgz_desktop.domain.record_class import ADULT
from sgz_desktop.domain.records.application import Application
from sgz_desktop.domain.records.assessment import Assessment
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.closure import Closure
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.evaluation import Evaluation
from sgz_desktop.domain.records.followup import Followup
from sgz_desktop.domain.records.intake import Intake
from sgz_desktop.domain.records.plan import Plan
from sgz_desktop.domain.records.referral import Referral
from sgz_desktop.domain.records.session import Session
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.reports import values

SORTS = (
    "contents",
    "basics",
    "intake",
    "consent",
    "assessment",
    "plan",
    "plan_annex",
    "session",
    "visit",
    "application",
    "referral",
    "letter",
    "evaluation",
    "satisfaction",
    "closure",
    "closure_annex",
    "followup",
    "attachments",
    "genogram",
    "photos",
)
COVER_HOLDS = 36  # characters
NOT_PRINTED: Mapping[str, str] = MappingProxyType({})


def case_file_values(
    file: Dossier, prints: Mapping[str, str] = NOT_PRINTED, photos: Shown | None = None
) -> values.CaseFile:
    """The whole file of a case. `prints` gives papers that were printed to be signed the number they have or
    get by that (2026-A001-04-1 → 2026-A001-04-1-2); without `photos` it holds none."""
    back = {signing.base_of(one.paper_number) for one in attachments_of(file) if one.paper_number}
    sheets = tuple(
        sheet_of(replace(draft, signed=SIGNED) if number in back else draft, prints.get(number, number))
        for draft, number in numbered(file, photos)
    )
    printed = day_words(file.today)
    return values.CaseFile(file.station, file.number, _cover(file), sheets, printed, file.practice)


def numbered(file: Dossier, photos: Shown | None = None) -> list[tuple[Draft, str]]:
    """Every sheet of a case before it is laid out, with its number."""
    drafts = tuple(_drafts(file, photos))
    return list(zip(drafts, _numbers(file, drafts), strict=True))


def sheet_of(draft: Draft, number: str) -> values.Sheet:
    """A sheet with its number."""
    return values.Sheet(
        title=titled(draft.sort, draft.title),
        number=number,
        paper=draft.paper,
        blocks=draft.blocks,
        on=draft.on,
        signed=draft.signed,
        subtitle=draft.subtitle,
        footer=draft.footer,
    )


def _drafts(file: Dossier, photos: Shown | None) -> Iterator[Draft]:
    """Every sheet there is something for, in the order of the work."""
    yield papers_basics.basics(file)
    yield from (papers_basics.intake(file, one) for one in file.of(Intake))
    yield from (papers_client.consent(file, one) for one in file.of(Consent))
    yield from (papers_work.assessment(file, one) for one in file.of(Assessment))
    yield from papers_family.genogram_sheet(file)
    for plan in file.of(Plan):
        yield papers_client.plan(file, plan)
        yield papers_work.plan_annex(file, plan)
    yield from _occasions(file)
    yield from (papers_results.application(file, one) for one in file.of(Application))
    for referral in file.of(Referral):
        yield papers_results.referral(file, referral)
        if _goes_out(file, referral):
            yield papers_results.letter(file, referral)
    for evaluation in file.of(Evaluation):
        yield papers_results.evaluation(file, evaluation)
        yield papers_client.satisfaction(file, evaluation)
    held = held_words(file)
    for closure in file.of(Closure):
        yield papers_client.closure(file, closure, held)
        yield papers_work.closure_annex(file, closure)
    yield from (papers_work.followup(file, one) for one in file.of(Followup))
    yield from photo_sheet(file, photos) if photos else ()
    yield from papers_basics.attachments(file, left_out(photos))


def _goes_out(file: Dossier, referral: Referral) -> bool:
    wanted = referral.receiver and not referral.reply_on
    return bool(wanted and not papers_results.held_sentence(file, referral))


def letter_held(file: Dossier, id: str) -> str:
    """Why the letter of a referral must not go out, '' when it may."""
    return next((papers_results.held_sentence(file, one) for one in file.of(Referral) if one.id == id), "")


def other_letters(file: Dossier) -> list[tuple[Draft, str]]:
    """The letters that are not in the file, with the numbers they have or had in it: those that are answered,
    to nobody named yet, or held back since."""
    drafts = [papers_results.letter(file, one) for one in file.of(Referral) if not _goes_out(file, one)]
    return list(zip(drafts, _numbers(file, drafts), strict=True))


def _occasions(file: Dossier) -> Iterator[Draft]:
    """Sessions and visits in the order of their days; what serves the case is numbered together."""
    number = {id: at for at, id in enumerate(file.held, start=1)}
    found: list[Session | Visit] = [*file.of(Session), *file.of(Visit), *file.visits]
    for one in sorted(found, key=lambda one: _when(one, number.get(str(one.id), 0))):
        yield papers_work.occasion(file, one, number.get(str(one.id), 0))


def _when(one: Session | Visit, at: int) -> tuple[str, str, str]:
    day = own_day(one) or "9999"
    start = (
        (one.start_time or "") if days.is_whole(day) else f"{at:04d}"
    )  # a month tells no order by the clock
    return day, start, str(one.id)


def _numbers(file: Dossier, drafts: Sequence[Draft]) -> list[str]:
    """A letter is counted as its referral is: it keeps its number when another one is answered."""
    copies: dict[str, list[str]] = {}
    for draft in sorted(drafts, key=lambda draft: draft.record):
        copies.setdefault(draft.sort, []).append(draft.record)
    copies["letter"] = sorted(str(one.id) for one in file.of(Referral))
    return [
        f"{file.number}-{SORTS.index(draft.sort) + 1:02d}-{copies[draft.sort].index(draft.record) + 1}"
        for draft in drafts
    ]


def held_words(file: Dossier) -> str:
    """How many sessions there were and how long they took, counted from the records."""
    held = set(file.held)
    occasions: Iterable[Record] = (*file.papers["session"], *file.papers["visit"])
    minutes = [_minutes(one) for one in occasions if one.id in held]
    timed = [one for one in minutes if one > 0]
    words = sessions(len(held))
    if timed:
        words += f"，共{days.show_minutes(sum(timed))}"
    untimed = len(minutes) - len(timed)
    return words + (f"（{sessions(untimed)}未记时间）" if untimed and held else "")


def _minutes(one: Record) -> int:
    start, end = getattr(one, "start_time", None) or "", getattr(one, "end_time", None) or ""
    if not days.is_clock(start) or not days.is_clock(end):
        return 0
    return max(0, days.minutes_between(start, end))


def _cover(file: Dossier) -> tuple[tuple[str, str], ...]:
    case = file.case
    natures = "、".join(code_list("case_nature").label(code) for code in split_codes(case.natures))
    lines = (
        ("个案编号", file.number),
        ("服务对象", file.client_name),
        ("问题类别", natures),
        ("主责社工", case.worker or ""),
        ("督导", case.supervisor or ""),
        ("接案日期", day_words(_taken_on(file))),
        ("结案日期", day_words(case.closed_on)),
        ("保管期限", kept_words(file)),
    )
    return tuple((label, _short(text) or "\n") for label, text in lines)


def _short(text: str) -> str:
    """What the cover has room for: two lines."""
    return text if len(text) <= COVER_HOLDS else text[: COVER_HOLDS - 1] + "…"


def _taken_on(file: Dossier) -> str | None:
    intakes = [one.intake_on for one in file.of(Intake) if one.intake_on]
    return intakes[0] if intakes else file.case.opened_on


def kept_words(file: Dossier) -> str:
    """结案后5年（至2031年6月）; for a minor until 18 and as many years more."""
    years, closed = file.rules.retention_years, file.case.closed_on
    words = f"结案后{years}年"
    if not closed or not days.is_day(closed):
        return words
    born = file.client.born if file.client else None
    if born and not days.is_day(born):  # a coded copy tells no day of birth, nor what follows from it
        return words
    until = day_words(retention.kept_until(years, closed, born))
    return (
        f"满{ADULT}周岁后{years}年（至{until}）"
        if retention.was_minor(closed, born)
        else f"{words}（至{until}）"
    )

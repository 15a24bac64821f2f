"""Papers that are handed over one at a time, of a case or without one: 转介函, 受委托入户核查 and, of a
volunteer, 志愿服务记录证明."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.going_along import goes_along
from sgz_desktop.actions.papers_case_file import numbered, other_letters, sheet_of
from sgz_desktop.actions.papers_draft import dated, narrative, span, subtitle
from sgz_desktop.actions.papers_letter import FOOTER, LETTER, letter_blocks
from sgz_desktop.actions.papers_names import address, names_of
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.papers_volunteer import proof_sheet
from sgz_desktop.actions.papers_words import Asked, form, paired
from sgz_desktop.actions.signing import print_of
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.household_check import HouseholdCheck
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.referral import Referral
from sgz_desktop.domain.records.volunteer import Volunteer
from sgz_desktop.domain.sending import referral_held
from sgz_desktop.domain.signing import LETTER_ALONE, number_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Block, FormField, Handouts, Sheet, Signatures
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
INTERNAL = Paper.INTERNAL
NOT_HERE = "这份资料还没有到本机，没有打印。"
FOR_WHOM = "交委托单位；只记事实，认定由民政部门作出"
PARTS = (
    ("housing", "一、住房情况"),
    ("living_there", "二、同住的人"),
    ("income_told", "三、说到的收入"),
    ("property_seen", "四、看到的财产"),
    ("neighbours", "五、邻居说的话"),
    ("own_words", "六、本人的话"),
)


# told by the address, the time and the signatures, or the station's own
OWN = ("household", "date", "case", "application", "signed_by_first", "signed_by_second", "person_signed")


@action
def leaving_paper(desk: Desk, id: str, kind: str) -> Handouts:
    """The letter of a referral, or a check, as a paper of its own. AppError when it is not here, or when
    the person has not consented to be referred."""
    return _paper(desk, id, kind)


@action
def print_leaving(desk: Desk, id: str, kind: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_paper(desk, id, kind), progress)


@action
def unprintable_leaving(desk: Desk, id: str, kind: str) -> list[str]:
    """Characters of it that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_paper(desk, id, kind))


def _paper(desk: Desk, id: str, kind: str) -> Handouts:
    def work(session: Reading) -> Sheet:
        found = read.get(session, BY_KIND[kind], id)
        if found is None or found.deleted:
            raise AppError(NOT_HERE, "等对方电脑的数据包到了再看。")
        if isinstance(found, HouseholdCheck):
            return check_sheet(session, found)
        if isinstance(found, Volunteer):
            return proof_sheet(session, found, desk.station)
        assert isinstance(found, Referral)
        return letter_sheet(session, desk, found)

    sheet = desk.read_for_paper(work, id)
    return Handouts(desk.station, sheet.title, (sheet,), desk.practice)


def _asked(session: Reading, record: Record) -> Asked:
    pointed = str(getattr(record, "person", None) or "")
    person = read.get(session, Person, pointed) if pointed else None
    return Asked(record, INTERNAL, names_of(session, [record], {pointed: person} if person else {}))


def letter_sheet(session: Reading, desk: Desk, record: Referral) -> Sheet:
    """The letter of a referral with the number it has when it is printed now: of a numbered case that of the
    case's file. AppError when the person has not consented to be referred."""
    _hold_back(session, record)
    if case := case_of_letter(session, str(record.id)):
        file = dossier(session, desk, case)
        drafts = (*numbered(file), *other_letters(file))
        for draft, number in drafts:
            if draft.sort == "letter" and draft.record == record.id:
                return sheet_of(draft, print_of(session, draft, number)[0])
    lines = goes_along(session, record.person or "", record.case or "", desk.today())
    blocks = letter_blocks(desk.station, _asked(session, record), lines)
    return Sheet(
        titled("letter", LETTER), number_of(LETTER_ALONE, str(record.id)), "INTERNAL", blocks, footer=FOOTER
    )


def _hold_back(session: Reading, record: Referral) -> None:
    """AppError when the person has not consented to be referred, or does so no longer."""
    consents = read.of_parent(session, Consent, "case", record.case) if record.case else []
    if held := referral_held(record.model_dump(), [one.model_dump() for one in consents]):
        raise AppError(held, "先记下本人同意，再打印转介函。")


def case_of_letter(session: Reading, id: str) -> str:
    """The case whose number the letter of a referral carries; '' where it has none of its own."""
    record = read.get(session, Referral, id)
    case = read.get(session, Case, record.case) if record and record.case else None
    return str(case.id) if case and not case.deleted and case.number else ""


def check_sheet(session: Reading, record: HouseholdCheck) -> Sheet:
    """The paper of an inquiry at home."""
    one = _asked(session, record)
    home = read.get(session, Household, record.household) if record.household else None
    start, end = one.says("start_time"), one.says("end_time")
    when = "　".join(filter(None, (dated(record.date or ""), span(start, end))))
    for name in OWN:
        one.raw(name)
    top = [
        *one.fields("person", "agent"),
        FormField("家庭住址", address(home) if home else "", True),
        FormField("核查时间", when, True),
        *one.fields("checker_first", "checker_second"),
        FormField("在场的人", one.says("present"), True),
    ]
    blocks: list[Block] = [*form(paired(top))]
    for name, title in PARTS:
        blocks += narrative(title, one.says(name))
    head = subtitle(("委托单位", one.says("entrusted_by")), ("委托日期", one.says("entrusted_on")))
    blocks += form(one.rest(), "其他")
    blocks.append(Signatures(("核查人一", "核查人二", "本人或代理人（或指印）")))
    title = titled(HouseholdCheck.KIND)
    return Sheet(
        title,
        number_of(HouseholdCheck.KIND, str(record.id)),
        "INTERNAL",
        tuple(blocks),
        subtitle=head,
        footer=FOR_WHOM,
    )

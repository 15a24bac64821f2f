"""Every paper with places to sign is in the signing loop: it is known by its number, waits, and is joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from inspect import signature
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2
import pytest

from sgz_desktop.actions import (
    archive,
    case_sample,
    cases,
    contract_papers,
    forms,
    handover,
    ledgers,
    papers,
    papers_activity,
    papers_application,
    papers_handouts,
    papers_leaving,
    papers_possible,
    papers_record,
    papers_report,
    papers_self_check,
    papers_survey,
    papers_unvisited,
    papers_week,
    report_signoff,
    signing,
    signing_alone,
    signing_join,
    signing_list,
    signing_reports,
    signing_sheets,
    signing_week,
    supervision_progress,
    sweep,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.actions.papers_record import PRINTED
from sgz_desktop.actions.signing import ToSign
from sgz_desktop.domain import days
from sgz_desktop.domain import signing as rules
from sgz_desktop.domain.fields import RefKind, Wire
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Brief, ClientSigning, Sheet, Signatures
from sgz_desktop.store.write import Write
from tests.actions.papers_station import full_case
from tests.domain.generate import filled
from tests.foreign.photos import photo
from tests.proofs.test_papers_kept_apart import PAPER_VALUES
from tests.proofs.test_roles import VERBS

NUMBER, MONTH = "2026-A007", "2026-05"
DAY = "2026-06-12"
MORE = {"household_check", "handover", "contract", "evaluation_table", "survey"}
ALONE = {kind: uuid7() for kind in sorted({*PRINTED, *MORE} - {"case"})}
SPAN = ("monthly", MONTH)


def furnish(desk: Desk) -> None:
    """A numbered case with a record of each kind, and of each kind that is printed alone one of no case."""
    full_case(desk)
    writes = [Write("case", "case", {"number": NUMBER, "closed_on": DAY, "guardian_hidden": None})]
    writes += [
        Write(one.kind, one.kind, dict.fromkeys((one.day, one.mode)))  # nothing tells of a signature
        for one in rules.SORTS.values()
        if one.day
    ]
    writes += [Write(kind, id, _values(kind)) for kind, id in ALONE.items()]
    asked: dict[str, Wire] = {"survey": ALONE["survey"], "place": 1, "text": "要什么", "sort": "text"}
    writes.append(Write("survey_question", uuid7(), asked))
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))


def _values(kind: str) -> dict[str, Wire]:
    """All fields filled but for the records it names: those are the person and the household on file."""
    given = filled(BY_KIND[kind], 2, known_codes=True)
    for name, question in questions(BY_KIND[kind]).items():
        if isinstance(question.kind, RefKind):
            given[name] = name if name in ("person", "household") else None
    own: dict[str, dict[str, Wire]] = {
        "handover": {"case": "case"},
        "referral": {"consented": "agreed", "reply_on": None},
    }
    return given | own.get(kind, {})


def agenda_days(desk: Desk) -> tuple[str, str]:
    return f"{desk.today()[:7]}-01", days.latest(desk.today()[:7])


def brief(desk: Desk) -> Brief:
    signed_off(desk)
    return papers_report.report_paper(desk, *SPAN)


def signed_off(desk: Desk) -> str:
    return report_signoff.sign_off(desk, *SPAN, {"filled_by": "李小禾"}, "已逐处看过").number


PAPERS: Mapping[str, Callable[[Desk], Any]] = {
    "case_file": lambda desk: papers.case_file(desk, "case"),
    "record_paper": lambda desk: [
        papers_record.record_paper(desk, id, kind) for kind, id in ALONE.items() if kind in PRINTED
    ],
    "leaving_paper": lambda desk: [
        papers_leaving.leaving_paper(desk, id, kind)
        for id, kind in (
            (ALONE["household_check"], "household_check"),
            (ALONE["referral"], "referral"),
            (ALONE["volunteer"], "volunteer"),
        )
    ],
    "handover_sheets": lambda desk: handover.handover_sheets(desk, [ALONE["handover"]]),
    "application_papers": lambda desk: papers_application.application_papers(
        desk, ALONE["application"], list(papers_application.FORMS)
    ),
    "week_plan": lambda desk: [papers_week.week_plan(desk, own=own) for own in (True, False)],
    "diary_paper": lambda desk: papers_week.diary_paper(desk, *agenda_days(desk)),
    "activity_paper": lambda desk: papers_activity.activity_paper(
        desk, ALONE["activity"], ["plan", "blank", "record"]
    ),
    "handout_paper": lambda desk: papers_handouts.handout_paper(desk, ALONE["resource"]),
    "contract_handover": lambda desk: contract_papers.contract_handover(desk, ALONE["contract"]),
    "sample_paper": lambda desk: case_sample.sample_paper(desk, ALONE["evaluation_table"], 7, 1),
    "material_list": lambda desk: papers_self_check.material_list(desk, ALONE["evaluation_table"]),
    "survey_report": lambda desk: papers_survey.survey_report(desk, ALONE["survey"]),
    "report_paper": brief,
}
UNSIGNED: Mapping[str, Callable[[Desk], Any]] = {  # nobody signs these
    "possible_paper": lambda desk: papers_possible.possible_paper(desk, sweep.sweep(desk).lines),
    "unsigned_paper": lambda desk: signing_list.unsigned_paper(desk, ["consent"]),
    "unvisited_paper": lambda desk: papers_unvisited.unvisited_paper(desk, ["household"], MONTH, True),
    "ledger_sheet": lambda desk: ledgers.ledger_sheet(desk, Wanted("visits", "2026-06-01", "2026-06-30")),
    "progress_sheet": lambda desk: supervision_progress.progress_sheet(desk, MONTH),
    "call_list": lambda desk: case_sample.call_list(desk, ALONE["evaluation_table"]),
    "survey_questionnaire": lambda desk: papers_survey.survey_questionnaire(desk, ALONE["survey"]),
    "archive_contents": lambda desk: archive.archive_contents(desk, NUMBER),
}
ELSEWHERE = {
    "visit_preparation": "below its facts stands a blank form, which is entered as a visit afterwards",
    "box_label": "has no room for blocks",
    "catalogue_poster": "hangs on a wall",
    "conflict_sheet": "a working sheet of no record; what was chosen on it stands in the history",
    "make_copy": "a coded copy of papers that are signed in the file",
    "monthly_brief": "the report_paper of a month",
    "public_notice": "sealed by the office, signed by nobody: its block names no role",
}


def signed_sheets(value: Any) -> Iterator[Sheet | Brief]:
    """Every sheet in what an action returned that somebody signs."""
    if isinstance(value, Brief):
        yield from [value] if value.signers else []
    elif isinstance(value, Sheet):
        yield from [value] if any(map(_signed, value.blocks)) else []
    elif isinstance(value, list | tuple):
        for one in value:
            yield from signed_sheets(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from signed_sheets(getattr(value, field.name))


def _signed(block: object) -> bool:
    return isinstance(block, Signatures | ClientSigning) and bool(block.roles)


def unknown(desk: Desk, *names: str) -> list[str]:
    """The papers with places to sign whose number no scan could be joined by."""
    found = []
    for name in names:
        for sheet in signed_sheets(PAPERS[name](desk)):
            try:
                signing_join.find_paper(desk, sheet.number)
            except AppError as refused:
                found.append(f"{name} {sheet.title} {sheet.number} {refused.message}")
    return found


def unnamed(desk: Desk, sheets: Iterable[Sheet | Brief]) -> Iterator[str]:
    """Who has a place to sign on a paper and is not named in the list of those that wait."""
    for sheet in sheets:
        state = signing_join.numbered_state(desk, sheet.number)
        blocks = sheet.blocks if isinstance(sheet, Sheet) else ()
        roles = [role for block in blocks if _signed(block) for role in block.roles]
        told = () if state is None else state.signers.split("、")
        yield from (f"{sheet.title} {role}" for role in roles if not any(one in role for one in told))


def test_every_action_that_makes_a_paper_is_named_here() -> None:
    made = {
        name
        for name, verb in VERBS.items()
        if str(signature(verb).return_annotation).rpartition(".")[2] in PAPER_VALUES
    }
    assert made == {*PAPERS, *UNSIGNED, *ELSEWHERE}


@pytest.fixture
def station(desk: Desk) -> Desk:
    furnish(desk)
    return desk


def begun(desk: Desk) -> None:
    """The diaries are there from their first print on."""
    for made in week_papers(desk):
        signing.note_printed(desk, made)


def week_papers(desk: Desk) -> list[ToSign]:
    plans = [signing_week.plan_to_sign(desk, own=own) for own in (True, False)]
    return [*plans, signing_week.diary_to_sign(desk, *agenda_days(desk))]


def test_every_paper_with_places_to_sign_is_known_by_its_number(station: Desk) -> None:
    begun(station)
    assert unknown(station, *PAPERS) == []
    made = {name: [*signed_sheets(paper(station))] for name, paper in PAPERS.items() if paper != brief}
    signed = {name: len(sheets) for name, sheets in made.items()}
    print(f"papers with places to sign: {sum(signed.values()) + 1} {signed}")
    assert all(signed.values())
    assert signed["record_paper"] >= len(PRINTED) - 1  # all but the case itself; a group has several
    assert [name for name, paper in UNSIGNED.items() if [*signed_sheets(paper(station))]] == []
    own = (sheet for name in made if name != "case_file" for sheet in made[name])
    assert [*unnamed(station, own)] == []


def test_control_a_sort_taken_out_of_the_loop_is_seen(station: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(station)
    taken = {"handover_sheets": "JJ", "application_papers": "SQ4", "diary_paper": "RZ", "week_plan": "ZJ"}
    taken |= {"activity_paper": "HDF", "handout_paper": "WF", "survey_report": "DY"}
    for name, letters in taken.items():
        fewer = {one: sort for one, sort in rules.ALONE.items() if one != letters}
        assert unknown(station, name) == []
        with monkeypatch.context() as patched:
            patched.setattr(rules, "ALONE", MappingProxyType(fewer))
            assert unknown(station, name)


OF_RECORDS = (
    ("application", "application_papers"),
    ("activity", "activity_paper"),
    ("resource", "handout_paper"),
    ("contract", "contract_handover"),
    ("evaluation_table", "sample_paper"),
    ("evaluation_table", "material_list"),
    ("survey", "survey_report"),
)


def sheets(desk: Desk, kind: str, make: Callable[[], Any]) -> list[ToSign]:
    return signing_sheets.sheets_to_sign(desk, ALONE[kind], kind, make)


def to_sign(desk: Desk) -> list[ToSign]:
    """All of them made ready, but for the report."""
    alone = ((kind, id) for kind, id in ALONE.items() if kind in PRINTED)
    made = [one for kind, id in alone for one in signing_alone.record_to_sign(desk, id, kind)]
    for kind in ("household_check", "handover"):
        made.append(signing_alone.alone_to_sign(desk, ALONE[kind], kind))
    made.append(signing_alone.alone_to_sign(desk, ALONE["referral"], "referral", None, "letter_alone"))
    for kind, name in OF_RECORDS:
        made += sheets(desk, kind, lambda name=name: PAPERS[name](desk))
    made += sheets(
        desk, "volunteer", lambda: papers_leaving.leaving_paper(desk, ALONE["volunteer"], "volunteer")
    )
    for state in signing.paper_states(desk, "case"):
        made.append(signing.paper_to_sign(desk, state.id, state.sort, "case"))
    return [*made, *week_papers(desk)]


def test_every_one_of_them_goes_round(station: Desk, tmp_path: Path) -> None:
    """未打印, 待签 in the list, 已签 by its scan; printed once more it has the number it had."""
    made = to_sign(station)
    numbers = [one.number for one in made]
    assert len(set(numbers)) == len(numbers)
    wanted = {sheet.number for name in PAPERS if name != "report_paper" for sheet in _sheets(station, name)}
    assert wanted - set(numbers) == set()  # each that is printed can be printed to be signed
    for one in made:
        signing.note_printed(station, one)
    waiting = {row.number: row for row in signing_list.list_unsigned(station)}
    assert set(numbers) <= set(waiting)
    assert all(waiting[number].signers and waiting[number].title for number in numbers)
    assert [one.number for one in to_sign(station) if not one.again] == []
    path = tmp_path / "scan.jpg"
    path.write_bytes(photo("", size=(300, 400)))
    scan = signing_join.read_scan(station, path)
    for one in made:
        number = one.number
        own = replace(scan, data=scan.data + number.encode())  # no two scans are the same
        signing_join.join_scan(station, one.id, own, number, DAY)
        state = signing_join.numbered_state(station, number)
        assert state is not None
        assert (state.number, state.words.partition("，")[0], len(state.pages)) == (number, "已签", 1)
    assert not {row.number for row in signing_list.list_unsigned(station)} & set(numbers)


def _sheets(desk: Desk, name: str) -> Iterator[Sheet | Brief]:
    return signed_sheets(PAPERS[name](desk))


def test_a_report_signed_off_goes_round(station: Desk, tmp_path: Path) -> None:
    assert signing_reports.report_signing(station, *SPAN) is None  # a draft
    assert signing_reports.note_report_printed(station, *SPAN) == ""
    number = signed_off(station)
    assert _report(station) == ("未打印", number)
    assert signing_reports.note_report_printed(station, *SPAN) == number
    assert signing_reports.note_report_printed(station, *SPAN) == ""  # once
    assert _report(station) == ("待签", number)
    (row,) = [row for row in signing_list.list_unsigned(station) if row.number == number]
    assert (row.title, row.kind, row.signers) == ("5月工作简报", "report", "填表人、站长、机构负责人")
    assert signing_reports.report_place(station, row.id) == SPAN
    saved = tmp_path / "简报.pdf"
    saved.write_bytes(papers_report.print_report(station, *SPAN))
    read = signing_join.read_scan(station, saved)
    assert read.number == number  # the text of a PDF tells it
    with pytest.raises(AppError, match="上面没有签字"):
        signing_join.join_scan(station, row.id, read, number)
    path = tmp_path / "scan.jpg"
    path.write_bytes(photo("", size=(300, 400)))
    signing_join.join_scan(station, row.id, signing_join.read_scan(station, path), number.lower(), DAY)
    assert _report(station) == ("已签", number)
    assert not [row for row in signing_list.list_unsigned(station) if row.number == number]
    report_signoff.reopen_report(station, *SPAN, "漏了一户")
    again = signed_off(station)
    assert _report(station) == ("未打印", again)
    assert "后来重印为" not in signing_join.find_paper(station, again).note
    assert signing_join.find_paper(station, number).note.startswith("已有1份签字页")


def noted(desk: Desk, made: ToSign) -> ToSign:
    signing.note_printed(desk, made)
    return made


def altered(desk: Desk, kind: str, id: str, **values: Wire) -> None:
    desk.write(lambda session: desk.doing("save_form").record(session, "", [Write(kind, id, values)]))


def materials(desk: Desk, *names: str) -> list[ToSign]:
    id = ALONE["application"]
    return sheets(desk, "application", lambda: papers_application.application_papers(desk, id, names))


def test_what_becomes_of_an_application_alters_no_paper_it_was_handed_in_with(station: Desk) -> None:
    id = ALONE["application"]
    letter, listed = (noted(station, one) for one in materials(station, "letter", "list"))

    def words() -> list[str]:
        states = [signing_join.numbered_state(station, one.number) for one in (letter, listed)]
        return [one.words for one in states if one]

    altered(station, "application", id, stage="accepted", accepted_on="2026-06-20", note="已受理")
    assert words() == ["待签", "待签"]
    altered(station, "paper_item", uuid7(), application=id, title="户口簿", state="ready")
    assert words() == ["待签", rules.ALTERED]
    altered(station, "application", id, programme="dibao")
    assert words() == [rules.ALTERED] * 2
    (again,) = materials(station, "letter")
    assert again.number == f"{letter.number}-2"


def test_a_list_that_says_something_else_is_printed_anew(station: Desk) -> None:
    given = ALONE["resource"]

    def made() -> ToSign:
        (one,) = sheets(station, "resource", lambda: papers_handouts.handout_paper(station, given))
        return one

    first = noted(station, made())
    assert (made().number, made().again) == (first.number, True)
    altered(station, "handout", uuid7(), resource=given, name="王大爷", quantity=2)
    again = noted(station, made())
    assert (again.number, again.again) == (f"{first.number}-2", False)
    rows = {row.number: row for row in signing_list.list_unsigned(station)}
    assert (first.number in rows, rows[again.number].title) == (False, "物资发放表")
    assert signing_join.find_paper(station, first.number).note.startswith("这是旧的一份")


def test_a_diary_is_printed_anew_only_when_it_says_something_else(station: Desk) -> None:
    span = agenda_days(station)
    first = noted(station, signing_week.diary_to_sign(station, *span))
    assert first.number.startswith("RZ30-")  # the days of June
    assert signing_week.diary_to_sign(station, *span).data == first.data
    week = signing_week.diary_to_sign(station, span[0], days.add_days(span[0], 6))
    assert week.number == first.number.replace("RZ30", "RZ7")
    paper = cases.new_paper(station, "case", "session")
    forms.save_form(station, paper, {"date": f"{span[0][:7]}-02", "facts": "补记", "worker": station.user})
    again = noted(station, signing_week.diary_to_sign(station, *span))
    assert (again.number, again.again) == (f"{first.number}-2", False)
    rows = {row.number: row for row in signing_list.list_unsigned(station)}
    assert first.number not in rows
    row = rows[again.number]
    assert (row.title, row.name, row.village) == ("6月工作日志", station.user, "站内")


def test_a_plan_of_the_station_is_no_workers(station: Desk) -> None:
    own, ours = (noted(station, signing_week.plan_to_sign(station, own=own)) for own in (True, False))
    assert own.id != ours.id
    told = {row.number: row.name for row in signing_list.list_unsigned(station)}
    assert (told[own.number], told[ours.number]) == (station.user, "全站")


def test_a_letter_of_a_case_has_the_number_of_the_file_and_keeps_it(station: Desk) -> None:
    """Printed alone or in the file it is one paper, also once its answer or that of another came."""
    both = uuid7(), uuid7()
    sent: dict[str, Wire] = {"case": "case", "person": "person", "receiver": "县医院", "consented": "agreed"}
    altered(station, "consent", "consent", withdrawn_on=None, ok_share_referral="agreed")
    for id in both:
        altered(station, "referral", id, **sent)
    kept = [noted(station, letter(station, id)).number for id in both]
    assert all(one.startswith(f"{NUMBER}-12-") for one in kept)
    assert [papers_leaving.leaving_paper(station, id, "referral").sheets[0].number for id in both] == kept
    assert set(kept) <= in_file(station)
    altered(station, "referral", both[0], reply_on="2026-06-20", outcome="accepted")
    assert [one in in_file(station) for one in kept] == [False, True]
    found = [signing_join.find_paper(station, one) for one in kept]
    assert [(one.id, one.title) for one in found] == [(id, "转介函") for id in both]
    assert {one.number for one in signing.paper_states(station, "case")} >= set(kept)
    altered(station, "consent", "consent", ok_share_referral="refused")
    assert signing_join.find_paper(station, kept[1]).id == both[1]  # what went out comes back all the same
    with pytest.raises(AppError, match="不提供给转介单位"):
        letter(station, both[1])


def in_file(desk: Desk) -> set[str]:
    return {sheet.number for sheet in papers.case_file(desk, "case").sheets}


def letter(desk: Desk, id: str) -> ToSign:
    return signing_alone.alone_to_sign(desk, id, "referral", None, "letter_alone")


def test_a_letter_of_no_case_keeps_its_letters(station: Desk) -> None:
    made = noted(station, letter(station, ALONE["referral"]))
    assert made.number.startswith("ZJH-")
    row = next(row for row in signing_list.list_unsigned(station) if row.number == made.number)
    assert (row.title, row.case_number) == ("转介函", "")


def test_papers_together_are_one_pdf_and_wait_apart(station: Desk) -> None:
    made = materials(station, "letter", "receipt")
    whole = signing_sheets.in_one(made)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(whole))
    assert all(one.number in text for one in made)
    assert [one.number[:3] for one in made] == ["SQ1", "SQ6"]
    assert signing_sheets.in_one(made) == whole
    assert signing_sheets.in_one(made[:1]) == made[0].data


def test_a_kept_diary_goes_when_what_it_tells_is_erased(station: Desk) -> None:
    told: dict[str, Wire] = {"date": "2026-06-02", "facts": "谈了很久", "worker": station.user}
    id = uuid7()
    altered(station, "visit", id, household="household", **told)
    made = noted(station, signing_week.diary_to_sign(station, *agenda_days(station)))
    assert ("visit", id) in made.sources
    forms.erase_values(station, id, "visit", ["facts"], "本人要求")
    with pytest.raises(AppError, match="清除"):
        signing.kept_paper(station, made.id, made.number)


def _report(desk: Desk) -> tuple[str, str]:
    state = signing_reports.report_signing(desk, *SPAN)
    assert state is not None
    return state.words, state.number

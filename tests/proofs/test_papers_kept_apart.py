"""Papers about a family hold nothing of a case or report kept from its guardian, whoever prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

import pypdfium2
import pytest

from sgz_desktop.actions import (
    archive,
    contract_papers,
    handover,
    ledgers,
    papers,
    papers_activity,
    papers_application,
    papers_conflicts,
    papers_handouts,
    papers_leaving,
    papers_notice,
    papers_possible,
    papers_record,
    papers_report,
    papers_survey,
    papers_unvisited,
    papers_visits,
    papers_week,
    service_catalogue,
    signing_list,
    supervision_copy,
    supervision_progress,
    sweep,
)
from sgz_desktop.actions.allowed import HEAD, SUPERVISOR
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, new_form, save_form
from sgz_desktop.actions.supervision_copy import CopyWish
from sgz_desktop.errors import AppError
from sgz_desktop.store.read import exists
from sgz_desktop.store.store import Store
from sgz_desktop.store.veil import NOTHING
from sgz_desktop.store.write import Write
from tests.proofs import station_work
from tests.proofs.conftest import Tally
from tests.proofs.roles_station import (
    ACTIVITY,
    ADULT_CLIENT,
    ADULTS,
    CHILD,
    DAY,
    FOUND_IN,
    HIDDEN,
    HOUSEHOLD,
    LATER,
    MINORS,
    MONTH,
    NUMBERS,
    OWNER,
    RESOURCE,
    SECRET,
    SUSPECT,
    desks,
    furnish,
    owner,
    tells,
    texts,
)
from tests.proofs.test_roles import VERBS, wanted_of

MARKS = (SECRET, NUMBERS[HIDDEN], FOUND_IN, SUSPECT)
APPLICATIONS = [f"{id}-application" for id in (MINORS, ADULTS)]


def applied_for(desk: Desk) -> None:
    """The applications are for 特困, the adult's by himself."""
    own = {"programme": "tekun", "household": None}
    writes = [Write("application", id, own) for id in APPLICATIONS]
    desk.store.write(lambda session: desk.doing("save_form").record(session, "", writes))


def application_papers(desk: Desk) -> Any:
    applied_for(desk)
    every = list(papers_application.FORMS)
    return [papers_application.application_papers(desk, id, every) for id in APPLICATIONS]


def supervisors_copies(desk: Desk) -> Any:
    """The words of every page, and the records they were printed from."""
    made = [supervision_copy.make_copy(desk, id, CopyWish("督导")) for id in (MINORS, ADULTS)]
    pages = [page for one in made for page in pypdfium2.PdfDocument(one.data)]
    return [page.get_textpage().get_text_range() for page in pages], [one.sources for one in made]


def box_label(desk: Desk) -> Any:
    """All three cases are closed, the hidden one the first of them by its number."""
    closed = [Write("case", id, {"closed_on": DAY}) for id in NUMBERS]
    desk.store.write(lambda session: desk.doing("save_form").record(session, "", closed))
    return archive.box_label(desk, DAY[:4]), archive.closed_cases(desk, DAY[:4])


def public_notice(desk: Desk) -> Any:
    applied_for(desk)
    return papers_notice.public_notice(desk, APPLICATIONS[1])


def records_alone(desk: Desk) -> Any:
    """Records of the family and of its other cases, each as a paper of its own."""
    kinds = ("session", "plan", "visit", "household_check", "contact", "mandatory_report")
    named = [(f"{id}-{kind}", kind) for id in (MINORS, ADULTS) for kind in kinds]
    found = [
        (id, kind) for id, kind in named if desk.read(lambda session, id=id, k=kind: exists(session, k, id))
    ]
    own = [(CHILD, "person"), (HOUSEHOLD, "household"), (ADULT_CLIENT, "person"), (ADULTS, "case")]
    assert len(found) > len(kinds)
    return [papers_record.record_paper(desk, id, kind) for id, kind in (*found, *own)]


def doubled(desk: Desk) -> Any:
    """Two values of every case's note, the hidden one's too."""
    for id in NUMBERS:
        for text in (SECRET if id == HIDDEN else "甲", "乙"):
            write = Write("case", id, {"note": text})
            desk.store.write(lambda s, write=write: desk.record(s, "", [write]))
    return papers_conflicts.conflict_sheet(desk)


def contract_ended(desk: Desk) -> Any:
    """The list handed over at the end of a contract whose targets count what is kept apart too."""
    span = {"first_on": "2026-01-01", "last_on": "2026-12-31"}
    goals = [RowInput("", {"indicator": key, "goal": 9}) for key in ("C01.new", "C02.sessions")]
    form = new_form(desk, "contract", {"title": "试"})
    save_form(desk, form, span, {"targets": goals})
    return contract_papers.contract_handover(desk, form.id)


PAPERS: Mapping[str, Callable[[Desk], Any]] = {
    "activity_paper": lambda desk: papers_activity.activity_paper(desk, ACTIVITY, papers_activity.PARTS),
    "handout_paper": lambda desk: papers_handouts.handout_paper(desk, RESOURCE),
    "application_papers": application_papers,
    "public_notice": public_notice,
    "case_file": lambda desk: [papers.case_file(desk, NUMBERS[id]) for id in (MINORS, ADULTS)],
    "handover_sheets": lambda desk: handover.handover_sheets(
        desk, [f"{id}-handover" for id in (MINORS, ADULTS)]
    ),
    "leaving_paper": lambda desk: [
        papers_leaving.leaving_paper(desk, f"{id}-household_check", "household_check")
        for id in (MINORS, ADULTS)
    ],
    "possible_paper": lambda desk: papers_possible.possible_paper(desk, sweep.sweep(desk).lines),
    "monthly_brief": lambda desk: papers.monthly_brief(desk, MONTH),
    "report_paper": lambda desk: [
        papers_report.report_paper(desk, sort, span)
        for sort, span in (("monthly", MONTH), ("midterm", MONTH[:4]), ("final", MONTH[:4]))
    ],
    "unsigned_paper": lambda desk: signing_list.unsigned_paper(desk, [f"{id}-consent" for id in NUMBERS]),
    "conflict_sheet": doubled,
    "unvisited_paper": lambda desk: papers_unvisited.unvisited_paper(desk, [HOUSEHOLD], MONTH, True),
    "visit_preparation": lambda desk: papers_visits.visit_preparation(desk, [HOUSEHOLD]),
    "week_plan": papers_week.week_plan,
    "ledger_sheet": lambda desk: [ledgers.ledger_sheet(desk, every) for every in wanted_of(desk)],
    "progress_sheet": lambda desk: supervision_progress.progress_sheet(desk, MONTH),
    "make_copy": supervisors_copies,
    "archive_contents": lambda desk: [archive.archive_contents(desk, NUMBERS[id]) for id in (MINORS, ADULTS)],
    "box_label": box_label,
    "record_paper": records_alone,
    "catalogue_poster": service_catalogue.catalogue_poster,
    "contract_handover": contract_ended,
    "diary_paper": lambda desk: papers_week.diary_paper(desk, DAY, LATER, OWNER[1]),
    **{name: station_work.READINGS[name] for name in station_work.PAPERS},
    "survey_questionnaire": lambda desk: papers_survey.survey_questionnaire(
        station_work.at_work(desk), station_work.SURVEY
    ),
}
PAPER_VALUES = ("Poster", "Copy", "CaseFile", "Brief", "Handouts", "Sheet", "Archive", "BoxLabel")
OF_ITSELF = {
    "print_application",
    "print_notice",
    "print_case_file",
    "print_case_files",
    "print_release",
    "print_record",
    "print_blanks",
    "print_brief",
    "print_report",
    "print_possible",
    "print_preparation",
    "print_unsigned",
    "print_conflicts",
    "print_unvisited",
    "print_week_plan",
    "print_diary",
    "print_leaving",
    "print_ledger",
    "print_archive",
    "print_box_label",
    "print_progress",
    "print_questionnaire",
    "print_call_list",
    "print_catalogue",
}  # the same values as bytes


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    store = make_store(now=lambda: 1_782_800_000_000)  # 2026-06-30
    furnish(store)
    return store


def printers(store: Store) -> list[Desk]:
    """Those who may see the hidden case: its own worker and the head."""
    return [owner(store), desks(store)[HEAD]]


def leaks(store: Store) -> list[str]:
    """Papers on which one of the marks stands."""
    return [
        f"{name} by {desk.user}"
        for desk in printers(store)
        for name, paper in PAPERS.items()
        if tells(paper(desk), *MARKS)
    ]


def test_every_paper_there_is_is_asked() -> None:
    """Every action that returns a paper, or its bytes, stands above: a new one must be named here."""
    made = {
        name
        for name, verb in VERBS.items()
        if str(signature(verb).return_annotation).rpartition(".")[2] in PAPER_VALUES
        or name.startswith("print_")
    }
    assert made == set(PAPERS) | OF_ITSELF


def test_no_paper_of_the_family_tells_of_it(store: Store, tally: Tally) -> None:
    assert leaks(store) == []
    tally("papers kept apart", papers=len(PAPERS), printed_by=2, leaks=0)


def test_control_read_as_a_page_is_read_they_tell(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store.kept_back
    monkeypatch.setattr(Store, "kept_back", lambda self, worker: kept(self, worker) if worker else NOTHING)
    shown = {"case_file", "visit_preparation", "week_plan", "diary_paper"}
    shown |= {"ledger_sheet", "box_label", "sample_paper", "call_list", "material_list"}
    assert {found.partition(" ")[0] for found in leaks(store)} >= shown


def test_the_hidden_case_has_papers_of_its_own(store: Store) -> None:
    for desk in printers(store):
        for name in (HIDDEN, NUMBERS[HIDDEN]):
            assert tells(papers.case_file(desk, name), SECRET)
            assert archive.archive_contents(desk, name).number == NUMBERS[HIDDEN]


def test_a_record_of_the_hidden_case_is_printed_by_its_own_alone(store: Store) -> None:
    id = f"{HIDDEN}-session"
    for desk in printers(store):
        assert tells(papers_record.record_paper(desk, id, "session"), SECRET)
    with pytest.raises(AppError, match="权限"):
        papers_record.record_paper(desks(store)[SUPERVISOR], id, "session")


def test_of_a_hidden_case_nothing_is_put_up_and_its_own_papers_are_printed(store: Store) -> None:
    id = f"{HIDDEN}-application"
    for desk in printers(store):
        own = {"programme": "tekun", "household": None, "person": ADULT_CLIENT}
        writes = [Write("application", id, own)]
        store.write(lambda session, desk=desk, w=writes: desk.doing("save_form").record(session, "", w))
        assert "陈大山" in "".join(texts(papers_application.application_papers(desk, id)))
        with pytest.raises(AppError, match="保密个案"):
            papers_notice.public_notice(desk, id)

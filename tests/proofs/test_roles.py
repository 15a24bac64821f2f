"""Who may what: every role × every action × every class of record is declared, held and logged."""

from __future__ import annotations

import inspect
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import (
    access_log,
    agenda,
    aid,
    alike,
    allowed,
    applications,
    archive,
    assessing,
    assist,
    attachments,
    brief_word,
    bureau,
    case_goals,
    case_sample,
    cases,
    casework_rules,
    categories,
    choices,
    conflicts,
    contacts,
    contract_papers,
    contract_year,
    copies,
    county,
    diary,
    exchange,
    exchange_dealings,
    exchange_devices,
    exchange_join,
    exchange_kept,
    exchange_meet,
    exchange_receive,
    exchange_send,
    exchange_trust,
    family,
    figures,
    find,
    forms,
    going_along,
    groups,
    handing_out,
    handover,
    histories,
    household_checks,
    keeping,
    ledgers,
    lists,
    members,
    merging,
    name_rows,
    oral_consent,
    organisations,
    paper_cases,
    papers,
    papers_activity,
    papers_application,
    papers_blank,
    papers_conflicts,
    papers_handouts,
    papers_leaving,
    papers_notice,
    papers_possible,
    papers_record,
    papers_report,
    papers_self_check,
    papers_survey,
    papers_unvisited,
    papers_visits,
    papers_week,
    pauses,
    people,
    people_export,
    policies,
    policy_changes,
    policy_panel,
    practice_story_teller,
    quality,
    ratings,
    records_file,
    records_tables,
    remarks,
    replies,
    report_checks,
    report_edits,
    report_figures,
    report_forms,
    report_signoff,
    roster_compare,
    rosters,
    rounds,
    self_check,
    service_catalogue,
    settings,
    signing,
    signing_alone,
    signing_file,
    signing_join,
    signing_list,
    signing_reports,
    signing_sheets,
    signing_week,
    staff_standing,
    station_lists,
    supervision_copy,
    supervision_progress,
    supervision_remarks,
    supervision_return,
    supervision_work,
    surveys,
    sweep,
    tasks,
    transfer_card,
    transfer_receive,
    transfer_send,
    undoing,
    urgent,
    visit_slips,
    visits,
    volunteers,
    workbench,
    workers,
)
from sgz_desktop.actions.allowed import ACTIONS, CLERK, ENTERED, HEAD, ROLES, SUPERVISOR, TABLE, WORKER, Grant
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.rights import grants
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.bureau_form import Form as BureauForm
from sgz_desktop.domain.bureau_form import Mapped
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.record_class import RecordClass
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.slip_paste import Pasted
from sgz_desktop.domain.visit_slips import Slip
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, log, queries, read, veil
from sgz_desktop.store import settings as setting
from sgz_desktop.store import store as store_module
from sgz_desktop.store.store import Store
from sgz_desktop.store.veil import NOTHING, veiled_kinds
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
    GROUP,
    HIDDEN,
    HOUSEHOLD,
    LATER,
    MINORS,
    MONTH,
    NUMBERS,
    OPEN,
    RESOURCE,
    SECRET,
    SUSPECT,
    Ask,
    desk_of,
    desks,
    furnish,
    owner,
    tells,
)

MATRIX = Path(__file__).with_name("roles_matrix.txt")
MODULES = (
    *(county, transfer_card, transfer_receive, transfer_send),
    *(
        exchange,
        exchange_dealings,
        exchange_devices,
        exchange_join,
        exchange_kept,
        exchange_meet,
        exchange_receive,
        exchange_send,
        exchange_trust,
    ),
    *(case_sample, papers_self_check, papers_survey, self_check, surveys),
    *(papers_blank, papers_record),
    *(conflicts, papers_conflicts),
    *(casework_rules, handover, oral_consent, paper_cases, quality, ratings),
    *(
        access_log,
        aid,
        assessing,
        attachments,
        case_goals,
        cases,
        choices,
        contacts,
        copies,
        figures,
        find,
        forms,
        keeping,
    ),
    *(lists, members, papers, people_export, station_lists, urgent),
    *(handing_out, name_rows, papers_activity, papers_handouts),
    *(groups, lists, members, papers, people_export, station_lists, urgent),
    *(categories, family),
    *(agenda, diary, papers_week),
    *(contract_papers, contract_year, service_catalogue, staff_standing, station_lists),
    *(going_along, household_checks, organisations, papers_leaving, replies),
    *(alike, histories, merging, undoing),
    *(assist, papers_possible, policies, policy_changes, policy_panel, sweep),
    *(applications, papers_application, papers_notice),
    *(archive, brief_word, bureau, ledgers),
    *(supervision_copy, supervision_progress, supervision_remarks, supervision_return),
    *(papers_report, report_checks, report_edits, report_figures, report_forms, report_signoff),
    *(
        people,
        papers_unvisited,
        papers_visits,
        pauses,
        practice_story_teller,
        records_file,
        records_tables,
        remarks,
        roster_compare,
        rosters,
        rounds,
        settings,
        signing,
        signing_alone,
        signing_file,
        signing_join,
        signing_list,
        signing_reports,
        signing_sheets,
        signing_week,
        supervision_work,
        tasks,
        visit_slips,
        visits,
        volunteers,
        workbench,
        workers,
    ),
)
VERBS: Mapping[str, Callable[..., Any]] = {
    name: verb
    for module in MODULES
    for name, verb in inspect.getmembers(module, inspect.isfunction)
    if name in ACTIONS
}
LETTERS = {
    RecordClass.OWN: "O",
    RecordClass.STATION: "S",
    RecordClass.MINOR: "M",
    RecordClass.HIDDEN: "H",
}


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    store = make_store(now=lambda: 1_782_800_000_000)  # 2026-06-30
    furnish(store)
    return store


def told(store: Store) -> list[access.Access]:
    """The access log, newest first, with all that was put off written."""
    store.write(lambda session: None)
    return store.read(access.lines)


# The table


def cells(action: str, role: str) -> str:
    actor = Actor("w", frozenset({role}))
    return "".join(mark if allowed.allowed(actor, action, of) else "." for of, mark in LETTERS.items())


def matrix() -> str:
    """The whole table as text, one action a line."""
    heads = "".join(f"{role:16}" for role in ROLES)
    lines = [f"{'action':20}{heads}".rstrip()]
    for name in sorted(ACTIONS | set(TABLE)):
        rule = TABLE.get(name)
        notes = ["logged"] if rule and rule.logged else []
        notes += [f"{role} only some kinds" for role in rule.only] if rule else ["undeclared"]
        lines.append(
            f"{name:20}{''.join(f'{cells(name, role):16}' for role in ROLES)}{', '.join(notes)}".rstrip()
        )
    return "\n".join(lines) + "\n"


def test_every_cell_is_declared_and_as_agreed(tally: Tally) -> None:
    """A change of rights is a change of roles_matrix.txt, for a reviewer to see. O own, S the station's, M a
    minor's, H kept from the guardian."""
    undeclared = (ACTIONS ^ set(TABLE)) | (set(LETTERS) ^ set(RecordClass))
    undeclared |= set(Grant.__slots__) ^ {of.value for of in RecordClass}
    named = {role for rule in TABLE.values() for of in RecordClass for role in rule.grant.roles(of)}
    assert named <= set(ROLES)
    assert undeclared == set()
    assert set(VERBS) == ACTIONS
    assert matrix() == MATRIX.read_text("utf-8")
    tally("who may what", cells=len(TABLE) * len(ROLES) * len(RecordClass), undeclared=len(undeclared))


def test_control_a_table_that_lets_everybody_do_everything_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed, "allowed", lambda *_: True)
    assert matrix() != MATRIX.read_text("utf-8")


def test_what_is_not_declared_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = Actor("w", frozenset(ROLES))
    assert not allowed.allowed(everybody, "burn_everything")
    assert not allowed.allowed(everybody, "find", "unheard of")  # type: ignore[arg-type]
    assert not allowed.allowed(Actor("w", frozenset({"visitor"})), "find")
    monkeypatch.delitem(TABLE, "find")
    assert not allowed.allowed(everybody, "find")
    assert matrix() != MATRIX.read_text("utf-8")


def test_several_roles_add_up() -> None:
    both = Actor("w", frozenset({CLERK, SUPERVISOR}))
    assert allowed.allowed(both, "save_form", kind="visit")
    assert allowed.allowed(both, "form", kind="assessment")
    assert not allowed.allowed(both, "save_form", kind="assessment")


def test_a_clerk_enters_families_and_visits_and_opens_no_paper_of_a_case() -> None:
    clerk = Actor("w", frozenset({CLERK}))
    limited = {name for name, rule in TABLE.items() if rule.only}
    assert limited == {"form", "save_form"}
    for name in limited:
        assert {kind for kind in BY_KIND if allowed.allowed(clerk, name, kind=kind)} == ENTERED
        assert all(allowed.allowed(Actor("w", frozenset({WORKER})), name, kind=kind) for kind in BY_KIND)


# The table at work


def test_what_is_denied_changes_nothing_tells_nothing_and_leaves_a_line(store: Store, tally: Tally) -> None:
    tried = 0
    before = store.read(log.digest), store.read(log.history_digest)
    for role, desk in desks(store).items():
        denied = [name for name in VERBS if not allowed.allowed(desk.actor, name)]
        for name in denied:
            with pytest.raises(AppError, match="其他岗位的权限") as refused:
                VERBS[name](desk, *["x"] * (len(inspect.signature(VERBS[name]).parameters) - 1))
            assert not tells(refused.value.args, SECRET, OPEN)
        lines = [(line.worker, line.action, line.outcome) for line in told(store)[: len(denied)]]
        assert lines == [(f"w-{role}", name, "denied") for name in reversed(denied)]
        tried += len(denied)
    assert (store.read(log.digest), store.read(log.history_digest)) == before
    assert store.read(access.broken_at) is None
    tally("who may what: denied", tried=tried, changed=0, unlogged=0)


def test_the_access_log_holds_ids_and_no_typed_words(store: Store) -> None:
    admin = desks(store)["administrator"]
    for verb in (find.find, find.find_people):
        with pytest.raises(AppError, match="权限"):
            verb(admin, "陈小豆")
    with pytest.raises(AppError, match="权限"):
        people.register_household(admin, {"village": "上溪村"}, [])
    assert [line.record for line in told(store)[:3]] == ["", "", ""]


GIVEN: dict[str, Any] = {
    "id": HIDDEN,
    "case": HIDDEN,
    "about": HIDDEN,
    "ids": [f"{HIDDEN}-task"],
    "number": NUMBERS[HIDDEN],
    "number_or_id": NUMBERS[HIDDEN],
    "form": Form("case", HIDDEN, {}),
    "forms_filled": [(Form("session", "new", {"case": HIDDEN}, new=True), {}, {})],
    "visit": FOUND_IN,
    "values": {"case": HIDDEN},
    "kind": "case",
}


def test_naming_a_hidden_record_is_denied_to_all_but_its_worker_and_the_head(
    store: Store, tally: Tally
) -> None:
    before, tried = store.read(log.digest), 0
    for role, desk in desks(store).items():
        for name, verb in VERBS.items():
            parameters = [*inspect.signature(verb).parameters][1:]
            naming = set(parameters) & set(GIVEN) - {"kind"}
            if not naming or allowed.allowed(desk.actor, name, RecordClass.HIDDEN):
                continue
            with pytest.raises(AppError, match="其他岗位的权限"):
                verb(desk, *[GIVEN.get(parameter, "") for parameter in parameters])
            line = told(store)[0]
            assert (line.worker, line.action, line.outcome) == (f"w-{role}", name, "denied")
            tried += 1
    assert store.read(log.digest) == before
    tally("who may what: hidden records named", tried=tried, let_through=0)


def test_every_record_below_a_hidden_case_is_hidden(store: Store) -> None:
    for kind in ("case", *veiled_kinds()):
        id = HIDDEN if kind == "case" else f"{HIDDEN}-{kind}"
        for desk in (owner(store), desks(store)[HEAD]):
            assert forms.form(desk, id, kind).id == id
        for desk in (desks(store)[WORKER], desks(store)[SUPERVISOR]):
            with pytest.raises(AppError, match="权限"):
                forms.form(desk, id, kind)


# What is left out of every reading


def exported(desk: Desk) -> str:
    """The sheet of people as it is written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        people_export.export_people(desk, people.list_people(desk), path, phones=True)
        with zipfile.ZipFile(path) as book:
            return book.read("xl/worksheets/sheet1.xml").decode()


def wanted_of(desk: Desk) -> list[ledgers.Wanted]:
    """Every ledger the worker may make, of the whole year, with all its columns."""
    span = (f"{DAY[:4]}-01-01", f"{DAY[:4]}-12-31")
    return [ledgers.Wanted(one.name, *span, numbers=True) for one in ledgers.ledgers_for(desk.actor)]


def bureau_filled(desk: Desk) -> Any:
    """What a bureau's form holds of which each cell is a figure of the month."""
    counted = [one for one in bureau.bureau_sources(desk, MONTH) if one.figure]
    cells = tuple(Mapped("月报", f"B{at}", (), (), one.name, one.words) for at, one in enumerate(counted, 1))
    form = BureauForm("form-1", "月报", "xlsx", "0" * 64, 1, DAY, cells)
    desk.store.write(lambda session: setting.put(session, bureau.FORMS, [asdict(form)]))
    return bureau.bureau_values(desk, form.id, MONTH)


ASKS: dict[str, Ask] = {
    "activity_paper": Ask(
        lambda desk: papers_activity.activity_paper(desk, ACTIVITY, papers_activity.PARTS), shows=False
    ),
    "handout_paper": Ask(lambda desk: papers_handouts.handout_paper(desk, RESOURCE), shows=False),
    "handouts_to_sign": Ask(lambda desk: handing_out.handouts_to_sign(desk, RESOURCE), shows=False),
    "handout_list": Ask(lambda desk: name_rows.handout_list(desk, RESOURCE), shows=False),
    "member_list": Ask(lambda desk: name_rows.member_list(desk, GROUP), shows=False),
    "sign_in_list": Ask(lambda desk: name_rows.sign_in_list(desk, ACTIVITY), shows=False),
    "people_called": Ask(lambda desk: name_rows.people_called(desk, ["陈小豆"]), shows=False),
    "advice_tasks": Ask(lambda desk: supervision_work.advice_tasks(desk, f"{ADULTS}-task"), shows=False),
    "services_to_record": Ask(volunteers.services_to_record, shows=False),
    "helpers_on": Ask(lambda desk: volunteers.helpers_on(desk, DAY), shows=False),
    "telling_words": Ask(lambda desk: supervision_work.telling_words(desk, "没有写谁"), shows=False),
    "agenda": Ask(lambda desk: [agenda.agenda(desk, week) for week in (-2, -1, 0, 1)]),
    "diary_day": Ask(lambda desk: diary.diary_day(desk, DAY, owner(desk.store).user)),
    "diary_days": Ask(lambda desk: diary.diary_days(desk, DAY, LATER, owner(desk.store).user)),
    "diary_paper": Ask(
        lambda desk: papers_week.diary_paper(desk, DAY, LATER, owner(desk.store).user), shows=False
    ),
    "week_plan": Ask(papers_week.week_plan, shows=False),
    "case_lines": Ask(cases.case_lines),
    "case_quality": Ask(lambda desk: quality.case_quality(desk, ADULTS), shows=False),
    "category_lines": Ask(lambda desk: categories.category_lines(desk, CHILD), shows=False),
    "family_view": Ask(lambda desk: family.family_view(desk, CHILD), shows=False),
    "alike_arrived": Ask(lambda desk: exchange_dealings.alike_arrived(desk, [CHILD]), shows=False),
    "awaited": Ask(lambda desk: replies.awaited(desk, f"{ADULTS}-referral"), shows=False),
    "choices": Ask(lambda desk: choices.choices(desk, "visit", {"household": HOUSEHOLD})),
    "compare": Ask(lambda desk: figures.compare(desk, MONTH)),
    "count_categories": Ask(members.count_categories, shows=False),
    "find": Ask(lambda desk: [find.find(desk, word) for word in (SECRET, SECRET[:2], OPEN)]),
    "find_slip_people": Ask(
        lambda desk: [visit_slips.find_slip_people(desk, one, "上溪村") for one in NUMBERS.values()],
        shows=False,
    ),
    "find_organisations": Ask(lambda desk: organisations.find_organisations(desk, ""), shows=False),
    "find_people": Ask(lambda desk: [find.find_people(desk, one) for one in NUMBERS.values()], shows=False),
    "form_choices": Ask(
        lambda desk: choices.form_choices(desk, forms.new_form(desk, "task", {"person": CHILD}))
    ),
    "handover_sheets": Ask(lambda desk: handover.handover_sheets(desk, [f"{ADULTS}-handover"]), shows=False),
    "indicators": Ask(lambda desk: figures.indicators(desk, MONTH)),
    "leaving_paper": Ask(
        lambda desk: papers_leaving.leaving_paper(desk, f"{ADULTS}-household_check", "household_check"),
        shows=False,
    ),
    "likely_same": Ask(lambda desk: alike.likely_same(desk, {"name": "陈小豆"}, "上溪村"), shows=False),
    "list_applications": Ask(aid.list_applications),
    "list_cases": Ask(cases.list_cases),
    "list_checks": Ask(household_checks.list_checks),
    "list_contacts": Ask(contacts.list_contacts),
    "list_files": Ask(lambda desk: attachments.list_files(desk, CHILD), shows=False),
    "show_file": Ask(lambda desk: attachments.show_file(desk, f"{ADULTS}-attachment"), shows=False),
    "thumbnails": Ask(lambda desk: attachments.thumbnails(desk, [f"{ADULTS}-attachment"]), shows=False),
    "occasions_of": Ask(lambda desk: attachments.occasions_of(desk, [DAY])),
    "find_remark": Ask(lambda desk: supervision_remarks.find_remark(desk, f"{HIDDEN}-remark")),
    "list_remarks": Ask(supervision_remarks.list_remarks),
    "list_reports": Ask(urgent.list_reports),
    "open_conflicts": Ask(conflicts.open_conflicts),
    "conflict_sheet": Ask(papers_conflicts.conflict_sheet, shows=False),
    "list_deleted": Ask(histories.list_deleted),
    "export_people": Ask(exported, shows=False),
    "list_organisations": Ask(organisations.list_organisations, shows=False),
    "list_people": Ask(people.list_people, shows=False),
    "list_referrals": Ask(aid.list_referrals),
    "group_roll": Ask(lambda desk: groups.group_roll(desk, GROUP), shows=False),
    "list_station": Ask(lambda desk: station_lists.list_station(desk, "activity"), shows=False),
    "list_tasks": Ask(tasks.list_tasks),
    "list_unvisited": Ask(lambda desk: rounds.list_unvisited(desk, MONTH), shows=False),
    "list_villages": Ask(people.list_villages, shows=False),
    "list_visits": Ask(visits.list_visits, shows=False),
    "material_values": Ask(
        lambda desk: [going_along.material_values(desk, CHILD, id) for id in ("", ADULTS)], shows=False
    ),
    "merge_preview": Ask(lambda desk: merging.merge_preview(desk, ADULT_CLIENT, CHILD), shows=False),
    "merged_files": Ask(lambda desk: merging.merged_files(desk, CHILD), shows=False),
    "monthly_brief": Ask(lambda desk: papers.monthly_brief(desk, MONTH), shows=False),
    "report_paper": Ask(lambda desk: papers_report.report_paper(desk, "final", "2026"), shows=False),
    "report_doubts": Ask(lambda desk: report_checks.report_doubts(desk, "monthly", MONTH), shows=False),
    "report_outline": Ask(lambda desk: report_edits.report_outline(desk, "monthly", MONTH), shows=False),
    "report_place": Ask(lambda desk: signing_reports.report_place(desk, f"{ADULTS}-report"), shows=False),
    "report_signing": Ask(lambda desk: signing_reports.report_signing(desk, "monthly", MONTH), shows=False),
    "report_notices": Ask(lambda desk: report_edits.report_notices(desk, "monthly", MONTH), shows=False),
    "report_figures": Ask(lambda desk: report_figures.report_figures(desk, "monthly", MONTH)),
    "records_of_change": Ask(
        lambda desk: report_figures.records_of_change(desk, [ADULTS], "C01"), shows=False
    ),
    "new_visit": Ask(lambda desk: visits.new_visit(desk, person=CHILD), shows=False),
    "people_rows": Ask(lambda desk: people.people_rows(desk, people.list_people(desk)), shows=False),
    "person_page": Ask(
        lambda desk: [people.person_page(desk, CHILD), people.person_page(desk, ADULT_CLIENT)]
    ),
    "application_papers": Ask(
        lambda desk: papers_application.application_papers(desk, f"{ADULTS}-application"), shows=False
    ),
    "public_notice": Ask(
        lambda desk: papers_notice.public_notice(desk, f"{ADULTS}-application"), shows=False
    ),
    "progress_sheet": Ask(lambda desk: supervision_progress.progress_sheet(desk, MONTH), shows=False),
    "remark_place": Ask(
        lambda desk: [supervision_remarks.remark_place(desk, f"{one}-02-1") for one in NUMBERS.values()],
        shows=False,
    ),
    "policies_for": Ask(lambda desk: assist.policies_for(desk, CHILD), shows=False),
    "policy_panel": Ask(lambda desk: policy_panel.policy_panel(desk, CHILD), shows=False),
    "possible_paper": Ask(
        lambda desk: papers_possible.possible_paper(desk, sweep.sweep(desk).lines), shows=False
    ),
    "sweep": Ask(sweep.sweep, shows=False),
    "sweep_again": Ask(
        lambda desk: sweep.sweep_again(desk, sweep.sweep(desk), Changes({"person": frozenset({CHILD})})),
        shows=False,
    ),
    "quality_counts": Ask(quality.quality_counts),
    "ratings_of": Ask(lambda desk: ratings.ratings_of(desk, CHILD)),
    "resolve_slips": Ask(
        lambda desk: visit_slips.resolve_slips(desk, [Pasted(1, Slip(name="陈小豆"))], lambda *_: None),
        shows=False,
    ),
    "read_slips": Ask(lambda desk: visit_slips.read_slips(desk, [f"{MINORS}-visit"])),
    "receiver_of": Ask(lambda desk: organisations.receiver_of(desk, "nowhere"), shows=False),
    "record_words": Ask(lambda desk: choices.record_words(desk, [("case", id) for id in NUMBERS])),
    "record_history": Ask(lambda desk: histories.record_history(desk, ADULTS, "case")),
    "records_behind": Ask(
        lambda desk: [
            figures.records_behind(desk, one.code, one.part, MONTH) for one in figures.indicators(desk, MONTH)
        ]
    ),
    "list_unsigned": Ask(signing_list.list_unsigned),
    "waiting_like": Ask(lambda desk: [signing_list.waiting_like(desk, one) for one in ("", OPEN)]),
    "unsigned_paper": Ask(
        lambda desk: signing_list.unsigned_paper(desk, [f"{id}-consent" for id in NUMBERS]), shows=False
    ),
    "paper_states": Ask(lambda desk: signing.paper_states(desk, ADULTS), shows=False),
    "alone_state": Ask(lambda desk: signing_alone.alone_state(desk, FOUND_IN, "visit"), shows=False),
    "alone_to_sign": Ask(
        lambda desk: signing_alone.alone_to_sign(desk, f"{ADULTS}-household_check", "household_check"),
        shows=False,
    ),
    "record_to_sign": Ask(
        lambda desk: [
            signing_alone.record_to_sign(desk, CHILD, "person"),
            signing_alone.record_to_sign(desk, f"{ADULTS}-session", "session"),
        ],
        shows=False,
    ),
    "sheets_to_sign": Ask(
        lambda desk: signing_sheets.sheets_to_sign(
            desk,
            f"{ADULTS}-application",
            "application",
            lambda: papers_application.application_papers(desk, f"{ADULTS}-application"),
        ),
        shows=False,
    ),
    "diary_to_sign": Ask(
        lambda desk: signing_week.diary_to_sign(desk, DAY, LATER, owner(desk.store).user), shows=False
    ),
    "plan_to_sign": Ask(signing_week.plan_to_sign, shows=False),
    "numbered_state": Ask(
        lambda desk: signing_join.numbered_state(desk, f"{NUMBERS[ADULTS]}-04-1"), shows=False
    ),
    "paper_to_sign": Ask(
        lambda desk: signing.paper_to_sign(desk, f"{ADULTS}-consent", "consent", ADULTS), shows=False
    ),
    "kept_paper": Ask(
        lambda desk: signing.kept_paper(desk, f"{ADULTS}-consent", f"{NUMBERS[ADULTS]}-04-1"), shows=False
    ),
    "find_paper": Ask(lambda desk: signing_join.find_paper(desk, f"{NUMBERS[ADULTS]}-04-1"), shows=False),
    "unvisited_paper": Ask(
        lambda desk: papers_unvisited.unvisited_paper(desk, [HOUSEHOLD], MONTH, True), shows=False
    ),
    "visit_beside": Ask(lambda desk: visits.visit_beside(desk, "", HOUSEHOLD, [CHILD]), shows=False),
    "visit_preparation": Ask(lambda desk: papers_visits.visit_preparation(desk, [HOUSEHOLD]), shows=False),
    "visit_workers": Ask(visits.visit_workers, shows=False),
    "visit_months": Ask(visits.visit_months, shows=False),
    "visit_rows": Ask(lambda desk: visits.visit_rows(desk, [*range(1, 200)])),
    "workbench": Ask(workbench.workbench),
    "workbench_part": Ask(lambda desk: [workbench.workbench_part(desk, part) for part in workbench.PARTS]),
    "case_page": Ask(lambda desk: cases.case_page(desk, ADULTS)),
    "case_goals": Ask(lambda desk: case_goals.case_goals(desk, ADULTS)),
    "record_paper": Ask(
        lambda desk: [
            papers_record.record_paper(desk, CHILD, "person"),
            papers_record.record_paper(desk, f"{ADULTS}-session", "session"),
        ],
        shows=False,
    ),
    "case_file": Ask(lambda desk: [papers.case_file(desk, NUMBERS[id]) for id in (MINORS, ADULTS)]),
    "last_assessment": Ask(lambda desk: assessing.last_assessment(desk, ADULTS)),
    "history": Ask(lambda desk: forms.history(desk, ADULTS, "case")),
    "form": Ask(lambda desk: [forms.form(desk, CHILD, "person"), forms.form(desk, ADULTS, "case")]),
    "reveal_phone": Ask(lambda desk: members.reveal_phone(desk, CHILD), shows=False),
    "find_case": Ask(lambda desk: cases.find_case(desk, NUMBERS[ADULTS])),
    "ledger_sheet": Ask(
        lambda desk: [ledgers.ledger_sheet(desk, every) for every in wanted_of(desk)], shows=False
    ),
    "closed_cases": Ask(lambda desk: archive.closed_cases(desk, DAY[:4]), shows=False),
    "archive_contents": Ask(lambda desk: archive.archive_contents(desk, NUMBERS[ADULTS]), shows=False),
    "bureau_sources": Ask(lambda desk: bureau.bureau_sources(desk, MONTH)),
    "bureau_values": Ask(bureau_filled),
    "box_label": Ask(lambda desk: archive.box_label(desk, DAY[:4]), shows=False),
    **{name: Ask(call, shows=name == "evaluation_page") for name, call in station_work.READINGS.items()},
    "catalogue_poster": Ask(service_catalogue.catalogue_poster, shows=False),
    "contract_handover": Ask(lambda desk: contract_papers.contract_handover(desk, "contract"), shows=False),
    "contract_year": Ask(contract_year.contract_year, shows=False),
    "service_records": Ask(lambda desk: service_catalogue.service_records(desk, ADULTS), shows=False),
    "services_done": Ask(service_catalogue.services_done, shows=False),
    "staff_standing": Ask(staff_standing.staff_standing, shows=False),
}
NOT_ASKED = (
    {
        "print_case_file",
        "print_case_files",
        "save_case_files",
        "unprintable_in",
        "print_record",
        "unprintable_record",
        "print_blanks",  # holds nothing of anybody
        "print_brief",
        "word_brief",
        "save_bureau_form",
        "print_report",
        "unprintable_report",
        "export_list",
    }
    | {  # of values asked for above
        "print_preparation",
        "print_leaving",
        "unprintable_leaving",
        "print_unsigned",
        "print_conflicts",
        "unprintable_conflicts",
        "print_unvisited",
        "unprintable_to_sign",
        "unprintable_visits",
        "print_application",
        "print_diary",
        "print_possible",
        "print_notice",
        "print_week_plan",
        "unprintable_possible",
        "count_ledger",
        "print_ledger",
        "export_ledger",
        "unprintable_ledger",
        "print_archive",
        "print_box_label",
        "print_progress",
        "print_call_list",
        "print_catalogue",
    }
    | {  # they write remarks; a file that comes back is tried in tests/actions/test_supervision_return.py
        "carry_out",
        "enter_remark",
        "read_returned",
        "take_notes",
    }
)
MARKS = (SECRET, HIDDEN, NUMBERS[HIDDEN], FOUND_IN, SUSPECT)


def leaks(desk: Desk) -> Iterator[str]:
    """Actions that tell this worker of the hidden case."""
    for name, ask in ASKS.items():
        if allowed.allowed(desk.actor, name):
            try:
                found = ask.call(desk)
            except AppError:
                continue  # a child's case, which a clerk does not open; a paper of a case
            if tells(found, *MARKS):
                yield name


def conflicted(store: Store) -> None:
    """Two values in every case's note, so that the list of conflicts has them."""
    for id in NUMBERS:
        for text in ("一", "二"):
            store.write(
                lambda s, id=id, text=text: owner(store).record(s, "", [Write("case", id, {"note": text})])
            )


def test_every_action_that_reads_is_asked() -> None:
    readers = {name for name, rule in TABLE.items() if WORKER in rule.grant.station and not _writes(name)}
    shown_to_all = {name for name, rule in TABLE.items() if rule.grant.station == rule.grant.hidden}
    assert readers - shown_to_all - NOT_ASKED == set(ASKS)


def _writes(name: str) -> bool:
    grant = TABLE[name].grant
    return grant in (grants.ENTERING, grants.CASE_KEEPING, grants.TAKING_OUT) and name != "new_visit"


def test_a_hidden_case_is_in_no_list_page_search_or_paper_of_others(store: Store, tally: Tally) -> None:
    conflicted(store)
    others = [desk for role, desk in desks(store).items() if role != HEAD]
    found = {desk.user: list(leaks(desk)) for desk in others}
    assert found == {desk.user: [] for desk in others}
    tally("who may what: hidden records looked for", readings=len(ASKS) * len(others), found=0)


@pytest.mark.parametrize("who", ["owner", "head"])
def test_control_those_who_may_see_it_everywhere(store: Store, who: str) -> None:
    """Each way of asking would show it: what is empty for others is not empty of itself."""
    conflicted(store)
    desk = owner(store) if who == "owner" else desks(store)[HEAD]
    named = {"case_page", "case_goals", "last_assessment", "history", "form", "find_case", "case_file"}
    named |= {"record_history"}
    assert set(leaks(desk)) >= {name for name, ask in ASKS.items() if ask.shows} - named
    assert tells(cases.case_page(desk, HIDDEN), SECRET)
    assert tells(papers.case_file(desk, NUMBERS[HIDDEN]), SECRET)


def test_control_without_the_veil_it_leaks(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    conflicted(store)
    monkeypatch.setattr(Store, "kept_back", lambda self, worker: NOTHING)
    assert len(list(leaks(desks(store)[WORKER]))) > 15


def test_what_is_hidden_is_looked_up_once_a_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counted(connection: Any, worker: str) -> veil.KeptBack:
        looked.append(worker)
        return veil.kept_back(connection, worker)

    monkeypatch.setattr(store_module, "kept_back", counted)
    worker = desks(store)[WORKER]
    store.write(lambda session: None)
    for _ in range(3):
        assert {line.id for line in cases.case_lines(worker)} == {MINORS, ADULTS}
        find.find(worker, OPEN)
    assert looked == [worker.user]
    store.write(lambda session: None)
    cases.case_lines(worker)
    assert looked == [worker.user] * 2


def test_behind_the_veil_the_reader_still_writes_nothing(store: Store) -> None:
    for statement in ("INSERT INTO setting VALUES('x', '1')", "DROP VIEW temp.r_case"):
        cases.case_lines(desks(store)[WORKER])
        with pytest.raises(AppError) as refused:
            store.read(lambda s, text=statement: s.connection.execute(text))
        assert "readonly" in str(refused.value.__cause__)


def test_others_see_what_is_not_hidden(store: Store) -> None:
    worker = desks(store)[WORKER]
    assert [line.id for line in cases.case_lines(worker)] != []
    assert {line.id for line in cases.case_lines(worker)} == {MINORS, ADULTS}
    assert tells(find.find(worker, OPEN), ADULTS)
    assert tells(people.person_page(worker, CHILD), NUMBERS[MINORS])
    assert [hit.id for hit in find.find_people(worker, NUMBERS[MINORS])] == [CHILD]
    assert find.find_people(worker, NUMBERS[HIDDEN]) == []


def test_an_application_of_a_hidden_case_is_under_way_only_for_who_may_know(store: Store) -> None:
    tekun = [Write("application", f"{HIDDEN}-application", {"programme": "tekun"})]
    store.write(lambda s: owner(store).record(s, "", tekun))
    for desk in (owner(store), desks(store)[HEAD]):
        assert tells(policy_panel.policy_panel(desk, CHILD), f"{HIDDEN}-application")
    for role in (WORKER, SUPERVISOR, CLERK):
        assert not tells(policy_panel.policy_panel(desks(store)[role], CHILD), f"{HIDDEN}-application")


@pytest.mark.parametrize("about", [HIDDEN, f"{HIDDEN}-session", f"{HIDDEN}-visit"])
def test_a_text_of_a_report_about_a_hidden_case_is_for_who_may_know_and_on_no_paper(
    store: Store, about: str
) -> None:
    report = report_edits.report_outline(owner(store), "monthly", MONTH).id
    own = {"report": report, "section": "publicity", "about": about, "text": SECRET}
    store.write(lambda s: owner(store).record(s, "", [Write("report_text", "told", own)]))
    for desk in (owner(store), desks(store)[HEAD]):
        assert tells(report_edits.report_outline(desk, "monthly", MONTH), SECRET)
        assert not tells(papers.monthly_brief(desk, MONTH), SECRET)
    for role in (WORKER, SUPERVISOR, CLERK, "administrator"):
        assert not tells(report_edits.report_outline(desks(store)[role], "monthly", MONTH), SECRET)
        assert not tells(papers.monthly_brief(desks(store)[role], MONTH), SECRET)
    with pytest.raises(AppError, match="其他岗位的权限"):
        report_edits.text_form(desks(store)[WORKER], "monthly", MONTH, "publicity", "told")


def test_figures_are_the_same_whoever_counts_and_lines_are_not(store: Store) -> None:
    head, worker = desks(store)[HEAD], desks(store)[WORKER]
    values = [
        [(one.now.code, one.now.part, one.now.value, one.year) for one in figures.compare(d, MONTH)]
        for d in (head, worker)
    ]
    assert values[0] == values[1]
    total = next(one for one in figures.indicators(worker, MONTH) if (one.code, one.part) == ("C01", "total"))
    assert (total.value, len(total.ids)) == (3, 2)
    assert papers.print_brief(head, MONTH) == papers.print_brief(worker, MONTH)
    assert not tells(papers.monthly_brief(head, MONTH), SECRET, "安全")
    assert workbench.workbench(head).pairs == workbench.workbench(worker).pairs


def test_the_whole_export_is_whole_and_leaves_a_line(store: Store, tmp_path: Path) -> None:
    records_file.export_records(desks(store)["administrator"], tmp_path / "out.ndjson")
    assert SECRET in (tmp_path / "out.ndjson").read_text("utf-8")
    assert (told(store)[0].action, told(store)[0].outcome) == ("export_records", "done")


# What is hidden, and for whom


def test_a_mark_two_computers_disagree_on_keeps_the_case_back(store: Store) -> None:
    for mark in (True, False):  # seen by neither: both stand
        store.write(
            lambda s, mark=mark: owner(store).record(
                s, "", [Write("case", ADULTS, {"guardian_hidden": mark})]
            )
        )
    assert store.read(lambda s: queries.table(s, "SELECT count(*) FROM conflict"))[0][0] == 1
    worker = desks(store)[WORKER]
    assert {line.id for line in cases.case_lines(worker)} == {MINORS}
    with pytest.raises(AppError, match="权限"):
        cases.case_page(worker, ADULTS)


def test_a_case_is_hidden_and_shown_again_as_its_mark_is_set(store: Store) -> None:
    mine, other = owner(store), desks(store)[WORKER]
    assert tells(cases.case_page(other, ADULTS), OPEN)
    for mark, seen in (("是", False), ("否", True)):
        forms.save_form(mine, forms.form(mine, ADULTS, "case"), {"guardian_hidden": mark})
        assert tells(find.find(other, OPEN), OPEN) is seen
        assert (ADULTS in {line.id for line in cases.case_lines(other)}) is seen


def test_nobody_takes_over_a_hidden_case_or_lifts_its_mark(store: Store) -> None:
    before = store.read(log.digest)
    for role, desk in desks(store).items():
        if role != HEAD:
            with pytest.raises(AppError, match="权限"):
                forms.save_form(
                    desk, Form("case", HIDDEN, {}), {"worker": desk.user, "guardian_hidden": False}
                )
    assert store.read(log.digest) == before


def test_a_hidden_case_reopened_stays_hidden(store: Store) -> None:
    head = desks(store)[HEAD]
    store.write(
        lambda s: owner(store).record(s, "", [Write("case", HIDDEN, {"stage": "closed", "closed_on": DAY})])
    )
    store.write(
        lambda s: owner(store).record(
            s,
            "",
            [Write("case_move", "mv", {"case": HIDDEN, "to_stage": "closed", "moved_on": "2026-06-20"})],
        )
    )
    new = cases.reopen_case(head, HIDDEN, "又有新情况")
    with pytest.raises(AppError, match="权限"):
        cases.case_page(desks(store)[WORKER], new)
    assert cases.case_page(head, new).form.values["guardian_hidden"] is True


# Own, the station's, a minor's


def test_what_others_wrote_is_taken_out_by_the_head_alone(store: Store) -> None:
    worker, head = desks(store)[WORKER], desks(store)[HEAD]
    own = forms.save_form(
        worker, forms.new_form(worker, "visit", {"household": HOUSEHOLD, "date": DAY}), {}
    ).id
    theirs = f"{ADULTS}-visit"
    with pytest.raises(AppError, match="权限"):
        forms.delete_record(worker, theirs, "visit", "重复", {})
    forms.delete_record(worker, own, "visit", "重复", forms.form(worker, own, "visit").seen)
    forms.delete_record(head, theirs, "visit", "重复", forms.form(head, theirs, "visit").seen)
    assert store.read(lambda s: [read.get(s, BY_KIND["visit"], id).deleted for id in (own, theirs)]) == [
        True,
        True,
    ]  # type: ignore[union-attr]


def test_a_clerk_opens_no_case_of_a_child(store: Store) -> None:
    clerk = desks(store)[CLERK]
    assert cases.case_page(clerk, ADULTS).client == ADULT_CLIENT
    with pytest.raises(AppError, match="权限"):
        cases.case_page(clerk, MINORS)
    assert people.person_page(clerk, CHILD).line.name == "陈小豆"
    assert cases.case_page(desks(store)[WORKER], MINORS).client == CHILD
    named = desk_of(store, owner(store).user, "w-clerk", CLERK)  # a clerk who is the case's own worker
    assert cases.case_page(named, MINORS).client == CHILD


def test_a_supervisor_writes_the_remark_and_nothing_else(store: Store) -> None:
    supervisor = desks(store)[SUPERVISOR]

    def shown() -> Form:
        return forms.form(supervisor, f"{ADULTS}-assessment", "assessment")

    before = shown()
    assert remarks.remark(supervisor, before, "评估到位。").changes.conflicts == ()
    assert shown().values == {**before.values, "supervisor_remark": "评估到位。"}
    late = remarks.remark(supervisor, before, "再看看。")  # seen before the first was written: both stand
    assert late.changes.conflicts == (("assessment", before.id, "supervisor_remark"),)
    remarks.remark(supervisor, shown(), "")
    assert "supervisor_remark" not in shown().values
    for form in (forms.form(supervisor, ADULT_CLIENT, "person"), forms.new_form(supervisor, "plan")):
        with pytest.raises(AppError, match="没有督导意见栏"):
            remarks.remark(supervisor, form, "好")
    with pytest.raises(AppError, match="权限"):
        remarks.remark(supervisor, Form("plan", f"{HIDDEN}-plan", {}), "好")
    writing = {name for name in VERBS if allowed.allowed(supervisor.actor, name) and _writes(name)}
    assert writing == set()


def test_the_head_reads_who_looked_at_what(store: Store) -> None:
    worker, head = desks(store)[WORKER], desks(store)[HEAD]
    forms.save_form(worker, forms.new_form(worker, "task", {"what": "访"}), {})  # so that their name is known
    people.person_page(worker, CHILD)
    members.reveal_phone(worker, CHILD)
    with pytest.raises(AppError, match="权限"):
        access_log.access_lines(worker)
    told(store)
    lines = [(line.worker, line.action, line.record, line.outcome) for line in access_log.access_lines(head)]
    assert lines[:3] == [
        (worker.user, "access_lines", "", "denied"),
        (worker.user, "reveal_phone", CHILD, "done"),
        (worker.user, "person_page", CHILD, "done"),
    ]


def test_views_prints_exports_and_unmasking_are_logged() -> None:
    logged = {name for name, rule in TABLE.items() if rule.logged}
    assert logged >= {
        "person_page",
        "case_page",
        "case_file",
        "print_case_file",
        "print_brief",
        "monthly_brief",
    }
    assert logged >= {
        "export_records",
        "import_records",
        "reveal_phone",
        "history",
        "erase_values",
        "back_up",
    }


def test_a_bare_desk_is_asked_by_the_program_alone(store: Store) -> None:
    """Reading past the actions shows everything, as the export and the check need it; so nothing but an
    action may hand a desk's reading to a person (test_allowed holds that)."""
    assert replace(owner(store), user="x").kept_back() == NOTHING

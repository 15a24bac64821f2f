"""Who may do what with which record. What is missing here is denied to everybody.

All workers of a store hold one key: roles separate duties and leave a trace, they are not a wall.

- 社工 do casework, each other's too: a station has two or three, who stand in for one another.
- 站长 do everything of the station. What others wrote is taken out, and values are erased, by them alone.
- 督导 read and comment (`remark`, remarks typed or read from a copy), and write nothing else.
- 录入员 enter families, people, visits, sign-ins, hours, goods and their diary (`ENTERED`): they open no
  paper of a case, no case of a child, and print no file.
- 管理员 look after accounts, settings, backups and whole exports, and read no casework.

A case kept from the guardian (`RecordClass.HIDDEN`) is for its own worker and 站长: to others every reading
leaves it out, and naming it is denied. Figures count it, for they must be the same whoever counts. The full
export and the backup hold it: they are the station's data, and leave a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.record_class import Concern, RecordClass, record_class
from sgz_desktop.errors import AppError
from sgz_desktop.store.concerns import concern
from sgz_desktop.store.veil import branches

P = ParamSpec("P")
T = TypeVar("T")

WORKER = "social_worker"
HEAD = "station_head"
SUPERVISOR = "supervisor"
CLERK = "clerk"
ADMIN = "administrator"
ROLES = {WORKER: "社工", HEAD: "站长", SUPERVISOR: "督导", CLERK: "录入员", ADMIN: "管理员"}

Roles = frozenset[str]
HEADS: Roles = frozenset({HEAD})
CASEWORK: Roles = HEADS | {WORKER}
DESK: Roles = CASEWORK | {CLERK}
READERS: Roles = DESK | {SUPERVISOR}
PROFESSION: Roles = CASEWORK | {SUPERVISOR}
EVERYONE: Roles = READERS | {ADMIN}
KEEPERS: Roles = HEADS | {ADMIN}

ENTERED = frozenset(
    {"household", "person", "membership", "kinship", "obligor", "benefit", "visit", "presence", "task"}
    | {"contact", "diary", "mandatory_report", "report_call"}  # whoever finds harm reports it
    | {"organisation", "activity", "sign_in", "attendance", "volunteer", "volunteer_team"}
    | {"volunteer_service", "volunteer_note", "resource", "handout", "room_use", "equipment"}
    | {"publication", "survey_sheet", "survey_answer"}
)


@dataclass(frozen=True, slots=True)
class Grant:
    """The roles that may act, by what the record is to them."""

    own: Roles
    station: Roles
    minor: Roles
    hidden: Roles

    def roles(self, of: RecordClass) -> Roles:
        """The roles for one class of records."""
        return cast(Roles, getattr(self, of.value))


def alike(roles: Roles) -> Grant:
    """Nothing of a single record is shown or altered, or all of them at once."""
    return Grant(roles, roles, roles, roles)


def guarded(roles: Roles) -> Grant:
    """All records but what is kept from guardians, which is for 站长."""
    return Grant(roles, roles, roles, roles & HEADS)


STATION_WIDE = alike(EVERYONE)
KEEPING = alike(KEEPERS)
PREPARING = alike(CASEWORK | KEEPERS)
COUNTING = guarded(READERS | {ADMIN})
READING = guarded(READERS)
CASE_READING = Grant(READERS, READERS, PROFESSION, HEADS)
PRINTING = guarded(PROFESSION)
LOOKING_BACK = guarded(PROFESSION)
COMMENTING = guarded(HEADS | {SUPERVISOR})
ENTERING = guarded(DESK)
CASE_KEEPING = guarded(CASEWORK)
REMARKING = guarded(PROFESSION)
TAKING_OUT = Grant(CASEWORK, HEADS, HEADS, HEADS)
HEADS_ONLY = guarded(HEADS)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do an action, and whether doing it leaves a line in the access log. `only`: kinds of record
    a role is confined to."""

    grant: Grant
    logged: bool = False
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)


ENTRY_FORMS = {CLERK: ENTERED}
TABLE: dict[str, Rule] = {
    "access_lines": Rule(HEADS_ONLY, logged=True),
    "activity_paper": Rule(PRINTING, logged=True),
    "add_members": Rule(ENTERING),
    "add_worker": Rule(KEEPING, logged=True),
    "advice_tasks": Rule(READING),
    "agenda": Rule(READING),
    "agree_orally": Rule(CASE_KEEPING),
    "alone_state": Rule(READING),
    "alone_to_sign": Rule(PRINTING, logged=True),
    "application_papers": Rule(PRINTING, logged=True),
    "archive_contents": Rule(PRINTING, logged=True),
    "attach_file": Rule(ENTERING),
    "awaited": Rule(CASE_READING),
    "back_up": Rule(STATION_WIDE, logged=True),
    "box_label": Rule(PRINTING, logged=True),
    "bureau_forms": Rule(STATION_WIDE),
    "bureau_sources": Rule(COUNTING),
    "bureau_values": Rule(COUNTING),
    "call_list": Rule(PRINTING, logged=True),
    "came_back": Rule(ENTERING),
    "carry_out": Rule(REMARKING),
    "case_file": Rule(PRINTING, logged=True),
    "case_goals": Rule(CASE_READING),
    "case_lines": Rule(READING),
    "case_page": Rule(CASE_READING, logged=True),
    "case_quality": Rule(CASE_READING),
    "casework_rules": Rule(STATION_WIDE),
    "catalogue_poster": Rule(PRINTING),
    "category_lines": Rule(READING),
    "change_casework_rules": Rule(KEEPING, logged=True),
    "change_local_standards": Rule(KEEPING, logged=True),
    "change_passphrase": Rule(STATION_WIDE, logged=True),
    "change_report_form": Rule(KEEPING, logged=True),
    "change_settings": Rule(KEEPING, logged=True),
    "change_visit_rhythm": Rule(KEEPING, logged=True),
    "change_words": Rule(KEEPING, logged=True),
    "changed_by": Rule(HEADS_ONLY),  # names people, which 管理员 do not read
    "check_store": Rule(STATION_WIDE),
    "choices": Rule(READING),
    "choose_brief_font": Rule(KEEPING, logged=True),
    "closed_cases": Rule(PRINTING),
    "colleagues": Rule(STATION_WIDE),
    "compare": Rule(COUNTING),
    "compare_again": Rule(CASE_KEEPING),
    "compare_roster": Rule(ENTERING),
    "computers": Rule(STATION_WIDE),
    "conflict_sheet": Rule(PRINTING, logged=True),
    "contract_handover": Rule(PRINTING, logged=True),
    "contract_year": Rule(COUNTING),
    "copy_start": Rule(CASE_KEEPING),
    "count_categories": Rule(READING),
    "count_ledger": Rule(PRINTING),
    "current_report": Rule(STATION_WIDE),
    "decide_computer": Rule(KEEPING, logged=True),
    "delete_record": Rule(TAKING_OUT),
    "diary_day": Rule(READING),
    "diary_days": Rule(READING),
    "diary_paper": Rule(PRINTING, logged=True),
    "diary_to_sign": Rule(PRINTING, logged=True),
    "draw_cases": Rule(CASE_KEEPING, logged=True),
    "drop_bureau_form": Rule(PREPARING, logged=True),
    "drop_draft": Rule(STATION_WIDE),
    "drop_pack": Rule(KEEPING, logged=True),
    "enter_handouts": Rule(ENTERING),
    "enter_paper_case": Rule(CASE_KEEPING),
    "enter_remark": Rule(REMARKING),
    "enter_reply": Rule(CASE_KEEPING),
    "enter_services": Rule(ENTERING),
    "enter_sign_ins": Rule(ENTERING),
    "erase_values": Rule(HEADS_ONLY, logged=True),
    "evaluation_page": Rule(READING),
    "exchange_on": Rule(STATION_WIDE, logged=True),
    "export_bundle": Rule(STATION_WIDE, logged=True),
    "export_files": Rule(STATION_WIDE, logged=True),
    "export_ledger": Rule(PRINTING, logged=True),
    "export_list": Rule(PRINTING, logged=True),
    "export_people": Rule(PRINTING, logged=True),
    "export_records": Rule(KEEPING, logged=True),
    "export_tables": Rule(KEEPING, logged=True),
    "family_view": Rule(READING),
    "filing_rule": Rule(STATION_WIDE),
    "find": Rule(READING),
    "find_case": Rule(READING),
    "find_draft": Rule(STATION_WIDE),
    "find_organisations": Rule(READING),
    "find_paper": Rule(CASE_READING),
    "find_people": Rule(READING),
    "find_remark": Rule(REMARKING),
    "find_slip_people": Rule(READING),
    "finish_item": Rule(ENTERING),
    "finish_tasks": Rule(ENTERING),
    "form": Rule(READING, only=ENTRY_FORMS),
    "form_choices": Rule(READING),
    "going_out": Rule(STATION_WIDE),
    "group_roll": Rule(READING),
    "hand_over": Rule(CASE_KEEPING, logged=True),
    "handout_list": Rule(READING),
    "handout_paper": Rule(PRINTING, logged=True),
    "handover_drafts": Rule(CASE_KEEPING),
    "handover_sheets": Rule(PRINTING, logged=True),
    "heirs": Rule(STATION_WIDE),
    "helpers_on": Rule(READING),
    "history": Rule(CASE_READING, logged=True),
    "import_bundle": Rule(STATION_WIDE, logged=True),
    "import_evaluation": Rule(CASE_KEEPING),
    "import_instrument": Rule(KEEPING, logged=True),
    "import_records": Rule(KEEPING, logged=True),
    "import_roster": Rule(ENTERING, logged=True),
    "indicators": Rule(COUNTING),
    "inspect_bundle": Rule(STATION_WIDE),
    "instruments_here": Rule(STATION_WIDE),
    "invite": Rule(KEEPING, logged=True),
    "join_scan": Rule(CASE_KEEPING),
    "keep_bureau_form": Rule(PREPARING, logged=True),
    "keep_draft": Rule(STATION_WIDE),
    "keep_photos": Rule(ENTERING),
    "keep_review": Rule(CASE_KEEPING),
    "kept_paper": Rule(PRINTING, logged=True),
    "last_assessment": Rule(CASE_READING),
    "leave_household": Rule(ENTERING),
    "leave_out_text": Rule(CASE_KEEPING),
    "leaving_paper": Rule(PRINTING, logged=True),
    "ledger_sheet": Rule(PRINTING, logged=True),
    "let_in": Rule(KEEPING, logged=True),
    "likely_same": Rule(READING),
    "list_applications": Rule(READING),
    "list_cases": Rule(READING),
    "list_checks": Rule(READING),
    "list_conflicts": Rule(READING),
    "list_contacts": Rule(READING),
    "list_deleted": Rule(LOOKING_BACK),
    "list_drafts": Rule(STATION_WIDE),
    "list_files": Rule(CASE_READING),
    "list_organisations": Rule(READING),
    "list_packs": Rule(STATION_WIDE),
    "list_people": Rule(READING),
    "list_referrals": Rule(READING),
    "list_remarks": Rule(REMARKING),
    "list_reports": Rule(PRINTING, logged=True),
    "list_station": Rule(READING),
    "list_tasks": Rule(READING),
    "list_unsigned": Rule(READING),
    "list_unvisited": Rule(READING),
    "list_villages": Rule(READING),
    "list_visits": Rule(READING),
    "local_standards": Rule(STATION_WIDE),
    "make_checklist": Rule(CASE_KEEPING),
    "make_copy": Rule(CASE_KEEPING, logged=True),
    "map_bureau_form": Rule(PREPARING, logged=True),
    "mark_attendance": Rule(ENTERING),
    "material_list": Rule(PRINTING, logged=True),
    "material_values": Rule(PRINTING),
    "merge_people": Rule(CASE_KEEPING, logged=True),
    "merge_preview": Rule(LOOKING_BACK, logged=True),
    "merged_files": Rule(READING),
    "monthly_brief": Rule(COUNTING, logged=True),
    "move_case": Rule(CASE_KEEPING),
    "move_household": Rule(ENTERING),
    "move_item": Rule(ENTERING),
    "move_text": Rule(CASE_KEEPING),
    "name_records": Rule(READING),
    "new_application": Rule(CASE_KEEPING),
    "new_call": Rule(CASE_KEEPING),
    "new_check": Rule(CASE_KEEPING),
    "new_contact": Rule(ENTERING),
    "new_paper": Rule(CASE_KEEPING),
    "new_rating": Rule(CASE_KEEPING),
    "new_report": Rule(ENTERING),
    "new_visit": Rule(ENTERING),
    "note_copy": Rule(CASE_KEEPING, logged=True),
    "note_file_printed": Rule(CASE_KEEPING),
    "note_printed": Rule(CASE_KEEPING),
    "note_report_printed": Rule(CASE_KEEPING),
    "numbered_state": Rule(CASE_READING),
    "occasions_of": Rule(READING),
    "offer_bureau_form": Rule(PREPARING),
    "on_stick": Rule(STATION_WIDE),
    "open_bureau_form": Rule(STATION_WIDE),
    "open_case": Rule(CASE_KEEPING),
    "open_conflicts": Rule(LOOKING_BACK),
    "outgoing": Rule(STATION_WIDE),
    "paper_due": Rule(STATION_WIDE),
    "paper_states": Rule(CASE_READING),
    "paper_to_sign": Rule(PRINTING, logged=True),
    "people_called": Rule(READING),
    "people_rows": Rule(READING),
    "person_page": Rule(READING, logged=True),
    "plan_to_sign": Rule(PRINTING, logged=True),
    "policies_for": Rule(READING),
    "policy_panel": Rule(READING),
    "possible_paper": Rule(PRINTING, logged=True),
    "preview_pack": Rule(KEEPING),
    "preview_roster": Rule(ENTERING),
    "print_application": Rule(PRINTING, logged=True),
    "print_archive": Rule(PRINTING, logged=True),
    "print_blanks": Rule(STATION_WIDE),
    "print_box_label": Rule(PRINTING, logged=True),
    "print_brief": Rule(COUNTING, logged=True),
    "print_call_list": Rule(PRINTING, logged=True),
    "print_case_file": Rule(PRINTING, logged=True),
    "print_case_files": Rule(PRINTING, logged=True),
    "print_catalogue": Rule(PRINTING, logged=True),
    "print_conflicts": Rule(PRINTING, logged=True),
    "print_diary": Rule(PRINTING, logged=True),
    "print_leaving": Rule(PRINTING, logged=True),
    "print_ledger": Rule(PRINTING, logged=True),
    "print_notice": Rule(PRINTING, logged=True),
    "print_possible": Rule(PRINTING, logged=True),
    "print_preparation": Rule(PRINTING, logged=True),
    "print_progress": Rule(PRINTING, logged=True),
    "print_questionnaire": Rule(STATION_WIDE),
    "print_record": Rule(PRINTING, logged=True),
    "print_release": Rule(CASE_KEEPING, logged=True),
    "print_report": Rule(COUNTING, logged=True),
    "print_unsigned": Rule(PRINTING, logged=True),
    "print_unvisited": Rule(PRINTING, logged=True),
    "print_week_plan": Rule(PRINTING, logged=True),
    "progress_sheet": Rule(PRINTING, logged=True),
    "public_notice": Rule(PRINTING, logged=True),
    "quality_counts": Rule(READING),
    "raise_advice": Rule(CASE_KEEPING),
    "ratings_of": Rule(guarded(PROFESSION)),
    "read_evaluation": Rule(STATION_WIDE),
    "read_photos": Rule(ENTERING),
    "read_request": Rule(KEEPING),
    "read_returned": Rule(REMARKING),  # leaves its own line, with the case the file turns out to be of
    "read_roster": Rule(ENTERING),
    "read_scan": Rule(CASE_KEEPING),
    "read_slips": Rule(READING),
    "ready_search": Rule(STATION_WIDE),
    "receiver_of": Rule(READING),
    "record_history": Rule(CASE_READING, logged=True),
    "record_paper": Rule(PRINTING, logged=True),
    "record_to_sign": Rule(PRINTING, logged=True),
    "record_together": Rule(CASE_KEEPING),
    "record_words": Rule(READING),
    "records_behind": Rule(READING),
    "records_of_change": Rule(READING),
    "register_household": Rule(ENTERING),
    "release_review": Rule(CASE_KEEPING, logged=True),
    "remark": Rule(COMMENTING),
    "remark_place": Rule(REMARKING),
    "remove_worker": Rule(KEEPING),  # leaves its own line before the store closes
    "reopen_case": Rule(CASE_KEEPING),
    "reopen_report": Rule(HEADS_ONLY, logged=True),
    "report_doubts": Rule(READING),
    "report_figures": Rule(COUNTING),
    "report_forms": Rule(STATION_WIDE),
    "report_notices": Rule(COUNTING),
    "report_numbers": Rule(STATION_WIDE),
    "report_outline": Rule(COUNTING),
    "report_paper": Rule(COUNTING, logged=True),
    "report_place": Rule(COUNTING),
    "report_signing": Rule(COUNTING),
    "resolve_slips": Rule(READING),
    "restore_record": Rule(TAKING_OUT),
    "reveal_phone": Rule(READING, logged=True),
    "review_text": Rule(CASE_KEEPING),
    "roster_as": Rule(ENTERING),
    "sample_paper": Rule(PRINTING, logged=True),
    "save_bureau_form": Rule(COUNTING, logged=True),
    "save_case_files": Rule(PRINTING, logged=True),
    "save_form": Rule(ENTERING, only=ENTRY_FORMS),
    "save_problems": Rule(ENTERING, logged=True),
    "save_rating": Rule(CASE_KEEPING),
    "save_slip": Rule(ENTERING),
    "save_text": Rule(CASE_KEEPING),
    "services_done": Rule(COUNTING),
    "settle": Rule(CASE_KEEPING),
    "settle_many": Rule(CASE_KEEPING),
    "settle_roster": Rule(ENTERING),
    "sheets_to_sign": Rule(PRINTING, logged=True),
    "show_file": Rule(CASE_READING, logged=True),
    "sign_in_list": Rule(READING),
    "sign_off": Rule(CASE_KEEPING, logged=True),
    "staff_standing": Rule(COUNTING),
    "station_settings": Rule(STATION_WIDE),
    "stop_category": Rule(ENTERING),
    "stop_computer": Rule(KEEPING, logged=True),
    "survey_entry": Rule(ENTERING),
    "survey_findings": Rule(READING),
    "survey_questionnaire": Rule(STATION_WIDE),
    "survey_report": Rule(PRINTING),
    "sweep": Rule(READING),
    "sweep_again": Rule(READING),
    "take_apart": Rule(CASE_KEEPING, logged=True),
    "take_notes": Rule(REMARKING),
    "take_over": Rule(ENTERING),
    "take_pack": Rule(KEEPING, logged=True),
    "take_up_texts": Rule(CASE_KEEPING),
    "telling_words": Rule(READING),
    "text_form": Rule(CASE_KEEPING),
    "text_review": Rule(CASE_KEEPING),
    "thumbnails": Rule(CASE_READING),
    "undo_edit": Rule(ENTERING),
    "undo_slip": Rule(ENTERING),  # taking the visit out is judged by `delete_record`
    "unmerge_people": Rule(CASE_KEEPING, logged=True),
    "unprintable_conflicts": Rule(PRINTING),
    "unprintable_copy": Rule(CASE_KEEPING),
    "unprintable_in": Rule(PRINTING),
    "unprintable_leaving": Rule(PRINTING),
    "unprintable_ledger": Rule(PRINTING),
    "unprintable_possible": Rule(PRINTING),
    "unprintable_record": Rule(PRINTING),
    "unprintable_release": Rule(CASE_KEEPING),
    "unprintable_report": Rule(COUNTING),
    "unprintable_to_sign": Rule(PRINTING),
    "unprintable_visits": Rule(PRINTING),
    "unsigned_paper": Rule(PRINTING, logged=True),
    "unvisited_paper": Rule(PRINTING, logged=True),
    "visit_beside": Rule(READING),
    "visit_months": Rule(READING),
    "visit_preparation": Rule(PRINTING, logged=True),
    "visit_rows": Rule(READING),
    "visit_workers": Rule(READING),
    "waiting_like": Rule(READING),
    "week_plan": Rule(PRINTING, logged=True),
    "word_brief": Rule(COUNTING, logged=True),
    "workbench": Rule(READING),
    "workbench_part": Rule(READING),
    "year_plans": Rule(READING),
}


def allowed(actor: Actor, action: str, of: RecordClass = RecordClass.STATION, kind: str = "") -> bool:
    """May the worker do this to a record of the class and, where one is named, of the kind?"""
    rule = TABLE.get(action)
    if rule is None or not isinstance(of, RecordClass):
        return False
    return any(not kind or kind in rule.only.get(role, {kind}) for role in rule.grant.roles(of) & actor.roles)


def action(work: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """A verb of the desk, named like its function: checked against the table, logged where it says so.

    The argument that names the record is the first after the desk: an id, ids, or something with one. It is
    judged, and named in the access log; that nothing kept back is named is asked of every argument.
    """
    name = work.__name__
    ACTIONS.add(name)
    parameters = [*signature(work).parameters][1:]
    named = next(iter(parameters), "")

    @wraps(work)
    def checked(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> T:
        given = {**dict(zip(parameters, args, strict=False)), **kwargs}
        first = given.get(named) if named in RECORD_ARGUMENTS else None
        subject = _subject(first)
        kind = str(given.get("kind") or getattr(first, "kind", ""))
        record = subject[0] if subject else ""
        given.pop("text", None)  # what is looked for or written is no name of a record
        classes = _classes(desk, name, subject, given.values())
        if not all(allowed(desk.actor, name, of, kind) for of in classes):
            desk.note_access(name, record, "denied")
            raise AppError("这项操作需要其他岗位的权限，资料没有改动。", "请找站长或管理员办理。")
        veiled = not allowed(desk.actor, name, RecordClass.HIDDEN)
        result = work(desk.doing(name, veiled=veiled), *args, **kwargs)
        if TABLE[name].logged:
            desk.note_access(name, record, "done")
        return result

    return cast(Callable[Concatenate[Desk, P], T], checked)


RECORD_ARGUMENTS = frozenset(  # words somebody typed, a name looked for among them, stay out of the log
    {"id", "ids", "form", "case", "person", "household", "visit", "about", "number", "number_or_id", "month"}
)
BELONGING = frozenset(field for _, field, _ in branches())
ACTIONS: set[str] = set()


def _subject(first: Any) -> list[str]:
    """The ids an argument names."""
    if isinstance(first, str):
        return [first] if first else []
    if isinstance(first, list | tuple):
        return [one for one in first if isinstance(one, str)]
    return [first.id] if isinstance(getattr(first, "id", None), str) else []


def _classes(desk: Desk, name: str, subject: Iterable[str], given: Iterable[object]) -> set[RecordClass]:
    """The classes of the records an action is asked about, as far as they make a difference to it."""
    answers = {of: allowed(desk.actor, name, of) for of in RecordClass}
    if len(set(answers.values())) == 1:
        return {RecordClass.STATION}
    if not answers[RecordClass.HIDDEN]:
        named = {one for argument in given for one in _names(argument)}
        if named & desk.store.kept_back(desk.user).names:
            return {RecordClass.HIDDEN}
    del answers[RecordClass.HIDDEN]
    if len(set(answers.values())) == 1:
        return {RecordClass.STATION}
    found = desk.store.read(lambda session: [concern(session, one) for one in subject])
    today = desk.today()
    return {record_class(one or Concern(), desk.user, today) for one in found} or {RecordClass.STATION}


def _names(argument: Any, *, bare: bool = True) -> Iterator[str]:
    """Ids and numbers of records an argument speaks of: texts and lists of texts, forms and their rows, and
    in values the fields by which a record belongs to another. What else values refer to is left out of
    every reading anyhow."""
    if isinstance(argument, str):
        if bare:
            yield argument
    elif isinstance(argument, Mapping):
        for name, value in argument.items():
            yield from _names(value, bare=name in BELONGING)
    elif isinstance(argument, list | tuple):
        for value in argument:
            yield from _names(value, bare=bare and isinstance(value, str))
    elif hasattr(argument, "id"):
        yield str(argument.id)
        for part in ("values", "typed", "rows"):
            yield from _names(getattr(argument, part, None), bare=False)

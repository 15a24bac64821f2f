"""Who may do what. An action missing here is denied to everybody.

All workers of a store hold one key: roles separate duties and leave a trace, they are not a wall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar, cast

from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.actor import Actor
from sgz_desktop.errors import AppError

P = ParamSpec("P")
T = TypeVar("T")

WORKER = "social_worker"
HEAD = "station_head"
SUPERVISOR = "supervisor"
CLERK = "clerk"
ADMIN = "administrator"
ROLES = {WORKER: "社工", HEAD: "站长", SUPERVISOR: "督导", CLERK: "录入员", ADMIN: "管理员"}

CASEWORK = frozenset({WORKER, HEAD})
DESK = CASEWORK | {CLERK}
EVERYONE = DESK | {SUPERVISOR, ADMIN}
READERS = DESK | {SUPERVISOR}
KEEPERS = frozenset({HEAD, ADMIN})


@dataclass(frozen=True, slots=True)
class Rule:
    """The roles that may do an action, and whether doing it leaves a line in the access log."""

    roles: frozenset[str]
    logged: bool = False


TABLE: dict[str, Rule] = {
    "back_up": Rule(EVERYONE, logged=True),
    "case_file": Rule(READERS, logged=True),
    "case_goals": Rule(READERS),
    "case_lines": Rule(READERS),
    "add_members": Rule(DESK),
    "count_categories": Rule(READERS),
    "leave_household": Rule(DESK),
    "reveal_phone": Rule(READERS, logged=True),
    "case_page": Rule(READERS, logged=True),
    "check_store": Rule(EVERYONE),
    "change_passphrase": Rule(EVERYONE, logged=True),
    "compare": Rule(READERS | {ADMIN}),
    "choices": Rule(READERS),
    "delete_record": Rule(CASEWORK),
    "drop_draft": Rule(EVERYONE),
    "list_conflicts": Rule(READERS),
    "list_drafts": Rule(EVERYONE),
    "erase_values": Rule(KEEPERS, logged=True),
    "export_records": Rule(KEEPERS, logged=True),
    "export_tables": Rule(KEEPERS, logged=True),
    "find": Rule(READERS),
    "find_case": Rule(READERS),
    "find_draft": Rule(EVERYONE),
    "find_people": Rule(READERS),
    "finish_tasks": Rule(DESK),
    "form": Rule(READERS),
    "form_choices": Rule(READERS),
    "history": Rule(READERS, logged=True),
    "import_records": Rule(KEEPERS, logged=True),
    "indicators": Rule(READERS | {ADMIN}),
    "keep_draft": Rule(EVERYONE),
    "last_assessment": Rule(READERS),
    "list_applications": Rule(READERS),
    "list_cases": Rule(READERS),
    "list_people": Rule(READERS),
    "list_referrals": Rule(READERS),
    "list_tasks": Rule(READERS),
    "list_villages": Rule(READERS),
    "list_unvisited": Rule(READERS),
    "list_visits": Rule(READERS),
    "monthly_brief": Rule(READERS, logged=True),
    "move_case": Rule(CASEWORK),
    "new_paper": Rule(DESK),
    "new_visit": Rule(DESK),
    "open_case": Rule(CASEWORK),
    "people_rows": Rule(READERS),
    "person_page": Rule(READERS, logged=True),
    "print_brief": Rule(READERS, logged=True),
    "print_case_file": Rule(READERS, logged=True),
    "records_behind": Rule(READERS),
    "record_words": Rule(READERS),
    "ready_search": Rule(EVERYONE),
    "record_together": Rule(DESK),
    "reopen_case": Rule(CASEWORK),
    "register_household": Rule(DESK),
    "remove_worker": Rule(KEEPERS),  # leaves its own line before the store closes
    "add_worker": Rule(KEEPERS, logged=True),
    "save_form": Rule(DESK),
    "station_settings": Rule(EVERYONE),
    "change_settings": Rule(EVERYONE),
    "unsigned_papers": Rule(READERS),
    "unvisited": Rule(READERS),
    "unprintable_in": Rule(READERS),
    "visit_months": Rule(READERS),
    "visit_rows": Rule(READERS),
    "workbench": Rule(READERS),
    "workbench_part": Rule(READERS),
}


def allowed(actor: Actor, action: str, record: str = "") -> bool:
    """May the worker do this to the record ('' = none in particular)?"""
    rule = TABLE.get(action)
    return rule is not None and bool(rule.roles & actor.roles)


def action(work: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """A verb of the desk, named like its function: checked against the table, logged where it says so.

    The first argument after the desk, a record id or something with one, is named in the access log.
    """
    name = work.__name__
    ACTIONS.add(name)
    subject = next(iter([*signature(work).parameters][1:]), "")

    @wraps(work)
    def checked(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> T:
        first = args[0] if args else kwargs.get(subject, "")
        record = first if isinstance(first, str) else str(getattr(first, "id", ""))
        if not allowed(desk.actor, name, record):
            desk.note_access(name, record, "denied")
            raise AppError("这项操作需要其他岗位的权限，资料没有改动。", "请找站长或管理员办理。")
        result = work(desk.doing(name), *args, **kwargs)
        if TABLE[name].logged:
            desk.note_access(name, record, "done")
        return result

    return cast(Callable[Concatenate[Desk, P], T], checked)


ACTIONS: set[str] = set()

"""The roles, what they may do to which records, and the rule of an action made of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from sgz_desktop.domain.record_class import RecordClass

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


def role_words(roles: Iterable[str]) -> str:
    """社工、站长; who has none is told to have none."""
    held = frozenset(roles)
    return "、".join(words for role, words in ROLES.items() if role in held) or "没有岗位"


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

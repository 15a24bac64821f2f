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

The rules stand in `rights`, area by area; the roles in `rights.grants`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.rights import TABLE
from sgz_desktop.actions.rights.grants import (
    ADMIN,
    CLERK,
    ENTERED,
    HEAD,
    ROLES,
    SUPERVISOR,
    WORKER,
    Grant,
    role_words,
)
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.record_class import Concern, RecordClass, record_class
from sgz_desktop.errors import AppError
from sgz_desktop.store.concerns import concern
from sgz_desktop.store.veil import branches

P = ParamSpec("P")
T = TypeVar("T")

__all__ = (
    "ACTIONS",
    "ADMIN",
    "CLERK",
    "ENTERED",
    "HEAD",
    "ROLES",
    "SUPERVISOR",
    "TABLE",
    "WORKER",
    "Grant",
    "action",
    "allowed",
    "role_words",
)


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

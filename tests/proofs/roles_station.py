"""A station for the proofs of rights: a case kept from the guardian with every kind of record below it, a
child's case, an adult's case, and six workers. All invented."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sgz_desktop.actions.allowed import ADMIN, CLERK, HEAD, SUPERVISOR, WORKER
from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.fields import DayKind, LineKind, LongTextKind, RefKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record, parent_field, questions
from sgz_desktop.domain.records.registry import ref_kinds
from sgz_desktop.store import search
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.veil import veiled_kinds
from sgz_desktop.store.write import Write, record_many

SECRET, OPEN = "鹧鸪霜降", "白鹭清明"  # words found in the hidden case only, and in the adult's case only
MONTH, DAY, LATER = "2026-06", "2026-06-15", "2026-07-02"
CHILD, ADULT_CLIENT, HOUSEHOLD = "p-child", "p-adult", "h-one"
HIDDEN, MINORS, ADULTS = "c-hidden", "c-minor", "c-adult"
NUMBERS = {HIDDEN: "2026-A901", MINORS: "2026-A902", ADULTS: "2026-A903"}
FOUND_IN = "v-found"
SUSPECT = "mr-suspect"
GROUP = "g-one"
OWNER = ("w-owner", "李小禾", WORKER)  # of all three cases
ROLE_OF = {"王守望": WORKER, "周站长": HEAD, "苏督导": SUPERVISOR, "何录入": CLERK, "钱管理": ADMIN}


def desk_of(store: Store, user: str, worker: str, *roles: str) -> Desk:
    """The desk of a worker of the station."""
    count = itertools.count(1)
    actor, device = Actor(worker, frozenset(roles), "test"), Device(store.identity.device, 1, "A")
    return Desk(store, actor, user, device, lambda: f"{worker}-{next(count):06d}")


def owner(store: Store) -> Desk:
    """The worker of the three cases."""
    return desk_of(store, OWNER[1], OWNER[0], OWNER[2])


def desks(store: Store) -> dict[str, Desk]:
    """A desk for each role, none of them the owner's: role → desk."""
    return {role: desk_of(store, user, f"w-{role}", role) for user, role in ROLE_OF.items()}


ACTIVITY, RESOURCE = "activity-of-many", "resource-of-many"


def furnish(store: Store) -> None:
    """Write the station's people and cases down."""
    desk = owner(store)
    adult: dict[str, Wire] = {"name": "陈大山", "born": "1950-02-03", "filed_on": DAY}
    people = [
        Write("household", HOUSEHOLD, {"village": "上溪村", "head": ADULT_CLIENT, "filed_on": DAY}),
        Write(
            "person", CHILD, {"name": "陈小豆", "born": "2015-05-05", "filed_on": DAY, "phone": "13900000000"}
        ),
        Write("person", ADULT_CLIENT, adult),
        *(
            Write("membership", f"m-{person}", {"household": HOUSEHOLD, "person": person, "lives_in": True})
            for person in (CHILD, ADULT_CLIENT)
        ),
    ]
    found_in: dict[str, Wire] = {"household": HOUSEHOLD, "date": DAY, "facts": SECRET, "met": True}
    parts = [
        *people,
        Write("group", GROUP, {"name": "四点半小组", "first_on": DAY, "worker": OWNER[1]}),
        Write("group_member", "gm-one", {"group": GROUP, "person": CHILD}),
        Write("visit", FOUND_IN, {**found_in, "worker": OWNER[1]}),
        *_case(HIDDEN, CHILD, SECRET, guardian_hidden=True, found_in=FOUND_IN),
        *_case(MINORS, CHILD, "平常"),
        *_case(ADULTS, ADULT_CLIENT, OPEN),
        *_report(),
        *_lists(),
        Write("session", f"{HIDDEN}-gone", {"case": HIDDEN, "date": DAY, "facts": SECRET, "deleted": True}),
    ]

    def work(session: Writing) -> None:
        record_many(session, desk.actor, "", parts)

    desk.write(work)
    while store.write(search.work_off):
        pass


def _case(id: str, client: str, word: str, **more: Wire) -> Iterator[Write]:
    """A case and one record of each kind that can belong to one, the word in every text of theirs."""
    ids = {"case": id, "person": client, "household": HOUSEHOLD}
    case = {"number": NUMBERS[id], "client": client, "household": HOUSEHOLD, "worker": OWNER[1]}
    yield Write("case", id, {**case, "topic": word, "stage": "plan", "opened_on": DAY, **more})
    waiting = [BY_KIND[kind] for kind in veiled_kinds()]
    while waiting:
        still = {one.KIND for one in waiting}
        kind = next(
            one
            for one in waiting
            if not (parents := _parents(one)) or parents & set(ids) or not parents & still
        )
        waiting.remove(kind)
        ids[kind.KIND] = f"{id}-{kind.KIND}"
        yield Write(kind.KIND, ids[kind.KIND], dict(_values(kind, ids, word)))


def _lists() -> Iterator[Write]:
    """An activity and a resource with the child on their lists."""
    yield Write("activity", ACTIVITY, {"name": "暑期课堂", "date": DAY, "worker": OWNER[1]})
    yield Write("sign_in", f"{ACTIVITY}-row", {"activity": ACTIVITY, "person": CHILD})
    yield Write("resource", RESOURCE, {"what": "大米", "quantity": 1, "received_on": DAY})
    yield Write("handout", f"{RESOURCE}-row", {"resource": RESOURCE, "household": HOUSEHOLD, "date": DAY})


def _report() -> Iterator[Write]:
    """A report of harm by the guardian that belongs to no case yet, with a call of it."""
    found: dict[str, Wire] = {"found_on": DAY, "facts": SECRET, "guardian_suspect": True}
    about: dict[str, Wire] = {"person": CHILD, "household": HOUSEHOLD, "worker": OWNER[1]}
    yield Write("mandatory_report", SUSPECT, {**found, **about})
    yield Write("report_call", f"{SUSPECT}-call", {"report": SUSPECT, "answer": SECRET, "unit": SECRET})
    for name, of in (
        ("report", f"mandatory_report.found_on:{SUSPECT}"),
        ("visit", f"visit.next_on:{FOUND_IN}"),
    ):
        task: dict[str, Wire] = {"what": SECRET, "person": CHILD, "due_on": LATER, "origin": f"{of}:{DAY}"}
        yield Write("task", f"t-of-{name}", task)  # taken over from the agenda: nothing else names the record


def _parents(kind: type[Record]) -> set[str] | None:
    """The kinds a record's parent may be of; None without one, or when of any."""
    parent = parent_field(kind)
    asked = questions(kind)[parent].kind if parent else None
    return (set(ref_kinds(asked)) or None) if isinstance(asked, RefKind) else None


def _values(kind: type[Record], ids: Mapping[str, str], word: str) -> Iterator[tuple[str, Wire]]:
    for name, question in questions(kind).items():
        if isinstance(question.kind, RefKind):
            of = next((one for one in ref_kinds(question.kind) or ("case",) if one in ids), "")
            if of and name != "found_in":
                yield name, ids[of]
        elif isinstance(question.kind, DayKind):
            if not name.startswith(("signed", "client_confirmed", "done", "withdrawn", "closed")):
                yield name, LATER if name.endswith(("due_on", "next_on", "review_on")) else DAY
        elif name == "worker":
            yield name, OWNER[1]
        elif name == "total":
            yield name, 3  # a score without one is in no series
        elif isinstance(question.kind, LongTextKind | LineKind):
            yield name, f"{word}{name}"


def texts(found: Any) -> Iterator[str]:
    """Every text anywhere in what an action returned."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, bytes):
        yield found.decode("latin-1")
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from texts(key)
            yield from texts(value)
    elif isinstance(found, list | tuple | set | frozenset):
        for value in found:
            yield from texts(value)
    elif is_dataclass(found):
        for part in fields(found):
            yield from texts(getattr(found, part.name))


def tells(found: Any, *marks: str) -> bool:
    """Does what an action returned hold one of the marks?"""
    return any(mark in text for text in texts(found) for mark in marks)


@dataclass(frozen=True)
class Ask:
    """How a reading action is asked so that it would show the case, and whether it shows words or ids of
    one case at all (`shows`)."""

    call: Callable[[Desk], Any]
    shows: bool = True

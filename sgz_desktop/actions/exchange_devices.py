"""The computers of a station as its people see them: which they are, who is in, who was stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.letters import LETTERS, letter_of
from sgz_desktop.domain.enrolment import Facts, disputed, keys_of
from sgz_desktop.domain.records.device import Device
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.domain.who_counts import members
from sgz_desktop.errors import AppError
from sgz_desktop.store import enrolment, exchange, read, settings
from sgz_desktop.store.session import Reading
from sgz_desktop.sync import age_file
from sgz_desktop.sync.canon import is_name


@dataclass(frozen=True)
class Computer:
    """A computer of the station. `stopped`: the last of its edits that counts, None while all do; `frozen`:
    it and another stopped each other; `disputed`: different keys are said of it. `heard_ms` and `edited_ms`
    (UTC ms, 0 never): its last bundle here, its last edit here; `before` the computer (id) from whose
    backup it was restored."""

    id: str
    letter: str
    name: str
    this: bool
    inside: bool
    stopped: int | None
    frozen: bool
    keys: frozenset[Keys]
    heard_ms: int
    edited_ms: int
    unconfirmed: int
    disputed: bool = False
    before: str = ""

    @property
    def can_be_sent_to(self) -> bool:
        """Is it another one, in and not stopped?"""
        return self.inside and self.stopped is None and not self.this and bool(self.keys)


EDITED = """SELECT coalesce((SELECT e.at_ms FROM edit e JOIN replica r USING(did) WHERE r.device = ?
 ORDER BY e.seq DESC LIMIT 1), 0)"""


@action
def computers(desk: Desk) -> list[Computer]:
    """Every computer of the station that is known here, by letter."""
    return desk.read(lambda session: known(session, desk.device.id))


def known(session: Reading, own: str) -> list[Computer]:
    """The same, for a piece of work under way."""
    facts, founder = enrolment.facts(session), enrolment.founder(session)
    inside = members(facts, founder) | {own}
    last = enrolment.limits(session)
    waiting: dict[str, int] = {}
    for one in exchange.sent(session):
        waiting[one.device] = waiting.get(one.device, 0) + (not one.confirmed)
    before = {heir: device for device, heir in sorted(facts.endorsed)}
    found = []
    for id, (letter, name) in _named(session, own).items():
        computer = Computer(
            id=id,
            letter=letter or "",
            name=name or usual_name(letter or "") or ("本机" if id == own else f"电脑{id[:6]}"),
            this=id == own,
            inside=id in inside,
            stopped=last.get(id),
            frozen=_frozen(facts, id),
            before=before.get(id, ""),
            disputed=id in inside and disputed(facts, founder, id),
            keys=_usable(id, keys_of(facts, founder, id)),
            heard_ms=exchange.peer(session, id).heard_ms,
            edited_ms=session.connection.execute(EDITED, (id,)).fetchone()[0],
            unconfirmed=waiting.get(id, 0),
        )
        found.append(computer)
    return sorted(found, key=lambda one: (len(one.letter), one.letter, one.id))


def _named(session: Reading, own: str) -> dict[str, tuple[str | None, str | None]]:
    """Letter and name of every computer, by id: its record may say neither, as what it wrote was put aside or
    (this one's) is not written yet."""
    shown = {one.shown.device: (one.letter, None) for one in enrolment.introduced(session)}
    own_letter = str(settings.get(session, letter_of(own), ""))
    aside = {own: (own_letter, None)} | shown | enrolment.named_aside(session)
    for one in read.select_where(session, Device):
        letter, name = aside.get(str(one.id), (None, None))
        aside[str(one.id)] = (one.letter or letter, one.name or name)
    return aside


def stopped_since(before: Iterable[Computer], after: Iterable[Computer]) -> list[Computer]:
    """Of the computers as they were known `before`, those that were in use and are stopped in `after`."""
    stopped = {one.id for one in after if one.stopped is not None}
    return [one for one in before if one.stopped is None and one.id in stopped]


def usual_name(letter: str) -> str:
    """What a computer is called that nobody named: the one with the first letter is 1号机, one that drew its
    letters goes by them; "" without any."""
    in_turn = letter in (*LETTERS,)  # AB is none of them, though it stands in their row
    return f"{LETTERS.index(letter) + 1 if in_turn else letter}号机" if letter else ""


def _usable(device: str, keys: Keys | None) -> frozenset[Keys]:
    """None where nothing can be sealed to them, or where no header may name the computer."""
    usable = keys and age_file.is_recipient(keys.box) and is_name(device)
    return frozenset([keys] if keys and usable else [])


def _frozen(facts: Facts, device: str) -> bool:
    return any(device in facts.revokers(by) for by in facts.revokers(device))


def computer_named(every: list[Computer], told: str) -> Computer:
    """The computer a person means: by name, letter or id. AppError when there is none, or more than one."""
    wanted = told.strip()
    for matches in (
        [one for one in every if wanted == one.id],
        [one for one in every if wanted in _names(one)],
        [one for one in every if len(wanted) >= 6 and one.id.startswith(wanted)],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise AppError(f"有几台电脑都叫“{wanted}”，没有动作。", "请改用电脑编号。")
    raise AppError(f"没有叫“{wanted}”的电脑，没有动作。", "请用 device list 看有哪些。")


def _names(one: Computer) -> tuple[str, ...]:
    return one.name, one.letter, usual_name(one.letter), f"电脑{one.letter}"

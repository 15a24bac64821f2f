"""What went and came between the computers of a station, and what is still under way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.exchange_meet import unknown_to_others
from sgz_desktop.actions.exchange_take_in import MOST_NAMED
from sgz_desktop.domain import days
from sgz_desktop.domain.days import Day
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store import attached, enrolment, exchange, read, settings
from sgz_desktop.store.search_alike import OWN, people_alike
from sgz_desktop.store.session import Reading

PLACE = "exchange_place"
MOST = 60  # dealings shown
MOST_NEWCOMERS = 300  # people looked at for being on file already


@dataclass(frozen=True)
class Dealing:
    """A bundle that went to a computer or came from it: its number there, when (UTC ms), `edits` new here;
    `confirmed`: its receipt came back. `missing` are numbers before it that never came and are needed."""

    peer: Computer
    sent: bool
    n: int
    content: str
    at_ms: int
    made_ms: int
    edits: int = 0
    confirmed: bool = False
    missing: tuple[int, ...] = ()

    @property
    def files(self) -> bool:
        """Did it bring attachments' files?"""
        return self.content == exchange.FILES


@dataclass(frozen=True)
class Dealings:
    """The newest first; every computer; attachments whose files are missing here; `waits`: nothing has come
    yet to a store that joined; `place`: the folder that was chosen to exchange by; `unknown`: this computer
    goes on from a backup, and not all others know it yet."""

    rows: tuple[Dealing, ...]
    computers: tuple[Computer, ...]
    files_missing: int
    waits: bool
    place: str
    unknown: bool = False

    @property
    def alone(self) -> bool:
        """Is there nobody to exchange with?"""
        return not self.peers and not self.waits and not self.unknown

    @property
    def this(self) -> Computer | None:
        """The computer one sits at."""
        return next((one for one in self.computers if one.this), None)

    @property
    def peers(self) -> tuple[Computer, ...]:
        """Those that are sent to."""
        return tuple(one for one in self.computers if one.can_be_sent_to)


@dataclass(frozen=True)
class DataUntil:
    """Up to which day the work of another computer is here; "" when nothing has come."""

    name: str
    letter: str
    day: Day


@dataclass(frozen=True)
class MaybeSame:
    """Somebody who came and somebody who was here; `why` the likeness in words."""

    came: str
    came_words: str
    here: str
    here_words: str
    why: str


@action
def dealings(desk: Desk) -> Dealings:
    """What went and came, and between whom."""
    return desk.store.read(lambda session: _dealings(session, desk))


def _dealings(session: Reading, desk: Desk) -> Dealings:
    every = known(session, desk.device.id)
    by_id = {one.id: one for one in every}
    lacking = _lacking(session)
    got = exchange.received(session)
    newest = {one.device: one.n for one in sorted(got, key=lambda one: one.n)}
    rows = [
        Dealing(
            by_id[one.device], True, one.n, one.content, one.made_ms, one.made_ms, confirmed=one.confirmed
        )
        for one in exchange.sent(session)
        if one.device in by_id
    ]
    for one in got:
        if one.device in by_id:
            last = one.n == newest[one.device]
            missing = _missing(session, one.device, one.n) if lacking and last else ()
            peer = by_id[one.device]
            rows.append(
                Dealing(peer, False, one.n, one.content, one.at_ms, one.made_ms, one.fresh, False, missing)
            )
    rows.sort(key=lambda one: one.at_ms, reverse=True)
    return Dealings(
        tuple(rows[:MOST]),
        tuple(every),
        len(attached.wanted(session)),
        _waits(session, desk),
        str(settings.get(session, PLACE, "")),
        unknown_to_others(session, desk, every),
    )


OTHERS = "SELECT EXISTS(SELECT 1 FROM replica WHERE device != ? AND top_seq > 0)"


def _waits(session: Reading, desk: Desk) -> bool:
    """Did this store join, and has nothing come? One that was restored waits for nothing: it says who it
    is."""
    own = desk.device.id
    joined = enrolment.founder(session) not in ("", own) and not desk.device.endorsement
    return joined and not session.connection.execute(OTHERS, (own,)).fetchone()[0]


@action
def waits_for_first(desk: Desk) -> bool:
    """Did this computer join the station, and is the first bundle still to come?"""
    return desk.store.read(lambda session: _waits(session, desk))


BEYOND = """SELECT r.device FROM replica r WHERE EXISTS(SELECT 1 FROM edit e WHERE e.did = r.did
 AND e.seq > r.top_seq)"""


def _lacking(session: Reading) -> list[str]:
    """Computers of which later edits are here than those that join on."""
    return [row[0] for row in session.connection.execute(BEYOND)]


def _missing(session: Reading, device: str, n: int) -> tuple[int, ...]:
    """The numbers just before a bundle that never came, as far as they are named."""
    got = exchange.got_numbers(session, device)
    found: list[int] = []
    while n > 1 and n - 1 not in got and len(found) < MOST_NAMED:
        n -= 1
        found.append(n)
    return tuple(reversed(found))


@action
def keep_exchange_place(desk: Desk, folder: str) -> None:
    """Remember on this computer the folder that serves as the stick; "" forgets it."""
    desk.store.write(lambda session: settings.put(session, PLACE, folder))


@action
def data_until(desk: Desk) -> list[DataUntil]:
    """Up to which day the work of every other computer in use is here: said before a report is signed off."""
    every = desk.store.read(lambda session: known(session, desk.device.id))
    return [
        DataUntil(one.name, one.letter, day_of(one.edited_ms))
        for one in every
        if one.inside and not one.this and one.stopped is None
    ]


def day_of(at_ms: int) -> Day:
    """The day of a moment by this computer's clock; "" for none."""
    return datetime.fromtimestamp(at_ms / 1000).strftime("%Y-%m-%d") if at_ms else ""


@action
def alike_arrived(desk: Desk, newcomers: Collection[str]) -> list[MaybeSame]:
    """People who came and may be somebody who was here before; of each the likeliest one."""
    some = list(newcomers)[:MOST_NEWCOMERS]
    return desk.read(lambda session: [pair for id in some if (pair := _alike(session, id, set(newcomers)))])


def _alike(session: Reading, id: str, newcomers: set[str]) -> MaybeSame | None:
    person = read.get(session, Person, id)
    if person is None or person.merged_into:
        return None
    who = {name: value for name in OWN if (value := getattr(person, name)) is not None}
    hit = next((one for one in people_alike(session, who, "", but=id) if one.id not in newcomers), None)
    if hit is None:
        return None
    words = "·".join(filter(None, (person.name or "（姓名未填）", _born(person.born), person.number)))
    here = "·".join(filter(None, (hit.name or "（姓名未填）", hit.place, hit.number)))
    return MaybeSame(id, words, hit.id, here, hit.via)


def _born(day: str | None) -> str:
    return f"{days.show_day(day)}生" if day and days.is_day(day) else ""

"""数据核对: fields that hold several values after computers were brought together, and choosing one of them.

Nothing is chosen for anybody in silence. Whoever chooses has seen certain values; one that arrives meanwhile
stays beside what they chose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sgz_desktop.actions.allowed import action, allowed
from sgz_desktop.actions.conflict_words import (
    GONE,
    Words,
    about_words,
    by_kind,
    differing,
    edited_words,
    label_of,
    value_of,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.domain.graver import gravest
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.record_class import Concern, record_class
from sgz_desktop.domain.settling import Offered, Rule, Stays, by_hand, chosen
from sgz_desktop.errors import AppError
from sgz_desktop.store import conflicts as store
from sgz_desktop.store.concerns import concern
from sgz_desktop.store.conflicts import Crossed, Held, Open
from sgz_desktop.store.inverse import DELETED
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Key = tuple[str, str, str]
MACHINES = frozenset({"device", "redaction"})  # which computers take part is decided by enrolment
RULES = {
    Rule.OURS: "本机的值",
    Rule.LATEST: "最新填写的",
    Rule.COLLEAGUE: "某位同事的",
    Rule.GRAVEST: "较高风险的",
}
CROSSED = "一台电脑删除了，另一台改过"
CHANGED = ("这一项刚有变化，没有改动。", "请看新内容再选。")
NOT_MINE = ("这条记录是别人的，删除或保留要请站长选定，没有改动。", "请找站长办理。")
ENROLLED = ("这一项由电脑登记决定，没有改动。", "请在U盘交换里核对电脑。")


@dataclass(frozen=True)
class Value:
    """One value that stands: `choice` names it; who wrote it (names and ids), when (UTC ms), on which
    computer (its letter), whether on this one; `higher`: it is the gravest and is shown meanwhile."""

    choice: Stamp
    value: Any
    words: str
    by: str
    workers: tuple[str, ...]
    at_ms: int
    device: str
    ours: bool = False
    higher: bool = False


@dataclass(frozen=True)
class Pair:
    """A field with its values, the greatest first. `seen` is handed back with the choice; `by_hand`: no rule
    chooses for it; `note` what is special about it."""

    kind: str
    id: str
    cell: str
    label: str
    values: tuple[Value, ...]
    seen: tuple[Stamp, ...]
    by_hand: bool = False
    note: str = ""

    @property
    def key(self) -> Key:
        """What names the field."""
        return self.kind, self.id, self.cell


@dataclass(frozen=True)
class Doubled:
    """A record that holds several values somewhere: what it is, whom it is about, its fields, and the record
    in whose form they are filled in (kind, id)."""

    kind: str
    id: str
    title: str
    about: str
    pairs: tuple[Pair, ...]
    opens: tuple[str, str] | None = None


@dataclass(frozen=True)
class Chosen:
    """A choice: the value named `choice` of a field, by somebody who saw the values `seen`."""

    kind: str
    id: str
    cell: str
    choice: Stamp
    seen: tuple[Stamp, ...]


@dataclass(frozen=True)
class Would:
    """What a rule would choose: the field of the record described by `title` and `about`, and the value."""

    title: str
    about: str
    pair: Pair
    value: Value


@dataclass(frozen=True)
class Left:
    """What a rule leaves as it is, and why."""

    title: str
    about: str
    pair: Pair
    why: Stays


@dataclass(frozen=True)
class Preview:
    """What a rule would do. `choices` go to `settle_many` as they are."""

    rule: Rule
    chosen: tuple[Would, ...]
    stays: tuple[Left, ...]

    @property
    def choices(self) -> list[Chosen]:
        """What to hand on."""
        return [choose(one.pair, one.value) for one in self.chosen]


@dataclass(frozen=True)
class Settled:
    """What was written: how many fields, and in words those that had changed meanwhile and were passed by."""

    changes: Changes
    count: int
    passed: tuple[str, ...] = ()


def choose(pair: Pair, value: Value) -> Chosen:
    """The choice of one value of a field."""
    return Chosen(pair.kind, pair.id, pair.cell, value.choice, pair.seen)


@action
def open_conflicts(desk: Desk) -> list[Doubled]:
    """Every record that holds several values, those with a risk first, then by kind and name."""
    return desk.read(lambda session: doubled(session, desk.device.id))


def doubled(session: Reading, device: str) -> list[Doubled]:
    """The same on a snapshot; `device` is this computer's id."""
    pairs = sorted(read_pairs(session, device), key=lambda pair: pair.key)
    about = {
        (kind, id): words
        for kind, ids in by_kind((pair.kind, pair.id) for pair in pairs).items()
        for id, words in store.about(session, kind, ids).items()
    }
    found = []
    for (kind, id), some in groupby(pairs, key=lambda pair: (pair.kind, pair.id)):
        known = about.get((kind, id), store.About())
        found.append(Doubled(kind, id, titled(kind), about_words(known), tuple(some), known.opens))
    return sorted(found, key=lambda one: (not _risky(one.pairs), one.title, one.about, one.id))


def _risky(pairs: Iterable[Pair]) -> bool:
    return any(value.higher for pair in pairs for value in pair.values)


def read_pairs(session: Reading, device: str, kind: str = "", id: str = "") -> list[Pair]:
    """The fields that hold several values, of all records that may be seen or of one."""
    found = store.open_cells(session, kind, id)
    words = Words(session, found)
    crossed = store.crossed(session, device, kind, id)
    return [_pair(one, words, device) for one in found] + [_crossed(one, device) for one in crossed]


def _pair(one: Open, words: Words, device: str) -> Pair:
    by_text: dict[bytes, list[Held]] = {}
    for held in one.held:
        if held.text is not None:
            by_text.setdefault(held.text, []).append(held)
    values = [value_of(text) for text in by_text]
    higher = gravest(one.kind, one.cell, values)
    asked = differing(one.kind, one.cell, values)
    told = tuple(
        _value(some, value, words.of(one.kind, one.cell, value, asked), device, higher=place == higher)
        for place, (some, value) in enumerate(zip(by_text.values(), values, strict=True))
    )
    seen = tuple(held.stamp for held in one.held)
    hand = one.kind in MACHINES or by_hand(one.kind, one.cell)
    return Pair(one.kind, one.id, one.cell, label_of(one.kind, one.cell, asked), told, seen, hand)


def _value(some: Sequence[Held], value: Any, words: str, device: str, *, higher: bool = False) -> Value:
    first = some[0]
    return Value(
        choice=first.stamp,
        value=value,
        words=words,
        by="、".join(dict.fromkeys(held.name for held in some if held.name)),
        workers=tuple(held.worker for held in some),
        at_ms=first.at_ms,
        device=first.letter,
        ours=any(held.stamp.device == device for held in some),
        higher=higher,
    )


def _crossed(one: Crossed, device: str) -> Pair:
    """A record deleted here and edited there, as a choice between both."""
    values = (
        _value([one.deleted], True, GONE, device),
        _value([one.edited], False, edited_words(one), device),
    )
    label = label_of(one.kind, DELETED)
    return Pair(one.kind, one.id, DELETED, label, values, (one.deleted.stamp,), True, CROSSED)


@action
def settle(desk: Desk, id: str, kind: str, cell: str, choice: Stamp, seen: Sequence[Stamp]) -> Changes:
    """Let one of the values of a field stand alone; the others stay in the history. AppError when that value
    stands no more, or the worker may not decide it."""
    one = Chosen(kind, id, cell, choice, tuple(seen))

    def work(session: Writing) -> Changes:
        return _settle(session, desk, [one], "").changes

    return desk.write(work)


@action
def settle_many(desk: Desk, choices: Sequence[Chosen], reason: str = "") -> Settled:
    """The same for several fields as one edit. What has changed since is passed by and named; AppError when
    nothing is left, or one of them may not be decided by the worker: then nothing is written."""
    return desk.write(lambda session: _settle(session, desk, choices, reason))


def _settle(session: Writing, desk: Desk, choices: Sequence[Chosen], reason: str) -> Settled:
    records = {(one.kind, one.id) for one in choices}
    narrow = next(iter(records)) if len(records) == 1 else ("", "")
    pairs = {pair.key: pair for pair in read_pairs(session, desk.device.id, *narrow)}
    writes, passed = [], []
    for one in choices:
        pair = pairs.get((one.kind, one.id, one.cell))
        values = pair.values if pair else ()
        value = next((value for value in values if value.choice == one.choice), None)
        if value is None:
            passed.append(f"{titled(one.kind)}的{label_of(one.kind, one.cell)}")
        else:
            _may_decide(session, desk, one, value)
            extra = {one.cell: value.value}
            again = pair is not None and pair.note == CROSSED
            writes.append(Write(one.kind, one.id, {}, {one.cell: one.seen}, extra, again))
    if not writes:
        raise AppError(*CHANGED)
    desk.record(session, reason, writes)
    return Settled(session.changes(), len(writes), tuple(dict.fromkeys(passed)))


def _may_decide(session: Reading, desk: Desk, one: Chosen, value: Value) -> None:
    if one.kind in MACHINES:
        raise AppError(*ENROLLED)
    if one.cell == DELETED:
        verb = "delete_record" if value.value is True else "restore_record"
        of = record_class(concern(session, one.id) or Concern(), desk.user, desk.today())
        if not allowed(desk.actor, verb, of):
            raise AppError(*NOT_MINE)


def by_rule(rows: Sequence[Doubled], rule: Rule, worker: str = "", named: Collection[Key] = ()) -> Preview:
    """What a rule would choose of what was listed, field by field, and what stays; nothing is written.
    `worker` is whose values Rule.COLLEAGUE takes; `named` are fields a person let the rule choose though
    rules leave such alone."""
    would: list[Would] = []
    stays: list[Left] = []
    for row in rows:
        for pair in row.pairs:
            found = _by_rule(pair, rule, worker, pair.key in named)
            if isinstance(found, Stays):
                stays.append(Left(row.title, row.about, pair, found))
            else:
                would.append(Would(row.title, row.about, pair, pair.values[found]))
    return Preview(rule, tuple(would), tuple(stays))


def _by_rule(pair: Pair, rule: Rule, worker: str, named: bool) -> int | Stays:
    if pair.kind in MACHINES:
        return Stays.MACHINE
    offered = [Offered(one.workers, one.at_ms, one.ours, one.higher) for one in pair.values]
    found = chosen(rule, offered, worker)
    return Stays.BY_HAND if pair.by_hand and not named and not isinstance(found, Stays) else found

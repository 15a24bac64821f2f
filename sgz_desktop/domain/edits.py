"""The log: edits, their canonical bytes, their hashes and the hybrid clock.

An edit is what one action of one worker changed, on any number of records, applied whole or not at all.
Its header is hashed into a chain per device. The header holds commitments to values, never values, so a
value can be withheld or erased and the chain still proves every line. The wire format (version 1) is

    {"header": "<canonical JSON text>", "why": [salt, text] | null, "values": [[salt, text] | null, …]}

where a header is {"action", "at", "changes", "clock", "device", "epoch", "prev", "records", "seq", "v",
"who", "why"}; ``records`` is a list of [kind, id, station]; ``changes`` of [record index, cell,
commitment, [[device, seq], …]]. Salts, commitments and hashes are lower-case hex. A commitment is
SHA-256(salt16 ‖ canonical JSON of the value). Canonical JSON: UTF-8, no blanks, keys sorted by their UTF-8
bytes, no floats; only texts, integers, true, false, null, lists and objects.

The reason (`why`) has a commitment of its own: it can name a person and must be erasable alone.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, cast

import orjson

VERSION = 1
SALT = 16
MAX_TEXT_ID = 64
MAX_VALUE = 200_000
MAX_CHANGES = 100_000
MAX_CLOCK = 2**63 - 1
MAX_AT = 253_402_300_799_999  # the end of the year 9999 in UTC ms
NO_HASH = bytes(32)

Value = str | int | bool | None | dict[str, Any] | list[Any]


class BadEdit(ValueError):
    """A line that is not a well-formed edit, or whose bytes do not match their commitments."""


class NewerEdit(BadEdit):
    """A line of a later version of the log."""


class Stamp(NamedTuple):
    """Names an edit everywhere: the device that made it and its number there, from 1 without gaps."""

    device: str
    seq: int


class Opened(NamedTuple):
    """A salt and the canonical bytes of a value, as received."""

    salt: bytes
    text: bytes

    @property
    def value(self) -> Value:
        return orjson.loads(self.text)  # type: ignore[no-any-return]

    def commitment(self) -> bytes:
        return hashlib.sha256(self.salt + self.text).digest()


class Change(NamedTuple):
    """One cell of one record given a value. `bases` are the heads its author saw; `opened` may be absent."""

    kind: str
    record: str
    station: str
    cell: str
    commitment: bytes
    bases: tuple[Stamp, ...]
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One action. `clock` is for order, `at_ms` (UTC ms) for people; `header` is kept as received."""

    device: str
    epoch: int
    seq: int
    clock: int
    at_ms: int
    who: str
    action: str
    prev: bytes
    why_commitment: bytes
    why: Opened | None
    changes: tuple[Change, ...]
    header: bytes
    hash: bytes

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.device, self.seq)


class Draft(NamedTuple):
    """A change not yet sealed: `value` is any canonical JSON value."""

    kind: str
    record: str
    station: str
    cell: str
    value: Value
    bases: tuple[Stamp, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What a commit touched: ids by kind, or `many` when listing them would be long. `conflicts` are
    (kind, id, cell) that now hold two values; `edit` names the edit this computer made, to take it back."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    many: bool = False
    conflicts: tuple[tuple[str, str, str], ...] = ()
    edit: Stamp | None = field(default=None, compare=False)

    def touches(self, *kinds: str) -> bool:
        """Should a page that shows these kinds read again?"""
        return self.many or any(kind in self.ids for kind in kinds)

    def __bool__(self) -> bool:
        return self.many or bool(self.ids)


def canonical(value: Value) -> bytes:
    """Canonical JSON bytes. TypeError for floats and for all but plain JSON: a date or an id written by some
    encoder's own rule would not read back as what it was."""
    _refuse_others(value)
    return _sorted_json(value)


def _sorted_json(value: Value) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


PLAIN = frozenset({str, int, bool, type(None)})


def _refuse_others(value: Value) -> None:
    kind = type(value)
    if kind in PLAIN:
        return
    if kind is dict:
        for item in cast(dict[str, Any], value).values():
            _refuse_others(item)
    elif kind is list:
        for item in cast(list[Any], value):
            _refuse_others(item)
    else:
        raise TypeError(f"the log holds no {kind.__name__}")


def tick(last: int, now_ms: int) -> int:
    """The next hybrid clock value: ms << 16 | counter (Kulkarni et al. 2014), past `last`.

    A clock that somebody drove to its end stays there; the device then decides between two heads.
    """
    return min(max(last + 1, now_ms << 16), MAX_CLOCK)


def seal(
    *,
    device: str,
    epoch: int,
    seq: int,
    clock: int,
    at_ms: int,
    who: str,
    action: str,
    prev: bytes,
    why: str,
    drafts: Sequence[Draft],
) -> Edit:
    """Make an edit of `drafts`: salts drawn, values committed to, header hashed onto `prev`.

    ValueError when a peer would refuse to read it.
    """
    _readable_by_peers(drafts, (device, who, action))
    _in_range(epoch, seq, clock, at_ms)
    salts = os.urandom(SALT * (len(drafts) + 1))
    opened_why = _opened(salts[:SALT], why)
    changes = tuple(
        _commit(draft, salts[SALT * place : SALT * (place + 1)])
        for place, draft in enumerate(drafts, start=1)
    )
    why_commitment = opened_why.commitment()
    header = _header(device, epoch, seq, clock, at_ms, who, action, prev, why_commitment, changes)
    digest = hashlib.sha256(header).digest()
    return Edit(
        device,
        epoch,
        seq,
        clock,
        at_ms,
        who,
        action,
        prev,
        why_commitment,
        opened_why,
        changes,
        header,
        digest,
    )


def _readable_by_peers(drafts: Sequence[Draft], names: Sequence[str]) -> None:
    if not 0 < len(drafts) <= MAX_CHANGES:
        raise ValueError("an edit holds one change or more, and not too many")
    if len({(draft.kind, draft.record, draft.cell) for draft in drafts}) != len(drafts):
        raise ValueError("an edit changes a cell only once")
    for name in {*names, *chain.from_iterable(draft[:4] for draft in drafts)}:
        _name(name)


def _in_range(epoch: int, seq: int, clock: int, at_ms: int) -> None:
    _number(epoch)
    _number(seq, least=1)
    _number(clock, least=1)
    _number(at_ms, most=MAX_AT)


def _opened(salt: bytes, value: Value) -> Opened:
    opened = Opened(salt, canonical(value))
    if len(opened.text) > MAX_VALUE:
        raise ValueError("a value is too long for the log")
    return opened


def _commit(draft: Draft, salt: bytes) -> Change:
    opened = _opened(salt, draft.value)
    return Change(
        draft.kind, draft.record, draft.station, draft.cell, opened.commitment(), draft.bases, opened
    )


def _header(
    device: str,
    epoch: int,
    seq: int,
    clock: int,
    at_ms: int,
    who: str,
    action: str,
    prev: bytes,
    why: bytes,
    changes: Sequence[Change],
) -> bytes:
    records: dict[tuple[str, str, str], int] = {}
    lines = []
    for change in changes:
        place = records.setdefault((change.kind, change.record, change.station), len(records))
        bases = [[base.device, base.seq] for base in change.bases]
        lines.append([place, change.cell, change.commitment.hex(), bases])
    return _sorted_json(
        {
            "action": action,
            "at": at_ms,
            "changes": lines,
            "clock": clock,
            "device": device,
            "epoch": epoch,
            "prev": prev.hex(),
            "records": [list(record) for record in records],
            "seq": seq,
            "v": VERSION,
            "who": who,
            "why": why.hex(),
        }
    )


def to_line(edit: Edit, withhold: Iterable[tuple[str, str]] = ()) -> bytes:
    """One wire line. Values of the (kind, cell) pairs in `withhold` stay home; their commitments travel."""
    kept_home = set(withhold)
    values = [
        None if change.opened is None or (change.kind, change.cell) in kept_home else _pair(change.opened)
        for change in edit.changes
    ]
    why = _pair(edit.why) if edit.why else None
    return orjson.dumps({"header": edit.header.decode(), "values": values, "why": why})


def _pair(opened: Opened) -> list[str]:
    return [opened.salt.hex(), opened.text.decode()]


def from_line(line: bytes) -> Edit:
    """Read one wire line and verify every commitment in it. Raises BadEdit."""
    try:
        body = orjson.loads(line)
        return read_edit(body["header"].encode(), body["why"], body["values"])
    except BadEdit:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise BadEdit(f"not an edit: {type(error).__name__}") from None


def read_edit(header: bytes, why: Sequence[str] | None, values: Sequence[Sequence[str] | None]) -> Edit:
    """An edit from its header bytes and what of its values is present. Raises BadEdit."""
    head = orjson.loads(header)
    if _number(head["v"], VERSION) != VERSION:
        raise NewerEdit("made by a newer version")
    if (
        orjson.dumps(head, option=orjson.OPT_SORT_KEYS) != header
    ):  # a member told twice would be read in two ways
        raise BadEdit("a header is not canonical JSON")
    records = [_record(entry) for entry in head["records"]]
    lines = head["changes"]
    if len(lines) != len(values) or not 0 < len(lines) <= MAX_CHANGES:
        raise BadEdit("values do not match the header")
    changes = tuple(_read_change(line, records, value) for line, value in zip(lines, values, strict=True))
    if len({(change.kind, change.record, change.cell) for change in changes}) != len(changes):
        raise BadEdit("a cell is changed twice")
    why_commitment = _hex(head["why"], 32)
    return Edit(
        device=_name(head["device"]),
        epoch=_number(head["epoch"]),
        seq=_number(head["seq"], least=1),
        clock=_number(head["clock"], least=1),
        at_ms=_number(head["at"], most=MAX_AT),
        who=_name(head["who"]),
        action=_name(head["action"]),
        prev=_hex(head["prev"], 32),
        why_commitment=why_commitment,
        why=None if why is None else _open(why, why_commitment),
        changes=changes,
        header=header,
        hash=hashlib.sha256(header).digest(),
    )


def _record(entry: Any) -> tuple[str, str, str]:
    kind, record, station = entry
    return _name(kind), _name(record), _name(station)


def _read_change(line: Any, records: list[tuple[str, str, str]], value: Sequence[str] | None) -> Change:
    place, cell, commitment_hex, bases = line
    kind, record, station = records[_number(place)]
    commitment = _hex(commitment_hex, 32)
    stamps = tuple(Stamp(_name(device), _number(seq, least=1)) for device, seq in bases)
    opened = None if value is None else _open(value, commitment)
    return Change(kind, record, station, _name(cell), commitment, stamps, opened)


def _open(pair: Sequence[str], commitment: bytes) -> Opened:
    salt, text = pair
    opened = Opened(_hex(salt, SALT), text.encode())
    if len(opened.text) > MAX_VALUE or opened.commitment() != commitment:
        raise BadEdit("a value does not match its commitment")
    if canonical(opened.value) != opened.text:  # one value, one spelling: heads are compared by their bytes
        raise BadEdit("a value is not canonical JSON")
    return opened


def _name(text: Any) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT_ID:
        raise BadEdit("a name is missing or too long")
    return text


def _number(number: Any, least: int = 0, most: int = MAX_CLOCK) -> int:
    if type(number) is not int or not least <= number <= most:
        raise BadEdit("a number is out of range")
    return number


def _hex(text: Any, size: int) -> bytes:
    raw = bytes.fromhex(text)
    if len(raw) != size or raw.hex() != text:
        raise BadEdit("a hash is malformed")
    return raw

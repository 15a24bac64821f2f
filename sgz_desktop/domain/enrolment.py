"""What edits say of computers: who let one in, who stopped it, what the recovery card decided, and by which
keys it is believed. Who is in by that, and up to which edit, is in `who_counts`.

Everything is read from the edits that wrote `device` records, whatever came first, and from all of them,
those put aside included; so every store that knows the same edits says the same:

- A computer is let in by an edit of another that is in (`sign_key` on its record), or by its predecessor:
  each computer leaves a key in its store, signed by itself, with which whoever restores that store signs its
  own keys.
- Stopping one (`revoked_after_seq`) names the last of its edits that counts; later ones are put aside. Any
  computer ever let in may stop any other, so two that stop each other are both stopped, until the recovery
  card decides. What a stopped computer let in later is not in; its successors, and others of those it went on
  from itself, are in only where the stopping keeps them.
- A decision signed with the recovery card overrides who stopped whom; of several the one numbered highest
  counts. Whom it ended stops nobody later, and exchanges no keys and no card: where the founder names another
  card after the one before had ended it, neither decides anything but that.
- A computer has the keys it was let in with. Of the founder's own keys nobody else's word counts, and what
  the founder says of another's holds. Else all who say keys of a computer must say the same: where two differ
  neither counts, and nothing of it is believed or sent to it, until the recovery card decides on that
  computer, which signs its keys. So whoever is in can keep another from being heard, as by stopping it, but
  never put a key of their own in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import orjson

from sgz_desktop.domain.edits import MAX_CLOCK, Edit, Stamp
from sgz_desktop.domain.signed_words import (
    Decision,
    Keys,
    Verify,
    decision_message,
    endorsed_message,
    genuine,
    ticket_message,
)

DEVICE = "device"
NO_LIMIT = MAX_CLOCK
INVITED = ""  # no computer's id: who says the founder's keys where an invitation told them


class Revocation(NamedTuple):
    """`by` stopped `device` after its edit `last`, keeping those of its successors that are in `keeps`; said
    in the edit `seq`."""

    by: str
    device: str
    last: int
    keeps: frozenset[str]
    seq: int


class Shown(NamedTuple):
    """A successor that says who it is before any edit of it came: what `endorsement` says of its `keys`."""

    device: str
    station: str
    keys: Keys
    endorsement: str


Words = dict[Keys, int]  # keys somebody says of a computer: number of the edit that says so first


@dataclass
class Facts:
    """What edits say about computers. `keys` are those said of each, by who: its own word counts for the
    founder, and where its predecessor's key vouches for it. `settled` are keys the recovery card signed,
    `ends` the last edits of computers that the card or the founder named."""

    enrolled: set[tuple[Stamp, str]] = field(default_factory=set)
    endorsed: set[tuple[str, str]] = field(default_factory=set)
    revoked: set[Revocation] = field(default_factory=set)
    decided: dict[str, Decision] = field(default_factory=dict)
    settled: dict[str, Decision] = field(default_factory=dict)
    keys: dict[str, dict[str, Words]] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    def revokers(self, device: str) -> set[str]:
        """Who stopped a computer."""
        return {one.by for one in self.revoked if one.device == device}


class _Told(NamedTuple):
    """What one edit wrote on one device record."""

    stamp: Stamp
    station: str
    device: str
    values: Mapping[str, Any]


def facts(edits: Iterable[Edit], verify: Verify, founder: str = "", shown: Iterable[Shown] = ()) -> Facts:
    """Gather what `edits`, in any order and with repeats, say. `founder` is the first computer of the
    station; the decision key of its recovery card counts, and no other. Of a successor that is only `shown`
    nothing counts once an edit says who it is, be it another's: what was shown, others need not know."""
    told = [one for edit in edits for one in _told(edit)]
    known = {founder, *(one.device for one in told if _keys(one).sign)}
    told += [_presented(one) for one in shown if one.device not in known]
    found = Facts()
    for one in told:
        by, keys = one.stamp.device, _keys(one)
        if keys.sign and by != one.device:
            found.enrolled.add((one.stamp, one.device))
            _know(found, one, keys)
        elif keys.sign and by == founder:
            _know(found, one, keys)
        last = one.values.get("revoked_after_seq")
        if type(last) is int and 0 <= last <= NO_LIMIT:
            keeps = frozenset(filter(None, _text(one.values.get("revocation_keeps")).split(",")))
            found.revoked.add(Revocation(by, one.device, last, keeps, one.stamp.seq))
    _decide(told, found, verify, founder)
    _ends(found, founder)
    _endorse(told, found, verify, founder)
    return found


def _ends(found: Facts, founder: str) -> None:
    """Whoever was stopped by others may still have been in the right: those may be the ones to be stopped.
    Whom the card ended stops nobody later: else each that it stops would take a decision of its own."""
    last = {device: decision.last for device, decision in found.decided.items()}
    found.revoked = {one for one in found.revoked if one.seq <= last.get(one.by, one.seq)}
    for one in found.revoked:
        if one.by == founder:
            found.ends[one.device] = min(one.last, found.ends.get(one.device, NO_LIMIT))
    found.ends |= last


def _told(edit: Edit) -> Iterable[_Told]:
    by_record: dict[tuple[str, str], dict[str, Any]] = {}
    for change in edit.changes:
        if change.kind == DEVICE and change.opened is not None:
            by_record.setdefault((change.station, change.record), {})[change.cell] = change.opened.value
    return (_Told(edit.stamp, station, device, values) for (station, device), values in by_record.items())


def _presented(one: Shown) -> _Told:
    values = {"sign_key": one.keys.sign, "box_key": one.keys.box, "endorsement": one.endorsement}
    return _Told(Stamp(one.device, 0), one.station, one.device, values)


def _keys(one: _Told) -> Keys:
    return Keys(_text(one.values.get("sign_key")), _text(one.values.get("box_key")))


def _know(found: Facts, one: _Told, keys: Keys) -> None:
    by, seq = one.stamp
    words = found.keys.setdefault(one.device, {}).setdefault(by, {})
    words[keys] = min(seq, words.get(keys, seq))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _parsed(value: object) -> dict[str, Any]:
    try:
        found = orjson.loads(_text(value) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _endorse(told: Sequence[_Told], found: Facts, verify: Verify, founder: str) -> None:
    """Take in whom a predecessor's key vouches for, whatever order that was told in: a successor may itself
    have one. What held only under keys that did not count in the end is dropped again."""
    waiting: dict[str, list[_Told]] = {}  # by predecessor: they hang on its keys alone
    for one in told:
        if one.stamp.device == one.device != founder and one.values.get("endorsement"):
            waiting.setdefault(_before(one), []).append(one)
    held: dict[str, list[_Told]] = {}
    due = list(waiting)
    while due:
        fresh = _parted(waiting, due, lambda one: not _vouched(one, found, verify, founder))
        for one in fresh:
            held.setdefault(_before(one), []).append(one)
            found.endorsed.add((_before(one), one.device))
            _know(found, one, _keys(one))
        due = [device for device in {one.device for one in fresh} if device in waiting]
    due = list(held)
    while due:
        lost = {one.device for one in _parted(held, due, lambda one: _vouched(one, found, verify, founder))}
        for device in lost:
            found.keys[device].pop(device, None)
        for some in held.values() if lost else ():
            for one in some:
                if one.device in lost:
                    _know(found, one, _keys(one))
        due = [device for device in lost if device in held]
    found.endorsed = {(before, one.device) for before, some in held.items() for one in some}


def _parted(some: dict[str, list[_Told]], due: Iterable[str], stays: Callable[[_Told], bool]) -> list[_Told]:
    """Take out, of those under some names, all that do not stay."""
    gone: list[_Told] = []
    for name in due:
        kept: list[_Told] = []
        for one in some[name]:
            (kept if stays(one) else gone).append(one)
        some[name] = kept
    return gone


def _before(one: _Told) -> str:
    return _text(_parsed(one.values.get("endorsement")).get("by"))


def _vouched(one: _Told, found: Facts, verify: Verify, founder: str) -> bool:
    """`{"by", "key", "ticket", "signature"}`: the predecessor signed the key, the key its successor."""
    said, own = _parsed(one.values.get("endorsement")), _keys(one)
    before, public = _text(said.get("by")), _text(said.get("key"))
    ticket = ticket_message(one.station, before, public)
    keys = endorsed_message(one.station, one.device, *own)
    theirs = keys_of(found, founder, before)
    return bool(
        own.sign
        and theirs is not None
        and genuine(verify, public, keys, said.get("signature"))
        and genuine(verify, theirs.sign, ticket, said.get("ticket"))
    )


def keys_of(found: Facts, founder: str, device: str) -> Keys | None:
    """The keys a computer is believed by and sent to; None for a stranger, and where two say different ones
    of it."""
    known = found.keys.get(device, {})
    for by in (INVITED, founder):
        end = NO_LIMIT if device == founder else found.ends.get(by, NO_LIMIT)
        if words := {keys: seq for keys, seq in known.get(by, {}).items() if seq <= end}:
            return min(words, key=lambda keys: (words[keys], keys))
    if device in found.settled:
        return found.settled[device].keys
    said = _said(found, known)
    return said.pop() if len(said) == 1 else None


def disputed(found: Facts, founder: str, device: str) -> bool:
    """Are different keys said of a computer, so that none counts?"""
    return bool(found.keys.get(device)) and keys_of(found, founder, device) is None


def _said(found: Facts, known: Mapping[str, Words]) -> set[Keys]:
    """What was said before its speaker came to an end; what was said later only where that is all."""
    every = {
        (keys, seq <= found.ends.get(by, seq)) for by, words in known.items() for keys, seq in words.items()
    }
    return {keys for keys, counts in every if counts} or {keys for keys, _ in every}


def _decide(told: Sequence[_Told], found: Facts, verify: Verify, founder: str) -> None:
    """What the founder's last card says; a card that was used up counts no more, but for one thing: had it
    ended the founder before the next was named, either may be in the wrong hands."""
    cards = _cards(told, founder)
    for one in told:
        _decision(one, cards[-1][1] if cards else "", found, verify)
    for (_, card), (named, _) in pairwise(cards):
        before = Facts()
        for one in told:
            if one.device == founder:
                _decision(one, card, before, verify)
        end = before.decided.get(founder)
        if end is not None and end.last < named:
            found.decided, found.settled = {founder: end}, {}
            return


def _cards(told: Iterable[_Told], founder: str) -> list[tuple[int, str]]:
    """The public keys that decide, one after the other, each with the founder's own edit that names it."""
    named = sorted(
        (one.stamp.seq, _text(_parsed(one.values.get("card_key")).get("public")))
        for one in told
        if one.device == one.stamp.device == founder and "card_key" in one.values
    )
    return [one for place, one in enumerate(named) if not place or one[1] != named[place - 1][1]]


def _decision(one: _Told, card: str, found: Facts, verify: Verify) -> None:
    """`{"number", "last", "signature"}`, and "keys" where they are settled with it."""
    said = _parsed(one.values.get("decision"))
    number, last, keys = said.get("number"), said.get("last"), said.get("keys")
    if type(number) is not int or type(last) is not int:
        return
    own = Keys(_text(keys[0]), _text(keys[1])) if isinstance(keys, list) and len(keys) == 2 else None
    decision = Decision(number, last, own)
    message = decision_message(one.station, one.device, decision)
    if not genuine(verify, card, message, said.get("signature")):
        return
    for kept in (found.decided, found.settled) if own else (found.decided,):
        before = kept.get(one.device, decision)
        kept[one.device] = max(decision, before, key=lambda it: (it.number, it.last, it.keys or ("", "")))

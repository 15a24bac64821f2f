"""Whose edits count: who let a computer in, who stopped it, what the recovery card decided.

Everything is read from the edits that wrote `device` records, whatever came first, and from all of them,
those put aside included; so every store that knows the same edits says the same:

- A computer is let in by an edit of another that is in (`sign_key` on its record), or by its predecessor:
  each computer leaves a key in its store, signed by itself, with which whoever restores that store signs its
  own keys.
- Stopping one (`revoked_after_seq`) names the last of its edits that counts; later ones are put aside. Any
  computer ever let in may stop any other, so two that stop each other are both stopped, until the recovery
  card decides. What a stopped computer let in later is not in; its successors are in only where the stopping
  keeps them.
- A decision signed with the recovery card overrides who stopped whom; of several the one numbered highest
  counts.
- A computer has the keys it was let in with. Where others say other keys of it later, the word of who is
  nearest to the founder counts; of the founder's own keys nobody else's does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from sgz_desktop.domain.edits import MAX_CLOCK, Edit, Stamp

DEVICE = "device"
NO_LIMIT = MAX_CLOCK
INVITED = ""  # no computer's id: who says the founder's keys where an invitation told them
FAR = MAX_CLOCK
Verify = Callable[[bytes, bytes, bytes], bool]  # public key, message, signature


class Keys(NamedTuple):
    """A computer's public keys: `sign` as hex (Ed25519), `box` an age recipient."""

    sign: str
    box: str


class Revocation(NamedTuple):
    """`by` stopped `device` after its edit `last`, keeping those of its successors that are in `keeps`."""

    by: str
    device: str
    last: int
    keeps: frozenset[str]


class Decision(NamedTuple):
    """What the holder of the recovery card said of a computer: the last edit that counts."""

    number: int
    last: int


@dataclass
class Facts:
    """What edits say about computers. `keys` are those each was let in with, by who: its own word counts for
    the founder, and where its predecessor's key vouches for it."""

    enrolled: set[tuple[Stamp, str]] = field(default_factory=set)
    endorsed: set[tuple[str, str]] = field(default_factory=set)
    revoked: set[Revocation] = field(default_factory=set)
    decided: dict[str, Decision] = field(default_factory=dict)
    keys: dict[str, dict[str, Keys]] = field(default_factory=dict)
    since: dict[tuple[str, str], int] = field(default_factory=dict)  # number of the edit that said so

    def revokers(self, device: str) -> set[str]:
        """Who stopped a computer."""
        return {one.by for one in self.revoked if one.device == device}


def head_message(store_id: str, device: str, epoch: int, seq: int, digest: bytes) -> bytes:
    """What is signed at bundle, backup and lock: this device's head, of this store, and of nothing else."""
    return f"sgz-head/1|{store_id}|{device}|{epoch}|{seq}|{digest.hex()}".encode()


def endorsed_message(store_id: str, device: str, sign_key: str, box_key: str) -> bytes:
    """What a successor signs with the key its predecessor left: its own keys."""
    return f"sgz-successor/1|{store_id}|{device}|{sign_key}|{box_key}".encode()


def ticket_message(store_id: str, device: str, public: str) -> bytes:
    """What a computer signs about the key it leaves for its successor."""
    return f"sgz-ticket/1|{store_id}|{device}|{public}".encode()


def decision_message(store_id: str, device: str, decision: Decision) -> bytes:
    """What is signed with the recovery card."""
    return f"sgz-decision/1|{store_id}|{device}|{decision.number}|{decision.last}".encode()


class _Told(NamedTuple):
    """What one edit wrote on one device record."""

    stamp: Stamp
    station: str
    device: str
    values: Mapping[str, Any]


def facts(edits: Iterable[Edit], verify: Verify, founder: str = "") -> Facts:
    """Gather what `edits`, in any order and with repeats, say. `founder` is the first computer of the
    station; the decision key of its recovery card counts, and no other."""
    told = [one for edit in edits for one in _told(edit)]
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
            found.revoked.add(Revocation(by, one.device, last, keeps))
    _endorse(told, found, verify, founder)
    card = _card_key(told, founder)
    for one in told:
        _decision(one, card, found, verify)
    return found


def _told(edit: Edit) -> Iterable[_Told]:
    by_record: dict[tuple[str, str], dict[str, Any]] = {}
    for change in edit.changes:
        if change.kind == DEVICE and change.opened is not None:
            by_record.setdefault((change.station, change.record), {})[change.cell] = change.opened.value
    return (_Told(edit.stamp, station, device, values) for (station, device), values in by_record.items())


def _keys(one: _Told) -> Keys:
    return Keys(_text(one.values.get("sign_key")), _text(one.values.get("box_key")))


def _know(found: Facts, one: _Told, keys: Keys) -> None:
    """Of what one computer says of another its first word counts."""
    by, seq = one.stamp
    known, told = found.keys.setdefault(one.device, {}), (one.device, by)
    if by not in known or (seq, keys) < (found.since[told], known[by]):
        known[by], found.since[told] = keys, seq


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
    claims = [one for one in told if one.stamp.device == one.device and one.values.get("endorsement")]
    while fresh := [
        one
        for one in claims
        if (before := _vouched(one, found, verify, founder)) and (before, one.device) not in found.endorsed
    ]:
        for one in fresh:
            found.endorsed.add((_before(one), one.device))
            _know(found, one, _keys(one))
    while lost := [
        one
        for one in claims
        if (_before(one), one.device) in found.endorsed
        and not any(
            _vouched(each, found, verify, founder)
            for each in claims
            if each.device == one.device and _before(each) == _before(one)
        )
    ]:
        found.endorsed -= {(_before(one), one.device) for one in lost}
        for device in {one.device for one in lost} - {device for _, device in found.endorsed}:
            found.keys[device].pop(device, None)


def _before(one: _Told) -> str:
    return _text(_parsed(one.values.get("endorsement")).get("by"))


def _vouched(one: _Told, found: Facts, verify: Verify, founder: str) -> str:
    """`{"by", "key", "ticket", "signature"}`: the predecessor signed the key, the key its successor. Who the
    predecessor is, "" where that does not hold."""
    said, own = _parsed(one.values.get("endorsement")), _keys(one)
    before, public = _text(said.get("by")), _text(said.get("key"))
    ticket = ticket_message(one.station, before, public)
    keys = endorsed_message(one.station, one.device, *own)
    proven = (
        own.sign
        and genuine(verify, public, keys, said.get("signature"))
        and any(
            genuine(verify, key.sign, ticket, said.get("ticket")) for key in best_keys(found, founder, before)
        )
    )
    return before if proven else ""


def best_keys(found: Facts, founder: str, device: str) -> list[Keys]:
    """The keys of a computer that nobody nearer to the founder contradicts; one, but where two that are
    equally near say different things: then in the order they became known."""
    known = found.keys.get(device, {})
    if device == founder:
        return [known[by] for by in (INVITED, founder) if by in known][:1]
    if len(set(known.values())) < 2:
        return list(known.values())[:1]
    steps = _steps(found, founder)
    for before, successor in found.endorsed:
        if successor == device:
            steps[device] = min(steps.get(before, FAR), steps.get(device, FAR))
    nearest = min(steps.get(by, FAR) for by in known)
    return list(dict.fromkeys(keys for by, keys in known.items() if steps.get(by, FAR) == nearest))


def keys_of(found: Facts, founder: str, device: str) -> Keys | None:
    """The keys a computer is believed by and sent to; None for a stranger."""
    return next(iter(best_keys(found, founder, device)), None)


def _steps(found: Facts, founder: str) -> dict[str, int]:
    """How far each computer is from the founder, who is 0."""
    steps, edge = {founder: 0}, {founder}
    while edge:
        further = {whom for by, whom in found.enrolled if by.device in edge}
        further |= {whom for by, whom in found.endorsed if by in edge}
        step = max(steps.values()) + 1
        edge = further - steps.keys()
        steps.update(dict.fromkeys(edge, step))
    return steps


def _card_key(told: Iterable[_Told], founder: str) -> str:
    """The public key that decides: of the founder's own edits the last that names one; a card that was used
    up counts no more."""
    named = [
        (one.stamp.seq, _text(_parsed(one.values.get("card_key")).get("public")))
        for one in told
        if one.device == one.stamp.device == founder and "card_key" in one.values
    ]
    return max(named, default=(0, ""))[1]


def _decision(one: _Told, card: str, found: Facts, verify: Verify) -> None:
    """`{"number", "last", "signature"}`."""
    said = _parsed(one.values.get("decision"))
    number, last = said.get("number"), said.get("last")
    if type(number) is not int or type(last) is not int:
        return
    decision = Decision(number, last)
    message = decision_message(one.station, one.device, decision)
    if genuine(verify, card, message, said.get("signature")):
        found.decided[one.device] = max(decision, found.decided.get(one.device, decision))


def genuine(verify: Verify, public: str, message: bytes, signature: object) -> bool:
    """Does the hex signature hold under the hex key? False for anything malformed."""
    try:
        return verify(bytes.fromhex(public), message, bytes.fromhex(_text(signature)))
    except ValueError:
        return False


def limits(found: Facts, founder: str = "") -> dict[str, int]:
    """Device → the last of its edits that counts, for each that is limited; 0: none does.

    Without a founder the computers nobody let in stand by themselves; whether a stranger's edits are taken at
    all is for who receives them.
    """
    guests = {device for _, device in found.enrolled | found.endorsed} - {founder}
    known = guests | {by for by, _ in found.endorsed} | {stamp.device for stamp, _ in found.enrolled}
    known |= {one.by for one in found.revoked} | {one.device for one in found.revoked}
    roots = known - guests
    ever = _closure(roots, lambda device, inside: _let_in(found, device, inside, {}), guests)
    last: dict[str, int] = {}
    keeps: dict[str, set[str]] = {}
    for one in found.revoked:
        if one.by in ever:
            last[one.device] = min(one.last, last.get(one.device, NO_LIMIT))
            keeps.setdefault(one.device, set()).update(one.keeps)
    for device, decision in found.decided.items():
        last[device] = decision.last
    last = {device: seq for device, seq in last.items() if seq < NO_LIMIT}
    kept = {(by, device) for by, device in found.endorsed if by not in last or device in keeps.get(by, ())}
    counted = Facts(enrolled=found.enrolled, endorsed=kept)
    inside = _closure(roots, lambda device, inside: _let_in(counted, device, inside, last), guests)
    return last | dict.fromkeys(guests - inside, 0)


def _closure(roots: set[str], enters: Callable[[str, set[str]], bool], candidates: set[str]) -> set[str]:
    inside = set(roots)
    while fresh := {device for device in candidates - inside if enters(device, inside)}:
        inside |= fresh
    return inside


def _let_in(found: Facts, device: str, inside: set[str], last: Mapping[str, int]) -> bool:
    by_edit = any(
        whom == device and by.device in inside and by.seq <= last.get(by.device, NO_LIMIT)
        for by, whom in found.enrolled
    )
    return by_edit or any(whom == device and by in inside for by, whom in found.endorsed)


def members(found: Facts, founder: str) -> set[str]:
    """Every computer that is in, stopped or not: reached from the founder."""
    guests = {device for _, device in found.enrolled | found.endorsed}
    return _closure({founder}, lambda device, inside: _let_in(found, device, inside, {}), guests)

"""What went to each peer and what came from it: bookkeeping of this computer, never records."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from sgz_desktop.domain.edits import Edit
from sgz_desktop.store import bare, forks, log, settings, signatures
from sgz_desktop.store.session import Reading, Writing

Have = Mapping[str, tuple[int, str]]  # device → its last contiguous edit and that edit's hash in hex
NOTHING = (0, "")
EDITS, FILES = "edits", "files"


@dataclass(frozen=True)
class Peer:
    """What a peer said last: what it has, the number of the last bundle of ours it got, when (UTC ms), which
    attachments (SHA-256) it knows of and lacks, and what it has beside (`rest`)."""

    device: str
    have: Have = field(default_factory=dict)
    received: int = 0
    heard_ms: int = 0
    wants: tuple[str, ...] = ()
    rest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A bundle made for a peer. `confirmed`: by the peer's receipt it came there, or all it carried did."""

    device: str
    n: int
    content: str
    made_ms: int
    name: str
    size: int
    sha256: str
    ranges: Mapping[str, tuple[int, int]]
    confirmed: bool = False


@dataclass(frozen=True)
class Received:
    """A bundle taken in: its sender, number there, when made and taken (UTC ms), edits in it and new here."""

    sha256: str
    device: str
    n: int
    content: str
    made_ms: int
    at_ms: int
    edits: int
    fresh: int


def have(session: Reading) -> dict[str, tuple[int, str]]:
    """Every device's last contiguous edit here, those known longest first; of one whose first edit is not
    here nothing counts yet."""
    query = "SELECT device, top_seq, top_hash FROM replica WHERE top_seq > 0 ORDER BY did"
    rows = session.connection.execute(query)
    return {device: (seq, bytes(digest).hex()) for device, seq, digest in rows}


def claims(session: Reading, peer: str) -> dict[str, tuple[int, str]]:
    """What a peer is told of that: no further than what it shall send again."""
    found = have(session)
    for device, seq in bare.asked(session, peer).items():
        if seq <= found.get(device, NOTHING)[0]:
            before = log.hash_at(session, device, seq - 1)
            found.pop(device)
            found |= {device: (seq - 1, before.hex())} if before else {}
    return found


def rest(session: Reading) -> dict[str, str]:
    """What is here of computers beside what `have` tells, as after one was stopped or copied: device →
    SHA-256 of the hashes of those edits, in order."""
    found: dict[str, Any] = {}
    for device, digest in session.connection.execute(BESIDE):
        found.setdefault(device, hashlib.sha256()).update(digest)
    return {device: one.hexdigest() for device, one in found.items()}


BESIDE = """SELECT r.device, f.hash FROM forked f JOIN replica r USING(did)
 UNION SELECT r.device, e.hash FROM edit e JOIN replica r USING(did) WHERE e.seq > r.top_seq ORDER BY 1, 2"""


def lacking(session: Reading, peer: Peer) -> dict[str, tuple[int, int]]:
    """What a peer lacks of what can be proven to it: device → first and last edit number, those known
    longest first.

    Where its last edit is another than ours under that number, or two edits bear one number, all that may
    differ is sent, unless its receipt says that it has the same: the rule which of them stands is the same
    everywhere (`forks`).
    """
    found: dict[str, tuple[int, int]] = {}
    tops, beside = have(session), rest(session)
    for device, last, aside in session.connection.execute(PROVABLE):
        seq, digest = peer.have.get(device, NOTHING)
        if (seq, digest) == tops.get(device, NOTHING) and peer.rest.get(device) == beside.get(device):
            continue
        ours = log.hash_at(session, device, seq)
        first = 1 if ours is not None and ours.hex() != digest else seq + 1
        first = min(first, aside or first)
        if first <= last:
            found[device] = (first, last)
    return found


PROVABLE = """SELECT r.device, max(s.seq), (SELECT min(f.seq) FROM forked f WHERE f.did = r.did)
 FROM signed_head s JOIN replica r USING(did) GROUP BY r.did ORDER BY r.did"""
PORTION, MOST_CHANGES = 250, 1_000  # at once, so that a page that is opened waits no longer than a blink


def edits_of(session: Reading, device: str, first: int, last: int) -> list[Edit]:
    """Some edits of a device from a number on, in order: none when there are none, at most PORTION, and no
    more once they change MOST_CHANGES values."""
    found, changes = list[Edit](), 0
    for (eid,) in session.connection.execute(BETWEEN, (device, first, last, PORTION)).fetchall():
        found.append(edit := log.edit_at(session, eid))
        changes += len(edit.changes)
        if changes >= MOST_CHANGES:
            break
    return found


BETWEEN = """SELECT e.eid FROM edit e JOIN replica r USING(did) WHERE r.device = ? AND e.seq BETWEEN ? AND ?
 ORDER BY e.seq LIMIT ?"""


def heads_for(session: Reading, ranges: Mapping[str, tuple[int, int]]) -> list[signatures.SignedHead]:
    """Signed heads that prove ranges of edits: the last one, and where two edits bear one number, or some are
    missing in between, the last of each piece."""
    found = []
    tops = log.tops(session)
    doubtful = {edit.device for edit in forks.forked(session)}
    doubtful |= {device for device, (_, last) in ranges.items() if tops.get(device, 0) < last}
    for device, (first, _) in ranges.items():
        heads = signatures.signed_heads(session, device, first)
        found += _ends(session, device, first, heads) if device in doubtful else heads[-1:]
    return found


def _ends(
    session: Reading, device: str, first: int, heads: list[signatures.SignedHead]
) -> list[signatures.SignedHead]:
    """Those that no later one reaches down the chains: else each bundle would name all there ever were."""
    before = {
        edit.hash: edit.prev
        for edit in (*log.edits_from(session, device, first), *forks.forked(session))
        if edit.device == device
    }
    found, reached = [], set[bytes]()
    for head in reversed(heads):
        digest = head.hash
        if digest in before and digest not in reached:
            found.append(head)
        while digest in before and digest not in reached:
            reached.add(digest)
            digest = before[digest]
    return found


def peer(session: Reading, device: str) -> Peer:
    """What a peer said last; one never heard of has nothing."""
    row = session.connection.execute(
        "SELECT have, received, heard_ms, wants FROM peer WHERE device = ?", (device,)
    ).fetchone()
    if row is None:
        return Peer(device)
    known = {name: (seq, digest) for name, (seq, digest) in orjson.loads(row[0]).items()}
    beside = settings.get(session, f"{REST}{device}", {})
    return Peer(device, known, row[1], row[2], tuple(orjson.loads(row[3])), beside)


REST = "rest:"  # and a peer's id: what it said last to have beside


def heard(session: Writing, told: Peer, n: int) -> None:
    """Keep what a peer says in its bundle `n`, unless a later one was taken in before; by number, as its
    clock may have been years ahead once."""
    run = session.connection.execute
    if n >= last_received(session, told.device):
        held = orjson.dumps({device: list(top) for device, top in told.have.items()}).decode()
        row = (told.device, held, told.received, told.heard_ms, orjson.dumps(told.wants).decode())
        run("INSERT OR REPLACE INTO peer VALUES(?, ?, ?, ?, ?)", row)
        settings.put(session, f"{REST}{told.device}", dict(told.rest))


def next_number(session: Reading, device: str) -> int:
    """The number of the next bundle for a peer, from 1."""
    query = "SELECT coalesce(max(n), 0) + 1 FROM outbox WHERE device = ?"
    noted = int(session.connection.execute(query, (device,)).fetchone()[0])
    return max(noted, int(settings.get(session, f"{GIVEN}{device}", 0)) + 1)


def give_number(session: Writing, device: str, n: int) -> None:
    """Note a number before its bundle is written: after a crash in between, what lies on the stick under it
    must not be taken for another."""
    settings.put(session, f"{GIVEN}{device}", n)


GIVEN = "given:"  # and a peer's id: the last number given to a bundle for it


def keep_sent(session: Writing, sent: Sent) -> None:
    """Note a bundle that was written and read back."""
    ranges = orjson.dumps(sent.ranges).decode()
    session.connection.execute(
        "INSERT INTO outbox VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (sent.device, sent.n, sent.content, sent.made_ms, sent.name, sent.size, sent.sha256, ranges, 0),
    )


def sent(session: Reading) -> list[Sent]:
    """Every bundle made, newest first."""
    rows = session.connection.execute(
        "SELECT device, n, content, made_ms, name, size, sha256, ranges, confirmed FROM outbox"
        " ORDER BY made_ms DESC, device, n DESC"
    )
    return [
        Sent(device, n, content, made, name, size, sha256, ranges_of(told), bool(done))
        for device, n, content, made, name, size, sha256, told, done in rows
    ]


def ranges_of(told: str) -> dict[str, tuple[int, int]]:
    """Ranges of edits as a row of the outbox keeps them."""
    return {device: (first, last) for device, (first, last) in orjson.loads(told).items()}


def keep_received(session: Writing, got: Received) -> None:
    """Note a bundle taken in."""
    session.connection.execute(
        "INSERT OR IGNORE INTO inbox VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        (got.sha256, got.device, got.n, got.content, got.made_ms, got.at_ms, got.edits, got.fresh),
    )


RECEIVED = "SELECT sha256, device, n, content, made_ms, at_ms, edits, fresh FROM inbox"


def received(session: Reading) -> list[Received]:
    """Every bundle taken in, newest first."""
    return [Received(*row) for row in session.connection.execute(f"{RECEIVED} ORDER BY at_ms DESC, n DESC")]


def known(session: Reading, sha256: str) -> Received | None:
    """The bundle with these bytes, if it was taken in before."""
    row = session.connection.execute(f"{RECEIVED} WHERE sha256 = ?", (sha256,)).fetchone()
    return Received(*row) if row else None


def came(session: Reading, device: str, n: int, content: str, made_ms: int) -> bool:
    """Was a peer's bundle taken in that says this of itself? Of a copied computer two may bear one number."""
    query = "SELECT EXISTS(SELECT 1 FROM inbox WHERE device = ? AND n = ? AND content = ? AND made_ms = ?)"
    return bool(session.connection.execute(query, (device, n, content, made_ms)).fetchone()[0])


def last_received(session: Reading, device: str) -> int:
    """The highest number of a peer's bundles taken in, 0 before the first."""
    query = "SELECT coalesce(max(n), 0) FROM inbox WHERE device = ?"
    return int(session.connection.execute(query, (device,)).fetchone()[0])


def got_numbers(session: Reading, device: str) -> set[int]:
    """The numbers of a peer's bundles that were taken in."""
    rows = session.connection.execute("SELECT n FROM inbox WHERE device = ?", (device,))
    return {row[0] for row in rows}


def got_spans(session: Reading, device: str, most: int) -> list[tuple[int, int]]:
    """The same as spans that do not touch, the last `most` of them: its receipt."""
    spans: list[tuple[int, int]] = []
    for n in sorted(got_numbers(session, device)):
        if spans and spans[-1][1] == n - 1:
            spans[-1] = (spans[-1][0], n)
        else:
            spans.append((n, n))
    return spans[-most:]

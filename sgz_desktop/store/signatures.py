"""Signed chain heads: by them a relayed edit proves which device made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sgz_desktop.store import log
from sgz_desktop.store.names import device_id
from sgz_desktop.store.session import Reading, Writing

Sign = Callable[[int, bytes], bytes]  # (edit number, its hash) → signature


class SignedHead(NamedTuple):
    """The end of a device's chain at some time, signed by it (`domain.enrolment.head_message`)."""

    device: str
    epoch: int
    seq: int
    hash: bytes
    signature: bytes


def sign_head(session: Writing, device: str, sign: Sign) -> bool:
    """Sign the device's last edit unless that was done; True when a signature was added."""
    top = log.top(session, device)
    if top is None:
        return False
    stamp, digest = top
    did = session.connection.execute("SELECT did FROM replica WHERE device = ?", (device,)).fetchone()[0]
    key = (did, stamp.seq, digest)
    query = "SELECT 1 FROM signed_head WHERE did = ? AND seq = ? AND hash = ?"
    if session.connection.execute(query, key).fetchone():
        return False
    row = (key[0], session.identity.epoch, *key[1:], sign(stamp.seq, digest))
    session.connection.execute("INSERT INTO signed_head VALUES(?, ?, ?, ?, ?)", row)
    return True


HEADS = """SELECT r.device, s.epoch, s.seq, s.hash, s.signature FROM signed_head s JOIN replica r USING(did)
 WHERE r.device = ? AND s.seq >= ? ORDER BY s.seq"""


def signed_heads(session: Reading, device: str, from_seq: int = 0) -> list[SignedHead]:
    """A device's signed heads at an edit or later, oldest first. Of a copied computer there may be two."""
    return [
        SignedHead(name, epoch, seq, bytes(digest), bytes(signature))
        for name, epoch, seq, digest, signature in session.connection.execute(HEADS, (device, from_seq))
    ]


KEEP = """INSERT OR IGNORE INTO signed_head SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS(
 SELECT 1 FROM edit WHERE did = ?1 AND seq = ?3 AND hash = ?4
 UNION ALL SELECT 1 FROM forked WHERE did = ?1 AND seq = ?3 AND hash = ?4)"""


def keep_heads(session: Writing, heads: Iterable[SignedHead]) -> None:
    """Keep signed heads of peers: by them what they wrote can be passed on. A head of an edit that is not
    here proves nothing to anybody, and would be sent in the place of one that does."""
    with session.applying():
        rows = [(device_id(session, device), *head) for device, *head in heads]
    session.connection.executemany(KEEP, rows)

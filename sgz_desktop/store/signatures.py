"""Signed chain heads: by them a relayed edit proves which device made it."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.store import log
from sgz_desktop.store.session import Reading, Writing

Sign = Callable[[int, bytes], bytes]  # (edit number, its hash) → signature


def sign_head(session: Writing, device: str, sign: Sign) -> bool:
    """Sign the device's last edit unless that was done; True when a signature was added."""
    top = log.top(session, device)
    if top is None:
        return False
    stamp, digest = top
    did = session.connection.execute("SELECT did FROM replica WHERE device = ?", (device,)).fetchone()[0]
    known = session.connection.execute(
        "SELECT 1 FROM signed_head WHERE did = ? AND seq = ?", (did, stamp.seq)
    ).fetchone()
    if known:
        return False
    signature = sign(stamp.seq, digest)
    session.connection.execute(
        "INSERT INTO signed_head VALUES(?, ?, ?, ?)", (did, stamp.seq, digest, signature)
    )
    return True


def signatures(session: Reading, device: str) -> list[tuple[int, bytes, bytes]]:
    """(edit number, hash, signature) of a device's signed heads, oldest first."""
    rows = session.connection.execute(
        "SELECT s.seq, s.hash, s.signature FROM signed_head s JOIN replica r USING(did) WHERE r.device = ? "
        "ORDER BY s.seq",
        (device,),
    )
    return [(int(seq), bytes(digest), bytes(signature)) for seq, digest, signature in rows]

"""What a peer's receipt confirms of the bundles made for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgz_desktop.store import attached, exchange
from sgz_desktop.store.exchange import EDITS, Peer
from sgz_desktop.store.session import Reading, Writing

WAITS = "SELECT n, content, ranges FROM outbox WHERE device = ? AND NOT confirmed ORDER BY n"


def confirm(session: Writing, told: Peer, got: Sequence[tuple[int, int]]) -> None:
    """Of our bundles those are confirmed that a peer got, by spans of their numbers, and those of which it
    lacks nothing: what a lost one carried came in another."""
    update = "UPDATE outbox SET confirmed = 1 WHERE device = ? AND n BETWEEN ? AND ?"
    for span in got:
        session.connection.execute(update, (told.device, *span))
    for number in _come_otherwise(session, told):
        session.connection.execute(update, (told.device, number, number))


def _come_otherwise(session: Reading, told: Peer) -> Iterator[int]:
    """Numbers of bundles that are not confirmed and of which this peer lacks nothing.

    An edits bundle without edits only carried a receipt, which any later one made needless. Which attachments
    a files bundle carried is not noted: nothing of it is lacking once the peer has the edits of all bundles
    before it, so knows of its attachments, and asks for none that lies here.
    """
    lacks = exchange.lacking(session, told)
    waits = session.connection.execute(WAITS, (told.device,)).fetchall()
    knows_of_all = True
    for n, content, text in waits:
        ranges = exchange.ranges_of(text)
        if content == EDITS:
            came = all(last < lacks[device][0] for device, (_, last) in ranges.items() if device in lacks)
            knows_of_all = knows_of_all and came
            if came and (ranges or n < told.received):
                yield n
        elif knows_of_all and _wants_nothing(session, told):
            yield n


def _wants_nothing(session: Reading, told: Peer) -> bool:
    """Nothing that could be sent to it; where it named as many as it may there may be more."""
    return len(told.wants) < attached.MOST and not attached.going(session, {}, told.wants)

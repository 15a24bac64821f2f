"""What a store says it has, what it believes of others, and by which signatures it proves what it sends."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, seal
from sgz_desktop.store import attached, exchange, receipts
from sgz_desktop.store.apply import apply
from sgz_desktop.store.exchange import Peer, Received, Sent
from sgz_desktop.store.session import Writing
from sgz_desktop.store.signatures import SignedHead, keep_heads
from sgz_desktop.store.store import Store
from tests.conftest import STORE_ID

OTHER = "device-2"


def chain(length: int, after: Edit | None = None) -> list[Edit]:
    """Edits of another computer, one on the other."""
    made: list[Edit] = []
    for seq in range(after.seq + 1 if after else 1, length + 1):
        last = made[-1] if made else after
        draft = Draft("person", "p", STORE_ID, "name", f"值{seq}", ())
        made.append(
            seal(
                device=OTHER, epoch=1, seq=seq, clock=seq, at_ms=seq, who="w", action="save",
                prev=last.hash if last else NO_HASH, why="", drafts=[draft],
            )
        )  # fmt: skip
    return made


def test_of_a_computer_whose_first_edit_is_missing_nothing_is_claimed(store: Store) -> None:
    first, second = chain(2)
    store.write(lambda session: apply(session, [second]))
    assert store.read(exchange.have) == {}
    store.write(lambda session: apply(session, [first]))
    assert store.read(exchange.have) == {OTHER: (2, second.hash.hex())}


def test_the_later_bundle_is_believed_whatever_the_clocks_said(store: Store) -> None:
    """A clock years ahead once does not make all later receipts old."""

    def takes(session: Writing, n: int, made_ms: int) -> None:
        exchange.heard(session, Peer(OTHER, {OTHER: (n, "00" * 32)}, heard_ms=made_ms), n)
        exchange.keep_received(session, Received(f"{n}", OTHER, n, "edits", made_ms, made_ms, 0, 0))

    for n, made_ms in ((1, 10**13), (3, 10**12), (2, 10**13)):
        store.write(lambda session, n=n, made_ms=made_ms: takes(session, n, made_ms))
    assert store.read(lambda session: exchange.peer(session, OTHER)).have == {OTHER: (3, "00" * 32)}


def test_a_copied_computer_is_proven_by_one_signature_a_branch(store: Store) -> None:
    trunk = chain(2)
    branches = [chain(6, trunk[-1]) for _ in range(2)]
    store.write(lambda session: apply(session, [*trunk, *branches[0], *branches[1]]))
    every = [SignedHead(OTHER, 1, one.seq, one.hash, b"s") for one in [*trunk, *branches[0], *branches[1]]]
    store.write(lambda session: keep_heads(session, every))
    proofs = store.read(lambda session: exchange.heads_for(session, {OTHER: (1, 6)}))
    assert {one.hash for one in proofs} == {branch[-1].hash for branch in branches}


PEER = "device-3"


def bundles_for_peer(session: Writing) -> list[Edit]:
    """Seven bundles of one edit each, by their numbers, and an eighth of files."""
    edits = chain(7)
    apply(session, edits)
    keep_heads(session, [SignedHead(OTHER, 1, 7, edits[-1].hash, b"s")])
    for n in range(1, 9):
        ranges = {OTHER: (n, n)} if n < 8 else {}
        told = ("edits" if ranges else "files", n, f"{n}", 1, f"{n}", ranges)
        exchange.keep_sent(session, Sent(PEER, n, *told))
    return edits


def confirmed(store: Store, told: Peer, got: Sequence[tuple[int, int]] = ()) -> list[int]:
    store.write(lambda session: receipts.confirm(session, told, got))
    return sorted(one.n for one in store.read(exchange.sent) if one.confirmed)


def test_a_receipt_confirms_the_numbers_it_names_and_what_came_otherwise(store: Store) -> None:
    edits = store.write(bundles_for_peer)
    assert confirmed(store, Peer(PEER), [(1, 2), (4, 4)]) == [1, 2, 4]  # not 3, though a later one came
    has = [{OTHER: (n, edits[n - 1].hash.hex())} for n in (5, 7)]
    assert confirmed(store, Peer(PEER, has[0])) == [1, 2, 3, 4, 5]
    assert confirmed(store, Peer(PEER, has[1], wants=("ab" * 32,) * attached.MOST)) == list(range(1, 8))
    assert confirmed(store, Peer(PEER, has[1], wants=("ab" * 32,))) == list(range(1, 9))  # not to be had here


def test_the_numbers_taken_in_are_told_as_spans(store: Store) -> None:
    for n in (1, 2, 4, 7, 8):
        got = Received(f"{n}", PEER, n, "edits", n, n, 0, 0)
        store.write(lambda session, got=got: exchange.keep_received(session, got))
    spans = [(1, 2), (4, 4), (7, 8)]
    for most in (1, 2, 3, 9):
        assert store.read(lambda s, most=most: exchange.got_spans(s, PEER, most)) == spans[-most:]

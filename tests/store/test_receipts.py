"""What a store says it has, what it believes of others, and by which signatures it proves what it sends."""

from __future__ import annotations

from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, seal
from sgz_desktop.store import exchange
from sgz_desktop.store.apply import apply
from sgz_desktop.store.exchange import Peer, Received
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

"""What the heads kept outside a store say about it at opening."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.domain.edits import NO_HASH
from sgz_desktop.store import access, enrolment, log
from sgz_desktop.store.missing import StateHead
from sgz_desktop.store.store import Store
from sgz_desktop.vault.head import Head, Verdict, compare
from sgz_desktop.vault.state import DeviceState

HashAt = Callable[[int], bytes | None]


def seen_by(state: DeviceState) -> StateHead:
    """Both heads as this computer noted them last."""
    head, lines = state.read_head(), state.read_lines()
    return StateHead(state.device_id, head.seq, head.hash, lines.seq, lines.hash)


def judge(store: Store, state: DeviceState) -> Verdict:
    """How the heads kept outside stand to the store's; a crash in between is caught up with.

    AHEAD: something that was committed is not here, or the store is another branch. An edit of this device
    that does not follow from its last one was made by a copy of the whole computer: AHEAD too.
    """
    verdict = _edits(store, state)
    known = state.read_lines()
    if known.seq and store.read(lambda session: access.hash_at(session, known.seq)) != known.hash:
        return Verdict.AHEAD
    return verdict


def _edits(store: Store, state: DeviceState) -> Verdict:
    device = state.device_id
    if device in store.read(enrolment.limits):  # what it wrote after it was stopped is put aside
        return Verdict.SAME
    found = store.read(lambda session: log.top(session, device))
    store_head = Head(found[0].seq, found[1]) if found else Head(0, NO_HASH)
    hash_at = _hash_at(store, device)
    verdict = compare(state.read_head(), store_head, hash_at)
    if hash_at(store_head.seq + 1) is not None:
        return Verdict.AHEAD
    if verdict is Verdict.BEHIND:
        state.write_head(*store_head)
    return verdict


def _hash_at(store: Store, device: str) -> HashAt:
    return lambda seq: store.read(lambda session: log.hash_at(session, device, seq))

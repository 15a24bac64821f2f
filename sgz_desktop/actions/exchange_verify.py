"""The first pass over a bundle: everything in it is verified, nothing written."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import Edit
from sgz_desktop.domain.enrolment import Facts
from sgz_desktop.domain.signed_words import Keys, genuine
from sgz_desktop.store import blobs, enrolment, exchange, log
from sgz_desktop.store.session import Identity
from sgz_desktop.sync.body import BlobWriter
from sgz_desktop.sync.header import Head, Header
from sgz_desktop.sync.lines import edit_of
from sgz_desktop.sync.proof import Proof
from sgz_desktop.sync.reasons import Reason, Refused


class FirstPass:
    """Verifies what is read to it; Refused says what does not hold."""

    def __init__(self, desk: Desk, station: OpenStation) -> None:
        self._desk = desk
        me, keys = desk.store.identity, Keys(station.state.key.public.hex(), station.state.recipient)
        founder = desk.store.read(enrolment.founder)
        self._proof = Proof(me.store_id, founder, self._facts, verify, (me.device, keys))
        self.names: dict[str, tuple[str, str | None]] = {}  # letter and name that computers say they have

    @property
    def heads(self) -> list[Head]:
        """The signed heads that are proven."""
        return self._proof.heads

    def _facts(self, more: Iterable[Edit]) -> Facts:
        some = list(more)
        return self._desk.store.read(lambda session: enrolment.facts(session, some))

    def header(self, header: Header) -> None:
        for_us(self._desk.store.identity, header)

    def line(self, line: bytes) -> None:
        self._proof.add(edit := edit_of(line))
        if enrolment.tells(edit) and (told := enrolment.names_itself(edit)):
            self.names[edit.device] = told

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        if size > blobs.MAX_FILE:
            raise Refused(Reason.TOO_BIG, "an attachment larger than any of ours")
        return _Nothing()

    def signed(self, header: Header, message: bytes, signature: bytes) -> None:
        if header.content == exchange.EDITS:
            self._proof.within(header.ranges)
        self._proof.complete(header.heads)
        keys = self._proof.keys_of(header.sender)
        if keys is None:
            disputed = self._proof.disputed(header.sender)
            raise Refused(Reason.DISPUTED if disputed else Reason.UNKNOWN_SENDER)
        if not genuine(verify, keys.sign, message, signature.hex()):
            raise Refused(Reason.FORGED, "not signed by its sender")
        self._proof.demand(self._known)

    def _known(self, device: str, seq: int, digest: bytes) -> bool:
        return self._desk.store.read(lambda session: log.hash_at(session, device, seq)) == digest


class _Nothing:
    """Where bytes go in the first pass."""

    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


def for_us(me: Identity, header: Header) -> Header:
    """Refused unless a bundle is for this computer of this station."""
    if header.content == "case":
        raise Refused(Reason.CASE)
    if header.kind != me.kind:
        raise Refused(Reason.OTHER_KIND)
    if header.store != me.store_id:
        raise Refused(Reason.OTHER_STATION)
    if header.sender == me.device:
        raise Refused(Reason.OWN)
    if me.device not in header.to:
        raise Refused(Reason.NOT_FOR_US)
    return header

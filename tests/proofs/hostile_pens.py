"""Bundles a bad hand writes: edits sealed and signed with real keys, packed by the real writer.

The computers here are keys only. `us` is a real laptop, the station's first; the others were let in by it as
any computer is, but for the stranger. What they hand over is what their keys make possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pyrage

from sgz_desktop.actions import exchange_join
from sgz_desktop.actions.exchange_trust import stop_computer
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, seal, to_line
from sgz_desktop.domain.signed_words import Keys, head_message
from sgz_desktop.store.migrate import SCHEMA
from sgz_desktop.sync import body, envelope, frame
from sgz_desktop.sync.header import Head, Header, Range
from sgz_desktop.vault import left_keys
from sgz_desktop.vault.device_keys import DeviceKey
from tests.actions.laptops import Laptop

CLOCK = 1_782_777_600_000 << 16


@dataclass
class Pen:
    """One computer's keys and the end of its chain."""

    device: str
    store: str
    key: DeviceKey
    identity: pyrage.x25519.Identity = field(default_factory=pyrage.x25519.Identity.generate)
    seq: int = 0
    prev: bytes = NO_HASH
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def keys(self) -> Keys:
        return Keys(self.key.public.hex(), str(self.identity.to_public()))

    def edit(self, *drafts: Draft, **odd: Any) -> Edit:
        """The next of the chain; `odd` replaces what it says of itself."""
        said = {"device": self.device, "seq": self.seq + 1, "prev": self.prev, "clock": CLOCK + self.seq}
        made = seal(
            epoch=1, at_ms=1, who="w", action="save", why="",
            drafts=list(drafts or [person(f"{self.device}-{self.seq}", "测试")]), **{**said, **odd},
        )  # fmt: skip
        self.seq, self.prev = made.seq, made.hash
        return made

    def head(self, edit: Edit | None = None, **odd: Any) -> Head:
        """The signed end of the chain, or of an edit; `odd` replaces whose it is said to be."""
        device, seq, digest = odd.get("device", self.device), self.seq, self.prev
        if edit is not None:
            device, seq, digest = edit.device, edit.seq, edit.hash
        seq = odd.get("seq", seq)
        signature = self.key.sign(head_message(self.store, device, 1, seq, digest))
        return Head(device, 1, seq, digest.hex(), signature.hex())

    def fork(self) -> Pen:
        """The same computer, from here on by itself."""
        return Pen(self.device, self.store, self.key, self.identity, self.seq, self.prev, self.numbers)


def person(id: str, name: object, **more: Any) -> Draft:
    return Draft("person", id, "station", "name", name, **more)


def told(device: str, store: str, **values: Any) -> list[Draft]:
    """What an edit says of a computer."""
    return [Draft("device", device, store, cell, value) for cell, value in values.items()]


class Scene:
    """A real laptop, and pens for the computers around it."""

    def __init__(self, us: Laptop, stick: Path) -> None:
        self.us, self.stick = us, stick
        self.store = us.station.slots.store_id
        self.numbers = count(1)
        self.bad, self.other, self.stopped, self.stranger = map(
            self.pen, ("bad", "other", "stopped", "stranger")
        )
        for place, pen in enumerate((self.bad, self.other, self.stopped)):
            self.let_in(pen, "BCD"[place])
            us.take(self.bundle(pen, [pen.edit(), pen.edit()]))
        stop_computer(us.station.desk, us.known(self.stopped.device))
        us.station.sign_head()  # whichever case comes first finds nothing unsigned

    def pen(self, name: str) -> Pen:
        return Pen(f"device-{name}", self.store, DeviceKey(name.encode().ljust(32, b"-")))

    def let_in(self, pen: Pen, letter: str) -> None:
        asked = exchange_join.Request(
            self.store, pen.device, letter, f"{letter}号机", pen.keys, "测试", (), ""
        )
        exchange_join.let_in(self.us.station.desk, self.us.station, asked)

    def successor(self, pen: Pen, of: Pen, ticket_by: Pen | None = None) -> list[Draft]:
        """What a computer says that goes on from another; `ticket_by` forges the ticket."""
        left = left_keys.leave((ticket_by or of).key, self.store, of.device)
        shown = left_keys.endorsement(left, self.store, pen.device, pen.keys)
        return told(pen.device, self.store, sign_key=pen.keys.sign, box_key=pen.keys.box, endorsement=shown)

    def header(self, by: Pen, edits: Sequence[Edit], **changes: Any) -> Header:
        spans: dict[str, list[int]] = {}
        for edit in edits:
            spans.setdefault(edit.device, []).append(edit.seq)
        said: dict[str, Any] = {
            "content": "edits", "store": self.store, "kind": "station", "sender": by.device, "epoch": 1,
            "to": (self.us.id,), "recipients": (self.us.station.state.recipient,), "n": next(by.numbers),
            "made": 1_782_777_600_000, "schema": SCHEMA, "have": {}, "received": {},
            "ranges": {device: Range(min(seqs), max(seqs)) for device, seqs in spans.items()},
            "heads": (by.head(),),
        }  # fmt: skip
        return Header(**{**said, **changes})

    def bundle(
        self, by: Pen, edits: Sequence[Edit] = (), lines: Iterable[bytes] | None = None, **changes: Any
    ) -> Path:
        """A bundle by the real writer, signed by its sender unless `signed_by` says otherwise."""
        signer = changes.pop("signed_by", by)
        header = self.header(by, edits, **changes)
        frames = envelope.edit_frames(map(to_line, edits) if lines is None else lines)
        return self._packed(header, frames, signer)

    def files(self, by: Pen, *blobs: tuple[str, bytes], mime: str = "image/png") -> Path:
        header = self.header(by, [], content="files", heads=())
        frames = (
            piece for sha, sealed in blobs for piece in envelope.file_frames(sha, len(sealed), mime, [sealed])
        )
        return self._packed(header, frames, by)

    def _packed(self, header: Header, frames: Iterable[bytes], signer: Pen) -> Path:
        path = self.stick / f"bundle-{next(self.numbers):04d}.sgzb"
        envelope.write(path, header, frames, header.recipients, signer.key.sign)
        return path

    def raw(self, by: Pen, inside: bytes, old: bytes = b"", new: bytes = b"", **changes: Any) -> Path:
        """Content the writer would not write: the first line altered, any lines behind it; signed all the
        same."""
        header = self.header(by, [], **changes)
        first = header.to_bytes()
        assert first.count(old) == 1 or not old
        before = (first.replace(old, new) if old else first) + b"\n" + inside
        digest = body.hashlib.blake2b(before).hexdigest()
        last = body.Trailer(len(before), digest, by.key.sign(body.message(header, digest)))
        packed = b"".join(frame.compressed([before + last.to_bytes() + b"\n"]))
        path = self.stick / f"bundle-{next(self.numbers):04d}.sgzb"
        ours = pyrage.x25519.Recipient.from_str(self.us.station.state.recipient)
        path.write_bytes(pyrage.encrypt(packed, [ours]))
        return path

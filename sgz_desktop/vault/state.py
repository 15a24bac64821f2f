"""What this computer keeps about a store outside the store: which device it is, and how far it and the
access log had come.

A copy of the store on another computer, or at another path, finds no state here and so becomes a new device.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.vault import sealing
from sgz_desktop.vault.device_keys import DeviceKey, new_seed
from sgz_desktop.vault.head import Head, HeadFile
from sgz_desktop.vault.keys import Key, Label, derive
from sgz_desktop.vault.places import state_base
from sgz_desktop.vault.slots import new_id

FORMAT = 1
DEVICE = "device.json"
NEXT = "device.next.json"
_MAX_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What is sealed in `device.json`."""

    device_id: str
    epoch: int
    seed: bytes
    identity: str
    head_key: bytes


class _Heads(NamedTuple):
    """The head of this device's edits and that of the access log, each in a file of its own."""

    edits: HeadFile
    access: HeadFile

    def close(self) -> None:
        for file in self:
            file.close()


def _known(file: HeadFile) -> Head:
    head = file.read()
    assert head is not None  # StateFolder gives out no state without one
    return head


class DeviceState:
    """This device, while the store is open."""

    def __init__(self, folder: StateFolder, secrets: _Secrets, heads: _Heads) -> None:
        self.device_id = secrets.device_id
        self.epoch = secrets.epoch
        self.key = DeviceKey(secrets.seed)
        self.identity = secrets.identity
        self.recipient = sealing.recipient_of(secrets.identity)
        self._folder = folder
        self._secrets = secrets
        self._heads = heads

    def read_head(self) -> Head:
        """The head last noted (seq 0 before the first)."""
        return _known(self._heads.edits)

    def write_head(self, seq: int, hash32: bytes) -> None:
        """Note the head after a commit; a few microseconds, not flushed, never raises for the disk."""
        self._heads.edits.write(seq, hash32)

    def read_access(self) -> Head:
        """The last line of the access log as it was last noted (seq 0 before the first)."""
        return _known(self._heads.access)

    def write_access(self, number: int, hash32: bytes) -> None:
        """Note the last line of the access log, as `write_head`."""
        self._heads.access.write(number, hash32)

    def sync(self) -> None:
        """Flush the heads, at lock and close. AppError when the disk refuses."""
        for file in self._heads:
            file.sync()

    def close(self) -> None:
        """Let the files go."""
        self._heads.close()

    def begin_reseal(self, root: Key) -> None:
        """Before the database is rekeyed: seal a second copy under the new root key, beside the first."""
        self._folder.write_sealed(NEXT, self._secrets, root)

    def finish_reseal(self) -> None:
        """After the database was rekeyed: the second copy takes the first one's place."""
        files.move_over(self._folder.path / NEXT, self._folder.path / DEVICE)

    def __repr__(self) -> str:
        return f"DeviceState({self.device_id}, epoch {self.epoch})"


class StateFolder:
    """The state of one store at one place."""

    def __init__(self, store_id: str, store_path: Path) -> None:
        self.store_id = store_id
        self.place = os.path.normcase(Path(store_path).resolve())
        digest = hashlib.sha256(self.place.encode("utf-8", "surrogatepass")).hexdigest()
        self.path = state_base() / store_id / digest[:16]

    def open(self, root: Key) -> DeviceState | None:
        """This device's state; None when there is none here that belongs to this store, place and root key
        and proves its head. The caller then makes a new device and says so. Settles an unfinished reseal.
        """
        for name in (DEVICE, NEXT):
            secrets = self._read_sealed(name, root)
            heads = self._open_heads(secrets) if secrets else None
            if secrets is None or heads is None:
                continue
            if name == NEXT:
                files.move_over(self.path / NEXT, self.path / DEVICE)
            elif (self.path / NEXT).exists():
                files.discard(self.path / NEXT)
            return DeviceState(self, secrets, heads)
        return None

    def create(self, root: Key, *, device_id: str | None = None, epoch: int = 1) -> DeviceState:
        """A new device here, in place of what was; with keys of its own."""
        files.private_folder(self.path.parent)
        files.private_folder(self.path)
        secrets = _Secrets(
            device_id or new_id(), epoch, new_seed(), sealing.new_identity(), Key.new().reveal()
        )
        heads = _Heads(*(HeadFile.create(path, key) for path, key in self._head_files(secrets)))
        self.write_sealed(DEVICE, secrets, root)
        files.discard(self.path / NEXT)
        self._sweep(keep=[head.path for head in heads])
        return DeviceState(self, secrets, heads)

    def write_sealed(self, name: str, secrets: _Secrets, root: Key) -> None:
        """Seal the secrets under a root key into a file of this folder."""
        plain = {
            "device_id": secrets.device_id,
            "epoch": secrets.epoch,
            "seed": secrets.seed.hex(),
            "identity": secrets.identity,
            "head_key": secrets.head_key.hex(),
        }
        nonce, box = sealing.wrap(derive(root, Label.STATE), json.dumps(plain).encode(), self._binding())
        outer = {"format": FORMAT, "nonce": b64encode(nonce).decode(), "box": b64encode(box).decode()}
        files.write_atomic(self.path / name, json.dumps(outer).encode())

    def _read_sealed(self, name: str, root: Key) -> _Secrets | None:
        """The secrets of a file, or None when it is missing, damaged or sealed under something else."""
        if not (self.path / name).exists():
            return None
        try:
            outer = json.loads(files.read_whole(self.path / name, _MAX_FILE))
            nonce, box = b64decode(outer["nonce"]), b64decode(outer["box"])
            plain = json.loads(sealing.unwrap(derive(root, Label.STATE), nonce, box, self._binding()))
        except (sealing.BadBox, AppError, ValueError, KeyError, TypeError):
            return None
        return _Secrets(
            plain["device_id"],
            plain["epoch"],
            bytes.fromhex(plain["seed"]),
            plain["identity"],
            bytes.fromhex(plain["head_key"]),
        )

    def _open_heads(self, secrets: _Secrets) -> _Heads | None:
        """Both heads; None when one is missing or does not prove itself."""
        opened: list[HeadFile] = []
        with suppress(AppError):
            for path, key in self._head_files(secrets):
                opened.append(HeadFile(path, key))
            heads = _Heads(*opened)
            if all(file.read() for file in heads):
                return heads
        for file in opened:
            file.close()
        return None

    def _head_files(self, secrets: _Secrets) -> tuple[tuple[Path, bytes], ...]:
        """Where each head is, and its key. Named by the key, so that a crash while a new device is made
        leaves the old pair whole."""
        name = hashlib.sha256(secrets.head_key).hexdigest()[:16]
        access_key = hmac.digest(secrets.head_key, b"access log", "sha256")
        return (self.path / f"head-{name}", secrets.head_key), (self.path / f"access-{name}", access_key)

    def _sweep(self, keep: Sequence[Path]) -> None:
        files.sweep_parts(self.path)
        for old in (*self.path.glob("head-*"), *self.path.glob("access-*")):
            if old not in keep:
                files.discard(old)

    def _binding(self) -> bytes:
        return f"sgz-state/{FORMAT}|{self.store_id}|{self.place}".encode("utf-8", "surrogatepass")

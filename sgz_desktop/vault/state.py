"""What this computer keeps about a store outside the store: which device it is, and how far it had come.

A copy of the store on another computer, or at another path, finds no state here and so becomes a new device.
"""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

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


class DeviceState:
    """This device, while the store is open."""

    def __init__(self, folder: StateFolder, secrets: _Secrets, head: HeadFile) -> None:
        self.device_id = secrets.device_id
        self.epoch = secrets.epoch
        self.key = DeviceKey(secrets.seed)
        self.identity = secrets.identity
        self.recipient = sealing.recipient_of(secrets.identity)
        self._folder = folder
        self._secrets = secrets
        self._head = head

    def read_head(self) -> Head:
        """The head last noted (seq 0 before the first)."""
        head = self._head.read()
        assert head is not None  # StateFolder gives out no state without one
        return head

    def write_head(self, seq: int, hash32: bytes) -> None:
        """Note the head after a commit; a few microseconds, not flushed, never raises for the disk."""
        self._head.write(seq, hash32)

    def read_lines(self) -> Head:
        """The head of the access log last noted."""
        return self._head.read_lines()

    def write_lines(self, number: int, hash32: bytes) -> None:
        """Note the head of the access log after a commit, as `write_head`."""
        self._head.write_lines(number, hash32)

    def sync(self) -> None:
        """Flush the heads, at lock and close. AppError when the disk refuses."""
        self._head.sync()

    def close(self) -> None:
        """Let the file go."""
        self._head.close()

    def begin_reseal(self, root: Key) -> None:
        """Before the database is rekeyed: seal a second copy under the new root key, beside the first."""
        self._folder.write_sealed(NEXT, self._secrets, root)

    def finish_reseal(self) -> None:
        """After the database was rekeyed: the second copy takes the first one's place."""
        files.move_over(self._folder.path / NEXT, self._folder.path / DEVICE)

    def __repr__(self) -> str:
        return f"DeviceState({self.device_id}, epoch {self.epoch})"


def place_of(store_path: Path) -> str:
    """The one name of a path on this computer."""
    return os.path.normcase(Path(store_path).resolve())


class StateFolder:
    """The state of one store at one place."""

    def __init__(self, store_id: str, store_path: Path) -> None:
        self.store_id = store_id
        self.place = place_of(store_path)
        digest = hashlib.sha256(self.place.encode("utf-8", "surrogatepass")).hexdigest()
        self.path = state_base() / store_id / digest[:16]

    def open(self, root: Key) -> DeviceState | None:
        """This device's state; None when there is none here that belongs to this store, place and root key
        and proves its head. The caller then makes a new device and says so. Settles an unfinished reseal.
        """
        for name in (DEVICE, NEXT):
            secrets = self._read_sealed(name, root)
            head = self._open_head(secrets) if secrets else None
            if secrets is None or head is None:
                continue
            if name == NEXT:
                files.move_over(self.path / NEXT, self.path / DEVICE)
            elif (self.path / NEXT).exists():
                files.discard(self.path / NEXT)
            return DeviceState(self, secrets, head)
        return None

    def create(self, root: Key, *, device_id: str | None = None, epoch: int = 1) -> DeviceState:
        """A new device here, in place of what was; with keys of its own."""
        files.private_folder(self.path.parent)
        files.private_folder(self.path)
        secrets = _Secrets(
            device_id or new_id(), epoch, new_seed(), sealing.new_identity(), Key.new().reveal()
        )
        head = HeadFile.create(self._head_path(secrets), secrets.head_key)
        self.write_sealed(DEVICE, secrets, root)
        files.discard(self.path / NEXT)
        self._sweep(keep=head.path)
        return DeviceState(self, secrets, head)

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
        files.write_atomic(self.path / name, json.dumps(outer).encode(), inside=True)

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

    def _open_head(self, secrets: _Secrets) -> HeadFile | None:
        try:
            head = HeadFile(self._head_path(secrets), secrets.head_key)
        except AppError:
            return None
        if head.read() is None:
            head.close()
            return None
        return head

    def _head_path(self, secrets: _Secrets) -> Path:
        # named by its key, so that a crash while a new device is made leaves the old pair whole
        return self.path / f"head-{hashlib.sha256(secrets.head_key).hexdigest()[:16]}"

    def _sweep(self, keep: Path) -> None:
        files.sweep_parts(self.path)
        for old in self.path.glob("head-*"):
            if old != keep:
                files.discard(old)

    def _binding(self) -> bytes:
        return f"sgz-state/{FORMAT}|{self.store_id}|{self.place}".encode("utf-8", "surrogatepass")

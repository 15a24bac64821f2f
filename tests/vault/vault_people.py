"""Made-up workers and a fake database for the vault's tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.vault.keys import Key, Label, derive
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.unlocking import Unlocked, create_vault

CHEAP = Argon2Params(memory_kib=32, passes=1, lanes=1)
STATION = "试验镇社工站"
JIA, YI, BING = "试验甲", "试验乙", "试验丙"
PASS = {
    JIA: "屋后三棵柚子树结了八个果",
    YI: "river lantern seventeen",
    BING: "five tall blue lamps",
}


def new_vault(recovery: str | None = None) -> tuple[Slots, Unlocked]:
    """A station with one worker."""
    return create_vault(
        STATION, "station", JIA, PASS[JIA], ["worker", "head"], params=CHEAP, recovery=recovery
    )


class FakeDatabase:
    """A file that knows its key and keeps a fingerprint."""

    def __init__(self, path: Path, root: Key, kept: bytes) -> None:
        self.path = path
        self._write(root, kept)

    def opens(self, root: Key) -> bytes | None:
        """As `rotation.Opens`."""
        data = self.path.read_bytes()
        return data[32:] if data[:32] == derive(root, Label.DATABASE).reveal() else None

    def rekey(self, root: Key) -> None:
        """Change the key, as one step."""
        self._write(root, self.path.read_bytes()[32:])

    def keep(self, kept: bytes) -> None:
        """Change the fingerprint, as one step."""
        data = self.path.read_bytes()
        files.write_atomic(self.path, data[:32] + kept, inside=True)

    def _write(self, root: Key, kept: bytes) -> None:
        files.write_atomic(self.path, derive(root, Label.DATABASE).reveal() + kept, inside=True)


class Crash(BaseException):
    """The power went."""


def crashing(patch: pytest.MonkeyPatch, after: int) -> list[str]:
    """Let `after` calls reach the disk; each later one raises Crash, so that nothing is tidied up either."""
    calls: list[str] = []

    def dying(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if len(calls) >= after:
                raise Crash
            calls.append(name)
            return real(*args, **options)

        return call

    for name in ("open", "write", "fsync", "replace", "link", "unlink", "rename"):
        patch.setattr(os, name, dying(name, getattr(os, name)))
    return calls


def crash_points(patch: pytest.MonkeyPatch, act: Callable[[], object]) -> int:
    """How many calls `act` makes when nothing goes wrong."""
    with patch.context() as inside:
        calls = crashing(inside, 10_000)
        act()
    return len(calls)

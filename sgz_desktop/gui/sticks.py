"""Which sticks are in the computer: looked at now and then while somebody may want one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

from sgz_desktop.gui import jobs

EVERY_MS = 3_000
MEDIA = (PurePosixPath("/media"), PurePosixPath("/run/media"), PurePosixPath("/Volumes"))
REMOVABLE = 2  # what Windows calls DRIVE_REMOVABLE


@dataclass(frozen=True)
class Stick:
    """A place to exchange by: a stick that was noticed, or a folder somebody chose."""

    path: Path
    name: str
    chosen: bool = False


def is_stick(root: PurePath, system: PurePath, windows_kind: Callable[[str], int]) -> bool:
    """Is a volume a stick? Never the system's disk. `windows_kind` tells what sort of drive a letter is."""
    if isinstance(root, PureWindowsPath):
        return root.drive.upper() != system.drive.upper() and windows_kind(f"{root.drive}\\") == REMOVABLE
    return any(place in root.parents for place in MEDIA)


def stick_name(root: PurePath, label: str) -> str:
    """What people call it: E盘, or the name it bears."""
    if isinstance(root, PureWindowsPath):
        return f"{root.drive[:1].upper()}盘"
    return label or root.name


def sticks_here() -> list[Stick]:
    """The sticks that are in now; may take a while, not for the GUI thread."""
    return list(_sticks(QStorageInfo.mountedVolumes()))


def _sticks(volumes: Iterable[QStorageInfo]) -> Iterable[Stick]:
    for one in volumes:
        root = Path(one.rootPath())
        ready = one.isValid() and one.isReady() and not one.isReadOnly()
        if ready and is_stick(root, Path(os.environ.get("SYSTEMDRIVE", "/")), _windows_kind):
            yield Stick(root, stick_name(root, one.displayName() or one.name()))


def _windows_kind(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))


def free_bytes(folder: Path) -> int:
    """Room left at a place; 0 where it cannot be told."""
    return max(QStorageInfo(str(folder)).bytesAvailable(), 0)


class StickWatch(QObject):
    """`changed(sticks)` when another set of sticks is in; looks only between `begin` and `rest`."""

    changed = Signal(object)

    def __init__(self, owner: QObject, look: Callable[[], list[Stick]] = sticks_here) -> None:
        super().__init__(owner)
        self._look, self._found = look, None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Somebody is looking: now, and from time to time."""
        self.look()
        self._timer.start()

    def rest(self) -> None:
        """Nobody is looking."""
        self._timer.stop()

    def look(self) -> None:
        """Look now."""
        jobs.start(
            self, lambda _task: self._look(), done=self._take, failed=lambda _fault: None, key="sticks"
        )

    def _take(self, found: list[Stick]) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit(found)

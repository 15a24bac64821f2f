"""What is copied here stays out of clipboard histories and is taken back after half a minute.

Marks ask the history of Windows, its cloud, and managers such as Klipper to leave a copy alone; what another
program put on the clipboard is never touched. A mark is a request: a history may ignore it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 30
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'  # how Qt spells a clipboard format of Windows
_NO = bytes(4)  # a DWORD of 0
# learn.microsoft.com/windows/win32/dataxchg/clipboard-formats (cloud clipboard and clipboard history);
# the last one is read by Klipper, GPaste, wl-paste and others.
MARKS = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _NO,
    _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    "x-kde-passwordManagerHint": b"secret",
}
_SIGN, _SIGNED = "application/x-sgz-desktop", secrets.token_bytes(16)  # this process and no other
Owns = Callable[[QClipboard, QClipboard.Mode], bool]


def put(text: str) -> None:
    """Copy a text, marked from the first moment."""
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(_marked(data))


def _marked(data: QMimeData) -> QMimeData:
    copy = QMimeData()
    for kind in data.formats():
        copy.setData(kind, data.data(kind))
    for kind, value in {**MARKS, _SIGN: _SIGNED}.items():
        copy.setData(kind, value)
    return copy


def _ours(board: QClipboard, mode: QClipboard.Mode) -> bool:
    """Did this process put there what is there now?"""
    data = board.mimeData(mode)
    signed = data is not None and bytes(data.data(_SIGN).data()) == _SIGNED
    return signed or (board.ownsSelection() if mode is QClipboard.Mode.Selection else board.ownsClipboard())


class ClipboardWatch(QObject):
    """Marks every copy made in this program, from whatever widget, and clears it after `seconds`."""

    def __init__(self, parent: QObject, seconds: float = SECONDS, ours: Owns = _ours) -> None:
        super().__init__(parent)
        self._board, self._ours = QGuiApplication.clipboard(), ours
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        self._modes = [QClipboard.Mode.Clipboard]
        if self._board.supportsSelection():  # X11 and Wayland: what was merely selected with the mouse
            self._modes.append(QClipboard.Mode.Selection)
        for mode in self._modes:
            timer = self._timers[mode] = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(int(seconds * 1000))
            timer.timeout.connect(lambda mode=mode: self._clear(mode))
        self._board.changed.connect(self._changed)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode not in self._timers:
            return
        data = self._board.mimeData(mode)
        if data is None or not data.formats() or not self._ours(self._board, mode):
            self._timers[mode].stop()
        elif all(data.hasFormat(kind) for kind in MARKS):
            self._timers[mode].start()
        else:
            self._board.setMimeData(_marked(data), mode)  # comes back here, marked

    def _clear(self, mode: QClipboard.Mode) -> None:
        self._timers[mode].stop()
        if self._ours(self._board, mode):
            self._board.clear(mode)

    def clear(self) -> None:
        """Take back now what is still ours: at lock and at the end."""
        for mode in self._modes:
            self._clear(mode)


_watching: list[ClipboardWatch] = []


def install(parent: QObject) -> None:
    """Watch the clipboard from now on; call once after QApplication exists."""
    _watching[:] = [ClipboardWatch(parent)]


def clear() -> None:
    """Take back what was copied here, if it is still there."""
    for watch in _watching:
        watch.clear()

"""备份: choose where, write with progress, read back, say it can be put away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import keeping
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress

KINDS = "备份文件 (*.sgzbackup)"
ENDING = ".sgzbackup"
DONE = "备份已写好，也核对过了，可以收好。"


def back_up(owner: QWidget, station: OpenStation, done: Callable[[str, Any], None]) -> None:
    """Ask for a place and back up; `done` gets the sentence for the toast."""
    path = messages.ask_save_path(owner, f"备份-{station.desk.today()}{ENDING}", KINDS)
    if path is None:
        return
    if not path.suffix:
        path = path.with_name(path.name + ENDING)

    def work(task: jobs.Task) -> Path:
        keeping.back_up(station.desk, station, path, task.step)
        return path

    run_with_progress(owner, "正在备份", work, lambda _path: done(DONE, None))


def check_all(owner: QWidget, station: OpenStation, done: Callable[[keeping.Checked], None]) -> None:
    """Read everything and say whether all is whole."""

    def work(task: jobs.Task) -> keeping.Checked:
        return keeping.check_store(station.desk, station, task.step)

    run_with_progress(owner, "正在检查资料", work, done)

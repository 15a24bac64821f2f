"""备份: choose where, write with progress, read back, say it can be put away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress

KINDS = "备份文件 (*.sgzbak)"


def back_up(owner: QWidget, desk: Desk, done: Callable[[str, Any], None]) -> None:
    """Ask for a place and back up; `done` gets the sentence for the toast."""
    today = desk.today()
    path = messages.ask_save_path(owner, f"备份-{today}.sgzbak", KINDS)
    if path is None:
        return

    def work(task: Any) -> Path:
        from sgz_desktop.actions import keeping

        keeping.back_up(desk, path, task.step)
        return path

    run_with_progress(
        owner,
        "正在备份",
        work,
        lambda _path: done("备份已写好并核对过，可以收好了。", None),
    )

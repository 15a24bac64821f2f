"""备份与检查, 字号, and where the station's data are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.actions.keeping import Checked
from sgz_desktop.actions.settings import StationSettings
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain import days
from sgz_desktop.gui import preferences, theme
from sgz_desktop.gui.dialogs.backup_flow import back_up, check_all
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph, set_tone
from sgz_desktop.gui.widgets.type_sizes import TypeSizes

MOST_PROBLEMS = 6


class KeepingCard(Card):
    """Back up and check; `done` after either changed what is known."""

    said = Signal(str, object)
    done = Signal()

    def __init__(self, station: OpenStation) -> None:
        super().__init__("备份与检查")
        self._station = station
        self.last = paragraph("", "body")
        self.add(self.last)
        self.add(
            paragraph("备份是加密的一个文件，建议每周存到U盘或移动硬盘，和电脑分开放。", "second", "plain")
        )
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.backup_button = button("备份", "primary", "disk", self.back_up)
        self.check_button = button("检查资料", icon="check", on_click=self.check)
        row.addWidget(self.backup_button)
        row.addWidget(self.check_button)
        row.addStretch(1)
        self.add(row)
        self.found = paragraph("", "body", "ok")
        self.add(self.found)
        self.found.hide()

    def show_settings(self, found: StationSettings) -> None:
        """When the last backup was made."""
        today = self._station.desk.today()
        if not found.last_backup:
            self.last.setText("还没有备份过。")
            set_tone(self.last, "warn")
            return
        age = days.days_between(found.last_backup, today)
        self.last.setText(
            f"上次备份：{days.short_day(found.last_backup, today)}" + (f"，{age}天前" if age else "")
        )
        set_tone(self.last, "text")

    def back_up(self) -> None:
        """Ask for a place and write."""
        back_up(self, self._station, self._backed_up)

    def _backed_up(self, sentence: str, undo: Any) -> None:
        self.said.emit(sentence, undo)
        self.done.emit()

    def check(self) -> None:
        """Read everything."""
        check_all(self, self._station, self._checked)

    def _checked(self, checked: Checked) -> None:
        problems = checked.problems
        if problems:
            more = f"等{len(problems)}处" if len(problems) > MOST_PROBLEMS else ""
            self.found.setText("\n".join([*problems[:MOST_PROBLEMS], more + checked.advice]))
        else:
            self.found.setText("资料完整，记录的先后和内容都对得上。" + checked.awaited)
        set_tone(self.found, "danger" if problems else "ok")
        self.found.show()


class SizeCard(Card):
    """字号, in force after the next start."""

    said = Signal(str, object)

    def __init__(self, keep: Callable[[float], None] | None) -> None:
        super().__init__("字号")
        self._keep = keep or _keep_in_file
        self.choice = TypeSizes()
        self.choice.chosen.connect(self._chosen)
        self.add(self.choice)
        self.body.setAlignment(self.choice, Qt.AlignmentFlag.AlignLeft)
        self.note = paragraph("看不清时可以选大或特大。", "second", "plain")
        self.add(self.note)
        self.apply = button("锁定并换字号", on_click=self._lock, small=True)
        self.add(self.apply)
        self.body.setAlignment(self.apply, Qt.AlignmentFlag.AlignLeft)
        self.apply.hide()

    def _chosen(self, scale: float) -> None:
        self._keep(scale)
        changed = scale != theme.scale()
        self.note.setText("已记住，锁定后再打开就是新字号。" if changed else "看不清时可以选大或特大。")
        self.apply.setVisible(changed)

    def _lock(self) -> None:
        lock = getattr(self.window(), "lock", None)
        if lock:
            lock()


def _keep_in_file(scale: float) -> None:
    from sgz_desktop.vault.state import state_base

    path = state_base() / "preferences.json"
    kept = preferences.load(path)
    kept.scale = scale
    preferences.save(path, kept)


class PlaceCard(Card):
    """Where the station is and what it is called."""

    def __init__(self, station: OpenStation) -> None:
        super().__init__("资料在哪里")
        desk = station.desk
        self.add(
            paragraph(f"{desk.station}{'（练习）' if desk.practice else ''}·本机编号{desk.device.letter}")
        )
        self.folder = paragraph(str(station.folder), "second", "plain")
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(self.folder)
        self.add(paragraph("资料只在这台电脑上，不连网络；文件是加密的，请不要改动。", "second", "plain"))

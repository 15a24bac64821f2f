"""区县密钥: which county may open this station's backups, and what is sealed to it."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.actions import county
from sgz_desktop.actions.county import County
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.digits_dialog import ask_digits
from sgz_desktop.gui.dialogs.worker_dialogs import may_keep
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph

KINDS = "公钥文件 (*.txt *.pub);;所有文件 (*)"
NONE = "没有登记。电脑丢失、密码都忘时，区县可以帮忙恢复备份。"
WHAT = "登记后，区县能打开以后的备份，文书也能加密给它。"
ENROLLED = "区县密钥已登记。请再做一次备份，交区县保管。"


class CountyCard(Card):
    """Enrol and remove; heads and administrators do."""

    said = Signal(str, object)

    def __init__(self, station: OpenStation) -> None:
        super().__init__("区县密钥")
        self._station = station
        self.state = paragraph("", "body")
        self.add(self.state)
        self.digits = paragraph("", "second", "plain")
        self.add(self.digits)
        self.add(paragraph(WHAT, "second", "plain"))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.enrol_button = button("登记区县密钥", icon="lock", on_click=self._enrol)
        self.remove_button = button("移除", "danger", on_click=self._remove, small=True)
        self.remove_button.setAccessibleName("移除区县密钥")
        row.addWidget(self.enrol_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        self.add(row)
        self.show_county(None)

    def read(self) -> None:
        """Read which county is enrolled."""
        station = self._station
        jobs.start(
            self,
            lambda _task: county.enrolled_county(station.desk, station),
            done=self.show_county,
            key="county",
        )

    def show_county(self, found: County | None) -> None:
        """Say which county it is."""
        may = may_keep(self._station)
        self.state.setText(f"已登记：{found.name}" if found else NONE)
        self.digits.setText(f"指纹：{found.fingerprint}" if found else "")
        self.digits.setVisible(found is not None)
        self.enrol_button.setVisible(may and found is None)
        self.remove_button.setVisible(may and found is not None)

    def _enrol(self) -> None:
        path = messages.ask_open_path(self, KINDS)
        if path is None:
            return
        station = self._station

        def read(found: County) -> None:
            ask_digits(
                self,
                "登记区县密钥",
                f"{found.name}将能打开本站的备份。请打电话核对指纹。",
                "核对并登记",
                lambda heard, _reason: county.enrol_county(station.desk, station, path, heard),
                self._enrolled,
            )

        jobs.start(
            self,
            lambda _task: county.read_county(path),
            done=read,
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def _enrolled(self, made: object) -> None:
        self.show_county(cast(County, made))
        self.said.emit(ENROLLED, None)

    def _remove(self) -> None:
        text, hint = (
            "移除区县密钥？以后的备份区县打不开。",
            "以前的备份区县仍能打开。移除后会锁定，请用密码再打开。",
        )
        if not messages.ask(self, text, hint, yes="移除", title="移除区县密钥"):
            return
        window: Any = self.window()
        station = self._station
        if hasattr(window, "flush"):
            window.flush()
        jobs.start(
            self,
            lambda _task: county.remove_county(station.desk, station),
            done=lambda _: self._removed(),
        )

    def _removed(self) -> None:
        lock = getattr(self.window(), "lock_requested", None)
        if lock is not None:
            lock.emit()

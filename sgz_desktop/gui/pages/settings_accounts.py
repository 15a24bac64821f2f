"""Who may open the station."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import workers
from sgz_desktop.actions.allowed import role_words
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.worker_dialogs import AccountDialog, PassphraseDialog, may_keep
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.avatar import Avatar
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label, paragraph

ONLY_KEEPERS = "添加和移除账号由站长或管理员办理。"


class AccountsCard(Card):
    """One's own passphrase; for heads and administrators also everybody's way in."""

    said = Signal(str, object)

    def __init__(self, station: OpenStation) -> None:
        super().__init__("账号与密码")
        self._station = station
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(Space.S))
        self.add(self._rows)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.change = button("改密码", icon="lock", on_click=self._change)
        self.add_button = button("添加账号", icon="plus", on_click=self._add)
        foot.addWidget(self.change)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self.add(foot)
        self.add_button.setVisible(may_keep(station))
        if not may_keep(station):
            self.add(paragraph(ONLY_KEEPERS, "second", "plain"))
        self.removes: dict[str, QWidget] = {}
        self.show_workers()

    def show_workers(self) -> None:
        """List those who may open the station."""
        while item := self._rows.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.removes = {}
        for slot in self._station.slots.workers:
            self._rows.addWidget(self._row(slot.user, role_words(slot.roles)))

    def _row(self, user: str, roles: str) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(Avatar(user, 34, ground="tint"))
        words = QVBoxLayout()
        words.setSpacing(0)
        mine = user == self._station.desk.user
        words.addWidget(label(user + ("（正在使用）" if mine else ""), "body_bold", wrap=True))
        words.addWidget(label(roles, "second", "plain", wrap=True))
        row.addLayout(words, 1)
        if may_keep(self._station) and not mine:
            remove = button("移除", "danger", on_click=lambda: self._remove(user), small=True)
            remove.setAccessibleName(f"移除{user}")
            self.removes[user] = remove
            row.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        return whole

    def _change(self) -> None:
        dialog = PassphraseDialog(self, self._station)
        dialog.accepted.connect(lambda: self.said.emit("密码已改好。", None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self) -> None:
        dialog = AccountDialog(self, self._station)
        dialog.accepted.connect(self._added)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _added(self) -> None:
        self.said.emit("账号已添加，可以用自己的密码打开。", None)
        self.show_workers()

    def _remove(self, user: str) -> None:
        text = f"移除{user}？移除后，{user}的密码不能再打开资料。"
        hint = "写过的记录都保留。移除后会锁定，请用自己的密码再打开。"
        if not messages.ask(self, text, hint, yes="移除", title="移除账号"):
            return
        window, station = self.window(), self._station
        if hasattr(window, "flush"):
            window.flush()
        jobs.start(
            self,
            lambda _task: workers.remove_worker(station.desk, station, user),
            done=lambda _: self._removed(),
        )

    def _removed(self) -> None:
        lock = getattr(self.window(), "lock_requested", None)
        if lock is not None:
            lock.emit()

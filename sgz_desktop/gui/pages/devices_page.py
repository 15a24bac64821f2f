"""设备: the computers of a station, who is in, and what a keeper decides about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import exchange_devices, exchange_join, exchange_trust
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.exchange_dealings import day_of
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.exchange_join import Invitation, Request
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.device_dialogs import (
    AskedDialog,
    DecideDialog,
    InviteDialog,
    LetInDialog,
    RejoinDialog,
    StopComputerDialog,
)
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.fact_line import FactLine
from sgz_desktop.gui.widgets.labels import paragraph, rule
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.wording import moment

INVITATION, REQUEST = "社工站邀请文件 (*.sgzjoin)", "加入申请 (*.sgzrequest)"
ANY = "所有文件 (*)"
ONLY_KEEPERS = "邀请、加入和停用由站长或管理员办理；裁定凭恢复卡。"
DISPUTED = "有人登记了它的另一把钥匙，暂不与它收送。请在那台电脑上用恢复卡裁定。"
DISPUTED_HERE = "有人登记了本机的另一把钥匙，别的电脑暂不收送。请用恢复卡裁定。"
HOW = (
    "加一台电脑：写一份邀请拿过去，那边写一份申请拿回来，两边各核对一次指纹。",
    "由备份恢复的电脑：各做一次U盘交换就互相认识。还是不认识的，请在认识的电脑上写一份邀请，"
    "到那台电脑上凭邀请重新加入，资料都留着。",
    "恢复以后原来那台不再用的，请停用它，就不再给它写包；由它恢复的电脑照样保留。",
)


class DevicesPage(QWidget):
    """`closed` goes back; `said(words, undo)`."""

    closed = Signal()
    said = Signal(str, object)

    def __init__(self, station: OpenStation) -> None:
        super().__init__()
        self._station, self._desk = station, station.desk
        self.computers: list[Computer] = []
        self.rows: dict[str, FactLine] = {}
        self.verbs: dict[tuple[str, str], QWidget] = {}
        self._keeper = allowed(self._desk.actor, "invite")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("设备", "本站的电脑", back=self.closed.emit)
        self.read_button = button("读入加入申请", icon="save", on_click=self._ask_request)
        self.rejoin_button = button("凭邀请重新加入", on_click=self._ask_invited)
        self.invite_button = button("邀请新电脑", "primary", "plus", self._ask_invitation)
        for one in (self.rejoin_button, self.read_button, self.invite_button):
            self.head.add_action(one)
            one.setVisible(self._keeper or one is self.rejoin_button)
        column.addWidget(self.head)
        self._card = Card()
        self._card.setAccessibleName("本站的电脑")
        scroll = Scroll()
        scroll.body.addWidget(self._card)
        for told in HOW if self._keeper else (ONLY_KEEPERS,):
            scroll.body.addWidget(paragraph(told, "body", "plain"))
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)

    def load(self) -> None:
        """Read the computers."""
        desk = self._desk
        jobs.start(self, lambda _task: exchange_devices.computers(desk), done=self._show, key="computers")

    def on_changes(self, _changes: Changes) -> None:
        """A computer may have been let in or stopped."""
        self.load()

    def take_keyboard(self) -> None:
        """The way on takes the keyboard, else the way back."""
        first = self.invite_button if self._keeper else self.head.back
        assert first is not None
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Computer]) -> None:
        self.computers = found
        self.rows, self.verbs = {}, {}
        while item := self._card.body.takeAt(0):
            if made := item.widget():
                made.hide()
                made.deleteLater()
        for number, one in enumerate(found):
            if number:
                self._card.add(rule())
            self.rows[one.id] = row = self._row(one)
            self._card.add(row)
        self.head.set_facts(f"{len(found)}台电脑")

    def _row(self, one: Computer) -> FactLine:
        name = one.name if not one.letter or one.letter in one.name else f"{one.name}（电脑{one.letter}）"
        icon = ("disk", "brand" if one.stopped is None and one.inside else "warn")
        before = next((other.name for other in self.computers if other.id == one.before), "")
        return FactLine(icon, name, facts_words(one, before), badge_of(one), self._verbs_of(one))

    def _verbs_of(self, one: Computer) -> QWidget | None:
        if one.this and not one.frozen and not one.disputed:
            return None
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        if one.stopped is not None or one.frozen or (one.this and one.disputed):
            self._verb(row, one, "用恢复卡裁定", self._decide)
        elif self._keeper and one.inside and not one.this:
            self._verb(row, one, "停用", self._stop)
        return whole

    def _verb(self, row: QHBoxLayout, one: Computer, words: str, act: Callable[[Computer], None]) -> None:
        made = button(words, small=True, on_click=lambda: act(one))
        made.setAccessibleName(f"{words}{one.name}")
        self.verbs[words, one.id] = made
        row.addWidget(made)

    # Invite and let in
    def _ask_invitation(self) -> None:
        if path := messages.ask_save_path(self, f"邀请新电脑-{self._desk.today()}.sgzjoin", INVITATION):
            self.invite(path)

    def invite(self, path: Path) -> None:
        """Write an invitation and show its fingerprint."""
        station = self._station

        def done(told: Invitation) -> None:
            self._open(InviteDialog(self, told, path.name))

        jobs.start(self, lambda _task: exchange_join.invite(station.desk, station, path), done=done)

    def _ask_request(self) -> None:
        if path := messages.ask_open_path(self, f"{REQUEST};;{ANY}"):
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a request, to be compared and let in."""
        station = self._station

        def done(request: Request) -> None:
            self._open(LetInDialog(self, station, request, self._let_in))

        jobs.start(self, lambda _task: exchange_join.read_request(station.desk, station, path), done=done)

    def _ask_invited(self) -> None:
        if path := messages.ask_open_path(self, f"{INVITATION};;{ANY}"):
            self.answer(path)

    def answer(self, path: Path) -> None:
        """Read an invitation of the station this store is of, to be compared and answered."""

        def done(told: Invitation) -> None:
            self._open(RejoinDialog(self, self._station, told, self._asked))

        jobs.start(self, lambda _task: exchange_join.read_invitation(path), done=done)

    def _asked(self, request: Request) -> None:
        self._open(AskedDialog(self, request))

    def _let_in(self, one: Computer) -> None:
        self.said.emit(f"{one.name}已加入本站。请做一次U盘交换，把第一包送给它。", None)
        self.load()

    # Stop and decide
    def _stop(self, one: Computer) -> None:
        desk, before = self._desk, self.computers

        def ask(heirs: list[Computer]) -> None:
            self._open(StopComputerDialog(self, self._station, one, heirs, lambda _one: read()))

        def read() -> None:
            jobs.start(self, lambda _task: exchange_devices.computers(desk), done=told)

        def told(after: list[Computer]) -> None:
            names = "、".join(it.name for it in exchange_devices.stopped_since(before, after))
            self.said.emit(f"{names}已停用，下次交换时告诉其他电脑。", None)
            self._show(after)

        jobs.start(self, lambda _task: exchange_trust.heirs(desk, one), done=ask)

    def _decide(self, one: Computer) -> None:
        self._open(DecideDialog(self, self._station, one, self._decided))

    def _decided(self, one: Computer) -> None:
        words = "已恢复使用" if one.stopped is None else "保持停用"
        self.said.emit(f"已裁定：{one.name}{words}，下次交换时告诉其他电脑。", None)
        self.load()

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def facts_words(one: Computer, before: str = "") -> str:
    """Up to which day its work is here, when it was heard of, what it has not confirmed; `before` names the
    computer it goes on from."""
    if one.disputed:
        return DISPUTED_HERE if one.this else DISPUTED
    parts = [f"由{before}的备份恢复"] if before else []
    parts += [f"数据截至{days.show_day(day_of(one.edited_ms))}" if one.edited_ms else "还没有它的数据"]
    if one.heard_ms and not one.this:
        parts.append(f"上次收到{moment(one.heard_ms)}")
    if one.unconfirmed and one.can_be_sent_to:
        parts.append(f"{one.unconfirmed}包还没确认")
    return "，".join(parts)


def badge_of(one: Computer) -> tuple[str, str]:
    """How it stands, in a word and a tone."""
    if one.frozen:
        return "互相停用，待裁定", "danger"
    if one.disputed:
        return "钥匙不一致，待裁定", "danger"
    if one.stopped is not None:
        return "已停用", "warn"
    if one.this:
        return "本机", "brand"
    return ("在用", "ok") if one.inside else ("未加入", "plain")

"""About the computers of a station: an invitation, a request, one stopped, the decision of the card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import exchange_join, exchange_trust
from sgz_desktop.actions.allowed import role_words
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.exchange_join import Invitation, Request
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.widgets.buttons import Button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.fingerprint import Fingerprint
from sgz_desktop.gui.widgets.inputs import Choice, TextArea, Tick
from sgz_desktop.gui.widgets.labels import paragraph

COMPARE = "请念给对方听，两边屏幕上的20位数字应当一样。不一样就不要加入。"
COMPARE_INVITED = "请与写邀请的那台电脑的屏幕逐位核对，数字一样才是真的。"
SAME = "已逐位核对，两边的数字一样"
NOT_TICKED = "请先与对方的屏幕逐位核对，再打勾。"
Done = Callable[[Any], None]


class InviteDialog(Dialog):
    """An invitation was written: its fingerprint, and what happens next."""

    def __init__(self, owner: QWidget, told: Invitation, name: str) -> None:
        hint = "请拿到新电脑，在那里选“加入已有社工站”。"
        super().__init__(owner.window(), "邀请新电脑", f"给电脑{told.letter}的邀请已写好", hint)
        self.column.addWidget(paragraph(f"文件名：{name}", "body", "plain"))
        self.column.addWidget(paragraph(COMPARE, "body", "plain"))
        self.fingerprint = Fingerprint(told.fingerprint)
        self.column.addWidget(self.fingerprint)
        self.column.addWidget(paragraph("新电脑会写出一份加入申请，拿回来在这里读入。", "body", "plain"))
        self.add("知道了", 1, "primary").setFocus()


class ComputerDialog(Dialog):
    """Does one thing about a computer, off the GUI thread: `told` gets what came of it."""

    go: Button

    def offer(self, verb: str, kind: str, told: Done) -> None:
        """The two buttons: back, and the verb, which calls `submit`."""
        self._told = told
        self.add("返回", 0)
        self.go = self.add(verb, 1, kind)
        self.go.clicked.disconnect()
        self.go.clicked.connect(lambda _on: self.submit())

    def submit(self) -> None:
        """Begin, if what it needs is there."""
        raise NotImplementedError

    def begin(self, words: str, work: Callable[[], object]) -> None:
        """Do it, `words` on the button meanwhile."""
        self.go.set_busy(words)
        jobs.start(self, lambda _task: work(), done=self._done, failed=self._failed)

    def _done(self, made: object) -> None:
        self.accept()
        self._told(made)

    def _failed(self, problem: BaseException) -> None:
        self.go.set_busy("")
        self.refused(problem)

    def refused(self, problem: BaseException) -> None:
        """Say why it was not done."""
        messages.show_problem(problem, self)


class ComparedDialog(ComputerDialog):
    """Does nothing before somebody says that the fingerprints are the same."""

    def compare(self, fingerprint: str, told: str) -> None:
        """The digits, and the tick."""
        self.column.addWidget(paragraph(told, "body", "plain"))
        self.fingerprint = Fingerprint(fingerprint)
        self.column.addWidget(self.fingerprint)
        self.same = Tick(SAME)
        self.column.addWidget(self.same)
        self.wrong = paragraph("", "body", "danger")
        self.column.addWidget(self.wrong)
        self.wrong.hide()

    def submit(self) -> None:
        """Go on, if they were compared."""
        if self.same.isChecked():
            self.compared()
            return
        self.wrong.setText(NOT_TICKED)
        self.wrong.show()
        self.same.setFocus()

    def compared(self) -> None:
        """What is done then."""
        raise NotImplementedError


class LetInDialog(ComparedDialog):
    """`done(computer)` once a computer was let in."""

    def __init__(self, owner: QWidget, station: OpenStation, request: Request, done: Done) -> None:
        verb = "申请重新加入本站" if request.again else "申请加入本站"
        who = f"“{request.name or '电脑' + request.letter}”{verb}"
        comes = f"使用人{request.user}，岗位是{role_words(request.roles)}。"
        super().__init__(owner.window(), "加入申请", who, f"机号{request.letter}，{comes}")
        self._station, self._request = station, request
        self.compare(request.fingerprint, COMPARE)
        self.offer("加入本站", "primary", done)
        self.same.setFocus()

    def compared(self) -> None:
        """Let it in."""
        station, request = self._station, self._request
        self.begin("正在加入", lambda: exchange_join.let_in(station.desk, station, request))


class RejoinDialog(ComparedDialog):
    """An invitation for a computer that has a store of the station: `done(request)` once its request is
    written."""

    def __init__(self, owner: QWidget, station: OpenStation, invited: Invitation, done: Done) -> None:
        hint = "本机的资料都留着；那边加入本机后，两台电脑就可以交换。"
        super().__init__(owner.window(), "凭邀请重新加入", f"{invited.station}邀请本机重新加入", hint)
        self._station, self._invited = station, invited
        self.compare(invited.fingerprint, COMPARE_INVITED)
        self.offer("写出加入申请", "primary", done)
        self.same.setFocus()

    def compared(self) -> None:
        """Ask where the request goes, and write it."""
        if path := messages.ask_save_path(self, "加入申请.sgzrequest", "加入申请 (*.sgzrequest)"):
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the request."""
        station, invited = self._station, self._invited
        self.begin("正在写出", lambda: exchange_join.rejoin(station.desk, station, invited, path))


class AskedDialog(Dialog):
    """A request was written: its fingerprint for the other screen."""

    def __init__(self, owner: QWidget, request: Request) -> None:
        hint = "请把申请拿到写邀请的电脑，在“设备”里读入，并把下面的数字念给那边听。"
        super().__init__(owner.window(), "加入申请", "加入申请已写好", hint)
        self.fingerprint = Fingerprint(request.fingerprint)
        self.column.addWidget(self.fingerprint)
        self.column.addWidget(paragraph("那边加入本机后，两边各做一次U盘交换。", "body", "plain"))
        self.add("知道了", 1, "primary").setFocus()


class StopComputerDialog(ComputerDialog):
    """`done(computer)` once it is stopped; which of its heirs stay is ticked."""

    def __init__(
        self, owner: QWidget, station: OpenStation, computer: Computer, heirs: Sequence[Computer], done: Done
    ) -> None:
        hint = "它以后写的不再并入，也不再送给它；已经收到的都算数。停用后可用恢复卡裁定。"
        super().__init__(owner.window(), "停用电脑", f"停用{computer.name}吗？", hint, tone="warn")
        self._station, self._computer = station, computer
        self.heirs = [(one, Tick(f"保留{one.name}（由它的备份恢复）")) for one in heirs if not one.this]
        for _, tick in self.heirs:
            tick.set_value(True)
            self.column.addWidget(tick)
        self.reason = TextArea("例如：电脑丢失、同事离职", lines=2)
        self.field = FieldFrame("原因", self.reason, required=True)
        self.column.addWidget(self.field)
        self.offer("停用", "danger", done)
        self.reason.setFocus()

    def submit(self) -> None:
        """Stop it."""
        reason = str(self.reason.value()).strip()
        if not reason:
            self.field.refuse("请写明原因，会记在修改日志里。")
            return
        desk, computer = self._station.desk, self._computer
        keeps = [one for one, tick in self.heirs if tick.isChecked()]
        self.begin("正在停用", lambda: exchange_trust.stop_computer(desk, computer, keeps, reason))


class DecideDialog(ComputerDialog):
    """`done(computer)` once the card of the station's first computer decided about another."""

    def __init__(self, owner: QWidget, station: OpenStation, computer: Computer, done: Done) -> None:
        hint = "需要本站第一台电脑的恢复卡。裁定在每台电脑上都算数，先于谁停用了谁。"
        super().__init__(owner.window(), "用恢复卡裁定", f"{computer.name}写的还算数吗？", hint, tone="warn")
        self._station, self._computer = station, computer
        self.counts = Choice(
            [("yes", "恢复使用，它写的都算数"), ("no", "保持停用，停用之后写的不算")], value="yes"
        )
        self.column.addWidget(FieldFrame("裁定", self.counts))
        self.card = TextArea("照卡片逐组输入，空格和大小写不限", lines=3)
        self.field = FieldFrame("恢复卡", self.card, required=True)
        self.column.addWidget(self.field)
        self.offer("裁定", "primary", done)
        self.counts.setFocus()

    def submit(self) -> None:
        """Decide."""
        card, counts = str(self.card.value()), self.counts.value() == "yes"
        if not card.strip():
            self.field.refuse("请照恢复卡输入。")
            return
        station, computer = self._station, self._computer
        self.begin(
            "正在核对", lambda: exchange_trust.decide_computer(station.desk, station, computer, card, counts)
        )

    def _done(self, made: object) -> None:
        self.card.set_value("")
        super()._done(made)

    def refused(self, problem: BaseException) -> None:
        if isinstance(problem, AppError):
            self.field.refuse(str(problem))
        else:
            super().refused(problem)

"""Open with the recovery card: choose who, type the card, set a new passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, PasswordEdit, TextArea
from sgz_desktop.gui.widgets.labels import label, paragraph


class CardDialog(QDialog):
    """Sets a worker's passphrase anew; afterwards the unlock page is used as always."""

    def __init__(self, parent: QWidget | None, folder: Path, users: Sequence[str]) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle("用恢复卡打开")
        self.setMinimumWidth(px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(22), px(24), px(18))
        column.setSpacing(px(Space.S))
        column.addWidget(label("用恢复卡设新密码", "section"))
        column.addWidget(paragraph("资料不会改动。设好后用新密码解锁，这次使用会记入日志。", "body", "plain"))
        self.user = Choice([(user, user) for user in users], value=users[0] if users else None)
        self.card = TextArea("照卡片逐组输入，空格和大小写不限", lines=3)
        self.first, self.again = PasswordEdit(), PasswordEdit()
        self.fields = {
            "user": FieldFrame("由谁使用", self.user),
            "card": FieldFrame("恢复卡", self.card),
            "first": FieldFrame("新密码", self.first, hint="至少12个字符"),
            "again": FieldFrame("再输一次", self.again),
        }
        for frame in self.fields.values():
            column.addWidget(frame)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("返回", on_click=self.reject))
        self.go = button("设新密码", "primary", on_click=self.submit)
        row.addWidget(self.go)
        column.addLayout(row)

    def submit(self) -> None:
        """Check here, then reset off the GUI thread."""
        for frame in self.fields.values():
            frame.set_error("")
        if self.first.value() != self.again.value():
            self.fields["again"].set_error("两次输入的密码不一样。")
            return
        card, user, new = self.card.value(), str(self.user.value()), self.first.value()
        self.go.set_busy("正在核对")
        jobs.start(
            self, lambda _task: _reset(self._folder, card, user, new), done=self._done, failed=self._refused
        )

    def _done(self, _none: object) -> None:
        self.go.set_busy("")
        messages.tell(self, "新密码已经设好。", "请用新密码解锁，旧密码不能再用。", title="已完成")
        self.accept()

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        if not isinstance(problem, AppError):
            messages.show_problem(problem, self)
            return
        field = "first" if "密码" in problem.message and "卡" not in problem.message else "card"
        self.fields[field].set_error(str(problem))


def _reset(folder: Path, card: str, user: str, passphrase: str) -> None:
    from sgz_desktop.actions.station import reset_with_card

    reset_with_card(folder, card, user, passphrase)

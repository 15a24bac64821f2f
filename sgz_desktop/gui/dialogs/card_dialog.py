"""Open with the recovery card: a new passphrase, and a new card on paper before anything changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages, new_card
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, PasswordEdit, TextArea
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.wizard_card_steps import CardStep, CardText, RehearseStep
from sgz_desktop.gui.wizard_steps import Step
from sgz_desktop.vault.passphrase import refused


class EntryStep(Step):
    """Whose passphrase, the card, and the new passphrase twice."""

    title, second = "用恢复卡设新密码", "资料不会改动。这次使用会记入日志，卡用过就换新的。"

    def __init__(self, station: str, users: Sequence[str]) -> None:
        super().__init__()
        self._station = station
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
            self.column.addWidget(frame)

    def worker(self) -> str:
        """Who was chosen."""
        return str(self.user.value())

    def enter(self) -> None:
        self.card.setFocus()

    def blame(self, field: str, says: str) -> None:
        """Say what is amiss under a field."""
        self.fields[field].set_error(says)
        self.fields[field].control.setFocus()

    def submit(self) -> None:
        for frame in self.fields.values():
            frame.set_error("")
        if says := refused(self.first.value(), (self.worker(), self._station)):
            self.blame("first", says)
        elif self.first.value() != self.again.value():
            self.blame("again", "两次输入的密码不一样。")
        else:
            self.done.emit()


class CardDialog(QDialog):
    """Sets a worker's passphrase anew and changes the card; afterwards the unlock page is used as always.
    Nothing changes before the new card was typed back, so stopping half-way leaves all as it was."""

    def __init__(self, parent: QWidget | None, folder: Path, station: str, users: Sequence[str]) -> None:
        super().__init__(parent)
        self._folder, self._station = folder, station
        self._card: CardText | None = None
        self.setWindowTitle("用恢复卡打开")
        self.setMinimumWidth(px(540))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(22), px(24), px(18))
        column.setSpacing(px(Space.S))
        self._title, self._second = label("", "section"), paragraph("", "body", "plain")
        self._stack = QStackedWidget()
        for part in (self._title, self._second, self._stack):
            column.addWidget(part)
        self._make_steps(users)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("返回", on_click=self.reject))
        self.go = button("下一步", "primary", on_click=lambda: self.step().submit())
        row.addWidget(self.go)
        column.addLayout(row)
        self._show(self.entry)

    def _make_steps(self, users: Sequence[str]) -> None:
        self.entry, self.card = EntryStep(self._station, users), CardStep()
        self.rehearse = RehearseStep(new_card.rehearse)
        self.card.title, self.card.second = "收好新恢复卡", "旧卡就要作废。请印出或抄下，锁进柜子，不要拍照。"
        self.rehearse.title, self.rehearse.forward = "核对新恢复卡", "设新密码"
        for step in (self.entry, self.card, self.rehearse):
            self._stack.addWidget(step)
        self.card.print_button.setVisible(False)
        self.entry.done.connect(self._check)
        self.card.save.connect(self._save)
        self.card.done.connect(lambda: self._show(self.rehearse))
        self.rehearse.done.connect(self._reset)

    def step(self) -> Step:
        """The step in front."""
        step = self._stack.currentWidget()
        assert isinstance(step, Step)
        return step

    def _show(self, step: Step) -> None:
        self._stack.setCurrentWidget(step)
        self._title.setText(step.title)
        self._second.setText(step.second)
        self.go.setText(step.forward)
        step.enter()

    def _check(self) -> None:
        """The card is tried before a new one is made for nothing."""
        folder, typed = self._folder, self.entry.card.value()

        def work(_task: jobs.Task) -> CardText:
            from sgz_desktop.actions import recovery

            recovery.check_card(folder, typed)
            return self._card or new_card.make_card()

        self._run("正在核对", work, self._show_card)

    def _show_card(self, card: CardText) -> None:
        self._card = self.rehearse.card = card
        self.card.show_card(card)
        self._show(self.card)

    def _save(self) -> None:
        card, station, worker = self._shown(), self._station, self.entry.worker()
        if path := messages.ask_save_path(self, f"恢复卡{card.number}.pdf"):
            self._run(
                "正在保存",
                lambda _task: new_card.save(path, new_card.card_pdf(card, station, worker)),
                lambda _none: self.card.said.setText("恢复卡已存好。"),
            )

    def _reset(self) -> None:
        folder, typed, user = self._folder, self.entry.card.value(), self.entry.worker()
        new, recipient = self.entry.first.value(), new_card.recipient(self._shown())

        def work(_task: jobs.Task) -> None:
            from sgz_desktop.actions import recovery

            recovery.reset_with_card(folder, typed, user, new, recipient)

        self._run("正在设新密码", work, self._finished)

    def _finished(self, _none: object) -> None:
        hint = "请用新密码解锁；旧密码和旧恢复卡不能再用。"
        messages.tell(self, "新密码和新恢复卡都已生效。", hint, title="已完成")
        self.accept()

    def _shown(self) -> CardText:
        assert self._card is not None
        return self._card

    def _run(self, words: str, work: Callable[[jobs.Task], Any], done: Callable[[Any], None]) -> None:
        """Work off the GUI thread; what it refuses stands where it can be mended."""

        def ended(result: Any) -> None:
            self.go.set_busy("")
            done(result)

        self.go.set_busy(words)
        jobs.start(self, work, done=ended, failed=self._refused)

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        if not isinstance(problem, AppError) or self.step() is self.card:
            messages.show_problem(problem, self)
        else:
            self._show(self.entry)
            self.entry.blame("card", str(problem))

    def reject(self) -> None:
        """Not while keys are being changed."""
        if self.go.isEnabled():
            super().reject()

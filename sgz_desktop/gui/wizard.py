"""The first run: a new station, the practice station, or a backup; then 密码, recovery card, first backup.

Nothing is created before the card was typed back, so stopping half-way leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.jobs import Task
from sgz_desktop.gui.wizard_calls import Answers, WizardCalls
from sgz_desktop.gui.wizard_card_steps import BackupStep, CardStep, CardText, RehearseStep, RestoreStep
from sgz_desktop.gui.wizard_frame import WizardFrame
from sgz_desktop.gui.wizard_steps import NamesStep, PassphraseStep, StartStep


class Wizard(WizardFrame):
    """`finished` carries what `create`, `practice` or `restore` returned, None when a card opened a backup
    and is to be used up; `scale_chosen` the 字号."""

    finished = Signal(object)

    def __init__(self, calls: WizardCalls) -> None:
        self._calls, self._opened = calls, None
        self._card: CardText | None = None
        self._job: jobs.Job | None = None
        super().__init__()

    def make_steps(self) -> None:
        self.start = StartStep()
        self.names = NamesStep()
        self.passphrase = PassphraseStep(lambda text: self._calls.check(text, self._about()))
        self.card, self.rehearse = CardStep(), RehearseStep(self._calls.rehearse)
        self.backup, self.restore = BackupStep(), RestoreStep()
        self.path = (self.names, self.passphrase, self.card, self.rehearse, self.backup)
        self.last = self.backup
        for step in (self.start, *self.path, self.restore):
            self.stack.addWidget(step)
        self.start.chosen.connect(self._begin)
        self.names.done.connect(lambda: self.show_step(self.passphrase))
        self.passphrase.done.connect(self._show_card)
        self.card.done.connect(lambda: self.show_step(self.rehearse))
        self.card.save.connect(self._save_card)
        self.card.print_out.connect(self._print_card)
        self.card.print_button.setVisible(self._calls.print_pdf is not None)
        self.rehearse.done.connect(self._create)
        self.backup.picked.connect(self._back_up)
        self.backup.done.connect(self._finish)
        self.restore.done.connect(self._restore)

    def _about(self) -> tuple[str, ...]:
        return (self.names.station.value().strip(), self.names.worker.value().strip())

    def answers(self) -> Answers:
        """What was given so far."""
        station, worker = self._about()
        return Answers(station, worker, self.passphrase.first.value())

    def _begin(self, way: str) -> None:
        if way == "practice":
            self._run("正在准备练习站", self._calls.practice, self._end)
        else:
            self.show_step(self.restore if way == "restore" else self.names)

    def _show_card(self) -> None:
        def made(card: CardText) -> None:
            self._card = self.rehearse.card = card
            self.card.show_card(card)
            self.show_step(self.card)

        if self._card is None:
            self._run("正在制作恢复卡", lambda _task: self._calls.make_card(), made)
        else:
            self.show_step(self.card)

    def _save_card(self) -> None:
        if path := messages.ask_save_path(self, f"恢复卡{self._number()}.pdf"):
            self._card_paper(
                lambda data: self._calls.save(path, data), lambda _data: self._card_said("恢复卡已存好。")
            )

    def _print_card(self) -> None:
        show = self._calls.print_pdf
        if show is not None:
            self._card_paper(lambda _data: None, show)

    def _card_paper(self, work: Callable[[bytes], None], then: Callable[[bytes], None]) -> None:
        card, answers = self._card, self.answers()
        assert card is not None

        def make(_task: Task) -> bytes:
            data = self._calls.card_pdf(card, answers)
            work(data)
            return data

        self._run("正在制作恢复卡", make, then)

    def _number(self) -> str:
        return self._card.number if self._card else ""

    def _card_said(self, text: str) -> None:
        self.card.said.setText(text)

    def _create(self) -> None:
        answers, card = self.answers(), self._card
        assert card is not None

        def made(opened: Any) -> None:
            self._opened = opened
            self.passphrase.first.clear()
            self.passphrase.again.clear()
            self.show_step(self.backup)

        self._run("正在建立社工站", lambda task: self._calls.create(answers, card, task), made)

    def _back_up(self, path: Path) -> None:
        self._run(
            "正在备份",
            lambda task: self._calls.backup(self._opened, path, task),
            lambda _none: self._finish(),
        )

    def _restore(self) -> None:
        step = self.restore
        assert step.path is not None
        path, worker, secret = step.path, step.worker.value().strip(), step.password.value()
        self._run("正在恢复", lambda task: self._calls.restore(path, worker, secret, task), self._end)

    def _finish(self) -> None:
        self._end(self._opened)

    def _end(self, opened: Any) -> None:
        self._card = self.rehearse.card = None
        self.restore.password.clear()
        self.finished.emit(opened)

    def _run(self, words: str, work: Callable[[Task], Any], done: Callable[[Any], None]) -> None:
        """Work off the GUI thread with the step greyed out; a problem is a line above the buttons."""
        self.set_busy(True)
        self.say("")
        self.progress.step(0, 0, words)

        def good(result: Any) -> None:
            self.set_busy(False)
            done(result)

        def bad(problem: BaseException) -> None:
            self.set_busy(False)
            if isinstance(problem, AppError):
                self.say(str(problem))
            else:
                messages.show_problem(problem, self)

        self._job = jobs.start(self, work, done=good, failed=bad, progress=self.progress.step)

    def cancel(self) -> None:
        if self._job:
            self._job.cancel()
        self.set_busy(False)
        self.say("已停下，没有改动。", "plain")

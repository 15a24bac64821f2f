"""The first run: a new station, one to join, the practice station, or a backup; then 密码, recovery card, and
the first backup or the request.

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
from sgz_desktop.gui.wizard_calls import Answers, Invited, Joined, WizardCalls
from sgz_desktop.gui.wizard_card_steps import BackupStep, CardStep, CardText, RehearseStep, RestoreStep
from sgz_desktop.gui.wizard_frame import WizardFrame
from sgz_desktop.gui.wizard_join import InvitationStep, JoinedStep, JoinNamesStep, RequestStep
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
        self.invitation, self.own, self.request = InvitationStep(), JoinNamesStep(), RequestStep()
        self.joined = JoinedStep()
        self._take_way("new")
        others = (self.restore, self.invitation, self.own, self.request, self.joined)
        for step in (self.start, *self.path, *others):
            self.stack.addWidget(step)
        self._connect()

    def _take_way(self, way: str) -> None:
        """The steps of a way to begin."""
        middle = (self.passphrase, self.card, self.rehearse)
        if way == "join":
            self.path = (self.invitation, self.own, *middle, self.request, self.joined)
        else:
            self.path = (self.names, *middle, self.backup)
        self.last = self.path[-1]

    def _connect(self) -> None:
        self.start.chosen.connect(self._begin)
        self.names.done.connect(lambda: self.show_step(self.passphrase))
        self.passphrase.done.connect(self._show_card)
        self.card.done.connect(lambda: self.show_step(self.rehearse))
        self.card.save.connect(self._save_card)
        self.card.print_out.connect(self._print_card)
        self.card.print_button.setVisible(self._calls.print_pdf is not None)
        self.rehearse.done.connect(self._card_known)
        self.invitation.picked.connect(self._read_invitation)
        self.invitation.done.connect(lambda: self.show_step(self.own))
        self.own.done.connect(lambda: self.show_step(self.passphrase))
        self.request.picked.connect(self._join)
        self.joined.done.connect(self._finish)
        self.backup.picked.connect(self._back_up)
        self.backup.done.connect(self._finish)
        self.restore.done.connect(self._restore)

    def _about(self) -> tuple[str, ...]:
        if self._joins and self.invitation.invited is not None:
            return (self.invitation.invited.station, self.own.worker.value().strip())
        return (self.names.station.value().strip(), self.names.worker.value().strip())

    @property
    def _joins(self) -> bool:
        return self.invitation in self.path

    def answers(self) -> Answers:
        """What was given so far."""
        station, worker = self._about()
        return Answers(station, worker, self.passphrase.first.value())

    def _begin(self, way: str) -> None:
        if way == "practice":
            self._run("正在准备练习站", self._calls.practice, self._end)
        else:
            self._take_way(way)
            self.show_step(self.restore if way == "restore" else self.path[0])

    def _read_invitation(self, path: Path) -> None:
        def read(invited: Invited) -> None:
            self.invitation.show_invited(path, invited)
            self.own.show_invited(invited)

        self._run("正在读入邀请", lambda _task: self._calls.read_invitation(path), read)

    def _card_known(self) -> None:
        """What was typed back is right."""
        if self._joins:
            self.show_step(self.request)
        else:
            self._create()

    def _join(self, path: Path) -> None:
        answers, card, invited = self.answers(), self._card, self.invitation.invited
        name = self.own.computer.value().strip()
        assert card is not None
        assert invited is not None

        def made(joined: Joined) -> None:
            self._made(joined.station)
            self.joined.fingerprint.show_digits(joined.fingerprint)
            self.show_step(self.joined)

        self._run(
            "正在加入社工站",
            lambda task: self._calls.join(invited, answers, name, card, path, task),
            made,
        )

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
            self._made(opened)
            self.show_step(self.backup)

        self._run("正在建立社工站", lambda task: self._calls.create(answers, card, task), made)

    def _made(self, opened: Any) -> None:
        """A store is there; what opens it is forgotten here."""
        self._opened = opened
        self.passphrase.first.clear()
        self.passphrase.again.clear()

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

"""Passphrases and accounts: change one's own, let somebody in, take somebody's way in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.actions import workers
from sgz_desktop.actions.allowed import ADMIN, HEAD, ROLES
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, PasswordEdit
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.vault.tries import TooManyTries, WrongSecret

DIFFER = "两次输入的密码不一样。"
HINT = "至少12个字符，可以写一句好记的话"


class SecretDialog(QDialog):
    """Fields, a verb, and work off the GUI thread; what it refuses stands under a field."""

    def __init__(self, owner: QWidget, title: str, text: str, does: str) -> None:
        super().__init__(owner.window())
        self.fields: dict[str, FieldFrame] = {}
        column = begun(self, title, 500)
        column.addWidget(paragraph(text, "body", "plain"))
        self._place = QVBoxLayout()
        self._place.setSpacing(px(Space.S))
        column.addLayout(self._place)
        self.go = button(does, "primary", on_click=self.submit)
        column.addLayout(foot(self, self.go))

    def field(self, name: str, title: str, control: QWidget, hint: str = "") -> None:
        """Add a field."""
        frame = FieldFrame(title, control, hint=hint)
        self.fields[name] = frame
        self._place.addWidget(frame)

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return str(self.fields[name].control.value() or "")  # type: ignore[attr-defined]

    def submit(self) -> None:
        """Check here, then work."""
        for frame in self.fields.values():
            frame.set_error("")
        if self.typed("new") != self.typed("again"):
            self.fields["again"].set_error(DIFFER)
            return
        work = self.work()
        self.go.set_busy("正在保存")
        jobs.start(self, lambda _task: work(), done=lambda _: self.accept(), failed=self._refused)

    def work(self) -> Callable[[], None]:
        """What to do with what was typed; runs off the GUI thread."""
        raise NotImplementedError

    def blamed(self, problem: AppError) -> str:
        """The field a refusal is about."""
        return "new"

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        if not isinstance(problem, AppError):
            messages.show_problem(problem, self)
            return
        frame = self.fields[self.blamed(problem)]
        frame.set_error(str(problem))
        frame.control.setFocus()


class PassphraseDialog(SecretDialog):
    """Change one's own."""

    def __init__(self, owner: QWidget, station: OpenStation) -> None:
        super().__init__(owner, "改密码", "改好后，锁定再打开时用新密码。", "改密码")
        self._station = station
        self.field("old", "现在的密码", PasswordEdit())
        self.field("new", "新密码", PasswordEdit(), HINT)
        self.field("again", "再输一次", PasswordEdit())
        self.fields["old"].control.setFocus()

    def work(self) -> Callable[[], None]:
        station, old, new = self._station, self.typed("old"), self.typed("new")
        return lambda: workers.change_passphrase(station.desk, station, old, new)

    def blamed(self, problem: AppError) -> str:
        return "old" if isinstance(problem, (WrongSecret, TooManyTries)) else "new"


class AccountDialog(SecretDialog):
    """Let somebody in."""

    def __init__(self, owner: QWidget, station: OpenStation) -> None:
        super().__init__(owner, "添加账号", "密码由本人输入；忘记密码要用恢复卡。", "添加账号")
        self._station = station
        self.field("user", "姓名", LineEdit())
        roles = MultiChoice([(code, words) for code, words in ROLES.items()])
        roles.set_value("social_worker")
        self.field("roles", "岗位", roles)
        self.field("new", "密码", PasswordEdit(), HINT)
        self.field("again", "再输一次", PasswordEdit())
        self.fields["user"].control.setFocus()

    def submit(self) -> None:
        if not self.typed("user").strip():
            self.fields["user"].set_error("请填姓名。")
        elif not self.typed("roles"):
            self.fields["roles"].set_error("请至少选一个岗位。")
        else:
            super().submit()

    def work(self) -> Callable[[], None]:
        station, user, new = self._station, self.typed("user").strip(), self.typed("new")
        roles = self.typed("roles").split(",")
        return lambda: workers.add_worker(station.desk, station, user, new, roles)

    def blamed(self, problem: AppError) -> str:
        return "user" if "名" in problem.message else "new"


def may_keep(station: OpenStation) -> bool:
    """May this worker add and remove accounts?"""
    return bool(station.desk.actor.roles & {HEAD, ADMIN})

"""本站用词: what a session is called, and the titles of forms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import settings
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain import local_words
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.segmented import Segmented

HINT = "换词以后，页面重新打开就用新的；已印出的纸不变。"


class WordsCard(Card):
    """Titles are folded away until somebody wants to change one; an empty one is the program's own."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        self.more = link("改表单名称", self._unfold)
        super().__init__("本站用词", "有的地方叫“节”，有的叫“次”", action=self.more)
        self._desk = desk
        now = local_words.in_use()
        self.session = Segmented([(word, f"第3{word}") for word in local_words.SESSION_WORDS], now.session)
        self.add(FieldFrame("一次个案服务怎么数", self.session, hint=HINT))
        self.titles = {
            kind: FieldFrame(BY_KIND[kind].TITLE, LineEdit(BY_KIND[kind].TITLE))
            for kind in local_words.TITLED
        }
        for kind, frame in self.titles.items():
            frame.control.set_value(now.titles.get(kind, ""))
        cells: list[tuple[QWidget, bool]] = [(frame, False) for frame in self.titles.values()]
        self._grid = FieldGrid(cells)
        self._grid.setVisible(bool(now.titles))
        self.more.setVisible(not now.titles)
        self.add(self._grid)
        self.save_button = button("保存用词", icon="check", on_click=self.save)
        self.add(self.save_button)
        if not allowed(desk.actor, "change_words"):
            self.save_button.hide()

    def _unfold(self) -> None:
        self._grid.show()
        self.more.hide()
        next(iter(self.titles.values())).control.setFocus()

    def save(self) -> None:
        """Check and keep."""
        for frame in self.titles.values():
            frame.set_error("")
        desk, session = self._desk, str(self.session.value() or local_words.SESSION)
        titles = {kind: str(frame.control.value() or "") for kind, frame in self.titles.items()}
        jobs.start(
            self,
            lambda _task: settings.change_words(desk, session, titles),
            done=lambda _: self.said.emit("用词已保存。", None),
            failed=self._refused,
        )

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, SettingRefused) and problem.field in self.titles:
            self._unfold()
            self.titles[problem.field].set_error(problem.message)
            self.titles[problem.field].control.setFocus()
        else:
            messages.show_problem(problem, self)

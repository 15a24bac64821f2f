"""去标识审阅: a typical case is read for what tells who is meant before it is printed in a report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import report_edits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.deidentify_review import Review
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.review_panel import ReviewPanel

TOLD = "化名可以保留。审阅通过后，简报里印下面的样子。"
NOT_READ = "还没看完，看过再通过。"
Where = tuple[str, str, str, str]  # sort, span, section, id of the text


class TextReviewDialog(QDialog):
    """`passed` is called after the commit."""

    def __init__(
        self, owner: QWidget, desk: Desk, review: Review, where: Where, passed: Callable[[], None]
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._where, self._passed = desk, where, passed
        self.setWindowTitle("去标识审阅")
        self.setMinimumSize(px(940), px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.S))
        column.addWidget(label("去标识审阅", "section"))
        column.addWidget(paragraph(TOLD, "body", "plain"))
        self.panel = ReviewPanel(review)
        self.panel.changed.connect(self._tell)
        self.panel.said.connect(self._say)
        column.addWidget(self.panel, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.state = label("", "second", "plain")
        foot.addWidget(self.state, 1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button("审阅通过", "primary", "check", self.submit, key="Ctrl+S")
        foot.addWidget(self.go)
        column.addLayout(foot)
        self._tell()
        self.panel.take_keyboard()

    def _tell(self) -> None:
        done = not self.panel.review.unseen
        self.go.setEnabled(done)
        self.state.setText("" if done else NOT_READ)

    def _say(self, words: str) -> None:
        self.state.setText(words)

    def submit(self) -> None:
        """Keep the words as they were left, and that they were read."""
        desk, where, said = self._desk, self._where, self.panel.review.told()
        self.go.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: report_edits.review_text(desk, *where, said),
            done=lambda _: self._done(),
            failed=self._failed,
        )

    def _done(self) -> None:
        self.accept()
        self._passed()

    def _failed(self, problem: BaseException) -> None:
        self.go.set_busy("")
        messages.show_problem(problem, self)


def review(owner: QWidget, desk: Desk, where: Where, passed: Callable[[], None]) -> None:
    """Open the review of a text."""

    def show(found: Review) -> None:
        dialog = TextReviewDialog(owner, desk, found, where, passed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(
        owner,
        lambda _task: report_edits.text_review(desk, *where),
        done=show,
        failed=lambda problem: messages.show_problem(problem, owner),
        key="text-review",
    )

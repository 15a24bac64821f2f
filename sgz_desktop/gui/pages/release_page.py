"""去标识件: who it is for, and its free texts, each looked at before the copy is made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import copies, copy_locks
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.deidentify_review import Review
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.review_panel import ReviewPanel

TITLE = "去标识件"
HINT = "印在每页水印里"
READING = "正在找能认出人的字"
READY = "每一段都看过了，可以生成。"


class ReleasePage(QWidget):
    """`paper_wanted(view)` once every text was looked at and 生成 was pressed."""

    closed = Signal()
    said = Signal(str, object)
    paper_wanted = Signal(object)

    def __init__(self, desk: Desk, page: CasePage, facts: str) -> None:
        super().__init__()
        self._desk, self._case = desk, page.form.id
        self._number = str(page.form.values.get("number") or "")
        self._facts = facts
        self.panel: ReviewPanel | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, facts, back=self.closed.emit)
        self.go = button("生成", "primary", "doc", self._make, key="Ctrl+S")
        self.go.setEnabled(False)
        self.head.add_action(self.go)
        self.column.addWidget(self.head)
        self.column.addLayout(self._top())
        self.read()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.L))
        self.name = LineEdit("例如云岭县民政局")
        self.whom = FieldFrame("给谁", self.name, required=True, hint=HINT)
        self.whom.setFixedWidth(px(300))
        self.count = label(READING, "body", "plain")
        row.addWidget(self.whom)
        row.addWidget(self.count)
        row.addStretch(1)
        return row

    def read(self) -> None:
        """Find what identifies, off the GUI thread."""
        desk, case = self._desk, self._case
        jobs.start(
            self,
            lambda _task: copies.release_review(desk, case),
            done=self._show,
            failed=self._failed,
            key="review",
        )

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _show(self, review: Review) -> None:
        self.panel = ReviewPanel(review)
        self.panel.changed.connect(self._decided)
        self.panel.said.connect(lambda sentence: self.said.emit(sentence, None))
        self.column.addWidget(self.panel, 1)
        self._count()
        self.panel.take_keyboard()

    def _count(self) -> None:
        review = self.panel.review if self.panel else None
        if review is None:
            return
        left = sum(not all(item.seen for item in items) for items in review.pages().values())
        waits = f"还有{left}份没看，{review.open}处待定。"
        self.count.setText(waits if left else f"{READY}{review.kept}处保留原文。" if review.kept else READY)
        self.go.setEnabled(not left)

    def _decided(self) -> None:
        self._count()
        self.keep()

    def keep(self) -> None:
        """Keep what was decided so far."""
        if self.panel is None:
            return
        desk, case, review = self._desk, self._case, self.panel.review
        decided = review.decisions()
        jobs.start(self, lambda _task: copies.keep_review(desk, case, decided), key="keep")

    def _make(self) -> None:
        whom = self.name.value().strip()
        if not whom:
            self.whom.refuse("请写明给哪位或哪个单位。")
            return
        if self.panel is None:
            return
        desk, case, decided = self._desk, self._case, self.panel.review.decisions()
        jobs.start(
            self,
            lambda _task: copies.keep_review(desk, case, decided),
            done=lambda _: self.paper_wanted.emit(release_view(desk, case, self._number, whom, self._facts)),
            failed=lambda problem: messages.show_problem(problem, self),
            key="keep",
        )

    def take_keyboard(self) -> None:
        """The texts take the keyboard, or who they are for while they are read."""
        (self.panel.take_keyboard if self.panel else self.name.setFocus)()


def release_view(desk: Desk, case: str, number: str, whom: str, facts: str) -> PaperView:
    """The copy, to be printed or saved."""
    told = f"{number}-{copies.FIRST_RELEASE}"
    view = PaperView(
        TITLE,
        facts,
        f"{told}-{desk.today()}.pdf",
        lambda progress: copies.print_release(desk, case, whom, progress=progress),
        lambda: copies.unprintable_release(desk, case, whom),
    )
    view.pane.finish = lambda data: copy_locks.cleared(data, f"{TITLE} {told}")
    return view

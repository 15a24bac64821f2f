"""签字页: a paper as it was printed, and the scans that came back, side by side; 拆开 takes one off again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import attachments, signing, signing_join
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.domain import days
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.file_viewer import Picture
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import offer_undo
from sgz_desktop.gui.widgets.buttons import button, icon_button
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.pdf_preview import PdfPreview, look_in_sight

Told = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
APART = "已拆开，扫描件还在记录里。10秒内可以撤销。"


class SignedDialog(QDialog):
    """`changed` is called after a page was taken off, or that was undone; `told` with what the toast says."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        state: PaperState,
        told: Told,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(owner.window())
        self._changed = changed
        self._owner, self._desk, self._state, self._told = owner, desk, state, told
        self._at = 0
        self.setWindowTitle("签字页")
        self.resize(min(px(1100), owner.window().width() - px(60)), owner.window().height() - px(60))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(Space.M))
        column.addLayout(self._head())
        column.addLayout(self._halves(), 1)
        column.addLayout(self._foot())
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(lambda: look_in_sight(self))
        self._show()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(f"{self._state.title}　{self._state.number}", "section"))
        self.facts = label("", "body", "plain")
        row.addWidget(self.facts, 1)
        self.before = icon_button("left", "上一份", lambda: self._step(-1), small=True)
        self.after = icon_button("right", "下一份", lambda: self._step(1), small=True)
        for one in (self.before, self.after):
            row.addWidget(one)
            if len(self._state.pages) < 2:  # shown before it stands anywhere it were a window
                one.hide()
        return row

    def _halves(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        self.kept = PdfPreview("打印时的原样")
        self.picture = Picture()
        self.none_kept = paragraph("", "body", "plain")
        self.scan_title = label("签好字的扫描件", "section")
        for parts in ((self.none_kept, self.kept), (self.scan_title, self.picture)):
            half = QVBoxLayout()
            for part in parts:
                half.addWidget(part, int(part in (self.kept, self.picture)))
            row.addLayout(half, 1)
        self.scan_title.setMinimumHeight(px(40))
        self.none_kept.hide()
        return row

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.apart = button("拆开", "quiet", on_click=self.take_apart)
        self.apart.setToolTip("归错了文书时用；扫描件留在记录里")
        if not allowed(self._desk.actor, "take_apart"):
            self.apart.hide()
        foot.addWidget(self.apart)
        foot.addStretch(1)
        self.back = button("返回", "primary", on_click=self.reject)
        foot.addWidget(self.back)
        return foot

    def _step(self, by: int) -> None:
        self._at = (self._at + by) % len(self._state.pages)
        self._show()

    def _show(self) -> None:
        desk, page, record = self._desk, self._state.pages[self._at], self._state.id
        day = f"{days.show_day(page.signed_on)}签字" if page.signed_on else "签字日期没写"
        place = f"第{self._at + 1}份，共{len(self._state.pages)}份　" if len(self._state.pages) > 1 else ""
        self.facts.setText(f"{place}{day}　{page.entered}")

        def read() -> tuple[bytes, str, bytes]:
            picture, _ = attachments.show_file(desk, page.id)
            try:
                return signing.kept_paper(desk, record, page.number), "", picture
            except AppError as none:
                return b"", none.message, picture

        jobs.start(self, lambda _task: read(), done=lambda found: self._take(*found), key="page")

    def _take(self, kept: bytes, why: str, picture: bytes) -> None:
        self.picture.show_bytes(picture)
        self.none_kept.setText(why)
        self.none_kept.setVisible(bool(why))
        self.kept.setVisible(not why)
        if kept:
            self.kept.show_pdf(kept, 1)

    def take_apart(self) -> None:
        """Take the page in sight off the paper."""
        desk, page = self._desk, self._state.pages[self._at]
        self.apart.set_busy("正在拆开")
        jobs.start(
            self,
            lambda _task: signing_join.take_apart(desk, page.id),
            done=lambda changes: self._taken(changes.edit),
            failed=self._failed,
        )

    def _taken(self, edit: Any) -> None:
        self.accept()
        self._changed()
        offer_undo(self._owner, self._desk, self._told, APART, edit, self._changed)

    def _failed(self, problem: BaseException) -> None:
        self.apart.set_busy("")
        messages.show_problem(problem, self)

    def done(self, result: int) -> None:
        """The document is closed with the dialog."""
        self.kept.clear()
        super().done(result)


def show_signed(
    owner: QWidget, desk: Desk, state: PaperState, told: Told, changed: Callable[[], None]
) -> None:
    """The signed pages of a paper beside what was printed."""
    dialog = SignedDialog(owner, desk, state, told, changed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()

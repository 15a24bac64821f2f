"""A paper being made and seen: progress with 取消, what cannot be printed, the preview, 保存 and 打印."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from sgz_desktop import files
from sgz_desktop.domain.file_names import safe_name
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets import pdf_pages
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.pdf_preview import PdfPreview
from sgz_desktop.gui.widgets.progress import ProgressPanel
from sgz_desktop.gui.widgets.tab_order import tab_through

Make = Callable[[Callable[[int, int], None]], bytes]
"""Makes the PDF; reports (done, total) to what it is given, which may raise Cancelled."""
Check = Callable[[], Sequence[str]]
"""Characters no font here can print."""


def ask_pdf_path(parent: QWidget, suggested: str) -> Path | None:
    """Where to save a PDF; `suggested` holds no name of a person. None when the person changed their mind."""
    path = messages.ask_save_path(parent, safe_name(suggested))
    return path.with_name(path.name + ".pdf") if path and path.suffix.lower() != ".pdf" else path


Seal = Callable[[bytes], bytes]
PDF, FOR_COUNTY, SEALED = "PDF文件 (*.pdf)", "加密给区县的PDF (*.pdf.age)", ".pdf.age"


def ask_paper_path(parent: QWidget, suggested: str) -> tuple[Path | None, Seal | None]:
    """Where to save a paper, and how it is sealed to the county where that was chosen. The choice is there
    once a county's key is enrolled."""
    offer = getattr(parent.window(), "sealer", None)
    seal: Seal | None = offer() if offer else None
    if seal is None:
        return ask_pdf_path(parent, suggested), None
    path, kind = messages.ask_save_kind(parent, safe_name(suggested), f"{PDF};;{FOR_COUNTY}")
    if path is None:
        return None, None
    chosen = kind == FOR_COUNTY or path.name.endswith(SEALED)
    wanted = SEALED if chosen else ".pdf"
    bare = path.name.removesuffix(".age").removesuffix(".pdf") if chosen else path.name.removesuffix(".pdf")
    return path.with_name(bare + wanted), seal if chosen else None


def saved_words(path: Path) -> str:
    """What is told once a paper was saved."""
    return f"已保存到{path.parent.name or path.parent}：{path.name}"


def strange_words(strange: Sequence[str]) -> str:
    """What is told of characters no font here can print."""
    shown = "、".join(f"“{char}”" for char in strange[:8])
    return f"有{len(strange)}个字当前字体没有：{shown}，打印前请核对写法。"


class PaperPane(QWidget):
    """`made(bool)` after a paper was made, failed or was cancelled; `said(sentence)` for the toast; `out`
    once it was printed or saved."""

    made = Signal(bool)
    out = Signal()
    said = Signal(str)

    def __init__(self, title: str = "预览", unit: str = "页") -> None:
        super().__init__()
        self._unit = unit  # what its progress counts
        self.data: bytes | None = None
        self._job: jobs.Job | None = None
        self._made_last: tuple[Make, Check | None] | None = None
        self.finish: Callable[[bytes], bytes] = lambda data: data  # what is saved of it, e.g. locked
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.notice = Band("", "warm", icon="alert")
        self.progress = ProgressPanel("正在排版")
        self.progress.cancelled.connect(self.cancel)
        self.stopped = EmptyState(
            "已停下，没有生成。", "doc", action=button("重新生成", on_click=self._make_again, small=True)
        )
        self.preview = PdfPreview(title)
        self.preview.setFocusProxy(self.preview.findChild(QScrollArea))
        for part in (self.notice, self.progress):
            column.addWidget(part)
            part.hide()
        column.addWidget(self.stopped, 1)
        self.stopped.hide()
        column.addWidget(self.preview, 1)
        QApplication.instance().aboutToQuit.connect(self.let_go)

    def make(self, make: Make, check: Check | None = None) -> None:
        """Make a paper off the GUI thread and show it; a newer call replaces an older one."""
        self._made_last = (make, check)
        self.data = None
        self.stopped.hide()
        self.preview.show()
        self.progress.stop.setEnabled(True)
        self.progress.step(0, 0, "正在排版")
        self.progress.show()

        unit = self._unit

        def work(task: jobs.Task) -> tuple[bytes, list[str]]:
            data = make(lambda done, total: task.step(done, total, f"正在排版第{done}{unit}"))
            return data, list(check()) if check else []

        self._job = jobs.start(
            self,
            work,
            done=lambda found: self._show(*found),
            failed=self._failed,
            progress=self.progress.step,
            key="paper",
        )

    def _make_again(self) -> None:
        if self._made_last:
            self.make(*self._made_last)

    def cancel(self) -> None:
        """Stop making it."""
        if self._job:
            self._job.cancel()
        self._stop_showing()

    def let_go(self) -> None:
        """Stop what is being made and close the document."""
        if self._job:
            self._job.cancel()
        self.preview.clear()

    def _stop_showing(self) -> None:
        self.progress.hide()
        self.preview.hide()
        self.stopped.show()
        self.made.emit(False)

    def _failed(self, problem: BaseException) -> None:
        self._stop_showing()
        messages.show_problem(problem, self)

    def _show(self, data: bytes, strange: Sequence[str]) -> None:
        self.data = data
        self.progress.hide()
        self.notice.set_text(strange_words(strange))
        self.notice.setVisible(bool(strange))
        self.preview.show_pdf(data, max(self.preview.page, 1))
        self.made.emit(True)

    def save(self, suggested: str) -> None:
        """Ask where and write the PDF there, whole or not at all. `suggested` holds no name of a person."""
        data = self.data
        if data is None:
            return
        path, seal = ask_paper_path(self, suggested)
        if path is None:
            return
        jobs.start(
            self,
            lambda _task: files.write_atomic(path, (seal or bytes)(self.finish(data))),
            done=lambda _: self._saved(path),
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def _saved(self, path: Path) -> None:
        self.said.emit(saved_words(path))
        self.out.emit()

    def print_out(self) -> None:
        """Ask for a printer and print; what the system has no printer for is said."""
        from sgz_desktop.gui import printing

        if self.data is None:
            return
        try:
            printing.print_pdf(
                self.data, self.window(), self._printed, self._stopped, max(self.preview.page, 1)
            )
        except AppError as problem:
            messages.show_problem(problem, self)

    def _printed(self) -> None:
        self.said.emit("已送到打印机。")
        self.out.emit()

    def _stopped(self) -> None:
        self.said.emit("已停下，送去的几页可能还会印出来。")


def sections_of(data: bytes) -> list[tuple[str, int]]:
    """Titles of a paper's first level and their pages from 1; not for the GUI thread."""
    import pypdfium2

    with pdf_pages._pdfium:  # one thread at a time in pdfium, whatever the document
        document = pypdfium2.PdfDocument(data)
        try:
            marks = [mark for mark in document.get_toc() if mark.level == 0]
            return [(mark.get_title(), (mark.get_dest().get_index() or 0) + 1) for mark in marks]
        finally:
            document.close()


class PaperView(QWidget):
    """A paper on a page of its own: ‹ 返回, 保存, 打印."""

    closed = Signal()
    said = Signal(str, object)

    def __init__(
        self,
        title: str,
        facts: str,
        suggested: str,
        make: Make,
        check: Check | None = None,
        unit: str = "页",
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = head = PageHead(title, facts, back=self.closed.emit)
        self.pane = PaperPane(unit=unit)
        self.pane.preview.zoom.set_value(1.0)
        self.print_button = button("打印", icon="print", on_click=self.pane.print_out, key="Ctrl+P")
        self.save_button = button(
            "保存PDF", "primary", "save", lambda: self.pane.save(suggested), key="Ctrl+S"
        )
        for one in (self.print_button, self.save_button):
            head.add_action(one)
            one.setEnabled(False)
        column.addWidget(head)
        column.addWidget(self.pane, 1)
        tab_through((self.save_button, *self.pane.preview.controls))  # its focus proxy passes them by
        self.pane.made.connect(self._made)
        self.pane.said.connect(lambda sentence: self.said.emit(sentence, None))
        self.pane.make(make, check)

    def add_action(self, made: QWidget) -> None:
        """One more button, before those of printing and saving."""
        row = self.head.layout()
        row.insertWidget(row.indexOf(self.print_button), made)

    def add_band(self, band: QWidget) -> None:
        """A band between the head and the paper."""
        column = self.layout()
        column.insertWidget(column.indexOf(self.pane), band)

    def _made(self, ready: bool) -> None:
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def take_keyboard(self) -> None:
        """The preview takes the keyboard: PgUp and PgDn turn pages."""
        self.pane.preview.setFocus()

    def let_go(self) -> None:
        """The page goes away: stop what is being made and close the document."""
        self.pane.let_go()

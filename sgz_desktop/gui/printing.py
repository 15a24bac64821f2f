"""Send a PDF to a printer: its pages drawn in memory onto the paper, one after another, with 取消."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress
from sgz_desktop.gui.widgets.pdf_pages import POINTS_PER_INCH, PdfPages

_DPI = 300
TITLE = "正在送往打印机"


def print_pdf(
    data: bytes,
    parent: QWidget,
    printed: Callable[[], object],
    stopped: Callable[[], object] = lambda: None,
    page: int = 1,
) -> None:
    """Ask for a printer and print in the background; `printed` is called once all is with the printer,
    `stopped` when that was cancelled on the way. `page` is the one in front.

    Nothing is called when no printer was chosen; what fails is shown. AppError when this computer has none.
    """
    if not printers():
        raise AppError("这台电脑还没有装打印机。", "可以先保存PDF，再到别的电脑上打印。")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    pages = PdfPages(data)
    lay_paper(printer, pages.sizes[0])
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages.count)
    for option in (dialog.PrintDialogOption.PrintPageRange, dialog.PrintDialogOption.PrintCurrentPage):
        dialog.setOption(option, True)
    dialog.setOption(dialog.PrintDialogOption.PrintToFile, False)  # 保存PDF writes whole or not at all
    chosen = dialog.exec()
    dialog.deleteLater()
    if not chosen:
        pages.close()
        return

    failed: list[bool] = []

    def work(task: jobs.Task) -> None:
        try:
            draw_on(printer, pages, wanted(printer, pages.count, page), task.step)
        except AppError:
            failed.append(True)
            raise
        finally:
            pages.close()

    shown = run_with_progress(parent, TITLE, work, lambda _: printed())
    shown.rejected.connect(lambda: None if failed else stopped())


def printers() -> list[str]:
    """The printers this computer knows."""
    return QPrinterInfo.availablePrinterNames()


def wanted(printer: QPrinter, count: int, page: int) -> list[int]:
    """The pages asked for in the dialog, from 0; `page`, from 1, is the one in front."""
    if printer.printRange() is QPrinter.PrintRange.CurrentPage:
        return [page - 1]
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        asked = printer.pageRanges()
        return [number for number in range(count) if asked.contains(number + 1)]
    return list(range(count))


def lay_paper(printer: QPrinter, points: tuple[float, float]) -> None:
    """Paper of that size, upright or across as the page is; no margin but the page's own."""
    wide, high = points
    size = QSizeF(min(wide, high), max(wide, high))
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    across = wide > high
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)


def draw_on(
    printer: QPrinter,
    pages: PdfPages,
    numbers: Sequence[int],
    step: Callable[[int, int, str], object] = lambda *_: None,
) -> None:
    """Draw the pages (from 0); may run in a pool thread. AppError when the printer cannot be reached.

    `step(done, total, words)` may raise Cancelled: no more pages are drawn, and those that were are withdrawn
    where the system can (CUPS cannot).
    """
    painter = QPainter()
    try:
        for done, number in enumerate(numbers):
            step(done, len(numbers), f"正在打印第{done + 1}页，共{len(numbers)}页")
            lay_paper(printer, pages.sizes[number])
            if not (printer.newPage() if done else painter.begin(printer)):
                raise AppError("打印机没有应答，文件没有改动。", "请检查打印机，或先存成PDF再打印。")
            _draw_page(painter, printer, pages, number)
        step(len(numbers), len(numbers), "")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _draw_page(painter: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
    wide, high = pages.sizes[number]
    picture = pages.draw(number, round(wide / POINTS_PER_INCH * _DPI), keep=False)
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    scale = min(paper.width() / wide, paper.height() / high)
    painter.drawImage(QRectF(0, 0, wide * scale, high * scale), picture)

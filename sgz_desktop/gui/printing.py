"""Send a PDF to a printer: its pages drawn in memory onto the paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui.widgets.pdf_pages import PdfPages

_DPI = 300


def print_pdf(data: bytes, parent: QWidget | None = None) -> bool:
    """Ask for a printer and print; False when the person changed their mind, AppError when it fails."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    pages = PdfPages(data)
    _fit_paper(printer, pages)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages.count)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    chosen = dialog.exec()
    dialog.deleteLater()
    if not chosen:
        return False
    draw_on(printer, pages)
    return True


def _fit_paper(printer: QPrinter, pages: PdfPages) -> None:
    wide, high = pages.sizes[0]
    sideways = wide > high
    size = QSizeF(min(wide, high), max(wide, high))
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    orientation = QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(orientation)
    printer.setFullPage(True)


def draw_on(printer: QPrinter, pages: PdfPages) -> None:
    """Draw the pages asked for; AppError when the printer cannot be reached."""
    first = printer.fromPage() or 1
    last = printer.toPage() or pages.count
    painter = QPainter()
    if not painter.begin(printer):
        raise AppError("打印机没有应答，文件没有改动。", "请检查打印机，或先存成PDF再打印。")
    for number in range(first - 1, min(last, pages.count)):
        if number >= first:
            printer.newPage()
        wide, high = pages.sizes[number]
        picture = pages.draw(number, round(wide / 72 * _DPI))
        paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        scale = min(paper.width() / wide, paper.height() / high)
        painter.drawImage(QRectF(0, 0, wide * scale, high * scale), picture)
    painter.end()

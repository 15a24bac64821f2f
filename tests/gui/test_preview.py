"""A PDF inside the window: drawn off the GUI thread, turned by keys, printed page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from gallery_pages import sample_pdf
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from sgz_desktop.gui import jobs, printing
from sgz_desktop.gui.widgets.pdf_pages import PdfPages
from sgz_desktop.gui.widgets.pdf_preview import PdfPreview


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    made.show_pdf(sample_pdf(3))
    rest(qtbot)
    return made


def rest(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.busy())


def test_first_page_is_drawn_to_the_width(preview: PdfPreview) -> None:
    picture = preview.picture()
    assert picture is not None
    assert abs(picture.width() - (preview._area.viewport().width() - 32)) <= 2
    assert preview._where.text() == "第1页，共3页"


def test_page_keys_scroll_first_and_then_turn(preview: PdfPreview, qtbot: QtBot) -> None:
    bar = preview._area.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(preview._area, Qt.Key.Key_PageDown)
    assert preview.page == 1
    assert bar.value() > 0
    bar.setValue(bar.maximum())
    qtbot.keyClick(preview._area, Qt.Key.Key_PageDown)
    assert (preview.page, bar.value()) == (2, 0)
    qtbot.keyClick(preview._area, Qt.Key.Key_PageUp)
    assert preview.page == 1


def test_home_and_end_and_no_further(preview: PdfPreview, qtbot: QtBot) -> None:
    qtbot.keyClick(preview._area, Qt.Key.Key_End)
    assert preview.page == 3
    assert not preview.turn(1)
    qtbot.keyClick(preview._area, Qt.Key.Key_Home)
    assert preview.page == 1
    assert not preview._back.isEnabled()


def test_zoom_draws_larger(preview: PdfPreview, qtbot: QtBot) -> None:
    before = preview.picture()
    preview.zoom.set_value(1.5)
    rest(qtbot)
    after = preview.picture()
    assert isinstance(before, QImage)
    assert isinstance(after, QImage)
    assert after.width() == round(595 * 96 / 72 * 1.5)


def test_another_document_replaces_the_first(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(sample_pdf(1))
    rest(qtbot)
    assert (preview.page, preview.page_count) == (1, 1)
    preview.clear()
    assert (preview.page, preview.page_count, preview.picture()) == (0, 0, None)


def test_nothing_is_left_on_disk(
    preview: PdfPreview, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    preview.show_pdf(sample_pdf(2))
    rest(qtbot)
    assert list(tmp_path.iterdir()) == []


def test_all_pages_are_printed_on_their_paper(tmp_path: Path, qtbot: QtBot) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    pages = PdfPages(sample_pdf(3))
    printing._fit_paper(printer, pages)
    printing.draw_on(printer, pages)
    printed = PdfPages((tmp_path / "out.pdf").read_bytes())
    assert printed.count == 3
    assert [round(length) for length in printed.sizes[0]] == [595, 842]

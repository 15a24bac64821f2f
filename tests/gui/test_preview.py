"""A PDF inside the window: drawn off the GUI thread, turned by keys, looked through, printed page by page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gallery_pages import sample_pdf
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.gui import jobs, messages, printing, theme
from sgz_desktop.gui.dialogs.progress_dialog import ProgressDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.paper_pane import PaperPane, PaperView
from sgz_desktop.gui.widgets.nav_item import Section
from sgz_desktop.gui.widgets.pdf_pages import PdfPages
from sgz_desktop.gui.widgets.pdf_preview import PdfPreview
from sgz_desktop.gui.widgets.pdf_text import Letters, folded
from sgz_desktop.reports import case_file
from tests.reports import samples

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


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


@pytest.fixture(scope="module")
def paper() -> bytes:
    return case_file.build(samples.case_file())


@pytest.fixture
def on_paper(preview: PdfPreview, paper: bytes, qtbot: QtBot) -> PdfPreview:
    preview.show_pdf(paper)
    rest(qtbot)
    preview.activateWindow()
    preview._area.setFocus()
    return preview


def rest(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.busy())


def look_for(preview: PdfPreview, words: str, qtbot: QtBot) -> None:
    preview.open_search()
    preview.find.box.setText(words)
    preview.find.box.send()
    rest(qtbot)
    rest(qtbot)  # what was found is drawn by a job of its own


def test_first_page_is_drawn_to_the_width(preview: PdfPreview) -> None:
    picture = preview.picture()
    assert picture is not None
    assert abs(picture.width() - (preview._area.viewport().width() - 32)) <= 2
    assert (preview.bar.field.text(), preview.bar.of.text()) == ("1", "/ 3页")
    assert preview._area.accessibleDescription() == "第1页，共3页"


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
    assert not preview.bar.back.isEnabled()


@pytest.mark.parametrize(
    ("typed", "page"), [("2", 2), ("3", 3), ("999", 3), ("0", 1), ("", 1), ("二", 1), ("-2", 1)]
)
def test_a_page_number_is_typed(preview: PdfPreview, typed: str, page: int, qtbot: QtBot) -> None:
    preview.bar.field.setFocus()
    preview.bar.field.clear()
    preview.bar.field.insert(typed)  # as the validator lets it in
    qtbot.keyClick(preview.bar.field, Qt.Key.Key_Return)
    preview._area.setFocus()  # what is no page is put right when the keyboard leaves
    assert (preview.page, preview.bar.field.text()) == (page, str(page))


def test_zoom_draws_larger(preview: PdfPreview, qtbot: QtBot) -> None:
    before = preview.picture()
    preview.zoom.set_value(1.5)
    rest(qtbot)
    after = preview.picture()
    assert isinstance(before, QImage)
    assert isinstance(after, QImage)
    assert after.width() == round(595 * 96 / 72 * 1.5)


def test_keys_zoom_from_what_is_shown_and_ctrl_0_shows_the_whole_page(
    preview: PdfPreview, qtbot: QtBot
) -> None:
    preview._area.setFocus()
    shown = [preview.zoom.currentText()]
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(preview._area, key, CONTROL)
        rest(qtbot)
        shown.append(preview.zoom.currentText())
    assert shown == ["适合宽度", "75%", "100%", "75%", "整页"]
    picture = preview.picture()
    assert isinstance(picture, QImage)
    assert picture.height() <= preview._area.viewport().height()
    assert preview._area.verticalScrollBar().maximum() == 0


def test_the_wheel_zooms_with_ctrl_and_only_then(preview: PdfPreview) -> None:
    for held, zoom in ((Qt.KeyboardModifier.NoModifier, "适合宽度"), (CONTROL, "75%")):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(preview._area.viewport(), event)
        assert preview.zoom.currentText() == zoom


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
    look_for(preview, "甲", qtbot)
    assert list(tmp_path.iterdir()) == []


def test_large_drawings_are_let_go(paper: bytes) -> None:
    pages = PdfPages(paper)
    for number in range(6):
        pages.draw(number, 2400)
    assert pages._bytes() <= 48_000_000
    pages.draw(6, 900, keep=False)
    assert (6, 900) not in pages._drawn


def test_words_are_found_over_lines_and_however_they_are_written() -> None:
    letters = Letters(map(ord, "救助\r\n申 请 ＡＢc１２\x02３，赵𪚥ﬁ"))
    for wanted, place in (
        ("救助申请", (0, 6)),
        ("abC12-3", (8, 14)),
        ("𪚥", (17, 17)),
        ("fi", (18, 18)),
    ):
        assert letters.find(folded(wanted)) == [place], wanted
    halves = (0x8D75, 0xD869, 0xDEA5, 0x597D)  # as a library that knows 16 bits tells them
    assert Letters(halves).find(folded("𪚥好")) == [(1, 3)]
    assert letters.find("") == letters.find(folded("无")) == []


def test_search_marks_every_place_and_goes_round(on_paper: PdfPreview, qtbot: QtBot) -> None:
    qtbot.keyClick(on_paper._area, Qt.Key.Key_F3)
    assert on_paper.find.box.hasFocus()
    look_for(on_paper, "丁梅香", qtbot)
    found = on_paper.find.found
    assert len(found) > 3
    assert (
        on_paper.find.count.text() == f"第1处，共{len(found)}处" == on_paper.find.box.accessibleDescription()
    )
    assert on_paper.page == found[0].page + 1
    here = [one for one in found if one.page == on_paper.page - 1]
    assert len(on_paper._sheet.marks) == len(here)
    spot = on_paper._sheet.place_of_current()
    assert spot is not None
    assert seen(on_paper, spot)
    QTest.keyClick(on_paper.find.box, Qt.Key.Key_F3, SHIFT)
    rest(qtbot)
    assert on_paper.page == found[-1].page + 1
    QTest.keyClick(on_paper.find.box, Qt.Key.Key_Return)
    rest(qtbot)
    assert (on_paper.find.current, on_paper.page) == (0, found[0].page + 1)


def seen(preview: PdfPreview, spot: QRect) -> bool:
    at = preview._sheet.mapTo(preview._area.viewport(), spot.topLeft())
    return preview._area.viewport().rect().contains(QRect(at, spot.size()))


def test_marks_stand_where_the_words_are(on_paper: PdfPreview, paper: bytes, qtbot: QtBot) -> None:
    """What pdfium reads back inside a mark's box is what was looked for."""
    import pypdfium2

    look_for(on_paper, "照护", qtbot)
    document = pypdfium2.PdfDocument(paper)
    for place in on_paper.find.found[:20]:
        page = document[place.page]
        height = page.get_height()
        boxes = on_paper._pages.boxes(place.page, [place[1:]])[0]  # type: ignore[union-attr]
        text = page.get_textpage()
        read = "".join(
            text.get_text_bounded(b.left, height - b.bottom, b.right, height - b.top) for b in boxes
        )
        assert "".join(read.split()) == "照护"
    assert on_paper.find.found


def test_nothing_found_is_said_and_escape_leaves_the_search(on_paper: PdfPreview, qtbot: QtBot) -> None:
    look_for(on_paper, "丁梅香", qtbot)
    look_for(on_paper, "没有这几个字", qtbot)
    assert on_paper.find.count.text() == "没有找到"
    assert on_paper._sheet.marks == []
    assert not on_paper.find.after.isEnabled()
    QTest.keyClick(on_paper.find.box, Qt.Key.Key_Escape)
    assert not on_paper.find.isVisible()
    assert on_paper._area.hasFocus()


def test_the_paper_made_anew_is_looked_through_again(
    on_paper: PdfPreview, paper: bytes, qtbot: QtBot
) -> None:
    look_for(on_paper, "丁梅香", qtbot)
    before = on_paper.find.found
    on_paper.show_pdf(paper)
    rest(qtbot)
    assert on_paper.find.found == before


def test_the_words_of_a_page_are_read_out(on_paper: PdfPreview, qtbot: QtBot) -> None:
    on_paper.go_to(3)
    rest(qtbot)
    assert on_paper._sheet.accessibleName() == f"第3页，共{on_paper.page_count}页"
    assert "丁梅香" in on_paper._sheet.accessibleDescription()


class PaperPage(Page):
    """A page of the window with a paper on it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.view = PaperView("个案档案", "2026-0007", "a.pdf", lambda _step: data)
        self.view.setParent(self)
        self.looked = 0

    def find(self) -> bool:
        self.looked += 1
        return True


def test_ctrl_f_is_the_paper_in_sight_and_ctrl_k_is_not(paper: bytes, qtbot: QtBot) -> None:
    made: list[PaperPage] = []

    def page() -> Page:
        made.append(PaperPage(paper))
        return made[0]

    sections = (Section("a", "甲", "doc"), Section("b", "乙", "doc"))
    window = MainWindow({"a": page, "b": Page}, station="站", user="甲", sections=sections)
    qtbot.addWidget(window)
    window.show()
    window.go("a")
    qtbot.waitUntil(lambda: made[0].view.pane.preview.page_count > 0)
    window.look()
    assert made[0].view.pane.preview.find.isVisible()
    assert made[0].looked == 0
    window.find()
    assert made[0].looked == 1
    with qtbot.waitSignal(window.find_requested):
        window.go("b")
        window.look()


@pytest.mark.parametrize(("width", "ratio"), [(1366, 1.0), (1093, 1.25)])
def test_all_of_the_line_over_the_paper_is_in_sight(
    width: int, ratio: float, every_scale: float, paper: bytes, qtbot: QtBot
) -> None:
    """A window 1366 pixels wide at 100 % and 125 %, in each type size, with a panel beside the paper."""
    room = QWidget()
    qtbot.addWidget(room)
    pane = PaperPane()
    pane.setParent(room)
    left = width - theme.px(theme.RAIL_WIDTH) - theme.px(344) - 60
    room.resize(left, 500)
    pane.resize(left, 500)
    room.show()
    pane.make(lambda _step: paper)
    qtbot.waitUntil(lambda: pane.preview.page_count > 0)
    pane.preview.open_search()
    for part in (*pane.preview.controls, pane.preview.find.leave, pane.preview.find.box):
        right = part.mapTo(room, QPoint(part.width(), 0)).x()
        assert right <= left, part.accessibleName()
    assert pane.preview.find.box.width() >= theme.px(120)


def file_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def mixed() -> bytes:
    """An upright page, one across, one upright."""
    from io import BytesIO

    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for size in ((595, 842), (842, 595), (595, 842)):
        document.new_page(*size)
    with BytesIO() as out:
        document.save(out)
        return out.getvalue()


def test_all_pages_are_printed_on_their_paper(tmp_path: Path, qtbot: QtBot) -> None:
    pages = PdfPages(mixed())
    printing.draw_on(file_printer(tmp_path / "out.pdf"), pages, range(3))
    printed = PdfPages((tmp_path / "out.pdf").read_bytes())
    assert [[round(length) for length in size] for size in printed.sizes] == [
        [595, 842],
        [842, 595],
        [595, 842],
    ]


def test_the_pages_asked_for_are_the_ones_printed() -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    assert printing.wanted(printer, 4, 2) == [0, 1, 2, 3]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert printing.wanted(printer, 4, 2) == [1]
    printer.setFromTo(2, 3)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    assert printing.wanted(printer, 4, 1) == [1, 2]


def test_printing_that_is_stopped_draws_no_more_pages(tmp_path: Path) -> None:
    drawn: list[int] = []

    def step(done: int, total: int, _words: str) -> None:
        drawn.append(done)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        printing.draw_on(file_printer(tmp_path / "out.pdf"), PdfPages(sample_pdf(3)), range(3), step)
    assert drawn == [0, 1]


def test_a_printer_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AppError) as told:
        printing.draw_on(file_printer(tmp_path / "no folder" / "out.pdf"), PdfPages(sample_pdf(1)), [0])
    assert told.value.message == "打印机没有应答，文件没有改动。"


@pytest.fixture
def pane(paper: bytes, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Any]:
    made = PaperPane()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.make(lambda _step: paper)
    qtbot.waitUntil(lambda: made.data is not None)
    monkeypatch.setattr(printing, "printers", lambda: ["a file"])
    said: list[str] = []
    made.said.connect(said.append)
    yield made, said
    rest(qtbot)


def choosing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(path))
        dialog.printer().setFromTo(1, 2)
        dialog.printer().setPrintRange(QPrinter.PrintRange.PageRange)
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)


def test_printing_goes_on_behind_a_dialog_and_says_when_it_is_done(
    pane: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choosing(tmp_path / "out.pdf", monkeypatch)
    with qtbot.waitSignal(pane[0].out, timeout=20_000):
        pane[0].print_out()
    assert pane[1] == ["已送到打印机。"]
    assert PdfPages((tmp_path / "out.pdf").read_bytes()).count == 2


def test_printing_is_stopped_by_escape(
    pane: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choosing(tmp_path / "out.pdf", monkeypatch)
    at_first, go_on = threading.Event(), threading.Event()
    draw = PdfPages.draw

    def slowly(self: PdfPages, *given: Any, **named: Any) -> QImage:
        at_first.set()
        go_on.wait(20)
        return draw(self, *given, **named)

    monkeypatch.setattr(PdfPages, "draw", slowly)
    pane[0].print_out()
    qtbot.waitUntil(at_first.is_set)
    dialog = pane[0].findChild(ProgressDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    go_on.set()
    rest(qtbot)
    assert pane[1] == ["已停下，送去的几页可能还会印出来。"]


def test_without_a_printer_there_is_a_sentence(pane: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[AppError] = []
    monkeypatch.setattr(printing, "printers", lambda: [])
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent=None: told.append(problem))
    pane[0].print_out()
    assert [one.message for one in told] == ["这台电脑还没有装打印机。"]
    assert pane[1] == []


def test_a_folder_that_takes_nothing_leaves_nothing_half_written(
    pane: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent=None: told.append(problem))
    for place in (tmp_path / "no folder" / "a.pdf", tmp_path / "a.pdf"):
        monkeypatch.setattr(messages, "ask_save_path", lambda *_, place=place: place)
        pane[0].save("a.pdf")
        rest(qtbot)
    assert len(told) == 1
    assert isinstance(told[0], AppError)
    assert (tmp_path / "a.pdf").read_bytes() == pane[0].data
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]

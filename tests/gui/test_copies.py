"""督导件 and 去标识件 from the page of a case, by keyboard: the review, the password, the file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sample_station import at_rest, dialog_of

from sgz_desktop.actions import copies
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.deidentify_review import Review
from sgz_desktop.domain.deidentify_text import Sort, Span
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.supervision_dialog import SupervisionDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.release_page import ReleasePage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.widgets.review_panel import ReviewPanel

pytest_plugins = ["case_fixtures"]

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
TEXT = "𠮷家的王二说，陈大山在绿水湾小学，常去刘家铺子。"


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    where = QApplication.focusWidget()
    assert where is not None
    QTest.keyClick(where, which, modifier)
    QApplication.processEvents()


def span(text: str, word: str, instead: str, sure: bool) -> Span:
    at = text.index(word)
    return Span(at, at + len(word), Sort.NAME if sure else Sort.UNIT, instead, sure)


def review() -> Review:
    found = [span(TEXT, "陈大山", "陈某", True), span(TEXT, "绿水湾小学", "某小学", False)]
    other = "刘家铺子的老板送来米。"
    return Review(
        [
            ("visit:1:facts", "走访 1", "过程", TEXT, found),
            ("visit:1:mood", "走访 1", "情绪", "还好。", ()),
            ("visit:2:facts", "走访 2", "过程", other, ()),
        ]
    )


@pytest.fixture
def panel(qtbot: Any) -> ReviewPanel:
    made = ReviewPanel(review())
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    made.take_keyboard()
    qtbot.waitUntil(made.text.hasFocus)
    return made


def told(panel: ReviewPanel) -> str:
    return panel.review.told()["visit:1:facts"]


def test_what_is_found_is_marked_by_line_and_colour_and_said(panel: ReviewPanel) -> None:
    drawn = {one.cursor.selectedText(): QTextCharFormat(one.format) for one in panel.text.extraSelections()}
    assert set(drawn) == {"陈大山", "绿水湾小学"}, "also behind a character that counts twice"
    lines = {one.underlineStyle() for one in drawn.values()}
    grounds = {one.background().color().name() for one in drawn.values()}
    assert len(lines) == len(grounds) == 2
    assert all(one.property(QTextFormat.Property.TextUnderlineStyle) for one in drawn.values())
    assert "陈大山" in panel.here.text()
    assert "陈某" in panel.here.text()
    assert panel.told.value().startswith("过程：𠮷家的王二说，陈某在某小学")


def test_by_keyboard_alone_a_guess_stays_and_more_is_marked(panel: ReviewPanel) -> None:
    key(Qt.Key.Key_F3)
    assert panel.text.textCursor().selectedText() == "绿水湾小学"
    key(Qt.Key.Key_R, CTRL)
    assert "绿水湾小学" in told(panel)
    key(Qt.Key.Key_H, CTRL)
    assert "某小学" in told(panel)
    key(Qt.Key.Key_R, CTRL)
    cursor = panel.text.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, n=3)  # 常去 and the mark before
    panel.text.setTextCursor(cursor)
    for _ in range(4):
        key(Qt.Key.Key_Right, SHIFT)
    assert panel.text.textCursor().selectedText() == "刘家铺子"
    key(Qt.Key.Key_M, CTRL)
    assert told(panel) == "𠮷家的王二说，陈某在绿水湾小学，常去某某。"
    assert panel.review.told()["visit:2:facts"] == "某某的老板送来米。", "the same words go everywhere"
    key(Qt.Key.Key_R, CTRL)
    assert "刘家铺子" in told(panel), "what was marked by mistake is let go"


def test_looked_at_means_every_page_and_what_is_open_goes(panel: ReviewPanel) -> None:
    assert (panel.review.unseen, panel.review.open) == (3, 1)
    key(Qt.Key.Key_Return, CTRL)
    assert (panel.review.unseen, panel.review.open) == (1, 0)
    assert panel.table.current_id() == "走访 2"
    key(Qt.Key.Key_Return, CTRL)
    assert panel.review.unseen == 0
    assert "某小学" in told(panel)


def test_a_long_text_is_not_looked_at_before_its_end_was_on_the_screen(qtbot: Any) -> None:
    long = Review([("visit:1:facts", "走访 1", "过程", "说了很多话。\n" * 120, ())])
    made = ReviewPanel(long)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.take_keyboard()
    qtbot.waitUntil(made.text.hasFocus)
    said: list[str] = []
    made.said.connect(said.append)
    key(Qt.Key.Key_Return, CTRL)
    assert (long.unseen, len(said)) == (1, 1)
    for _ in range(30):
        key(Qt.Key.Key_Return, CTRL)
    assert long.unseen == 0
    assert 3 < len(said) < 30


def test_an_identity_number_does_not_stay_whatever_is_pressed(qtbot: Any) -> None:
    text = "证号350627197801010017，邻居。"
    found = [Span(2, 20, Sort.ID, "（号码略）"), Span(21, 23, Sort.UNIT, "某处", False)]
    made = ReviewPanel(Review([("visit:1:facts", "走访 1", "过程", text, found)]))
    qtbot.addWidget(made)
    made.show()
    made.take_keyboard()
    qtbot.waitUntil(made.text.hasFocus)
    said: list[str] = []
    made.said.connect(said.append)
    key(Qt.Key.Key_R, CTRL)
    assert said == ["证件号码一律换掉，不能保留。"]
    key(Qt.Key.Key_F3)
    key(Qt.Key.Key_R, CTRL)
    assert len(said) == 1, "control: a guess stays"
    assert made.review.told()["visit:1:facts"] == "证号（号码略），邻居。"


def test_decisions_are_kept_for_the_same_text_alone() -> None:
    first = review()
    first.items[0].answer(first.items[0].spans[1].start, first.items[0].spans[1].end, goes=False)
    for item in first.items:
        item.accept()
    kept = first.decisions()
    same = Review([("visit:1:facts", "走访 1", "过程", TEXT, first.items[0].spans)], kept)
    assert (same.unseen, "绿水湾小学" in same.items[0].told()) == (0, True)
    altered = Review([("visit:1:facts", "走访 1", "过程", f"{TEXT}又", first.items[0].spans)], kept)
    assert altered.unseen == 1
    more = (*first.items[0].spans, Span(4, 6, Sort.NAME, "王某", False))
    assert Review([("visit:1:facts", "走访 1", "过程", TEXT, more)], kept).unseen == 1


def saved(view: PaperView, path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The file a view saves."""
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    monkeypatch.setattr(messages, "ask_save_path", lambda _parent, suggested: path / suggested)
    view.save_button.click()
    at_rest(qtbot)
    (made,) = path.glob("*.pdf")
    return made.read_bytes()


def test_a_copy_is_made_once_every_record_was_looked_at(
    case_page: CasesPage,
    opened: tuple[OpenStation, str],
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case_page.case.copy_wanted.emit("release")
    at_rest(qtbot)
    page = case_page.leaf
    assert isinstance(page, ReleasePage)
    assert page.panel is not None
    qtbot.waitUntil(page.panel.text.hasFocus)
    assert not page.go.isEnabled()
    for _ in page.panel.review.pages():
        key(Qt.Key.Key_Return, CTRL)
    assert page.go.isEnabled()
    page.go.click()
    assert case_page.leaf is page, "without a recipient nothing is made"
    assert page.whom.state == "error"
    page.name.set_value("云岭县民政局")
    page.go.click()
    at_rest(qtbot)
    view = case_page.leaf
    assert isinstance(view, PaperView)
    data = saved(view, tmp_path, qtbot, monkeypatch)
    with pypdfium2.PdfDocument(data) as document:
        said = "".join(one.get_textpage().get_text_bounded() for one in document)
    assert "仅供云岭县民政局使用" in said
    assert "覃乙月" not in said
    assert copies.release_review(opened[0].desk, opened[1]).unseen == 0
    assert "覃" not in next(tmp_path.glob("*.pdf")).name


@pytest.mark.parametrize("plain", [False, True])
def test_a_copy_for_a_supervisor_is_saved_locked_unless_told_otherwise(
    case_page: CasesPage,
    window: MainWindow,
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    plain: bool,
) -> None:
    case_page.case.copy_wanted.emit("supervision")
    dialog = dialog_of(window, SupervisionDialog, qtbot)
    dialog.whom.set_value(" ")
    dialog.submit()
    assert dialog.whom_field.state == "error"
    dialog.whom.set_value("苏明远")
    dialog.way.set_value("own")
    for first, again in (
        ("", ""),
        ("short", "short"),
        ("溪水边的大榕树", "溪水边的小榕树"),
        ("溪水边的大榕树下", ""),
    ):
        dialog.first.set_value(first)
        dialog.again.set_value(again)
        dialog.submit()
        assert dialog.first_field.state == "error"
        assert dialog.isVisible()
    dialog.way.set_value("made")
    password = dialog.made.value()
    dialog.plain.set_value(plain)
    dialog.submit()
    at_rest(qtbot)
    view = case_page.leaf
    assert isinstance(view, PaperView)
    data = saved(view, tmp_path, qtbot, monkeypatch)
    if plain:
        pikepdf.open(io.BytesIO(data)).close()
        return
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password=password) as document:
        assert document.encryption.R == 6

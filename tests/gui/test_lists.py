"""Long lists: only what is in sight is fetched, off the GUI thread, and keys and screen readers get along."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sgz_desktop.gui import jobs, theme
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.widgets.timeline import Entry, Timeline, wrap_lines
from sgz_desktop.gui.widgets.windowed_model import PAGE_ROWS, RowRole

MANY = 100_000


class Source:
    """Rows made on demand; keeps which were asked for and in which thread."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.threads: set[int] = set()
        self.version = 1

    def __call__(self, ids: Sequence[Any]) -> list[ListRow]:
        self.asked += ids
        self.threads.add(threading.get_ident())
        return [ListRow(f"第{number}人", f"版{self.version}", (("低保", "plain"),)) for number in ids]


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def people(qtbot: QtBot, source: Source) -> RecordList:
    made = RecordList("名单", source)
    qtbot.addWidget(made)
    made.resize(372, 500)
    made.set_ids(range(MANY))
    made.show()
    rest(qtbot)
    return made


def rest(qtbot: QtBot) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not jobs.busy())


def row(people: RecordList, number: int) -> Any:
    return people.rows.index(number, 0).data(RowRole)


def test_only_the_first_page_of_a_hundred_thousand_is_fetched(people: RecordList, source: Source) -> None:
    assert people.rows.rowCount() == MANY
    assert sorted(source.asked) == list(range(PAGE_ROWS))
    assert threading.get_ident() not in source.threads
    assert row(people, 3).title == "第3人"


def test_jumping_to_the_end_fetches_the_end(people: RecordList, source: Source, qtbot: QtBot) -> None:
    people.verticalScrollBar().setValue(people.verticalScrollBar().maximum())
    rest(qtbot)
    assert row(people, MANY - 1).title == f"第{MANY - 1}人"
    assert len(source.asked) <= 3 * PAGE_ROWS


def test_scroll_bar_is_honest_from_the_start(people: RecordList) -> None:
    shown = people.viewport().height()
    assert people.verticalScrollBar().maximum() == MANY * theme.px(70) - shown


def test_an_unfetched_row_is_a_placeholder_not_a_wait(people: RecordList) -> None:
    index = people.rows.index(50_000, 0)
    assert index.data(RowRole) is None
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == ""


def test_pages_far_away_are_let_go(people: RecordList, qtbot: QtBot) -> None:
    for page in range(60):
        people.rows.index(page * PAGE_ROWS, 0).data(RowRole)
    rest(qtbot)
    assert len(people.rows._pages) <= 24


def test_late_rows_of_an_older_list_are_dropped(qtbot: QtBot) -> None:
    hold = threading.Event()

    def slow(ids: Sequence[Any]) -> list[ListRow]:
        hold.wait(5)
        return [ListRow(f"旧{number}") for number in ids]

    made = RecordList("名单", slow)
    qtbot.addWidget(made)
    made.set_ids(range(5))
    made.rows.index(0, 0).data(RowRole)
    made.set_rows([1], [ListRow("新")])
    hold.set()
    rest(qtbot)
    assert row(made, 0).title == "新"


def test_refresh_fetches_again(people: RecordList, source: Source, qtbot: QtBot) -> None:
    source.version = 2
    people.rows.refresh()
    row(people, 0)
    rest(qtbot)
    assert row(people, 0).facts == "版2"


def test_current_row_stays_current_in_another_list(people: RecordList, qtbot: QtBot) -> None:
    people.set_current(40)
    told: list[Any] = []
    people.picked.connect(told.append)
    people.set_ids([7, 40, 9])
    assert people.current_id() == 40
    assert told == []
    people.set_ids([7, 9])
    assert people.current_id() is None


def test_keys_pick_and_open(people: RecordList, qtbot: QtBot) -> None:
    picked: list[Any] = []
    people.picked.connect(picked.append)
    people.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(people, Qt.Key.Key_Down)
    qtbot.keyClick(people, Qt.Key.Key_Down)
    with qtbot.waitSignal(people.opened) as caught:
        qtbot.keyClick(people, Qt.Key.Key_Return)
    assert caught.args == [picked[-1]]
    assert picked[-1] == people.current_id()


def test_keys_of_a_search_box_move_the_list(people: RecordList) -> None:
    people.set_current(0)
    people.step(1)
    people.step(1)
    assert people.current_id() == 2
    people.step(-2)
    assert people.current_id() == 0
    people.step(-1)
    people.step(-1)
    assert people.current_id() == 0


@pytest.mark.parametrize(
    ("reason", "ring"), [(Qt.FocusReason.TabFocusReason, True), (Qt.FocusReason.MouseFocusReason, False)]
)
def test_focus_ring_only_once_keys_are_used(people: RecordList, reason: Qt.FocusReason, ring: bool) -> None:
    QApplication.sendEvent(people, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert people.keyed is ring


def test_screen_reader_hears_the_whole_row(qtbot: QtBot) -> None:
    made = RecordList("名单")
    qtbot.addWidget(made)
    made.set_rows([1], [ListRow("梁戊菊", "女·78岁", (("独居", "plain"),), due="2件待办", when="昨天走访")])
    said = made.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "梁戊菊，女·78岁，独居，2件待办，昨天走访"
    assert made.accessibleName() == "名单"


def test_rows_are_painted_where_they_stand(people: RecordList) -> None:
    image = people.viewport().grab().toImage()
    dark = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() < 80 for x in range(20, 90))
    ]
    assert {y // theme.px(70) for y in dark} >= {0, 1, 2, 3, 4, 5}


def test_a_list_may_grow_instead_of_scrolling(qtbot: QtBot) -> None:
    made = RecordList("名单")
    qtbot.addWidget(made)
    made.set_rows(list(range(10)), [ListRow(str(n)) for n in range(10)])
    made.grow(4)
    assert made.minimumHeight() == 4 * theme.px(70) + 4
    made.grow(None)
    assert made.minimumHeight() == 0


@pytest.mark.parametrize(("lines", "even"), [(1, True), (2, False)])
def test_timeline_rows_are_as_tall_as_their_words_where_asked(qtbot: QtBot, lines: int, even: bool) -> None:
    made = Timeline("时间线", lines=lines)
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    made.set_rows(
        [1, 2], [Entry("visit", "走访", text="短。"), Entry("visit", "走访", text="很长的一句话。" * 12)]
    )
    heights = [made.rowHeight(n) for n in (0, 1)]
    assert (heights[0] == heights[1]) is even


def test_wrapped_lines_lose_nothing_until_the_last_ends_in_dots() -> None:
    text = "见到本人。药盒使用正常，门前扶手已装好，家里收拾得干净。"
    width = 150.0
    whole = wrap_lines(text, width, 99)
    assert "".join(whole) == text
    assert not any(line.startswith(("。", "，")) for line in whole)
    short = wrap_lines(text, width, 2)
    assert len(short) == 2
    assert short[-1].endswith("…")


def test_newlines_and_markup_stay_one_plain_line() -> None:
    assert wrap_lines("一\n二 <b>三</b>", 900, 1) == ["一 二 <b>三</b>"]


def test_typing_letters_into_a_list_reads_no_rows(people: RecordList, source: Source, qtbot: QtBot) -> None:
    before = len(source.asked)
    qtbot.keyClicks(people, "lao")
    rest(qtbot)
    assert len(source.asked) == before


def test_layout_asks_for_no_more_rows_than_are_in_sight(qtbot: QtBot) -> None:
    made = RecordList("名单", lambda ids: [ListRow("人")] * len(ids))
    qtbot.addWidget(made)
    counted: list[int] = []
    plain = made.rows.rowCount
    made.rows.rowCount = lambda parent=None: counted.append(1) or plain()  # type: ignore[method-assign]
    made.set_ids(range(MANY))
    made.show()
    rest(qtbot)
    assert 0 < len(counted) < 5_000


def test_home_and_end_go_to_the_ends(people: RecordList, qtbot: QtBot) -> None:
    qtbot.keyClick(people, Qt.Key.Key_End)
    assert people.current_id() == MANY - 1
    qtbot.keyClick(people, Qt.Key.Key_Home)
    assert people.current_id() == 0


def test_press_picks_the_row_under_it(people: RecordList, qtbot: QtBot) -> None:
    where = QPointF(100, theme.px(70) * 2.5).toPoint()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert people.current_id() == 2


def test_table_shows_heads_and_cells_and_selects_whole_rows(qtbot: QtBot) -> None:
    table = DataTable("走访记录", [Column("日期", 110), Column("情况说明"), Column("状态", 90)])
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.set_rows(
        [7, 8], [("6月29日", "=SUM(A1)", Cell("待核", "warn", "alert")), ("6月28日", "", "已保存")]
    )
    model = table.model()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["日期", "情况说明", "状态"]
    assert [model.index(0, n).data() for n in range(3)] == ["6月29日", "=SUM(A1)", "待核"]
    table.set_current(8)
    assert {(i.row(), i.column()) for i in table.selectedIndexes()} == {(1, 0), (1, 1), (1, 2)}
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
    assert not table.grab().isNull()


def test_table_fetches_like_a_list(qtbot: QtBot) -> None:
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> list[tuple[str, str]]:
        asked.extend(ids)
        return [(str(number), "甲") for number in ids]

    table = DataTable("名单", [Column("号", 90), Column("姓名")], fetch)
    qtbot.addWidget(table)
    table.set_ids(range(MANY))
    table.show()
    rest(qtbot)
    assert sorted(asked) == list(range(PAGE_ROWS))
    assert table.model().index(2, 1).data() == "甲"

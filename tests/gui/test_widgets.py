"""The small parts: what they say, how keys work them, and what a screen reader hears."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sgz_desktop.gui import theme
from sgz_desktop.gui.dialogs.tick_dialog import FRAME, TickDialog
from sgz_desktop.gui.theme import Height, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.bars import Bar, BarRows, Bullet, BulletBars, DayRows, Days, Pair, PairedBars
from sgz_desktop.gui.widgets.buttons import button, icon_button
from sgz_desktop.gui.widgets.card_grid import CardGrid
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.focus_ring import FocusRing
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, TextArea, Tick
from sgz_desktop.gui.widgets.labels import Elided, label, paragraph
from sgz_desktop.gui.widgets.legend import Legend
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.outline import Outline
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.person_picker import MORE, MOST, Candidate, PersonPicker
from sgz_desktop.gui.widgets.progress import ProgressPanel
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.reflow import SideBySide, TwoSteps
from sgz_desktop.gui.widgets.search_box import SearchBox
from sgz_desktop.gui.widgets.segmented import Segmented
from sgz_desktop.gui.widgets.stage_bar import Stage, StageBar
from sgz_desktop.gui.widgets.tabs import Tabs
from sgz_desktop.gui.widgets.toast import SAY_SECONDS, UNDO_SECONDS, Toast
from sgz_desktop.gui.widgets.two_values import TwoValues

CAN = [("can", "能"), ("cannot", "不能", "warn"), ("unseen", "未看", "plain")]


def heard(widget: QWidget, what: QAccessible.Text) -> str:
    """What a screen reader is given."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(what)


def show(qtbot: QtBot, *parts: QWidget, width: int = 400) -> QWidget:
    """The parts one under the other in a window."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(whole)
    qtbot.__dict__.setdefault("kept", []).append(whole)
    whole.resize(width, 300)
    whole.show()
    qtbot.waitExposed(whole)
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    return whole


# what is said beside the name


@pytest.mark.parametrize("control", [lambda: Segmented(CAN), lambda: MultiChoice([("can", "能")])])
def test_a_message_and_what_is_chosen_are_both_said(qtbot: QtBot, control: Callable[[], QWidget]) -> None:
    made = control()
    field = FieldFrame("自主吃饭", made, hint="看到什么选什么")
    show(qtbot, field)
    assert heard(made, QAccessible.Text.Description).startswith("看到什么选什么已选：未选。")
    made.set_value("can")  # type: ignore[attr-defined]
    field.set_error("请核对。")
    said = heard(made, QAccessible.Text.Description)
    assert said.startswith("请核对。已选：能。")
    assert "可选：能" in said


# fields


def test_field_says_name_and_required_and_message_to_a_screen_reader(qtbot: QtBot) -> None:
    edit = LineEdit()
    frame = FieldFrame("评估日期", edit, required=True, hint="可以只写年月。")
    show(qtbot, frame)
    assert heard(edit, QAccessible.Text.Name) == "评估日期（必填）"
    assert heard(edit, QAccessible.Text.Description) == "可以只写年月。"
    frame.set_error("晚于今天，请核对。")
    assert heard(edit, QAccessible.Text.Description) == "晚于今天，请核对。"
    assert frame.title.buddy() is edit


def test_error_is_words_icon_and_edge_and_goes_back_to_the_hint(qtbot: QtBot) -> None:
    edit = LineEdit()
    frame = FieldFrame("金额", edit, hint="单位是元。")
    show(qtbot, frame)
    assert not frame._icon.isVisible()
    frame.set_error("金额请填数字，例如3500。")
    assert frame._icon.isVisible()
    assert edit.property("state") == "error"
    frame.set_hint("另一句提示。")
    assert frame.message() == "金额请填数字，例如3500。"
    frame.set_error("")
    assert frame.message() == "另一句提示。"
    assert edit.property("state") == ""


@pytest.mark.parametrize(("put", "state"), [("error", "error"), ("warning", "warn"), ("ok", "ok")])
def test_states_of_a_field(put: str, state: str) -> None:
    frame = FieldFrame("金额", LineEdit())
    getattr(frame, f"set_{put}")("一句话。")
    assert frame.state == state
    getattr(frame, f"set_{put}")("")
    assert frame.state == "hint"
    assert frame.message() == ""


def test_text_area_lets_tab_through_and_grows_with_its_text(qtbot: QtBot) -> None:
    area, after = TextArea(lines=2, most=5), LineEdit()
    show(qtbot, area, after)
    area.setFocus()
    low = area.height()
    area.set_value("一行\n" * 4)
    assert area.height() > low
    area.set_value("一行\n" * 40)
    assert area.height() < low * 3
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.value() == "一行\n" * 40


def test_a_note_of_twenty_thousand_characters_is_kept_whole(qtbot: QtBot) -> None:
    area = TextArea()
    area.set_value("照护" * 10_000)
    assert len(area.value()) == 20_000


@pytest.mark.parametrize("focused", [True, False])
def test_wheel_turns_a_choice_only_with_the_keyboard_in_it(qtbot: QtBot, focused: bool) -> None:
    choice, other = Choice([(1, "入户"), (2, "电话"), (3, "视频")], value=1), LineEdit()
    show(qtbot, choice, other)
    (choice if focused else other).setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, turn)
    assert choice.value() == (2 if focused else 1)


def test_choice_knows_nothing_chosen_and_keeps_its_value_over_new_options() -> None:
    choice = Choice([("a", "甲"), ("b", "乙")])
    assert choice.value() is None
    choice.set_value("b")
    choice.set_options([("c", "丙"), ("b", "乙")])
    assert choice.value() == "b"
    choice.set_options([("c", "丙")])
    assert choice.value() is None


def test_fields_tell_when_changed_and_left(qtbot: QtBot) -> None:
    first, second = LineEdit(), Tick("已告知")
    show(qtbot, first, second)
    first.setFocus()
    told: list[str] = []
    first.changed.connect(lambda: told.append("changed"))
    first.left.connect(lambda: told.append("left"))
    qtbot.keyClicks(first, "ab")
    second.setFocus()
    assert told == ["changed", "changed", "left"]


# switches, chips, tabs, search


def test_switch_is_worked_by_keys_and_heard(qtbot: QtBot) -> None:
    switch = Segmented(CAN, clearable=True)
    show(qtbot, switch)
    assert switch.value() is None
    qtbot.keyClick(switch, Qt.Key.Key_Right)
    assert switch.value() == "can"
    qtbot.keyClick(switch, Qt.Key.Key_3)
    assert switch.value() == "unseen"
    assert "已选：未看" in heard(switch, QAccessible.Text.Description)
    qtbot.keyClick(switch, Qt.Key.Key_Delete)
    assert switch.value() is None


def test_switch_is_worked_by_presses(qtbot: QtBot) -> None:
    switch = Segmented(CAN)
    show(qtbot, switch)
    seen: list[object] = []
    switch.changed.connect(lambda: seen.append(switch.value()))
    edge = sum(switch._widths()[:2]) - 4
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    assert seen == ["cannot"]


def test_one_chip_is_on_and_enter_works(qtbot: QtBot) -> None:
    chips = Chips([("all", "全部 1,150"), ("low", "低保 430")])
    show(qtbot, chips)
    assert chips.value() == "all"
    with qtbot.waitSignal(chips.changed) as caught:
        qtbot.keyClick(chips._group.button(1), Qt.Key.Key_Return)
    assert caught.args == ["low"]
    assert chips.value() == "low"


def test_tabs_that_fit_no_line_stand_in_two(qtbot: QtBot) -> None:
    """Twelve tabs at 125 % in large type: the last ones were out of sight and could not be pressed."""
    tabs = Tabs([f"第{number}个分页" for number in range(1, 13)])
    whole = show(qtbot, tabs)
    whole.resize(tabs.sizeHint().width() // 2 + 60, 200)
    QApplication.processEvents()
    rects = tabs.rects(tabs.width())
    assert all(rect.right() <= tabs.width() for rect in rects)
    assert tabs.height() == rects[-1].bottom() > rects[0].bottom()
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=rects[-1].center().toPoint())
    assert tabs.current() == 11
    qtbot.keyClick(tabs, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert tabs.current() == 9


def test_tabs_by_keys_presses_and_alt_numbers(qtbot: QtBot) -> None:
    tabs = Tabs(["时间线", "基本情况", "文书 6"])
    whole = show(qtbot, tabs)
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.current() == 1
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert tabs.current() == 0
    qtbot.keyClick(whole, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert tabs.current() == 2
    assert "文书 6" in heard(tabs, QAccessible.Text.Description)


def test_search_asks_once_after_a_rest(qtbot: QtBot) -> None:
    box = SearchBox()
    show(qtbot, box)
    asked: list[str] = []
    box.asked.connect(asked.append)
    qtbot.keyClicks(box, "lqj")
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    box.send()
    assert asked == ["lqj"]


def test_search_does_not_ask_while_an_input_method_composes(qtbot: QtBot) -> None:
    box = SearchBox()
    show(qtbot, box)
    asked: list[str] = []
    box.asked.connect(asked.append)
    QApplication.sendEvent(box, QInputMethodEvent("liang", []))
    box.send()
    assert asked == []
    done = QInputMethodEvent()
    done.setCommitString("梁")
    QApplication.sendEvent(box, done)
    box.send()
    assert asked == ["梁"]


def test_search_keys_move_enter_and_clear(qtbot: QtBot) -> None:
    box = SearchBox()
    show(qtbot, box)
    told: list[object] = []
    box.moved.connect(told.append)
    box.entered.connect(lambda: told.append("enter"))
    box.asked.connect(told.append)
    qtbot.keyClicks(box, "a")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(box, key)
    assert told == [1, -1, "a", "enter", ""]
    assert box.text() == ""


# buttons


def test_button_is_pressed_by_enter_and_keeps_its_size_while_busy(qtbot: QtBot) -> None:
    made = button("保存并记下一户", "primary", "check")
    show(qtbot, made)
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, Qt.Key.Key_Return)
    before = made.size()
    made.set_busy("正在保存")
    QApplication.processEvents()
    assert made.size() == before
    assert not made.isEnabled()
    made.set_busy("")
    assert made.isEnabled()
    assert made.words() == "保存并记下一户"


@pytest.mark.parametrize(("kind", "pressed"), [("primary", ["do"]), ("danger", []), ("secondary", [])])
def test_enter_in_a_field_of_a_dialog_never_goes_back(qtbot: QtBot, kind: str, pressed: list[str]) -> None:
    """What was typed would be gone; what cannot be taken back (danger) waits for its own button."""
    told: list[str] = []
    dialog, field = QDialog(), LineEdit()
    column = QVBoxLayout(dialog)
    column.addWidget(field)
    column.addWidget(button("返回", on_click=lambda: told.append("back")))
    column.addWidget(button("记下", kind, on_click=lambda: told.append("do")))
    qtbot.addWidget(dialog)
    dialog.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == pressed


def test_button_keeps_its_key_under_other_words() -> None:
    made = button("保存", key="Ctrl+S")
    made.set_busy("正在保存")
    made.set_busy("")
    made.setText("导入3行")
    assert made.shortcut().toString() == "Ctrl+S"


def test_button_without_words_has_a_name_and_a_tooltip() -> None:
    made = icon_button("x", "关闭")
    assert heard(made, QAccessible.Text.Name) == "关闭"
    assert made.toolTip() == "关闭"


# plots


def plots() -> list[tuple[QWidget, str]]:
    bars, pairs, goals, days = BarRows("未探访"), PairedBars("两月"), BulletBars("目标"), DayRows("申请")
    bars.set_rows([Bar("上溪村", 2, 5, "还差3户"), Bar("茶岭村", 0, 0)])
    pairs.set_rows([Pair("走访", 24, 21, "24户次", "上月21"), Pair("活动", 0, 0, "0场", "上月0")])
    goals.set_rows([Bullet("走访", 238, 300, 250, "户次"), Bullet("小组", 0, 0, 0)])
    days.set_rows([Days("甲", "补贴", 12, 15, "第12个工作日"), Days("乙", "补贴", None, 0, "等待受理")])
    return [(bars, "还差3户"), (pairs, "上月21"), (goals, "238/300户次"), (days, "等待受理")]


@pytest.mark.parametrize("number", range(4))
def test_plot_is_told_in_words_and_opens_its_records(qtbot: QtBot, number: int) -> None:
    plot, words = plots()[number]
    show(qtbot, plot)
    plot.grab()
    assert words in heard(plot, QAccessible.Text.Description)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    with qtbot.waitSignal(plot.opened) as caught:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert caught.args == [1]
    with qtbot.waitSignal(plot.opened) as caught:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
    assert caught.args == [0]


def test_legend_is_named_and_drawn() -> None:
    legend = Legend([("brand", "6月"), ("button", "5月")])
    assert legend.accessibleName() == "6月，5月"
    assert legend.sizeHint().width() > 0
    assert not legend.grab().isNull()


def test_stage_bar_tells_what_is_lacking_and_is_worked_by_keys(qtbot: QtBot) -> None:
    bar = StageBar(
        [Stage("接案", "done", "3月12日"), Stage("介入", "now"), Stage("评估", "todo", "还差2项", True)]
    )
    show(qtbot, bar, width=700)
    assert heard(bar, QAccessible.Text.Description) == "接案已完成，3月12日；介入进行中；评估未到，还差2项"
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.picked) as caught:
        qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert caught.args == [2]


# words that fit


@pytest.mark.parametrize("make", [label, paragraph, Elided])
def test_user_text_is_never_html(make: type) -> None:
    assert make("<b>甲</b>").textFormat() == Qt.TextFormat.PlainText


def test_paragraph_takes_the_height_its_words_need(qtbot: QtBot, every_scale: float) -> None:
    words = paragraph("上次锁定前写到一半的内容已存好，解锁后可接着写。" * 3)
    whole = show(qtbot, words, width=300)
    QApplication.processEvents()
    assert words.height() >= words.heightForWidth(words.width()) > px(40)
    whole.resize(700, 300)
    QApplication.processEvents()
    assert words.height() >= words.heightForWidth(words.width())


def test_paragraph_gives_back_the_height_fewer_words_leave(qtbot: QtBot, every_scale: float) -> None:
    words = paragraph("上次锁定前写到一半的内容已存好，解锁后可接着写。" * 3)
    show(qtbot, words, width=300)
    QApplication.processEvents()
    tall = words.minimumHeight()
    words.setText("门牌70号")
    assert words.minimumHeight() < tall / 2


def test_a_line_that_wraps_is_never_wider_than_its_place(qtbot: QtBot) -> None:
    whole = QWidget()
    flow = Flow(whole)
    words = Elided("柳溪镇社会工作服务站" * 6)
    words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    flow.addWidget(words)
    flow.addWidget(label("电话未填"))
    show(qtbot, whole, width=240)
    QApplication.processEvents()
    assert words.width() == whole.width()
    assert whole.findChildren(QLabel)[1].y() > words.y()


def test_elided_line_keeps_the_whole_text_for_ear_and_tooltip(qtbot: QtBot) -> None:
    words = Elided("柳溪镇社会工作服务站" * 4)
    show(qtbot, words, width=200)
    words.grab()
    assert words.toolTip() == "柳溪镇社会工作服务站" * 4
    assert words.accessibleName() == "柳溪镇社会工作服务站" * 4
    assert words.width() < 200


def test_page_head_gives_way_to_its_actions(qtbot: QtBot, every_scale: float) -> None:
    head = PageHead("服务对象", "在册1,150人，本月新增6人，另有很长的一句话放不下" * 2)
    act = button("新建服务对象", "primary", "plus")
    head.add_action(act)
    whole = show(qtbot, head, width=px(640))
    assert act.mapTo(whole, act.rect().topRight()).x() <= whole.width()
    assert act.width() >= act.sizeHint().width()


def test_band_wraps_and_keeps_its_action_at_the_right(qtbot: QtBot) -> None:
    act = button("去补充", small=True)
    band = Band("进入“评估”前还差2项：目标2没有完成日期；计划的督导意见未录。", "warm", actions=(act,))
    show(qtbot, band, width=320)
    assert act.geometry().right() > band.width() - px(20)
    assert band.height() > px(44)


# folding


@pytest.mark.parametrize(
    ("width", "columns"),
    [(WidthClass.WIDE, 3), (WidthClass.RAIL, 3), (WidthClass.STACKED, 2), (WidthClass.STEPS, 1)],
)
def test_cards_fold_into_fewer_equal_columns(qtbot: QtBot, width: WidthClass, columns: int) -> None:
    cards = [QLineEdit() for _ in range(6)]
    grid = CardGrid(cards)
    show(qtbot, grid, width=900)
    grid.set_compact(width)
    QApplication.processEvents()
    assert len({card.x() for card in cards}) == columns
    assert max(card.width() for card in cards) - min(card.width() for card in cards) <= 1


def test_side_panel_goes_under_the_main_column_and_comes_back(qtbot: QtBot) -> None:
    main, side = QLineEdit(), QLineEdit()
    both = SideBySide(main, side, 300)
    whole = show(qtbot, both, width=900)
    assert side.mapTo(whole, QPoint()).x() > main.mapTo(whole, QPoint()).x()
    both.set_compact(WidthClass.STACKED)
    QApplication.processEvents()
    assert side.mapTo(whole, QPoint()).y() > main.mapTo(whole, QPoint()).y()
    assert side.width() > 600
    both.set_compact(WidthClass.WIDE)
    QApplication.processEvents()
    assert side.width() == px(300)
    assert main.isVisible()


def test_list_and_page_become_two_steps(qtbot: QtBot) -> None:
    left, right = QLineEdit(), QLineEdit()
    both = TwoSteps(left, right, 200)
    show(qtbot, both, width=900)
    assert left.isVisible()
    assert right.isVisible()
    both.set_compact(WidthClass.STEPS)
    assert (left.isVisible(), right.isVisible()) == (True, False)
    both.show_detail()
    assert (left.isVisible(), right.isVisible(), both.on_detail) == (False, True, True)
    both.show_list()
    both.set_compact(WidthClass.WIDE)
    assert left.isVisible()
    assert right.isVisible()


# toast and progress


def test_toast_offers_undo_once_and_for_ten_seconds(qtbot: QtBot) -> None:
    whole = show(qtbot)
    toast, undone = Toast(whole), []
    toast.say("已保存。10秒内可以撤销。", lambda: undone.append(1))
    assert toast._timer.interval() == UNDO_SECONDS * 1000 == 10_000
    assert toast.geometry().bottom() < whole.height()
    toast.undo_button.click()
    toast.undo_button.click()
    assert undone == [1]
    toast.say("已复制。")
    assert toast._timer.interval() == SAY_SECONDS * 1000
    assert not toast.undo_button.isVisible()


def test_progress_tells_how_far_and_cancels_once(qtbot: QtBot) -> None:
    panel = ProgressPanel("正在备份")
    show(qtbot, panel)
    panel.step(1_200, 6_400, "核对附件")
    assert "1,200/6,400" in panel.accessibleDescription()
    stopped: list[int] = []
    panel.cancelled.connect(lambda: stopped.append(1))
    panel.stop.click()
    panel.stop.click()
    assert stopped == [1]


def test_every_control_height_follows_the_type_size(qtbot: QtBot, every_scale: float) -> None:
    edit, choice, press = LineEdit(), Choice([(1, "甲")], value=1), button("保存", "primary")
    show(qtbot, edit, choice, press)
    assert edit.height() == choice.height() == press.height() == theme.px(theme.Height.CONTROL)


SEX = [("0", "未知"), ("1", "男"), ("2", "女"), ("9", "未说明")]


@pytest.mark.parametrize(
    ("options", "typed", "chosen"),
    [
        (SEX, "1", "1"),
        (SEX, "2", "2"),
        (SEX, "0", "0"),
        (SEX, "4", None),
        (CAN, "2", "cannot"),
        (CAN, "4", None),
    ],
)
def test_a_digit_is_the_code_where_codes_are_digits_else_the_place(
    qtbot: QtBot, options: list[tuple], typed: str, chosen: str | None
) -> None:
    switch = Segmented(options)
    show(qtbot, switch)
    qtbot.keyClicks(switch, typed)
    assert switch.value() == chosen


@pytest.mark.parametrize("found", [MOST, MOST + 1])
def test_a_picker_says_when_there_are_more_than_it_shows(qtbot: QtBot, found: int) -> None:
    people = [Candidate(str(n), f"梁{n}") for n in range(found)]
    picker = PersonPicker((), lambda _text, tell: tell(people))
    whole = show(qtbot, picker)
    picker.setFocus()
    qtbot.keyClicks(picker, "l")
    qtbot.waitUntil(lambda: bool(picker.candidates()))
    assert len(picker.candidates()) == MOST
    said = heard(picker, QAccessible.Text.Description)
    assert (MORE in said) is (found > MOST)
    assert whole.isVisible()


def test_the_ring_round_a_row_crosses_no_word_and_goes_with_the_keyboard(qtbot: QtBot) -> None:
    rows = BarRows("本月未探访")
    rows.set_rows([Bar("上溪村", 2, 5), Bar("茶岭村", 1, 5)])
    whole = show(qtbot, rows, LineEdit())
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    (ring,) = [one for one in whole.findChildren(FocusRing) if one.isVisible()]
    assert ring.x() < rows.x()
    assert ring.geometry().right() > rows.geometry().right()
    first = ring.y()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert ring.y() > first
    whole.findChildren(LineEdit)[0].setFocus()
    assert not ring.isVisible()


class _Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self.paints = 0
        of.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() == QEvent.Type.Paint
        return False


def _outline() -> Outline:
    outline = Outline()
    outline.set_titles(["基本信息", "户籍与住址"])
    return outline


class _Deaf(StageBar):
    """Keeps from itself that the keyboard came or went."""

    def focusInEvent(self, event: QFocusEvent) -> None: ...

    def focusOutEvent(self, event: QFocusEvent) -> None: ...


@pytest.mark.parametrize(
    ("make", "painted_again"),
    [
        (lambda: Segmented(CAN), True),
        (lambda: MultiChoice([("can", "能")]), True),
        (lambda: StageBar([Stage("接案", "now")]), True),
        (lambda: TwoValues("住址", "上溪村", "茶岭村"), True),
        (_outline, True),
        (_Deaf, False),
    ],
)
def test_a_ring_is_painted_and_goes_with_the_keyboard(
    qtbot: QtBot, make: Callable[[], QWidget], painted_again: bool
) -> None:
    painted, elsewhere = make(), LineEdit()
    show(qtbot, elsewhere, painted)
    elsewhere.setFocus()
    QApplication.processEvents()
    counted, beside = _Paints(painted), _Paints(elsewhere)
    for one in (painted, elsewhere):
        before, others = counted.paints, beside.paints
        one.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda others=others: beside.paints > others)  # all of a window are painted together
        assert (counted.paints > before) is painted_again


@pytest.mark.parametrize("before", [True, False])
def test_a_text_area_shows_all_its_lines_at_any_width(qtbot: QtBot, before: bool) -> None:
    area, text = TextArea(lines=2), "先稳住照护，再谈安置；两项补贴尽早递交。" * 4
    if before:
        area.set_value(text)
    page = show(qtbot, area)
    area.set_value(text)
    for width in (700, 300, 480):
        page.resize(width, 400)
        qtbot.waitUntil(lambda width=width: width - 40 < area.width() <= width)
        qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    low = area.height()
    page.resize(260, 400)
    qtbot.waitUntil(lambda: area.height() > low)


def test_new_chips_keep_their_place_for_the_keyboard(qtbot: QtBot) -> None:
    before, chips, after = LineEdit(), Chips([(1, "在办"), (2, "已结")]), LineEdit()
    show(qtbot, before, chips, after)
    chips.set_options([(1, "在办 8"), (2, "已结 22")])
    qtbot.waitUntil(lambda: any(chip.isVisible() for chip in chips.findChildren(QAbstractButton)))
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    focused = before.window().focusWidget()
    assert chips.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert after.hasFocus()


@pytest.mark.usefixtures("every_scale")
def test_ticking_among_many_fits_a_small_screen() -> None:
    rows = [(number, ListRow(f"第{number}条", second="小字")) for number in range(20)]
    owner = QWidget()
    dialog = TickDialog(owner, "哪些", rows, lambda _ids: None)
    height = dialog.screen().availableGeometry().height()
    assert dialog.minimumSizeHint().height() + FRAME <= height
    assert dialog.list.minimumHeight() > 3 * px(Height.ROW)  # control: several are seen at once

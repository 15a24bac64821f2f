"""小组: the 出席表 is typed by keyboard alone and saved meanwhile; the page tells where the group stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import open_desk, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from sgz_desktop.actions import agenda, forms, groups
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.scores_dialog import ScoresDialog
from sgz_desktop.gui.find_box import PAGES
from sgz_desktop.gui.pages.attendance_page import AttendancePage
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.ways import record_target
from tests.actions.group_station import add_session, make_group

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("groups")) as desk:
        yield desk


def opened(desk: Desk, group: str) -> AttendancePage:
    page = AttendancePage(desk, group)
    page.resize(1134, 660)
    page.show()
    settle()
    return page


def marks(desk: Desk, group: str, sitting: int) -> list[str]:
    roll = groups.group_roll(desk, group)
    return [roll.states.get((roll.sittings[sitting].id, one.id), "") for one in roll.seats]


def test_a_session_is_marked_by_keyboard_alone(desk: Desk) -> None:
    group = make_group(desk, 6, 2)
    page = opened(desk, group)
    keys = [Key.Key_Space, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_D]
    for key in keys:
        QTest.keyClick(page.table, key)
        QTest.keyClick(page.table, Key.Key_Return)
    page.flush()
    settle()
    assert marks(desk, group, 0) == ["present", "late", "leave", "absent", "present", ""]
    QTest.keyClick(page.table, Key.Key_Return)  # below the last member the next session begins
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (0, 1)
    QTest.keyClick(page.table, Key.Key_Space, SHIFT)
    QTest.keyClick(page.table, Key.Key_Down)
    QTest.keyClick(page.table, Key.Key_4)
    done = []
    page.closed.connect(lambda: done.append(True))
    QTest.keyClick(page.table, Key.Key_Escape)
    settle()
    assert done == [True]
    assert marks(desk, group, 1) == ["present", "absent", *["present"] * 4]
    page.hide()


def test_what_was_set_is_taken_back(desk: Desk) -> None:
    group = make_group(desk, 3, 1)
    page = opened(desk, group)
    QTest.keyClick(page.table, Key.Key_4)
    QTest.keyClick(page.table, Key.Key_Space, SHIFT)
    QTest.keyClick(page.table, Key.Key_Z, CONTROL)
    page.flush()
    settle()
    assert marks(desk, group, 0) == ["absent", "", ""]
    QTest.keyClick(page.table, Key.Key_Z, CONTROL)  # also what is saved already
    page.flush()
    settle()
    assert marks(desk, group, 0) == ["", "", ""]
    page.hide()


def test_who_left_is_not_filled_in_and_said_at_once_when_marked(desk: Desk) -> None:
    group = make_group(desk, 3, 2, {1: {"left_on": "2026-04-10"}})
    page = opened(desk, group)
    page.table.setCurrentIndex(page.table.rolls.index(0, 1))
    QTest.keyClick(page.table, Key.Key_Space, SHIFT)
    assert page.band.isHidden()
    QTest.keyClick(page.table, Key.Key_Down)
    QTest.keyClick(page.table, Key.Key_Space)
    assert page.band.isVisible()
    assert "已退出" in page.band.text()
    page.flush()
    settle()
    assert marks(desk, group, 1) == ["present", "present", "present"]  # kept all the same
    page.hide()


def test_the_page_counts_sessions_members_and_attendance(desk: Desk) -> None:
    unasked = {1: {"consent": None}, 2: {"consent": "refused"}}
    group = make_group(desk, 4, 3, {0: {"left_on": "2026-04-30", "consent": None}, **unasked})
    hub = StationHub(desk, "groups")
    hub.resize(1134, 696)
    hub.show()
    hub.activate(("group", group))
    settle()
    page = hub.stack.over
    assert "已开展3节，计划8节" in page.side.told.text()
    assert "组员3人（另有1人退出）。\n2人还没有同意记录。" in page.side.told.text()
    assert len(page.side.chart.rows) == 4
    page.open_grid()
    settle()
    grid = page.stack.over
    QTest.keyClick(grid.table, Key.Key_Space, SHIFT)
    grid.leave()
    settle()
    assert page.stack.over is None
    assert "出席率100%（4人次" in page.side.told.text()
    assert page.phases.accessibleDescription().startswith("筹备期已完成；形成期进行中")
    page.phases.picked.emit(3)
    assert page.form.altered
    page.save()
    settle()
    assert groups.group_roll(desk, group).phase == "mature"
    hub.hide()


def test_many_members_are_a_list_until_one_is_opened(desk: Desk) -> None:
    group = make_group(desk, 12, 0)
    hub = StationHub(desk, "groups")
    hub.resize(1134, 696)
    hub.show()
    hub.activate(("group", group))
    settle()
    form = hub.stack.over.form
    form.focus_field("members")
    rows = form.body.rows["members"]
    assert rows.boxes == []  # 12 × 15 fields would take the window a second
    assert rows.first is rows.folded.list
    told = rows.folded.list.rows.index(11, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "12　吴月娥11，同意　前测分52分　后测分42分"
    rows.folded.list.set_current(rows.folded.list.rows.id_at(2))
    QTest.keyClick(rows.folded.list, Key.Key_Return)
    (box,) = rows.boxes
    assert box.title.text() == "组员3"
    assert rows.add().title.text() == "组员13"
    box.boxes["score_after"].put("20")
    rows.open_row(rows.folded.list.rows.id_at(4)).removed.emit(rows.boxes[-1])
    form.save()
    settle()
    seats = groups.group_roll(desk, group).seats
    assert (len(seats), seats[2].after, seats[3].after) == (11, 20, 41)
    hub.hide()
    hub.deleteLater()


def test_control_few_members_are_fields(desk: Desk) -> None:
    hub = StationHub(desk, "groups")
    hub.show()
    hub.activate(("group", make_group(desk, 10, 0)))
    settle()
    rows = hub.stack.over.form.body.rows["members"]
    assert (len(rows.boxes), rows.folded) == (10, None)
    hub.hide()
    hub.deleteLater()


def test_scores_are_typed_down_a_column(desk: Desk) -> None:
    group = make_group(desk, 3, 0, {at: {"score_after": None} for at in range(3)})
    forms.keep_draft(desk, "group", group, {"typed": {"aim": "还没有写完"}})
    hub = StationHub(desk, "groups")
    hub.show()
    hub.activate(("group", group))
    settle()
    page = hub.stack.over
    said: list[str] = []
    page.said.connect(lambda words, _undo: said.append(words))
    page.score_button.click()
    settle()
    dialog = page.window().findChildren(ScoresDialog)[-1]
    dialog.activateWindow()
    lines = [dialog.lines[at, "score_after"] for at in range(3)]
    for line, keys in zip(lines, ("31", "3x", "99"), strict=True):
        assert line.hasFocus()
        QTest.keyClicks(line, keys)
        QTest.keyClick(line, Key.Key_Return)
    assert dialog.save.hasFocus()
    assert dialog.notice.text() == "吴月娥的得分请填整数。"
    QTest.keyClick(lines[2], Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.notice.text() == "3人的得分还没有保存。要放弃，请再按一次Esc或“返回”。"
    dialog.save.click()
    settle()
    assert dialog.notice.text().startswith("吴月娥：")
    assert lines[1].hasFocus()
    lines[1].set_value("30")
    dialog._look()
    assert dialog.notice.text() == "林玉兰得分99高于满分80，请核对。可以保存，标为待核。"
    dialog.save.click()
    settle()
    assert said == ["已记3人的得分，标为待核：林玉兰得分99高于满分80，请核对。"]
    assert [one.after for one in groups.group_roll(desk, group).seats] == [31, 30, 99]
    assert [one.before for one in groups.group_roll(desk, group).seats] == [50, 51, 52]
    assert [row.after for row in page.side.chart.rows] == [31, 30, 99]
    assert forms.find_draft(desk, "group", group)  # of the form behind, which nobody has saved
    hub.hide()
    hub.deleteLater()


def test_a_new_session_leads_on_to_its_marks(desk: Desk) -> None:
    group = make_group(desk, 2, 1)
    hub = StationHub(desk, "groups")
    hub.show()
    hub.activate(("group", group))
    settle()
    page = hub.stack.over
    page.new_session()
    settle()
    session = page.stack.over
    assert session.form.form.values["date"] == "2026-06-30"
    session.form.body.boxes["title"].put("回忆老照片")
    session.save()
    settle()
    grid = page.stack.over
    assert isinstance(grid, AttendancePage)
    assert grid.table.currentIndex().column() == 1
    assert grid.count.text().startswith("第2节（回忆老照片）")
    hub.hide()


def test_a_session_planned_ahead_leads_back_to_the_group(desk: Desk) -> None:
    group = make_group(desk, 2, 0)
    add_session(desk, group, "2026-07-07")
    hub = StationHub(desk, "groups")
    hub.show()
    hub.activate(("group", group))
    settle()
    page = hub.stack.over
    page.new_session()
    settle()
    assert page.stack.over.form.form.values["date"] == "2026-07-14"
    page.stack.over.save()
    settle()
    assert page.stack.over is None  # nobody can have come yet
    hub.hide()
    hub.deleteLater()


def test_a_cell_says_itself(desk: Desk) -> None:
    group = make_group(desk, 1, 1)
    add_session(desk, group, "2026-04-28", cancelled=True)
    page = opened(desk, group)
    QTest.keyClick(page.table, Key.Key_3)
    told = page.table.rolls.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "陈桂香，第1节：请假"
    assert page.table.rolls.index(0, 1).data() == "—"
    page.leave()
    settle()
    page.hide()


def test_a_session_on_file_leads_to_its_own_column(desk: Desk) -> None:
    group = make_group(desk, 2, 3)
    hub = StationHub(desk, "groups")
    hub.show()
    hub.activate(("group", group))
    settle()
    page = hub.stack.over
    page.side.table.opened.emit(page.roll.sittings[1].id)
    settle()
    assert page.stack.over.head.facts.text() == "银龄互助小组"
    came = next(
        one for one in page.stack.over.findChildren(QPushButton) if "本节出席" in one.accessibleName()
    )
    came.click()
    settle()
    assert page.stack.over.table.currentIndex().column() == 1
    hub.hide()


def test_a_session_is_gone_to_from_the_agenda_and_from_what_was_found(desk: Desk) -> None:
    group = make_group(desk, 2, 0)
    session = add_session(desk, group, desk.today()).id
    due = [one for one in agenda.agenda(desk).days[desk.today()] if one.id == session]
    assert [(one.kind, one.day) for one in due] == [("group_session", desk.today())]
    assert "group_session" in PAGES
    section, target = record_target("group_session", session)
    hub = StationHub(desk, section)
    hub.show()
    hub.activate(target)
    settle()
    page = hub.stack.over
    assert page.form.form.id == group
    assert page.stack.over.form.form.id == session
    page.stack.over.leave()
    page.open_grid(session)
    settle()
    QTest.keyClick(page.stack.over.table, Key.Key_Space, SHIFT)
    page.stack.over.flush()
    settle()
    assert session not in [one.id for one in agenda.agenda(desk).days[desk.today()]]  # it was held
    hub.hide()
    hub.deleteLater()

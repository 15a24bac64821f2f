"""走访: what a visit asks of whom, the month's round with its papers, filters, and families away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Keys, open_desk, person, register, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sgz_desktop.actions import forms, papers_visits, people, settings, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import Registered
from sgz_desktop.actions.rounds import VillageRound
from sgz_desktop.actions.workbench import DueLine
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.people import PeoplePage
from sgz_desktop.gui.pages.settings_rhythm import RhythmCard
from sgz_desktop.gui.pages.unvisited_list import NOBODY_TICKED
from sgz_desktop.gui.pages.visit_filters import NOT_A_DAY
from sgz_desktop.gui.pages.visit_form import INJURY, VisitForm
from sgz_desktop.gui.pages.visit_lists import NONE_SUCH
from sgz_desktop.gui.pages.visits import VisitsPage, visits_page
from sgz_desktop.gui.pages.workbench_cards import RoundCard, TodayCard
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.segmented import Segmented
from sgz_desktop.gui.widgets.windowed_model import RowRole

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def home(desk: Desk) -> Registered:
    """An old man on his own and nothing else known of him."""
    return register(desk, person("韦乙成", "02", born="1948-03-07"))


@pytest.fixture
def page(desk: Desk, home: Registered) -> VisitsPage:
    window = MainWindow({"visits": lambda: visits_page(desk)}, station="柳溪镇", user="甲社工")
    window.resize(1366, 768)
    window.show()
    window.go("visits")
    settle()
    made = window.page("visits")
    assert isinstance(made, VisitsPage)
    return made


def press(within: QWidget, words: str) -> None:
    found = [
        b for b in within.findChildren(QPushButton) if b.text().strip("\u2009") == words and b.isVisible()
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def form_for(page: VisitsPage, **target: Any) -> VisitForm:
    page.activate(target)
    settle()
    assert isinstance(page.stack.over, VisitForm)
    assert page.stack.over.form is not None
    return page.stack.over


def sections(form: VisitForm) -> list[str]:
    assert form.form is not None
    shown = [part.title for part in form.form.body.parts if part.card.isVisibleTo(form.form.body.widget())]
    assert shown == [row.title for row in form.form.outline.rows]
    return [title for title in shown if title in ("特困人员", "老年人", "儿童", "残疾人")]


def listed(page: VisitsPage) -> list[ListRow]:
    """Rows of the list, fetched."""
    rows = page.list.list.rows
    for row in range(rows.rowCount()):
        rows.data(rows.index(row, 0), RowRole)
    settle()
    return [rows.data(rows.index(row, 0), RowRole) for row in range(rows.rowCount())]


# What is asked of whom


def test_only_the_pages_of_this_family_are_shown_and_others_are_one_press_away(
    page: VisitsPage, home: Registered
) -> None:
    Keys(page.window())  # the window has the keyboard
    form = form_for(page, new=True, household=home.household)
    assert sections(form) == ["老年人"]
    press(form, "儿童")
    assert sections(form) == ["老年人", "儿童"]
    assert form.form is not None
    assert form.form.body.boxes["child_school"].control.hasFocus()
    assert form.form.body.more.titles == ("特困人员", "残疾人")
    for title in form.form.body.more.titles:
        press(form, title)
    assert sections(form) == ["特困人员", "老年人", "儿童", "残疾人"]
    assert not form.form.body.more.isVisible()


def test_more_categories_are_reached_by_the_keyboard(page: VisitsPage, home: Registered) -> None:
    form = form_for(page, new=True, household=home.household)
    assert form.form is not None
    keys = Keys(page.window())
    button = form.form.body.more.buttons["残疾人"]
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert sections(form) == ["老年人", "残疾人"]


def test_what_stands_there_is_always_shown(desk: Desk, page: VisitsPage) -> None:
    plain = register(desk, person("罗丙根", "02", born="1990-01-01"))
    opened = visits.new_visit(desk, household=plain.household)
    saved = forms.save_form(desk, opened, {"disabled_carer": False})
    assert sections(form_for(page, visit=saved.id)) == ["残疾人"]


def test_a_draft_brings_its_page_back(desk: Desk, page: VisitsPage, home: Registered) -> None:
    form = form_for(page, new=True, household=home.household)
    assert form.form is not None
    press(form, "儿童")
    form.form.body.boxes["child_carer"].put(False)
    page.flush()
    settle()
    form.leave()
    settle()
    again = form_for(page, new=True, household=home.household)
    press(again, "接着写")
    assert sections(again) == ["老年人", "儿童"]
    assert again.form is not None
    assert again.form.body.boxes["child_carer"].typed() is False


def test_not_looked_at_is_no_answer(desk: Desk, page: VisitsPage, home: Registered) -> None:
    form = form_for(page, new=True, household=home.household)
    assert form.form is not None
    box = form.form.body.boxes["elder_fell"]
    switch = box.control
    assert isinstance(switch, Segmented)
    assert "已选：未看" in switch.accessibleDescription()
    assert not box.filled
    switch.setFocus()
    for key, value in ((Qt.Key.Key_2, False), (Qt.Key.Key_1, True), (Qt.Key.Key_3, None)):
        QTest.keyClick(switch, key)
        assert box.typed() is value
    QTest.keyClick(switch, Qt.Key.Key_Left)
    assert box.typed() is False
    QTest.keyClick(switch, Qt.Key.Key_Delete)
    assert box.typed() is None
    form.form.body.boxes["elder_medicine"].put(False)
    press(form, "保存")
    (rid,) = visits.list_visits(desk)
    values = forms.form(desk, visits.visit_rows(desk, [rid])[rid][0].id, "visit").values
    assert values["elder_medicine"] is False
    assert "elder_fell" not in values


def test_an_injury_says_what_to_do_until_it_is_taken_back(desk: Desk, page: VisitsPage) -> None:
    family = register(desk, person("罗丙根", "02"), person("罗丁苗", "20", born="2018-01-01"))
    form = form_for(page, new=True, household=family.household)
    assert form.form is not None
    assert not form.injury.isVisible()
    box = form.form.body.boxes["child_injury"]
    box.put(False)
    assert not form.injury.isVisible()
    box.put(True)
    assert form.injury.isVisible()
    assert form.injury.text() == INJURY == "看到伤痕，请按F8紧急报告。"
    form.form.save()
    settle()
    (rid,) = visits.list_visits(desk)
    saved = visits.visit_rows(desk, [rid])[rid][0].id
    again = form_for(page, visit=saved)
    assert again.injury.isVisible()
    assert again.form is not None
    again.form.body.all_boxes()["child_injury"].put(None)
    assert not again.injury.isVisible()


def test_a_visit_entered_later_says_so(desk: Desk, page: VisitsPage, home: Registered) -> None:
    opened = visits.new_visit(desk, household=home.household)
    late = forms.save_form(desk, opened, {"date": "2026-06-03"})
    facts = form_for(page, visit=late.id).head.facts.text()
    assert facts.endswith("服务日期6月3日，录入于6月30日")
    old = forms.save_form(desk, visits.new_visit(desk, household=home.household), {"date": "2025-12-03"})
    assert "服务日期2025年12月3日，录入于6月30日" in form_for(page, visit=old.id).head.facts.text()
    same = forms.save_form(desk, visits.new_visit(desk, household=home.household), {})
    assert "录入于" not in form_for(page, visit=same.id).head.facts.text()


def test_what_a_visit_always_had_is_on_the_form(page: VisitsPage, home: Registered) -> None:
    form = form_for(page, new=True, household=home.household)
    assert form.form is not None
    for name in ("benefits_arrived", "signature", "methods", "safety_note", "start_time", "end_time"):
        assert form.form.focus_field(name), name


def test_a_day_that_contradicts_is_said_when_saved(desk: Desk, page: VisitsPage) -> None:
    gone = register(desk, person("罗丙根", "02", died_on="2026-02-01"))
    form = form_for(page, new=True, household=gone.household, person=gone.people[0])
    press(form, "保存")
    assert page.band.text() == "已保存，标为待核：服务日期晚于服务对象的去世日期，请核对。"
    (rid,) = visits.list_visits(desk)
    again = form_for(page, visit=visits.visit_rows(desk, [rid])[rid][0].id)
    assert again.form is not None
    assert again.form.body.boxes["date"].state == "warn"


# The month's round


def test_papers_of_the_households_ticked(
    desk: Desk, page: VisitsPage, home: Registered, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = register(desk, person("罗丙根", "02"), village_group="二组")
    asked: list[Any] = []
    real = papers_visits.print_preparation
    monkeypatch.setattr(
        papers_visits,
        "print_preparation",
        lambda desk, ids, progress: asked.append(list(ids)) or real(desk, ids, progress),
    )
    page.unvisited.load()
    page.activate({"unvisited": None})
    settle()
    said: list[str] = []
    page.said.connect(lambda sentence, _undo: said.append(sentence))
    keys = Keys(page.window())
    page.unvisited.list.setFocus()
    keys.press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: said == [NOBODY_TICKED])
    keys.press(Qt.Key.Key_A, CTRL)
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Space)
    assert page.unvisited.list.chosen() == [home.household]
    assert page.unvisited._count_words.text() == "还差2户。已勾选1户"
    keys.press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: page.stack.over is not None)
    view = page.stack.over
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    assert asked == [[home.household]]
    view.closed.emit()
    settle()
    press(page, "打印名单")
    view = page.stack.over
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    settle()
    page.activate({"new": True, "household": other.household})  # the preview lets go of its document
    settle()
    assert isinstance(page.stack.over, VisitForm)


def test_a_press_on_the_box_ticks_and_what_is_listed_no_more_is_dropped(
    desk: Desk, page: VisitsPage, home: Registered
) -> None:
    page.activate({"unvisited": None})
    settle()
    rows = page.unvisited.list
    where = rows.visualRect(rows.rows.index(0, 0)).center()
    where.setX(12)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert rows.chosen() == [home.household]
    assert rows.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("，已勾选")
    where.setX(300)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert rows.chosen() == [home.household]
    page.on_changes(forms.save_form(desk, visits.new_visit(desk, household=home.household), {}).changes)
    settle()
    assert rows.chosen() == []
    assert page.unvisited._count_words.text() == "还差0户"


def test_the_list_tells_what_is_due_and_who_is_away(desk: Desk, page: VisitsPage, home: Registered) -> None:
    register(desk, person("罗丙根", "02"), away_from="2026-06-01")
    settings.change_visit_rhythm(desk, {"other": "30"})
    forms.save_form(desk, visits.new_visit(desk, household=home.household), {"date": "2026-05-04"})
    page.unvisited.load()
    settle()
    row = page.unvisited.list.rows.peek(0)
    assert (row.title, row.due, row.due_tone, row.when) == ("韦乙成", "已过27天", "danger", "上次5月4日")
    assert page.unvisited._count_words.text() == "还差1户，另有1户外出，先停"


def test_visits_are_narrowed_and_put_in_order(desk: Desk, page: VisitsPage, home: Registered) -> None:
    for day, mode in (("2026-06-29", "home"), ("2026-06-02", "phone"), ("2026-05-11", "home")):
        opened = visits.new_visit(desk, household=home.household)
        forms.save_form(desk, opened, {"date": day, "mode": mode, "facts": day})
    page.list.load()
    settle()
    filters = page.list.filters
    assert [row.second for row in listed(page)] == ["2026-06-29", "2026-06-02"]
    filters.order.set_value("oldest")
    settle()
    assert [row.second for row in listed(page)] == ["2026-06-02", "2026-06-29"]
    filters.mode.set_value("phone")
    settle()
    assert [row.second for row in listed(page)] == ["2026-06-02"]
    filters.mode.set_value("")
    filters.first.setText("5.1")
    filters.last.setText("2026-6-2")
    filters.last.left.emit()
    settle()
    assert [row.second for row in listed(page)] == ["2026-05-11", "2026-06-02"]
    assert page.head.facts.text() == "找到2条"
    filters.first.setText("五月")
    filters.first.left.emit()
    settle()
    assert filters.problem.text() == NOT_A_DAY
    assert len(listed(page)) == 2
    filters.first.setText("6.20")
    filters.first.left.emit()
    settle()
    assert filters.problem.text() == "起始日期晚于结束日期，请核对。"
    assert page.list._nothing.accessibleName() == NONE_SUCH
    press(page, "看整月")
    assert len(listed(page)) == 2
    assert filters.first.value() == ""


# Elsewhere


def test_a_family_away_is_said_on_each_persons_page_until_it_is_back(desk: Desk) -> None:
    away = register(desk, person("韦乙成", "02"), away_from="2026-06-01", away_until="2026-08-31")
    about = forms.new_form(desk, "task", {"person": away.people[0]})
    forms.save_form(desk, about, {"what": "查医保", "due_on": "2026-06-20"})
    page = PeoplePage(desk)
    page.show()
    page.activate(away.people[0])
    settle()
    assert page.view.away.text() == "全家外出，预计8月31日（周一）回来，走访和待办先停。"
    assert [(row.note, row.late) for row in page.view.tasks.rows.rows] == [("已暂停", False)]
    press(page, "回来了")
    assert not page.view.away.isVisible()
    assert [(row.note, row.late) for row in page.view.tasks.rows.rows] == [("已过10天", True)]
    assert people.person_page(desk, away.people[0]).away == ""


def test_paused_work_is_not_late_on_the_first_page(qtbot: QtBot) -> None:
    card, rounds = TodayCard(), RoundCard()
    qtbot.addWidget(card)
    qtbot.addWidget(rounds)
    late = DueLine("a", "问复查", "测试甲", "6月26日（周五）", 4, "p", "", "", note="已过4天")
    paused = DueLine("b", "问转学", "测试乙", "6月20日（周六）", 0, "q", "", "", paused=True, note="已暂停")
    card.show_part((late, paused), "2026-06-30")
    assert [(row.note, row.late) for row in card.plot.rows] == [("已过4天", True), ("已暂停", False)]
    assert card.facts.text() == "0件，过期1件，暂停1件"
    rounds.show_part((VillageRound("上溪村", 3, 1, 2),), "2026-06-30")
    assert rounds.facts.text() == "应访3户，已访1户"
    assert rounds.note.text().endswith("电话、视频也算探访。另有2户外出，先停。")


def test_intervals_are_kept_and_one_of_another_length_stays(desk: Desk, qtbot: QtBot) -> None:
    settings.change_visit_rhythm(desk, {"person.tekun": "45"})
    card = RhythmCard(desk)
    qtbot.addWidget(card)
    card.show_settings(settings.station_settings(desk))
    assert card.fields["person.tekun"].currentText() == "每45天"
    assert card.fields["risk.high"].currentText() == "每月"
    words = [card.fields["other"].itemText(i) for i in range(card.fields["other"].count())]
    assert "不单独定" not in words
    card.fields["person.dibao"].set_value(0)
    card.show_settings(settings.station_settings(desk))  # what is being edited is left alone
    card.save()
    settle()
    kept = settings.station_settings(desk).visit_every
    assert (kept["person.dibao"], kept["person.tekun"], kept["risk.high"]) == (0, 45, 30)


def test_both_lists_are_written_to_a_file_as_they_stand(
    desk: Desk, page: VisitsPage, home: Registered
) -> None:
    register(desk, person("罗丙根", "02"), village="石桥头村", village_group="二组")
    missed = {"met": False, "not_met_reason": "out"}
    forms.save_form(desk, visits.new_visit(desk, household=home.household), missed)
    page.list.load()
    page.unvisited.load()
    settle()
    assert page.list._told() == [["2026-06-30", "上溪村", "韦乙成", "入户", "未遇", "甲社工", "外出未归"]]
    page.unvisited.show_village("石桥头村")
    assert [row[1:5] for row in page.unvisited._told()] == [["罗丙根", "石桥头村", "二组", ""]]


def test_a_preparation_from_a_persons_page(desk: Desk, page: VisitsPage, home: Registered) -> None:
    asked: list[tuple[str, Any]] = []
    people_page = PeoplePage(desk)
    people_page.go.connect(lambda key, target: asked.append((key, target)))
    people_page.activate(home.people[0])
    settle()
    people_page.view.wanted.emit("prepare")
    assert asked == [("visits", {"prepare": [home.household]})]
    page.activate(asked[0][1])
    settle()
    assert isinstance(page.stack.over, PaperView)

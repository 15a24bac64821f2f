"""Forms: drafts, problems, doubts, two values, changes elsewhere, and what people type that is not right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from desks import close_windows, open_desk, person, register, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sgz_desktop.actions import forms, people, visits
from sgz_desktop.actions.allowed import SUPERVISOR
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.actions.people import Registered
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records.person import Person
from sgz_desktop.gui.form_bands import conflict_band
from sgz_desktop.gui.record_page import RecordPage, saved_sentence
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.band import Band

BAD_CHECK_DIGIT = "110105194903120012"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("station")) as desk:
        yield desk


@pytest.fixture
def home(desk: Desk) -> Iterator[Registered]:
    """A family of its own for every test, and no draft of an earlier one."""
    for draft in forms.list_drafts(desk):
        forms.drop_draft(desk, draft.form, draft.record)
    yield register(desk, person("梁甲菊", "02", sex="2", born="1948-03"), person("韦乙成"))
    close_windows()


def shown(page: RecordPage) -> RecordPage:
    page.resize(1134, 700)
    page.show()
    settle()
    assert page.form is not None
    page.form.body.build_all()
    settle()
    return page


def editing(desk: Desk, home: Registered) -> RecordPage:
    return shown(RecordPage(desk, lambda: forms.form(desk, home.people[0], "person")))


def visiting(desk: Desk, home: Registered) -> RecordPage:
    return shown(RecordPage(desk, lambda: visits.new_visit(desk, person=home.people[0])))


def box(page: RecordPage, name: str):  # type: ignore[no-untyped-def]
    assert page.form is not None
    return page.form.body.boxes[name]


def save(page: RecordPage) -> list[forms.Saved]:
    found: list[forms.Saved] = []
    page.saved.connect(found.append)
    page.save()
    settle()
    return found


def bands(page: RecordPage) -> list[Band]:
    return [band for band in page.findChildren(Band) if not band.isHidden()]


def press(within: QWidget, words: str) -> None:
    found = [b for b in within.findChildren(QPushButton) if words in b.text() and not b.isHidden()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def stored(desk: Desk, home: Registered) -> dict[str, object]:
    return dict(forms.form(desk, home.people[0], "person").values)


def test_only_what_was_changed_is_written(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "phone").put("139 0000 0217")
    assert page.form is not None
    assert page.form.body.typed() == {"phone": "139 0000 0217"}
    (saved,) = save(page)
    assert saved.changes.ids == {"person": frozenset({home.people[0]})}
    assert stored(desk, home)["phone"] == "13900000217"
    assert stored(desk, home)["name"] == "梁甲菊"


def test_a_supervisor_saves_the_remark_and_nothing_else(desk: Desk, home: Registered) -> None:
    visit = forms.save_form(desk, forms.new_form(desk, "visit", {"household": home.household}), {}).id
    supervisor = replace(desk, actor=replace(desk.actor, roles=frozenset({SUPERVISOR})))
    page = shown(RecordPage(supervisor, lambda: forms.form(supervisor, visit, "visit")))
    box(page, "supervisor_remark").put("记录清楚。")
    assert len(save(page)) == 1
    assert forms.form(desk, visit, "visit").values["supervisor_remark"] == "记录清楚。"


def test_nothing_changed_just_closes(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    assert save(page) == []
    assert closed == [True]


def test_a_draft_is_kept_after_a_second_of_rest_and_offered_again(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    assert page.form is not None
    assert not page.form._rest.isActive()
    box(page, "nickname").put("阿菊")
    assert page.form._rest.isActive()
    assert page.form._rest.interval() == 1000
    page.form._rest.timeout.emit()
    settle()
    assert "草稿已保存" in page.draft_note.text()
    again = editing(desk, home)
    assert box(again, "nickname").typed() == ""
    press(again, "接着写")
    assert box(again, "nickname").typed() == "阿菊"
    assert len(save(again)) == 1
    assert forms.list_drafts(desk) == []
    assert stored(desk, home)["nickname"] == "阿菊"


def test_leaving_with_unsaved_words_keeps_the_draft(desk: Desk, home: Registered) -> None:
    page = visiting(desk, home)
    assert page.form is not None
    box(page, "facts").put("门前扶手已装好")
    page.form.body.rows["presences"].chips.set_value(home.people[0])
    page.leave()
    page.deleteLater()
    del page
    settle()
    assert [draft.form for draft in forms.list_drafts(desk)] == ["visit"]
    again = visiting(desk, home)
    press(again, "接着写")
    assert again.form is not None
    assert box(again, "facts").typed() == "门前扶手已装好"
    assert again.form.body.rows["presences"].chips.value() == home.people[0]


def test_a_draft_nobody_wants_is_forgotten(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "nickname").put("阿菊")
    page.leave()
    settle()
    press(editing(desk, home), "不要了")
    assert forms.list_drafts(desk) == []


def offers(page: RecordPage) -> int:
    return [one.text() for one in page.findChildren(QPushButton) if one.isVisible()].count("接着写")


def test_a_draft_not_answered_outlives_a_newer_one(desk: Desk, home: Registered) -> None:
    for words in ("门前扶手已装好", "药已送到"):
        page = visiting(desk, home)
        box(page, "facts").put(words)
        page.leave()
        settle()
    newest = visiting(desk, home)
    press(newest, "接着写")
    assert box(newest, "facts").typed() == "药已送到"
    assert offers(newest) == 1
    newest.leave()
    settle()
    press(newest, "不要了")  # the one before: what is typed stays
    newest.leave()
    settle()
    last = visiting(desk, home)
    press(last, "接着写")
    assert box(last, "facts").typed() == "药已送到"
    assert offers(last) == 0


def test_drafts_are_refused_one_by_one(desk: Desk, home: Registered) -> None:
    for words in ("门前扶手已装好", "药已送到"):
        page = visiting(desk, home)
        box(page, "facts").put(words)
        page.leave()
        settle()
    press(visiting(desk, home), "不要了")
    page = visiting(desk, home)
    press(page, "接着写")
    assert box(page, "facts").typed() == "门前扶手已装好"
    press(visiting(desk, home), "不要了")
    assert forms.list_drafts(desk) == []


def test_a_draft_not_answered_outlives_a_save(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "nickname").put("阿菊")
    page.leave()
    settle()
    page = editing(desk, home)
    box(page, "phone").put("13900000001")
    assert len(save(page)) == 1
    again = editing(desk, home)
    press(again, "接着写")
    assert (box(again, "nickname").typed(), box(again, "phone").typed()) == ("阿菊", "13900000001")


def test_a_draft_written_late_does_not_outlive_the_save(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    assert page.form is not None
    box(page, "nickname").put("阿菊")
    assert len(save(page)) == 1
    page.form._dirty = True
    page.form.keep_draft()
    settle()
    assert forms.list_drafts(desk) == []


def test_drafts_of_two_families_do_not_meet(desk: Desk, home: Registered) -> None:
    other = register(desk, person("罗丙根", "02"))
    for one, words in ((home, "甲家"), (other, "丙家")):
        page = visiting(desk, one)
        box(page, "facts").put(words)
        page.leave()
        settle()
    page = visiting(desk, home)
    press(page, "接着写")
    assert box(page, "facts").typed() == "甲家"


def test_rows_taken_out_and_put_in_come_back_with_the_draft(desk: Desk, home: Registered) -> None:
    def open_home() -> RecordPage:
        return shown(RecordPage(desk, lambda: forms.form(desk, home.household, "household")))

    page = open_home()
    assert page.form is not None
    rows = page.form.body.rows["members"]
    rows._remove(rows.boxes[1])
    rows.add().boxes["note"].put("外甥，常来帮忙")
    page.leave()
    settle()
    again = open_home()
    press(again, "接着写")
    assert again.form is not None
    inputs = again.form.body.row_inputs()["members"]
    assert [(one.gone, dict(one.typed)) for one in inputs] == [
        (False, {"note": "外甥，常来帮忙"}),
        (True, {}),
    ]


def test_a_wrong_check_digit_is_saved_and_marked(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    field = box(page, "id_number")
    field.put(BAD_CHECK_DIGIT)
    assert field.check()
    assert field.state == "warn"
    assert "待核" in field.message()
    (saved,) = save(page)
    assert stored(desk, home)["id_number"] == BAD_CHECK_DIGIT
    assert "待核" in saved_sentence(saved)
    again = editing(desk, home)
    assert box(again, "id_number").state == "warn"
    assert again.form is not None
    assert again.form.outline.rows[0].note == "1处待核"


def test_a_birth_day_to_come_is_refused_under_its_field(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "born").put("2027-1-1")
    box(page, "nickname").put("阿菊")
    assert save(page) == []
    assert box(page, "born").message() == "出生日期晚于今天，请核对。"
    assert box(page, "born").control.hasFocus()
    assert box(page, "nickname").typed() == "阿菊"
    assert stored(desk, home)["born"] == "1948-03"
    assert page.form is not None
    assert page.form.outline.rows[0].note == "1处请核对"
    box(page, "born").put("1948-3-12")
    assert box(page, "born").state == "hint"
    assert len(save(page)) == 1


def test_an_end_before_the_start_is_refused_under_its_field(desk: Desk, home: Registered) -> None:
    page = visiting(desk, home)
    box(page, "start_time").put("10:30")
    box(page, "end_time").put("9点")
    assert save(page) == []
    assert box(page, "end_time").message() == "结束时间早于开始时间，请核对。"
    assert page.save_button.isEnabled()
    box(page, "end_time").put("11点")
    assert len(save(page)) == 1


def test_an_amount_in_full_width_digits(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "monthly_income").put("３，５００元")
    box(page, "monthly_income").control.left.emit()
    assert box(page, "monthly_income").typed() == "3,500"
    save(page)
    assert stored(desk, home)["monthly_income"] == 350_000


def test_an_amount_in_words_keeps_the_text_and_says_why(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "monthly_income").put("三千多")
    assert save(page) == []
    assert "3500" in box(page, "monthly_income").message()
    assert box(page, "monthly_income").typed() == "三千多"


@pytest.mark.parametrize(
    "text",
    [
        "很长的记录，" * 3333,
        "<b>不是粗体</b> & 原样",
        "=1+1\n第二行\n\n第四行",
        "姓𠮷的邻居（扩展B区）",
        "{name} %s \\n 'OR 1=1--",
    ],
    ids=["20000", "tags", "formula", "ext-b", "odd"],
)
def test_text_is_kept_as_it_was_typed(desk: Desk, home: Registered, text: str) -> None:
    page = editing(desk, home)
    box(page, "note").put(text)
    assert len(save(page)) == 1
    assert stored(desk, home)["note"] == text
    assert box(editing(desk, home), "note").typed() == text


def test_one_character_too_many_is_refused_and_nothing_is_lost(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "note").put("字" * 20_001)
    assert save(page) == []
    assert "最多20000字" in box(page, "note").message()
    assert len(str(box(page, "note").typed())) == 20_001


def test_a_name_of_the_second_plane_is_kept_and_found(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "name").put("石𤩽")
    save(page)
    assert stored(desk, home)["name"] == "石𤩽"


def test_a_name_typed_and_nobody_chosen_is_told(desk: Desk, home: Registered) -> None:
    page = shown(RecordPage(desk, lambda: forms.form(desk, home.household, "household")))
    head = box(page, "head")
    head.control.selectAll()
    QTest.keyClicks(head.control, "mm")
    assert save(page) == []
    assert head.message() == "还没有选定，请从名单里选一位。"
    assert head.control.text() == "mm"


def test_days_in_plain_words(desk: Desk, home: Registered) -> None:
    page = visiting(desk, home)
    for typed, day in (("昨天", "2026-06-29"), ("6.3", "2026-06-03"), ("２０２６年６月２日", "2026-06-02")):
        box(page, "date").put(typed)
        assert box(page, "date").typed() == day


def test_a_problem_in_a_row_stands_in_the_row(desk: Desk, home: Registered) -> None:
    page = shown(RecordPage(desk, lambda: forms.form(desk, home.household, "household")))
    assert page.form is not None
    row = page.form.body.rows["members"].boxes[1]
    row.boxes["from_day"].put("2030-1-1")
    assert save(page) == []
    assert row.boxes["from_day"].message() == "加入日期晚于今天，请核对。"
    assert row.boxes["from_day"].control.hasFocus()


def test_a_record_changed_elsewhere_is_not_overwritten(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "nickname").put("阿菊")
    here = forms.form(desk, home.people[0], "person")
    saved = forms.save_form(desk, here, {"phone": "13900000217"})
    page.on_changes(saved.changes)
    settle()
    assert [band.text() for band in bands(page)] == ["这份资料刚在别处改过，这里填的内容没有动。"]
    assert box(page, "nickname").typed() == "阿菊"
    assert box(page, "phone").typed() == ""
    press(page, "看新内容")
    assert page.form is not None
    page.form.body.build_all()
    assert box(page, "nickname").typed() == "阿菊"
    assert box(page, "phone").typed() == "13900000217"
    save(page)
    assert (stored(desk, home)["phone"], stored(desk, home)["nickname"]) == ("13900000217", "阿菊")


def test_an_untouched_form_shows_the_new_values_by_itself(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    saved = forms.save_form(desk, forms.form(desk, home.people[0], "person"), {"phone": "13900000217"})
    page.on_changes(saved.changes)
    settle()
    assert bands(page) == []
    assert box(page, "phone").typed() == "13900000217"


def test_changes_of_others_leave_the_form_alone(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    before = page.form
    page.on_changes(Changes({"person": frozenset({home.people[1]})}))
    settle()
    assert page.form is before


def _two_names(desk: Desk, home: Registered) -> None:
    """Two saves from one look at the record: both values stand."""
    seen = forms.form(desk, home.people[0], "person")
    for name in ("梁甲花", "梁甲华"):
        forms.save_form(desk, seen, {"name": name})


def test_of_two_values_one_is_chosen_even_the_one_shown(desk: Desk, home: Registered) -> None:
    _two_names(desk, home)
    page = editing(desk, home)
    (band,) = bands(page)
    assert "梁甲花" in band.text()
    assert "梁甲华" in band.text()
    shown_now = str(box(page, "name").typed())
    press(band, f"用“{shown_now}”")
    assert page.form is not None
    assert page.form.altered
    assert len(save(page)) == 1
    assert forms.form(desk, home.people[0], "person").conflicts == {}
    assert stored(desk, home)["name"] == shown_now


@pytest.mark.parametrize(
    "values",
    [
        ("13800004445", "13800004446"),
        ("110105194803120024", "110105194803120025"),
        ("白河镇上溪村第三村民小组东头3号门口", "白河镇上溪村第三村民小组西头3号门口"),
        ("x" * 40 + "3" + "y" * 40, "x" * 40 + "5" + "y" * 40),
    ],
)
def test_the_buttons_of_two_values_can_be_told_apart(values: tuple[str, str]) -> None:
    standings = [forms.Standing(one, one, "", 0) for one in values]
    band = conflict_band(Person, "phone", standings, dict)
    first, second = (one.text() for one in band.findChildren(QAbstractButton) if one.text().startswith("用“"))
    assert first != second
    assert max(len(first), len(second)) <= len("用“”") + 18


def test_two_values_stay_while_something_else_is_saved(desk: Desk, home: Registered) -> None:
    _two_names(desk, home)
    page = editing(desk, home)
    box(page, "phone").put("13900000217")
    save(page)
    assert set(forms.form(desk, home.people[0], "person").conflicts) == {"name"}


def test_a_save_over_a_newer_value_says_so(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    box(page, "name").put("梁甲华")
    forms.save_form(desk, forms.form(desk, home.people[0], "person"), {"name": "梁甲花"})
    (saved,) = save(page)
    assert saved_sentence(saved) == "已保存。刚有人也改过同一项，两个值都已保留。"


def test_ctrl_s_saves_and_alt_down_turns_to_the_next_section(
    desk: Desk, home: Registered, qtbot: QtBot
) -> None:
    page = editing(desk, home)
    page.activateWindow()
    assert page.form is not None
    box(page, "name").control.setFocus()
    QTest.keyClick(box(page, "name").control, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.form.outline.current() == 1
    assert box(page, "hukou").control.hasFocus()
    box(page, "nickname").put("阿菊")
    found: list[forms.Saved] = []
    page.saved.connect(found.append)
    QTest.keyClick(box(page, "hukou").control, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(found) == 1)


def test_tab_goes_through_every_field_in_order(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    page.activateWindow()
    assert page.form is not None
    boxes = list(page.form.body.boxes.values())
    boxes[0].control.setFocus()
    met = []
    for _ in range(80):
        focused = QApplication.focusWidget()
        met += [one.question.name for one in boxes if focused and one.isAncestorOf(focused)]
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    in_order = list(dict.fromkeys(met))
    assert in_order[: len(boxes)] == [one.question.name for one in boxes]


def test_the_outline_leads_and_follows(desk: Desk, home: Registered) -> None:
    page = editing(desk, home)
    assert page.form is not None
    outline = page.form.outline
    assert outline.rows[0].title == "基本信息"
    assert outline.rows[0].note == "4/12"
    place = outline._rect(4).center()
    QTest.mouseClick(outline, Qt.MouseButton.LeftButton, pos=QPoint(int(place.x()), int(place.y())))
    assert outline.current() == 4
    assert box(page, "employment").control.hasFocus()
    page.form.body.verticalScrollBar().setValue(0)
    assert outline.current() == 0


@pytest.mark.parametrize("width", list(WidthClass))
@pytest.mark.usefixtures("every_scale")
def test_no_field_is_cut_at_any_width(desk: Desk, home: Registered, width: WidthClass) -> None:
    page = editing(desk, home)
    room = {WidthClass.WIDE: 1134, WidthClass.RAIL: 1100, WidthClass.STACKED: 980, WidthClass.STEPS: 620}
    page.resize(room[width], 690)
    page.set_compact(width)
    settle()
    assert page.form is not None
    inner = page.form.body.viewport().width()
    for one in page.form.body.boxes.values():
        right = one.control.mapTo(page.form.body.viewport(), QPoint(one.control.width(), 0)).x()
        assert right <= inner, one.question.name
        assert one.height() >= one.minimumSizeHint().height(), one.question.name


def test_building_is_spread_over_turns_but_a_save_needs_no_wait(desk: Desk, home: Registered) -> None:
    page = RecordPage(desk, lambda: forms.form(desk, home.people[0], "person"), focus="medical_insurance")
    page.resize(1134, 700)
    page.show()
    settle()
    assert box(page, "medical_insurance").control.hasFocus()


@pytest.mark.usefixtures("home")
def test_a_new_form_without_its_parent_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sgz_desktop.gui import messages

    said: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, parent=None: said.append(problem))
    page = shown(RecordPage(desk, lambda: forms.new_form(desk, "plan"), hidden=frozenset({"case"})))
    box(page, "overall_goal").put("住得安全")
    assert save(page) == []
    assert [str(problem)[:20] for problem in said] == ["还没有选定这份记录属于谁，已填的内容还在"]
    assert box(page, "overall_goal").typed() == "住得安全"


def test_who_else_lives_there_is_offered_without_asking(desk: Desk, home: Registered) -> None:
    page = shown(RecordPage(desk, lambda: forms.form(desk, home.household, "household")))
    assert box(page, "head").control.text() == "梁甲菊"
    assert people.person_page(desk, home.people[0]).line.is_head
    assert RowInput("", {}).gone is False


def _two_goals(desk: Desk) -> tuple[str, str]:
    """A plan with one goal that holds two values; their ids."""
    new = forms.new_form(desk, "plan", {"case": "c-1"})
    forms.save_form(desk, new, {}, {"goals": [RowInput("", {"description": "能下床"})]})
    seen = forms.form(desk, new.id, "plan")
    goal = seen.rows["goals"][0].id
    for words in ("能出门", "能到院里"):
        forms.save_form(desk, seen, {}, {"goals": [RowInput(goal, {"description": words})]})
    return new.id, goal


@pytest.mark.parametrize("chosen", ["能出门", "能到院里"])
def test_two_values_of_a_row_stand_in_the_row_and_one_is_chosen(
    desk: Desk, home: Registered, chosen: str
) -> None:
    plan, goal = _two_goals(desk)
    page = shown(RecordPage(desk, lambda: forms.form(desk, plan, "plan")))
    assert page.form is not None
    row = page.form.body.rows["goals"].boxes[0]
    (band,) = [band for band in row.findChildren(Band) if not band.isHidden()]
    assert "能出门" in band.text()
    assert "能到院里" in band.text()
    press(band, f"用“{chosen}”")
    assert len(save(page)) == 1
    (after,) = forms.form(desk, plan, "plan").rows["goals"]
    assert (after.id, after.conflicts, after.values["description"]) == (goal, {}, chosen)


def test_control_a_row_of_one_value_has_no_band(desk: Desk, home: Registered) -> None:
    new = forms.new_form(desk, "plan", {"case": "c-2"})
    forms.save_form(desk, new, {}, {"goals": [RowInput("", {"description": "能下床"})]})
    assert bands(shown(RecordPage(desk, lambda: forms.form(desk, new.id, "plan")))) == []

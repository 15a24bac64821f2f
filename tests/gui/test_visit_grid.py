"""走访补录表: a row in a few keys, twelve rows, what is not met, doubtful, pasted, undone, or left lying."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import desks
import pytest
from desks import Keys, close_windows, open_desk, person, register, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sgz_desktop.actions import forms, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import open_station
from sgz_desktop.domain.edits import Changes
from sgz_desktop.errors import AppError
from sgz_desktop.gui import clipboard
from sgz_desktop.gui.dialogs import paste_dialog
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.dialogs.paste_dialog import PasteDialog
from sgz_desktop.gui.dialogs.pick_dialog import draft_target
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages import visit_grid_drafts, visit_grid_saving, visit_grid_undo
from sgz_desktop.gui.pages.visit_form import VisitForm
from sgz_desktop.gui.pages.visit_grid import VisitGrid
from sgz_desktop.gui.pages.visit_grid_model import COLUMNS, PLACES
from sgz_desktop.gui.pages.visits import VisitsPage, visits_page
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.person_picker import PersonPicker

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
PEOPLE = {  # invented; name → initials and village
    "韦甲成": ("wjc", "上溪村"),
    "梁乙凤": ("lyf", "上溪村"),
    "覃丙莲": ("qbl", "上溪村"),
    "罗丁根": ("ldg", "石桥头村"),
    "卢戊福": ("lwf", "石桥头村"),
    "黄己梅": ("hjm", "石桥头村"),
    "覃庚田": ("qgt", "竹林坳村"),
    "莫辛香": ("mxx", "竹林坳村"),
    "周壬里": ("zrl", "茶岭村"),
    "吴癸枝": ("wgz", "茶岭村"),
    "蒙子妹": ("mzm", "茶岭村"),
    "陆丑生": ("lcs", "茶岭村"),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a station with its people, closed; made once."""
    folder = tmp_path_factory.mktemp("town")
    with open_desk(folder) as desk:
        for name, (_, village) in PEOPLE.items():
            register(desk, person(name, "02", born="1950-03-02"), village=village)
    return folder / "store"


@pytest.fixture
def desk(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    shutil.copytree(town, tmp_path / "store")
    station = open_station(tmp_path / "store", "甲社工", desks.PASSPHRASE, now=lambda: desks.TODAY_MS)
    yield station.desk
    close_windows()
    station.close()


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    made = MainWindow({"visits": lambda: visits_page(desk)}, station="柳溪镇", user="甲社工")
    made.resize(1366, 768)
    made.show()
    made.go("visits")
    settle()
    return made


@pytest.fixture
def page(window: MainWindow) -> VisitsPage:
    made = window.page("visits")
    assert isinstance(made, VisitsPage)
    return made


@pytest.fixture
def grid(page: VisitsPage) -> VisitGrid:
    return page.grid


@pytest.fixture
def keys(window: MainWindow, page: VisitsPage, qtbot: QtBot) -> Keys:
    """The keyboard at the name of the first row."""
    made = Keys(window)
    made.press(Key.Key_F6)
    qtbot.waitUntil(lambda: page.grid.table.editor() is not None)
    assert page.grid.table.field() == "person"
    made.count = 0
    return made


def at_rest(grid: VisitGrid, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not grid.saver.busy)
    settle()


def choose(keys: Keys, grid: VisitGrid, letters: str, qtbot: QtBot) -> None:
    """Initials and Enter; the first one found is taken."""
    keys.letters(letters)
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: grid.table.field() == "met")


def routine(keys: Keys, grid: VisitGrid, name: str, qtbot: QtBot) -> int:
    """A row of a visit where all was as ever; returns how many keys it took."""
    before = keys.count
    choose(keys, grid, PEOPLE[name][0], qtbot)
    keys.press(Key.Key_1)
    keys.press(Key.Key_0)
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: grid.table.field() == "person")
    return keys.count - before


def stored(desk: Desk) -> list[forms.Form]:
    """All visits, in the order they were entered."""
    rids = visits.list_visits(desk)
    rows = visits.visit_rows(desk, rids)
    return [forms.form(desk, rows[rid][0].id, "visit") for rid in sorted(rids)]


def states(grid: VisitGrid) -> list[str]:
    return [grid.model.cell(at, PLACES["state"]).text for at in range(len(grid.model.rows))]


def test_a_routine_row_in_fifteen_keys_and_twelve_of_them(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    taken = [routine(keys, grid, name, qtbot) for name in PEOPLE]
    at_rest(grid, qtbot)
    assert max(taken) <= 15
    assert max(taken) == 7
    assert keys.count == sum(taken) == 84  # 5 minutes are 300 seconds: 3.5 seconds a key
    kept = stored(desk)
    assert len(kept) == 12
    wanted = {"date": "2026-06-30", "mode": "home", "met": True, "change": "none", "worker": "甲社工"}
    for visit in kept:
        assert {name: visit.values.get(name) for name in wanted} == wanted
        assert [(row.values["person"], row.values["mode"]) for row in visit.rows["presences"]] == [
            (visit.values["person"], "met")
        ]
    assert states(grid) == ["已保存"] * 12 + [""]
    assert grid.count.text() == "本次已录12行，见到12户，未遇0户"


def test_twelve_slips_of_a_day_as_they_come(desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot) -> None:
    """Nobody met, a change in words, another day and companion: still within what five minutes hold."""
    names = list(PEOPLE)
    grid.table.go(0, "day")
    keys.press(Key.Key_A, CTRL)
    keys.letters("29")
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_Tab)
    for name in names[:10]:
        routine(keys, grid, name, qtbot)
    choose(keys, grid, "mzm", qtbot)
    keys.letters("34")  # nobody met: in hospital
    keys.press(Key.Key_Return)
    choose(keys, grid, "lcs", qtbot)
    keys.letters("21")  # the family, something changed
    keys.letters("fangding loushui")
    keys.press(Key.Key_Return)
    at_rest(grid, qtbot)
    assert keys.count <= 120
    kept = stored(desk)
    assert [visit.values["date"] for visit in kept] == ["2026-06-29"] * 12
    assert (kept[10].values["met"], kept[10].values["not_met_reason"]) == (False, "hospital")
    assert kept[10].rows["presences"] == ()
    assert (kept[11].values["change"], kept[11].values["changes"]) == ("some", "fangding loushui")
    assert [row.values["mode"] for row in kept[11].rows["presences"]] == ["proxy"]
    assert grid.count.text() == "本次已录12行，见到11户，未遇1户"


def tone(grid: VisitGrid, row: int, field: str) -> str:
    return grid.model.cell(row, PLACES[field]).tone


def test_what_is_carried_down_is_grey_and_what_is_typed_is_dark(
    keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    routine(keys, grid, "梁乙凤", qtbot)
    routine(keys, grid, "罗丁根", qtbot)
    assert [tone(grid, row, "village") for row in range(4)] == ["text", "muted", "text", "muted"]
    assert [tone(grid, row, "day") for row in range(4)] == ["text", "muted", "muted", "muted"]
    assert [grid.model.cell(row, PLACES["village"]).text for row in range(4)] == [
        "上溪村",
        "上溪村",
        "石桥头村",
        "石桥头村",
    ]


def test_companion_purpose_and_mode_are_typed_once(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    choose(keys, grid, "wjc", qtbot)
    keys.press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert grid.table.field() == "mode"
    assert grid.table.options()[:3] == ["入户", "站内面谈", "电话"]
    keys.letters("3")
    assert grid.table.field() == "met"
    assert grid.table.options() == ["本人", "家属", "未遇"]
    keys.letters("10")
    keys.press(Key.Key_Tab)
    keys.letters("li")
    keys.press(Key.Key_Tab)
    assert grid.table.options()[3] == "探视"
    keys.letters("4")
    qtbot.waitUntil(lambda: grid.table.field() == "person")
    routine(keys, grid, "梁乙凤", qtbot)
    at_rest(grid, qtbot)
    for visit in stored(desk):
        assert (visit.values["mode"], visit.values["companions"], visit.values["purposes"]) == (
            "phone",
            "li",
            "care",
        )
        assert [row.values["mode"] for row in visit.rows["presences"]] == ["voice"]


def test_those_of_the_village_of_the_row_are_offered_first(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    register(desk, person("韦国珍", "02"), village="石桥头村")
    register(desk, person("吴桂枝", "02"), village="上溪村")
    routine(keys, grid, "罗丁根", qtbot)
    keys.letters("wg")
    editor = grid.table.editor()
    assert isinstance(editor, PersonPicker)
    qtbot.waitUntil(lambda: bool(editor.candidates()))
    assert editor.candidates()[0].name == "韦国珍"
    assert "石桥头村" in editor.candidates()[0].facts
    assert "本月未探访" in editor.candidates()[0].facts


def test_a_digit_takes_another_candidate(keys: Keys, grid: VisitGrid, desk: Desk, qtbot: QtBot) -> None:
    register(desk, person("韦国珍", "02"), village="石桥头村")
    keys.letters("wg")
    editor = grid.table.editor()
    assert isinstance(editor, PersonPicker)
    qtbot.waitUntil(lambda: len(editor.candidates()) == 2)
    second = editor.candidates()[1].name
    keys.letters("2")
    qtbot.waitUntil(lambda: grid.table.field() == "met")
    assert grid.model.rows[0].slip.name == second


def test_typing_never_waits_for_the_store_and_saved_is_said_after_the_commit(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, save = threading.Event(), visit_grid_saving.save_slip

    def slow(*given: Any) -> Any:
        assert hold.wait(20)
        return save(*given)

    monkeypatch.setattr(visit_grid_saving, "save_slip", slow)
    monkeypatch.setattr(desks, "settle", QApplication.processEvents)  # jobs stay under way
    for letters in ("wjc", "lyf"):
        keys.letters(letters)
        keys.press(Key.Key_Return)
        qtbot.waitUntil(lambda: grid.table.field() == "met")
        keys.letters("10")
        keys.press(Key.Key_Return)
    assert states(grid) == ["正在保存", "正在保存", ""]
    assert visits.list_visits(desk) == []
    assert grid.count.text().startswith("还没有录入")
    hold.set()
    qtbot.waitUntil(lambda: states(grid) == ["已保存", "已保存", ""])
    assert len(stored(desk)) == 2


def test_a_row_that_cannot_be_saved_stays_a_draft_and_says_why(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    choose(keys, grid, "wjc", qtbot)
    keys.press(Key.Key_Down)
    at_rest(grid, qtbot)
    assert states(grid)[0] == "草稿"
    assert grid.band.text() == "第1行（韦甲成）：还没有填见到了谁。"
    grid.table.go(0, "day")
    settle()
    keys.press(Key.Key_A, CTRL)
    keys.letters("7.5")
    keys.press(Key.Key_Return)
    assert grid.table.field() == "met"
    keys.letters("10")
    keys.press(Key.Key_Return)
    at_rest(grid, qtbot)
    assert states(grid)[0] == "草稿"
    assert grid.band.text() == "第1行（韦甲成）：服务日期晚于今天，请核对。"
    assert visits.list_visits(desk) == []


def test_a_day_that_is_none_is_told_at_once(keys: Keys, grid: VisitGrid) -> None:
    grid.table.go(0, "day")
    settle()
    keys.press(Key.Key_A, CTRL)
    keys.letters("6.31")
    keys.press(Key.Key_Tab)
    assert grid.band.text() == "第1行：2026年6月只有30天，请核对日期。"
    assert grid.model.cell(0, PLACES["day"]).text == "6.31"


def test_the_same_person_twice_is_saved_marked_and_shown(
    desk: Desk, page: VisitsPage, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    routine(keys, grid, "韦甲成", qtbot)
    at_rest(grid, qtbot)
    assert states(grid)[:2] == ["已保存", "待核"]
    assert grid.band.text() == "第2行：韦甲成6月30日已有一条走访（甲社工）。这行已保存，标为待核。"
    grid.twin.click()
    qtbot.waitUntil(lambda: isinstance(page.stack.over, VisitForm))
    assert isinstance(page.stack.over, VisitForm)
    assert page.stack.over.visit == stored(desk)[0].id


def test_a_saved_row_is_altered_in_place_and_taken_back(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    at_rest(grid, qtbot)
    (visit,) = stored(desk)
    grid.table.go(0, "met")
    settle()
    keys.letters("31")
    keys.press(Key.Key_Return)
    at_rest(grid, qtbot)
    (altered,) = stored(desk)
    assert (altered.id, altered.values["met"], altered.rows["presences"]) == (visit.id, False, ())
    keys.press(Key.Key_Z, CTRL)
    at_rest(grid, qtbot)
    assert stored(desk)[0].values["met"] is True
    assert states(grid)[0] == "已保存"
    keys.press(Key.Key_Z, CTRL)
    at_rest(grid, qtbot)
    assert visits.list_visits(desk) == []
    assert states(grid)[0] == "草稿"
    assert grid.band.text() == f"第1行（韦甲成）：{visit_grid_undo.TAKEN_BACK}"
    keys.press(Key.Key_Down)
    at_rest(grid, qtbot)
    assert visits.list_visits(desk) == [], "what was taken back is not saved by merely going on"
    grid.finish()
    at_rest(grid, qtbot)
    assert (states(grid)[0], visits.list_visits(desk)) == ("草稿", [])
    grid.table.go(0, "words")
    settle()
    keys.press(Key.Key_Return)
    at_rest(grid, qtbot)
    assert len(stored(desk)) == 1


def test_a_row_is_deleted_with_a_reason_and_a_draft_without(
    desk: Desk, window: MainWindow, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    at_rest(grid, qtbot)
    choose(keys, grid, "lyf", qtbot)
    keys.press(Key.Key_Delete, CTRL)
    assert states(grid) == ["已保存", ""]
    keys.press(Key.Key_Z, CTRL)
    assert grid.model.rows[1].slip.name == "梁乙凤"
    keys.press(Key.Key_Delete, CTRL)
    grid.table.go(0, "met")
    settle()
    keys.press(Key.Key_Delete, CTRL)
    (dialog,) = window.findChildren(DeleteDialog)
    dialog.reason.setText("重复记录")
    dialog.do.click()
    settle()
    assert visits.list_visits(desk) == []
    assert states(grid) == [""]


def test_a_name_in_chinese_from_an_input_method(keys: Keys, grid: VisitGrid, qtbot: QtBot) -> None:
    event = QInputMethodEvent()
    event.setCommitString("覃庚田")
    editor = grid.table.editor()
    assert editor is not None
    QApplication.sendEvent(editor, event)
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: grid.table.field() == "met")
    assert grid.model.rows[0].slip.village == "竹林坳村"


def test_a_name_nobody_has_stays_where_it_is_and_is_told(keys: Keys, grid: VisitGrid, qtbot: QtBot) -> None:
    keys.letters("zzq")
    keys.press(Key.Key_Return)
    settle()
    assert grid.table.field() == "person"
    assert grid.band.text() == "第1行：没有找到“zzq”，可换拼音首字母再找。"
    keys.press(Key.Key_Down)
    assert states(grid)[0] == "草稿"
    assert grid.model.rows[0].slip.name == "zzq"


def test_the_time_of_entry_is_told_where_the_mouse_rests(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    at_rest(grid, qtbot)
    tip = grid.model.tip(0, PLACES["state"])
    assert tip.startswith("录入于6月30日")
    assert tip.endswith("，甲社工")


def test_what_is_typed_survives_lock_and_crash(
    desk: Desk, window: MainWindow, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    choose(keys, grid, "lyf", qtbot)
    keys.letters("11")
    keys.letters("wuding loushui")
    window.flush()  # as locking does
    settle()
    (draft,) = forms.list_drafts(desk)
    assert draft_target(draft) == ("visits", {"slips": True})
    again = VisitsPage(desk)
    again.resize(1100, 700)
    again.show()
    again.activate({"slips": True})
    settle()
    row = again.grid.model.rows[0]
    assert (row.slip.name, row.slip.words, row.state) == ("梁乙凤", "wuding loushui", "draft")
    assert again.grid.band.text() == f"第1行（梁乙凤）：{visit_grid_drafts.LEFT_OVER}"
    again.grid.finish()
    qtbot.waitUntil(lambda: not again.grid.saver.busy)
    settle()
    assert [visit.values.get("changes") for visit in stored(desk)] == [None, "wuding loushui"]
    assert forms.list_drafts(desk) == []


def test_a_draft_of_a_row_that_was_saved_after_all_is_no_second_visit(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    at_rest(grid, qtbot)
    forms.keep_draft(desk, *visit_grid_drafts.NAME, {"rows": [grid.model.rows[0].drafted()]})
    again = VisitGrid(desk)
    again.load()
    settle()
    assert states(again) == [""]
    assert len(stored(desk)) == 1


def test_the_whole_form_is_a_key_away(
    desk: Desk, page: VisitsPage, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    choose(keys, grid, "wjc", qtbot)
    keys.letters("10")
    keys.press(Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(page.stack.over, VisitForm))
    settle()
    form = page.stack.over
    assert isinstance(form, VisitForm)
    assert form.form is not None
    form.form.body.boxes["companions"].put("乙社工")
    form.save()
    qtbot.waitUntil(lambda: page.stack.over is None)
    settle()
    page.on_changes(Changes({"visit": frozenset({form.visit})}))
    qtbot.waitUntil(lambda: grid.model.rows[0].slip.companions == "乙社工")
    grid.undo.undo()
    settle()
    assert len(stored(desk)) == 1, "a visit written out in full is not taken back by a key"


def test_a_visit_deleted_elsewhere_leaves_the_table(
    desk: Desk, page: VisitsPage, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    at_rest(grid, qtbot)
    (visit,) = stored(desk)
    page.on_changes(forms.delete_record(desk, visit.id, "visit", "重复记录", visit.seen))
    qtbot.waitUntil(lambda: states(grid) == [""])


def test_finishing_saves_the_last_row_and_clears_the_table(
    desk: Desk, page: VisitsPage, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    choose(keys, grid, "wjc", qtbot)
    keys.letters("10")
    grid.finish_button.click()
    qtbot.waitUntil(lambda: page.tabs.current() == 0)
    settle()
    assert len(stored(desk)) == 1
    assert states(grid) == [""]
    assert forms.list_drafts(desk) == []


def test_finishing_keeps_what_is_not_whole(
    desk: Desk, page: VisitsPage, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    routine(keys, grid, "韦甲成", qtbot)
    choose(keys, grid, "lyf", qtbot)
    grid.finish_button.click()
    qtbot.waitUntil(lambda: len(grid.model.rows) == 2)
    settle()
    assert page.tabs.current() == 2
    assert states(grid) == ["草稿", ""]
    assert len(stored(desk)) == 1


def copied(names: list[str], *more: str) -> str:
    lines = [f"2026/6/{10 + at % 15}\t{PEOPLE[name][1]}\t{name}\t本人\t无" for at, name in enumerate(names)]
    return "\n".join(["日期\t村\t姓名\t见到\t变化", *lines, *more])


def paste(window: MainWindow, keys: Keys, text: str) -> PasteDialog:
    clipboard.put(text)
    keys.press(Key.Key_V, CTRL)
    return window.findChildren(PasteDialog)[-1]


def test_forty_rows_are_pasted_shown_first_and_written_after_the_confirmation(
    desk: Desk, window: MainWindow, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    dialog = paste(window, keys, copied([list(PEOPLE)[at % 12] for at in range(40)]))
    assert dialog.says.text() == "40行都看懂了。"
    assert dialog.go.words() == "确认录入40行"
    assert visits.list_visits(desk) == []
    assert len(grid.model.rows) == 1
    dialog.submit()
    at_rest(grid, qtbot)
    kept = stored(desk)
    assert len(kept) == 40
    assert set(states(grid)[:40]) <= {"已保存", "待核"}
    assert all(len(visit.rows["presences"]) == 1 for visit in kept)


def test_nothing_is_written_when_a_paste_is_left(
    desk: Desk, window: MainWindow, keys: Keys, grid: VisitGrid
) -> None:
    paste(window, keys, copied(["韦甲成"])).reject()
    settle()
    assert visits.list_visits(desk) == []
    assert states(grid) == [""]
    assert forms.list_drafts(desk) == []


def test_lines_not_understood_are_marked_and_become_drafts(
    desk: Desk, window: MainWindow, keys: Keys, grid: VisitGrid, qtbot: QtBot
) -> None:
    register(desk, person("韦甲成", "02", born="1990-01-01"), village="荷塘村")
    bad = ("6.31\t上溪村\t梁乙凤\t本人\t无", "6.29\t\t张不在\t本人\t无", "6.29\t茶岭村\t韦甲成\t本人\t无")
    dialog = paste(window, keys, copied(["罗丁根"], *bad))
    assert [dialog.amiss(one) for one in dialog.lines] == [
        "",
        "2026年6月只有30天，请核对日期。",
        "没有找到这个人，请核对姓名。",
        "有2位同名，请选择。",
    ]
    assert dialog.says.text().startswith("看懂1行，3行要看一下。")
    dialog.table.set_current(3)
    dialog.people.set_value(dialog.lines[3].people[1].id)
    assert dialog.amiss(dialog.lines[3]) == ""
    dialog.submit()
    at_rest(grid, qtbot)
    assert states(grid) == ["已保存", "草稿", "草稿", "已保存", ""]
    assert grid.band.text() == "第2行（梁乙凤）：2026年6月只有30天，请核对日期。"
    assert len(stored(desk)) == 2


def test_a_line_can_be_left_out_of_a_paste(window: MainWindow, keys: Keys) -> None:
    dialog = paste(window, keys, copied(["韦甲成", "罗丁根"]))
    dialog.table.set_current(0)
    dialog.drop.click()
    assert [one.pasted.slip.name for one in dialog.lines] == ["罗丁根"]
    dialog.drop.click()
    assert dialog.lines == []
    assert not dialog.go.isEnabled()


def test_a_paste_that_says_nothing_is_told(window: MainWindow, keys: Keys) -> None:
    dialog = paste(window, keys, "\t\n\t")
    assert dialog.says.text() == paste_dialog.NOTHING
    assert not dialog.go.isEnabled()


def test_a_word_is_pasted_into_the_field(keys: Keys, grid: VisitGrid, window: MainWindow) -> None:
    clipboard.put("wjc")
    keys.press(Key.Key_V, CTRL)
    assert window.findChildren(PasteDialog) == []
    editor = grid.table.editor()
    assert editor is not None
    assert editor.text() == "wjc"


def test_tab_goes_through_the_cells_and_out_of_the_table(keys: Keys, grid: VisitGrid) -> None:
    fields = []
    for _ in range(6):
        keys.press(Key.Key_Tab)
        fields.append(grid.table.field())
    assert fields == ["mode", "met", "change", "words", "companions", "purposes"]
    keys.press(Key.Key_Tab)
    assert not grid.table.hasFocus()
    assert grid.table.editor() is None
    grid.table.setFocus()
    grid.table.go(0, "person")
    settle()
    keys.press(Key.Key_Escape)
    assert grid.finish_button.hasFocus()


def test_the_cell_above_is_copied(keys: Keys, grid: VisitGrid, qtbot: QtBot) -> None:
    choose(keys, grid, "wjc", qtbot)
    keys.letters("11")
    keys.letters("ok")
    keys.press(Key.Key_Return)
    choose(keys, grid, "lyf", qtbot)
    for _ in range(3):
        keys.press(Key.Key_D, CTRL)
    slip = grid.model.rows[1].slip
    assert (slip.met, slip.change, slip.words) == ("self", "some", "ok")


@pytest.mark.parametrize("width", [1366, 1040, 700])
def test_nothing_of_the_table_is_out_of_reach(
    width: int, every_scale: float, window: MainWindow, page: VisitsPage
) -> None:
    """At every width the columns are as wide as their words need, and what does not fit scrolls."""
    window.resize(width, 696)
    page.activate({"slips": True})
    settle()
    table = page.grid.table
    across = table.horizontalHeader()
    assert window.height() == 696
    assert across.length() <= table.viewport().width() or table.horizontalScrollBar().maximum() > 0
    for place, column in enumerate(COLUMNS):
        if not table.isColumnHidden(place):
            assert across.sectionSize(place) >= px(column.width)
    for field in ("companions", "day"):
        table.go(0, field)
        settle()
        assert table.viewport().rect().intersects(table.visualRect(table.currentIndex()))


def test_a_row_the_disk_refuses_stays_and_is_saved_at_the_next_try(
    desk: Desk, keys: Keys, grid: VisitGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> Any:
        raise AppError("磁盘空间不够，没能保存；请先不要关闭窗口。")

    with monkeypatch.context() as patch:
        patch.setattr(visit_grid_saving, "save_slip", full)
        routine(keys, grid, "韦甲成", qtbot)
        at_rest(grid, qtbot)
    assert states(grid)[0] == "草稿"
    assert grid.band.text() == "第1行（韦甲成）：磁盘空间不够，没能保存；请先不要关闭窗口。"
    grid.table.go(0, "words")
    settle()
    keys.press(Key.Key_Return)
    at_rest(grid, qtbot)
    assert states(grid)[0] == "已保存"
    assert len(stored(desk)) == 1

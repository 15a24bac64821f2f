"""The sections of the station's other work: every tab lists, opens, makes, saves and takes out its kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import open_desk, settle
from PySide6.QtWidgets import QPushButton
from walking import missed, walked

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, new_form, save_form
from sgz_desktop.actions.station_lists import list_station
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import parent_field, questions
from sgz_desktop.domain.station_lists import COUNTED, LIST_OF, SECTION_OF, SECTIONS
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.toast import Toast

SOMEBODY = "01970000-0000-7000-8000-000000000001"
WRITTEN = {
    "inspection": "by_whom",
    "room_use": "purpose",
    "supervision": "supervisor",
    "supervision_agreement": "supervisor",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("station")) as desk:
        yield desk


@pytest.mark.parametrize("kind", LIST_OF)
def test_what_a_list_names_is_declared(kind: str) -> None:
    of, asked = LIST_OF[kind], questions(BY_KIND[kind])
    counted = {name for of_kind, name in COUNTED if of_kind == kind}
    assert {name for column in of.columns for name in column.fields} <= set(asked) | counted
    assert not counted & set(asked)
    assert of.order in asked
    assert not of.over or of.over in asked
    assert sum(column.width == 0 for column in of.columns) >= 1
    assert record_target(kind, "x") == (SECTION_OF[kind], (kind, "x"))


@pytest.mark.parametrize("section", SECTIONS)
def test_each_tab_makes_lists_opens_and_takes_out(desk: Desk, section: str) -> None:
    hub = StationHub(desk, section)
    hub.show()
    hub.activateWindow()
    for of in hub.lists:
        hub.show_tab(of.kind)
        hub.new.click()
        settle()
        page = hub.stack.over
        assert page is not None
        names = [n for column in of.columns for n in column.fields]
        name = WRITTEN.get(of.kind) or next(n for n in names if n in ("name", "title", "what"))
        page.form.body.build_all()
        hub.activateWindow()
        page.form.focus_first()
        settle()
        assert missed(page) == [], of.kind
        page.form.body.boxes[name].put("试写一条")
        if parent := parent_field(BY_KIND[of.kind]):
            page.form.body.boxes[parent].control.set_options([(SOMEBODY, "某人")])
            page.form.body.boxes[parent].put_value(SOMEBODY)
        page.save()
        settle()
        assert hub.stack.over is None, of.kind
        assert [line.cells for line in hub.card.lines if "试写一条" in line.cells], of.kind
        assert hub.tabs.current() == hub.lists.index(of)
        hub.activateWindow()
        hub.card.table.setFocus()
        settle()
        assert missed(hub) == [], of.kind
        hub.card.table.opened.emit(hub.current_id())
        settle()
        assert hub.stack.over is not None
        assert hub.stack.over.form.form.id == hub.current_id()
        head = getattr(hub.stack.over, "page", hub.stack.over).head
        assert head.facts.text() == "·".join(filter(None, hub.card.lines[0].cells[:2]))
        hub.stack.over.leave()
        settle()
        hub.card.delete.click()
        settle()
        dialog = hub.findChild(DeleteDialog)
        dialog.reason.setText("重复记录")
        dialog.do.click()
        settle()
        assert list_station(desk, of.kind) == []
        assert hub.card.lines == []
    hub.hide()
    hub.deleteLater()


@pytest.mark.parametrize("section", SECTIONS)
def test_an_empty_tab_says_what_to_do_and_offers_nothing_for_rows(desk: Desk, section: str) -> None:
    hub = StationHub(desk, section)
    hub.show()
    for of in SECTIONS[section]:
        assert any(verb in of.empty for verb in ("新建", "可以", "登记后", "写好", "建好", "记在")), of.empty
        card = next(one for one in hub.cards if one.of == of)
        card.show_lines(())
        assert card.delete.isHidden()
        assert card.tools.isHidden()
    undo = Toast(hub).undo_button.shortcut()
    assert not undo.isEmpty()
    assert [one.text() for one in hub.findChildren(QPushButton) if one.shortcut() == undo] == ["撤销"]
    hub.hide()
    hub.deleteLater()


def test_a_verb_without_a_row_says_what_is_missing(desk: Desk) -> None:
    for section, kinds in (
        ("groups", ("group", "activity")),
        ("resources", ("resource",)),
        ("station", ("service_item",)),
    ):
        hub, said = StationHub(desk, section), list[str]()
        hub.said.connect(lambda words, _undo, said=said: said.append(words))
        for kind in kinds:
            hub.show_tab(kind)
            hub.card.show_lines(())
            for verb in hub.verbs[kind]:
                verb.click()
                assert "新建" in said.pop(), (kind, verb.text())
        hub.deleteLater()


def test_who_came_to_an_activity_is_told_by_names_or_by_heads(desk: Desk) -> None:
    helper = RowInput("", {"name": "苗青青", "role": "volunteer"})
    named = [RowInput("", {"name": name, "role": "resident"}) for name in ("覃阿公", "何阿妹")]
    for name, typed, rows in (
        ("茶话会", {}, [*named, helper]),
        ("宣传", {"head_count": "86"}, []),
        ("待办", {}, []),
    ):
        opened = new_form(desk, "activity")
        save_form(desk, opened, {"name": name, "date": "2026-06-12", **typed}, {"sign_ins": rows})
    came = next(n for n, one in enumerate(LIST_OF["activity"].columns) if one.fields == ("people",))
    assert sorted(line.cells[came] for line in list_station(desk, "activity")) == ["", "2", "86"]


def test_a_row_added_comes_before_what_adds_the_next(desk: Desk) -> None:
    hub = StationHub(desk, "station")
    hub.show()
    hub.activateWindow()
    hub.start("contract", {})
    settle()
    page = hub.stack.over
    page.form.body.build_all()
    rows = page.form.body.rows["targets"]
    first, second = rows.add(), rows.add()
    settle()
    page.form.focus_first()
    names = [one.accessibleName() for one in walked()]
    at = [names.index(f"移除合同指标{number}") for number in (1, 2)]
    assert names.index("备注") < at[0] < at[1] < names.index("添加合同指标")
    assert at[1] - at[0] == len(first.boxes) + 1 == len(second.boxes) + 1
    page.form.drop_draft()
    hub.hide()
    hub.deleteLater()


def test_what_is_doubtful_of_a_record_is_said_when_it_is_saved(desk: Desk) -> None:
    hub = StationHub(desk, "resources")
    hub.show()
    hub.show_tab("resource")
    said: list[str] = []
    hub.said.connect(lambda words, _undo: said.append(words))
    by = {"provider_name": "测试单位"}
    for values in ({"sort": "goods", **by}, {"sort": "service", **by}, {"sort": "service"}):
        hub.start("resource", {"what": "棉被", **values})
        settle()
        hub.stack.over.save()
        settle()
        assert hub.current_id() == hub.card.lines[0].id
    assert said == [
        "资源链接已保存。待核：折合金额和估价依据还没有填。",
        "资源链接已保存。10秒内可以撤销。",
        "资源链接已保存。待核：提供单位或提供者还没有填。",
    ]
    hub.hide()
    hub.deleteLater()

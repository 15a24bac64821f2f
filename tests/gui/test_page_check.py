"""迎检自查 by keyboard: a table from a checklist or a file, digits, evidence, its papers; the year's plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Keys, open_desk, settle
from PySide6.QtCore import Qt

from sgz_desktop.actions import forms, self_check
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.evidence_dialog import EvidenceDialog
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.dialogs.sample_dialog import SampleDialog
from sgz_desktop.gui.pages.check_page import CheckPage
from sgz_desktop.gui.pages.check_verbs import choose_checklist, show_check, take_file
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.store import search


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("check")) as desk:
        yield desk


@pytest.fixture
def hub(desk: Desk) -> Iterator[StationHub]:
    hub = StationHub(desk, "station")
    hub.resize(1100, 700)
    hub.show()
    hub.activate({"tab": "evaluation_table"})
    settle()
    yield hub
    settle()
    hub.close()
    hub.deleteLater()


def page_of(hub: StationHub) -> CheckPage:
    settle()
    page = hub.stack.over
    assert isinstance(page, CheckPage)
    return page


def states(desk: Desk, page: CheckPage) -> list[str]:
    settle()
    assert page.page is not None
    return [line.standing.state for line in self_check.evaluation_page(desk, str(page.page.table.id)).items]


def test_a_checklist_is_gone_through_with_digits(hub: StationHub, desk: Desk) -> None:
    choose_checklist(hub)
    settle()
    dialog = hub.window().findChild(PickDialog)
    dialog.list.opened.emit(0)
    page = page_of(hub)
    keys = Keys(hub)
    assert page.table.hasFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4):
        keys.press(key)
    assert states(desk, page)[:4] == ["met", "partly", "not_asked", "missing"]
    assert [page.table.rows_shown()[at][5].text for at in (0, 3)] == ["已具备", "缺"]
    assert page.table.rows_shown()[3][5].tone == "danger"
    page.only.set_value(True)
    settle()
    assert len(page.table.rows_shown()) == 7
    page.only.set_value(False)
    page.table.set_current(str(page.page.items[0].item.id))
    page.table.setFocus()
    keys.press(Qt.Key.Key_0)
    assert states(desk, page)[0] == "missing"


def test_evidence_is_found_by_its_words_and_opened(hub: StationHub, desk: Desk) -> None:
    who = forms.save_form(desk, forms.new_form(desk, "person"), {"name": "乙某"}).id
    told = {"person": who, "date": "2026-06-01", "facts": "白鹭清明，屋顶修好了"}
    visit = forms.save_form(desk, forms.new_form(desk, "visit"), told).id
    desk.store.write(search.refresh)
    while desk.store.write(search.work_off):
        pass
    show_check(hub, self_check.make_checklist(desk, "henan").id)
    page = page_of(hub)
    page.add.click()
    settle()
    dialog = hub.window().findChild(EvidenceDialog)
    dialog.submit()
    assert dialog.frame.message() == "请选一条记录，或写说明。"
    dialog.box.setText("白鹭清明")
    dialog.box.send()
    settle()
    assert dialog.list.current_id() == visit
    dialog.submit()
    assert states(desk, page)[0] == "met"
    assert page.table.rows_shown()[0][6].text.startswith("走访 2026年6月1日")
    gone: list[tuple[str, object]] = []
    page.go.connect(lambda section, target: gone.append((section, target)))
    page.see.click()
    settle()
    assert gone == [("visits", {"visit": visit})]
    page.open_item(str(page.page.items[0].item.id))
    settle()
    form = page.stack.over.form
    form.body.build_all()
    assert not form.altered  # the linked record is named, not lost
    page.stack.over.leave()


def test_a_file_becomes_a_table_and_an_item_is_added(hub: StationHub, desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    hub.said.connect(lambda sentence, _undo: said.append(sentence))
    (tmp_path / "年度评估.csv").write_text("内容,分值\n有场地,5\n有人员,多\n", "utf-8")
    take_file(hub, tmp_path / "年度评估.csv")
    page = page_of(hub)
    assert said == ["已读入2项。第3行的分值没读出，请补填。"]
    assert page.head.title.text() == "年度评估"
    page.new.click()
    settle()
    form = page.stack.over
    form.form.body.boxes["text"].put("开展督导")
    form.save()
    settle()
    assert page.stack.over is None
    assert [line.item.text for line in page.page.items] == ["有场地", "有人员", "开展督导"]
    assert page.page.items[2].found_words == "没有找到督导记录"


def test_cases_are_drawn_and_shown(hub: StationHub, desk: Desk) -> None:
    table = self_check.make_checklist(desk, "henan").id
    who = forms.save_form(desk, forms.new_form(desk, "person"), {"name": "甲某"}).id
    forms.save_form(desk, forms.new_form(desk, "case"), {"client": who, "opened_on": "2026-06-01"})
    show_check(hub, table)
    page = page_of(hub)
    page.paper_wanted.emit("sample")
    settle()
    dialog = hub.window().findChild(SampleDialog)
    dialog.size.set_value("0")
    dialog.submit()
    assert dialog.frames[0].message() == "请填1至200的数字。"
    dialog.size.set_value("3")
    dialog.seed.set_value("3817")
    dialog.submit()
    settle()
    paper = hub.window().findChild(PaperDialog)
    assert paper.view.pane.data.startswith(b"%PDF")
    paper.reject()
    settle()
    assert "种子数3817" in str(forms.form(desk, table, "evaluation_table").values["note"])


def test_the_years_plan_stands_above_what_is_planned(hub: StationHub, desk: Desk) -> None:
    hub.start("contract", {})
    settle()
    assert hub.stack.over.findChild(Band, "year_plan") is None
    hub.back()
    told = {"title": "2026年需求调研", "year_plan": "每月两次就医陪同。"}
    survey = forms.save_form(desk, forms.new_form(desk, "survey"), told).id
    hub.start("contract", {})
    settle()
    band = hub.stack.over.findChild(Band, "year_plan")
    assert "每月两次就医陪同。" in band.text()
    gone: list[tuple[str, object]] = []
    hub.go.connect(lambda section, target: gone.append((section, target)))
    band.findChildren(type(hub.new))[0].click()
    assert gone == [("station", ("survey", survey))]
    hub.back()
    settle()

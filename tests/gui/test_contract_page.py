"""合同进度, the sides of 人员 and 服务目录, and what the workbench makes of them, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import open_desk, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sgz_desktop.actions import forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, new_form, save_form
from sgz_desktop.actions.people import MemberInput, register_household
from sgz_desktop.actions.visits import new_visit
from sgz_desktop.gui import theme
from sgz_desktop.gui.dialogs.due_dialog import target_of
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.pages.contract_page import ContractPage, goals_words
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.pages.workbench import WorkbenchPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.data_table import cell_text

CONTENT = (1176, 708)  # of 1366×768 beside the side bar and under the window's head
SPAN = {"number": "QH-2025-1", "first_on": "2025-09-01", "last_on": "2026-08-31", "signed_on": "2025-08-25"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("contract")) as desk:
        home = register_household(
            desk, {"village": "上溪村"}, [MemberInput("02", {"name": "测试甲"})]
        ).household
        item = new_form(desk, "service_item")
        save_form(desk, item, {"number": "1", "title": "探访老人", "goal": 10, "goal_unit": "户次"})
        typed = {"mode": "home", "met": "是", "service_item": item.id}
        for day in ("2025-10-08", "2026-03-02", "2026-06-01"):
            save_form(desk, new_visit(desk, household=home), {"date": day, **typed})
        typed = {"posted_on": "2025-10-01", "full_time": "是", "qualification": "none"}
        save_form(desk, new_form(desk, "staff"), {"name": "王小麦", **typed})
        yield desk


@pytest.fixture(scope="module")
def contract(desk: Desk) -> str:
    targets = [
        RowInput("", {"indicator": "V01.households", "goal": 12}),
        RowInput("", {"indicator": "x", "goal": 1}),
    ]
    spent = [
        RowInput("", {"category": "activity", "amount": "300", "date": "2026-03-01"}),
        RowInput("", {"amount": "20", "date": "2026-03-02"}),
    ]
    budgets = [RowInput("", {"category": "activity", "ceiling": "200"})]
    form = new_form(desk, "contract")
    rows = {"targets": targets, "spendings": spent, "budgets": budgets}
    save_form(desk, form, {**SPAN, "amount": "1000"}, rows)
    return form.id


@pytest.fixture
def hub(desk: Desk, contract: str) -> Iterator[StationHub]:
    hub = StationHub(desk, "station")
    hub.resize(*CONTENT)
    hub.show()
    hub.activate()
    settle()
    yield hub
    hub.hide()
    hub.deleteLater()


def test_where_the_year_stands_and_what_pace_is_needed(hub: StationHub, contract: str) -> None:
    assert hub.current_id() == contract
    hub.verbs["contract"][0].click()
    settle()
    page = hub.stack.over
    assert isinstance(page, ContractPage)
    visits, unknown = page.goals.rows
    assert (visits.shown, visits.tone) == ("3/12户次", "warn")
    assert visits.note == "应到9，每月还要5户次"
    assert "改选" in unknown.note
    whole, activity, unsaid = page.money.rows
    assert (whole.tone, activity.tone, activity.note) == ("brand", "danger", "超出100元")
    assert (whole.label, whole.shown, unsaid.label, unsaid.shown) == ("合计", "320元", "类别未填", "20元")
    assert page.band.isVisible()
    assert [row.what for row in page.reports.rows] == ["", ""]
    assert page.reports.rows[0].late
    assert page.targets.facts.text() == "2项落后，竖线是到今天应完成的"
    assert page.found
    assert goals_words(page.found, "2026-09-01") == "合同年已结束，2项没有完成"
    hub.activate({"tab": "staff"})
    assert hub.stack.over is None


def test_each_number_opens_its_records_by_keyboard(hub: StationHub, contract: str) -> None:
    hub.activate({"contract": contract})
    settle()
    page = hub.stack.over
    assert isinstance(page, ContractPage)
    opened: list[tuple[str, object]] = []
    page.go.connect(lambda section, target: opened.append((section, target)))
    assert page.focusWidget() is page.goals
    QTest.keyClick(page.goals, Qt.Key.Key_Return)
    settle()
    assert page.side.currentWidget() is page.drawer
    assert len(page.drawer.table.rows.ids()) == 3
    QTest.keyClick(page.drawer.table, Qt.Key.Key_Return)
    assert opened[-1][0] == "visits"
    QTest.keyClick(page.drawer.table, Qt.Key.Key_Escape)
    assert page.side.currentIndex() == 0
    page.money.setFocus()
    QTest.keyClick(page.money, Qt.Key.Key_Down)
    QTest.keyClick(page.money, Qt.Key.Key_Return)
    page.reports.setFocus()
    QTest.keyClick(page.reports, Qt.Key.Key_Return)
    payments = {"tab": "spending", "find": "服务活动 QH-2025-1"}
    assert opened[-2:] == [("station", payments), ("reports", ("midterm", "2025"))]
    hub.activate(payments)
    settle()
    hub.card.tools.box.send()
    assert [cell_text(row[3]) for row in hub.card.table.rows_shown()] == ["300元"]
    assert hub.card.count.text() == "2笔，找到的合计300元"


def test_a_target_asked_for_shows_its_records_at_once(hub: StationHub, contract: str) -> None:
    hub.activate({"contract": contract, "goal": "V01.households"})
    settle()
    page = hub.stack.over
    assert isinstance(page, ContractPage)
    assert page.side.currentWidget() is page.drawer
    assert len(page.drawer.table.rows.ids()) == 3


def test_a_payment_is_of_todays_contract_and_what_is_over_is_said(hub: StationHub, contract: str) -> None:
    hub.show_tab("spending")
    hub.new.click()
    settle()
    boxes = form_of(hub).body.all_boxes()
    assert boxes["contract"].typed() == contract
    for name, typed in (("amount", "5"), ("category", "activity"), ("date", "2026-03-03")):
        boxes[name].put_value(typed) if name == "category" else boxes[name].put(typed)
    told: list[str] = []
    hub.said.connect(lambda words, _undo: told.append(words))
    form_of(hub).save()
    settle()
    assert told == ["经费支出已保存。待核：服务活动超出预算105元。"]
    hub.open_record("contract", contract)
    settle()
    form_of(hub).body.build_all()
    assert set(form_of(hub).body.rows) == {"targets", "budgets", "handovers"}  # with payments it took seconds


def form_of(hub: StationHub) -> RecordForm:
    """The form in front."""
    page = hub.stack.over
    assert isinstance(page, RecordPage)
    assert page.form is not None
    return page.form


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_page_fits_a_small_screen(hub: StationHub, contract: str, scale: float, qapp: object) -> None:
    theme.apply(qapp, scale)  # type: ignore[arg-type]
    page = ContractPage(hub.desk, contract)
    page.resize(*CONTENT)
    page.show()
    settle()
    assert page.minimumSizeHint().width() <= CONTENT[0]
    assert page.minimumSizeHint().height() <= CONTENT[1]
    page.hide()
    page.deleteLater()


def test_a_target_is_chosen_by_title_in_the_form(hub: StationHub, contract: str) -> None:
    hub.open_record("contract", contract)
    settle()
    body = hub.stack.over.form.body  # type: ignore[union-attr]
    body.build_all()
    assert not body.boxes["number"].control.isReadOnly()  # typed off the paper, not given by this program
    first, unknown = body.rows["targets"].boxes
    assert first.boxes["indicator"].typed() == "V01.households"
    assert unknown.boxes["indicator"].typed() == "x"
    added = body.rows["targets"].add()
    added.boxes["indicator"].put("C01.new")
    added.boxes["goal"].put("6")
    hub.stack.over.save()  # type: ignore[union-attr]
    settle()
    rows = forms.form(hub.desk, contract, "contract").rows["targets"]
    assert [row.values.get("indicator") for row in rows] == ["V01.households", "x", "C01.new"]


def test_sides_tell_how_staff_and_services_stand(hub: StationHub) -> None:
    staff, services = hub.sides
    told = {row.when: row.note for row in staff.plot.rows}
    assert told["至少1人有资质"] == told["签约后15天内到岗"] == "未达标"
    assert staff.plot.rows[0].note == "未达标"
    assert services.plot.rows[0].shown == "3/10户次"
    services.plot.opened.emit(0)
    settle()
    drawer = hub.stack.over
    assert isinstance(drawer, ReportDrawer)
    assert drawer.heading.text() == "1 探访老人：3/10户次"
    assert len(drawer.table.rows.ids()) == 3
    QTest.keyClick(drawer.table, Qt.Key.Key_Escape)
    settle()
    assert hub.stack.over is None


@pytest.mark.parametrize(("kind", "verb"), [("contract", 1), ("service_item", 0), ("service_item", 1)])
def test_papers_come_in_place_of_the_list(hub: StationHub, kind: str, verb: int) -> None:
    hub.show_tab(kind)
    settle()
    hub.verbs[kind][verb].click()
    settle()
    view = hub.stack.over
    assert isinstance(view, PaperView)
    view.closed.emit()
    settle()
    assert hub.stack.over is None


def test_the_workbench_tells_of_targets_and_deadlines(desk: Desk, contract: str) -> None:
    page = WorkbenchPage(desk)
    page.resize(*CONTENT)
    page.show()
    page.activate()
    settle()
    opened: list[tuple[str, object]] = []
    page.go.connect(lambda section, target: opened.append((section, target)))
    assert page.goals.isVisible()
    assert page.goals.plot.rows[0].goal in (6, 12)
    page.goals.plot.opened.emit(0)
    wanted = {"入户探访": "V01.households", "新增个案": "C01.new"}[page.goals.plot.rows[0].label]
    assert opened[0] == ("station", {"contract": contract, "goal": wanted})
    assert "报送中期报告" in [row.what for row in page.today.plot.rows]
    due = next(line.item for line in page.today._tasks if line.what == "报送中期报告")
    assert due
    assert target_of(due) == ("station", {"contract": contract})  # where the report opens, not 100 fields
    page.hide()
    page.deleteLater()

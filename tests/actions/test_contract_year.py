"""The contract at the desk: targets, pace, money, doubts said at once, papers; the staff beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sgz_desktop.actions import figures, forms, ledgers, staff_standing
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.contract_papers import contract_handover
from sgz_desktop.actions.contract_year import contract_year, target_options
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, Saved, new_form, save_form
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.actions.papers_brief import draft_of
from sgz_desktop.actions.papers_brief_tables import money
from sgz_desktop.actions.people import MemberInput, register_household
from sgz_desktop.actions.report_figures import report_figures
from sgz_desktop.actions.service_catalogue import (
    catalogue_poster,
    print_catalogue,
    service_records,
    services_done,
)
from sgz_desktop.actions.station_dues import station_items
from sgz_desktop.actions.visits import new_visit
from sgz_desktop.domain import days
from sgz_desktop.domain.staffing import State
from sgz_desktop.errors import AppError
from sgz_desktop.reports.handouts import build
from sgz_desktop.reports.values import Table, texts
from tests.reports.reading import pages, solid

SPAN = {"first_on": "2025-09-01", "last_on": "2026-08-31", "signed_on": "2025-08-25"}
Rows = dict[str, Sequence[RowInput]]


def added(desk: Desk, kind: str, rows: Rows | None = None, **values: object) -> Saved:
    return save_form(desk, new_form(desk, kind), values, rows or {})


def rows(*typed: dict[str, object]) -> list[RowInput]:
    return [RowInput("", one) for one in typed]


def a_contract(desk: Desk, more: Rows | None = None, **values: object) -> Saved:
    targets = rows({"indicator": "V01.households", "goal": "1200"}, {"indicator": "C01.new", "goal": 12})
    known = {"number": "QH-2025-1", "title": "青禾镇社工站", "amount": "25万", **SPAN, **values}
    return added(desk, "contract", {"targets": targets, **(more or {})}, **known)


def sentences(saved: Saved, field: str = "") -> list[str]:
    return [mark.sentence for mark in saved.marks if field in ("", mark.field)]


def family(desk: Desk, village: str) -> str:
    return register_household(desk, {"village": village}, [MemberInput("02", {"name": "测试甲"})]).household


def test_the_year_stands_on_the_same_figures_as_the_brief(desk: Desk) -> None:
    saved = a_contract(desk)
    home = family(desk, "上溪村")
    for day in ("2025-08-31", "2025-09-01", "2026-03-02"):  # the first is of the year before
        save_form(desk, new_visit(desk, household=home), {"date": day, "mode": "home", "met": "是"})
    found = contract_year(desk)
    assert found is not None
    assert (found.year.id, found.doubts) == (saved.id, ())
    visits, cases = found.goals
    assert (visits.title, visits.unit, visits.pace.done, visits.pace.goal) == ("入户探访", "户次", 2, 1200)
    told = {(one.code, one.part): one.value for one in figures.indicators(desk, found.period)}
    assert told["V01", "households"] == 2
    behind = figures.records_behind(desk, "V01", "households", found.period, "户次")
    assert len(behind) == visits.pace.done
    assert visits.pace.behind
    assert cases.pace.left == 12


def test_reports_count_the_year_of_the_contract_without_any_setting(desk: Desk) -> None:
    """The brief's column of the year, its elapsed time and the two reports follow the contract on file."""
    a_contract(desk, last_on="2026-06-30")  # ten months
    home = family(desk, "上溪村")
    for day in ("2025-08-31", "2025-09-01", "2026-06-02"):
        save_form(desk, new_visit(desk, household=home), {"date": day, "mode": "home", "met": "是"})
    calls = {one.key: one for one in figures.compare(desk, "2026-06")}["V01.households"]
    assert (calls.year, calls.target, calls.now.value) == (2, 1200, 1)
    spans = {sort: report_figures(desk, sort, "2025").span.now for sort in ("midterm", "final")}
    assert (spans["midterm"].last, spans["final"].last) == ("2026-02-28", "2026-06-30")
    assert {one.first for one in spans.values()} == {"2025-09-01"}


def test_a_target_is_picked_by_its_title(desk: Desk) -> None:
    offered = dict(form_choices(desk, new_form(desk, "contract"))["contract_target"])
    assert offered["V01.households"] == "入户探访（户次）"
    assert offered == dict(target_options())
    assert "P03.open_person" not in offered  # what stands on a day adds up to no year
    told = {f"{one.code}.{one.part}".rstrip(".") for one in figures.indicators(desk, "2026")}
    assert set(offered) <= told


def test_more_spent_than_there_is_is_said_at_once_and_kept(desk: Desk) -> None:
    budgets = rows({"category": "activity", "ceiling": "5000"}, {"category": "salary", "ceiling": "20万"})
    fine = rows({"date": "2026-03-01", "category": "activity", "amount": "4000"})
    saved = a_contract(desk, {"budgets": budgets, "spendings": fine})
    assert sentences(saved) == []  # control
    form = forms.form(desk, saved.id, "contract")
    more = rows(
        {"date": "2026-03-05", "category": "activity", "amount": "1500"},
        {"date": "2026-03-06", "category": "salary", "amount": "25万"},
    )
    over = save_form(desk, form, {}, {"spendings": more})
    assert sentences(over, "spendings") == [
        "支出合计超出合同金额5,500元。",
        "服务活动超出预算500元。",
        "人员薪酬和福利超出预算50,000元。",
    ]
    again = forms.form(desk, saved.id, "contract")
    assert [mark.field for mark in again.marks] == ["spendings"] * 3
    found = contract_year(desk)
    assert found is not None
    assert [one.spent for one in found.money] == [25_550_000, 550_000, 25_000_000]
    alone = save_form(
        desk, new_form(desk, "spending", {"contract": saved.id}), {"amount": "10", "date": "2025-08-01"}
    )
    assert len(sentences(alone, "amount")) == 1
    assert sentences(alone, "date") == ["支出日期不在合同期内，请核对。"]


def test_the_years_reports_tell_each_category_beside_its_ceiling(desk: Desk) -> None:
    budgets = rows({"category": "salary", "ceiling": "20万"}, {"category": "activity", "ceiling": "5000"})
    spent = rows(
        {"date": "2025-10-01", "category": "activity", "amount": "4999.9"},
        {"date": "2025-11-01", "amount": "100"},
        {"date": "2026-05-01", "category": "salary", "amount": "1万"},  # after the half
    )
    a_contract(desk, {"budgets": budgets, "spendings": spent})

    def told(sort: str) -> list[tuple[str, ...]]:
        span = report_figures(desk, sort, "2025" if sort != "monthly" else "2026-05").span
        blocks = desk.read(lambda session: money(session, draft_of(session, span).known))
        return [row for block in blocks if isinstance(block, Table) for row in block.rows]

    assert told("midterm") == [
        ("人员薪酬和福利", "200,000", "0", "0"),
        ("服务活动", "5,000", "4,999.9", "99"),
        ("类别未填", "—", "100", "—"),
        ("合计", "250,000", "5,099.9", "2"),
    ]
    assert told("final")[0] == ("人员薪酬和福利", "200,000", "10,000", "5")
    assert told("monthly") == []


def test_contracts_that_overlap_and_targets_that_are_missing_are_said(desk: Desk) -> None:
    first = a_contract(desk)
    assert sentences(a_contract(desk, last_on=None), "last_on") == ["没有填开始或结束日期，进度算不出来。"]
    after = added(
        desk, "contract", number="QH-2026-1", first_on="2026-09-01", last_on="2027-08-31", amount="25万"
    )
    assert sentences(after) == ["还没有填合同指标，进度看不出来。"]  # control: it does not overlap
    other = a_contract(desk, number="QH-2026-2", first_on="2026-08-31", last_on="2026-12-31")
    assert sentences(other, "first_on") == [
        "与合同QH-2025-1的期限重叠，请核对。",
        "与合同QH-2026-1的期限重叠，请核对。",
    ]
    assert "与合同QH-2026-2的期限重叠，请核对。" in [
        mark.sentence for mark in forms.form(desk, first.id, "contract").marks
    ]
    twice = {"targets": rows({"indicator": "C01.new"}, {"indicator": "C01.new", "goal": 3})}
    again = a_contract(desk, twice, first_on="2020-01-01", last_on="2020-12-31")
    assert sentences(again, "targets") == ["有指标没有填年度目标。", "同一个指标填了两次，请核对。"]
    cycle = {"cycle_first_on": "2025-09-01", "cycle_last_on": "2028-08"}
    fits = a_contract(desk, first_on="2027-09-01", last_on="2028-08-31", **cycle)
    assert sentences(fits, "cycle_first_on") == []
    beyond = a_contract(desk, first_on="2028-09-01", last_on="2029-08-31", **cycle)
    assert sentences(beyond, "cycle_first_on") == ["合同期不在周期内，请核对。"]
    with pytest.raises(AppError):
        a_contract(desk, first_on="2027-01-01", last_on="2026-01-01")


def test_no_contract_and_the_one_that_runs(desk: Desk) -> None:
    assert contract_year(desk) is None
    a_contract(desk, number="旧", first_on="2024-09-01", last_on="2025-08-31", signed_on="2024-08-25")
    now = a_contract(desk)
    found = contract_year(desk)
    assert found is not None
    assert found.year.id == now.id
    assert found.year.first <= desk.today() <= found.year.last
    assert [(one.sort, one.day, one.done) for one in found.reports] == [
        ("midterm", "2026-02-28", False),
        ("final", "2026-08-31", False),
    ]
    added(desk, "report", sort="midterm", first_on=SPAN["first_on"], signed_off_on="2026-03-01")
    found = contract_year(desk)
    assert found is not None
    assert [one.done for one in found.reports] == [True, False]


def test_the_last_report_of_a_year_is_owed_when_the_next_contract_runs(desk: Desk) -> None:
    """Due two weeks into the new year: asked for until the old contract is graded, or long over."""
    old = a_contract(
        desk, number="旧", first_on="2024-09-01", last_on="2025-08-31", final_due_on="2025-09-15"
    )
    added(desk, "report", sort="midterm", first_on="2024-09-01", signed_off_on="2025-03-01")
    a_contract(desk)

    def owed(today: str) -> list[str]:
        until = days.add_days(today, 7)
        found = desk.read(lambda session: station_items(session, today, "2024-09-01", until))
        return [one.what for one in found if one.kind == "contract"]

    assert owed("2025-09-10") == ["报送末期报告（合同旧）"]
    assert owed("2025-12-02") == []
    save_form(desk, forms.form(desk, old.id, "contract"), {"grade": "good"})
    assert owed("2025-09-10") == []


def test_the_list_handed_over_tells_targets_and_money(desk: Desk) -> None:
    things = rows({"what": "服务对象档案", "quantity": "126卷", "place": "档案室甲柜"})
    spent = rows({"date": "2026-03-01", "category": "activity", "amount": "4000"})
    saved = a_contract(desk, {"handovers": things, "spendings": spent}, funding=["relief"], grade="good")
    paper = contract_handover(desk, saved.id)
    told = set(texts(paper))
    assert {"服务对象档案", "126卷", "档案室甲柜", "困难群众救助补助资金", "良好", "1,200", "4,000"} <= told
    printed = solid("".join(pages(build(paper))))
    assert "结项移交清单" in printed
    assert "档案室甲柜" in printed
    with pytest.raises(AppError, match="还没有到本机"):
        contract_handover(desk, "x")


def test_the_staff_stand_beside_the_contract(desk: Desk) -> None:
    assert staff_standing.staff_standing(desk) == []
    a_contract(desk, full_time_posts=2)
    person = {"full_time": "是", "posted_on": "2025-09-01", "qualification": "social_worker"}
    checked = {"records_checked_on": days.add_days(desk.today(), -30)}
    added(desk, "staff", name="甲", **person, **checked)
    late = added(desk, "staff", name="乙", **{**person, "posted_on": "2025-10-01"}, **checked)
    found = {one.code: one for one in staff_standing.staff_standing(desk)}
    assert (found["posting"].state, found["posting"].when) == (State.MISSED, "2025-09-09")
    assert found["posting"].ids == (late.id,)
    assert {one.state for code, one in found.items() if code != "posting"} == {State.MET}
    sheet = ledgers.ledger_sheet(desk, Wanted("staff"))
    assert [row[1] for row in sheet.rows] == ["甲", "乙"]


def test_a_visit_is_of_the_point_of_the_households_village(desk: Desk) -> None:
    added(desk, "service_point", name="上溪村社工室", village="上溪村", opened_on="2026-01-01")
    added(desk, "service_point", name="旧社工室", village="上溪村", closed_on="2025-12-31")
    for village, day in (("上溪村", "2026-02-01"), ("上溪村", "2025-12-01"), ("石桥头村", "2026-02-02")):
        visit = new_visit(desk, household=family(desk, village))
        save_form(desk, visit, {"date": day, "mode": "home", "met": "是"})
    sheet = ledgers.ledger_sheet(desk, Wanted("visits", "2025-01-01", "2026-12-31"))
    at = [head.words for head in sheet.heads].index("服务点")
    assert [row[at] for row in sheet.rows] == ["旧社工室", "上溪村社工室", None]


def test_the_catalogue_is_counted_and_put_on_the_wall(desk: Desk) -> None:
    home = family(desk, "上溪村")
    ten = added(desk, "service_item", number="10", title="探访独居老人", goal=100, goal_unit="户次").id
    two = added(desk, "service_item", number="2", title="政策咨询", goal=200, goal_unit="人次").id
    added(desk, "service_item", number="1", title="停了的", last_on="2025-01-01")
    for met, mode, item in (
        ("是", "home", ten),
        ("否", "home", ten),
        ("是", "phone", ten),
        ("否", "home", two),
    ):
        typed = {"date": "2026-02-01", "mode": mode, "met": met, "service_item": item}
        save_form(desk, new_visit(desk, household=home), typed)
    save_form(desk, new_form(desk, "contact"), {"date": "2026-02-02", "service_item": two})
    called_off = {"date": "2026-02-03", "service_item": two, "cancelled": "是", "name": "没有开成"}
    save_form(desk, new_form(desk, "activity"), called_off)
    found = services_done(desk)  # 户次 as V01 has them: at home, met or not; all else where somebody was met
    assert [(one.id, one.done, one.comparable) for one in found] == [(two, 1, False), (ten, 2, True)]
    for one in found:
        behind = service_records(desk, one.id)
        assert len(behind) == one.done
        assert all(forms.form(desk, record.id, record.kind).id == record.id for record in behind)
    poster = catalogue_poster(desk)
    assert [row[:2] for row in poster.rows] == [("2", "政策咨询"), ("10", "探访独居老人")]
    for large in (False, True):
        assert "探访独居老人" in solid("".join(pages(print_catalogue(desk, large))))
    assert print_catalogue(desk) == print_catalogue(desk)
    form = forms.form(desk, ten, "service_item")
    save_form(desk, form, {"displayed": "是"})
    assert len(catalogue_poster(desk).rows) == 1


def test_hours_and_money_of_a_service_are_added_up_and_what_is_applied_for_is_counted(desk: Desk) -> None:
    units = ("小时", "元", "件")
    hours, money, aid = (added(desk, "service_item", title=one, goal=10, goal_unit=one).id for one in units)
    who = added(desk, "volunteer", name="测试甲").id
    for served, item in (("1.5", hours), ("0.75", hours), ("", hours), ("3", None)):
        typed = {"volunteer": who, "date": "2026-02-01", "served": served, "service_item": item}
        added(desk, "volunteer_service", **typed)
    for worth, item in (("250", money), ("", money), ("99", hours)):
        added(desk, "resource", what="大米", received_on="2026-02-02", worth=worth, service_item=item)
    person = added(desk, "person", name="测试乙").id
    added(desk, "application", person=person, programme="tekun", filed_on="2026-02-03", service_item=aid)
    added(desk, "referral", person=person, sent_on="2026-02-04", service_item=aid, consented="agreed")
    found = {one.unit: one for one in services_done(desk)}
    assert {unit: (one.done, one.comparable) for unit, one in found.items()} == {
        "小时": (2, True),
        "元": (250, True),
        "件": (2, True),
    }
    behind = {unit: [one.kind for one in service_records(desk, found[unit].id)] for unit in units}
    assert [sorted(behind[unit]) for unit in units] == [
        ["volunteer_service"] * 2, ["resource"], ["application", "referral"],
    ]  # fmt: skip

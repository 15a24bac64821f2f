"""Ledgers filled in from records: they agree with the brief, hold what they say, and tell nobody too much."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from sgz_desktop.actions import archive, figures, forms, ledgers, papers, people, visits
from sgz_desktop.actions.allowed import CLERK, HEAD, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import new_form, save_form
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.domain import ledgers as declared
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.ledger import Column, Ledger, Sheet, Source
from sgz_desktop.errors import AppError
from sgz_desktop.reports.case_file import build
from sgz_desktop.store import access
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from tests.proofs.roles_station import DAY, HIDDEN, MINORS, NUMBERS, SECRET, desks, furnish, owner, tells
from tests.reports.reading import pages, solid

PHONE, CARD = "13900000218", "110101195003040018"
YEAR = ("2026-01-01", "2026-12-31")


def home(desk: Desk, village: str, group: str, head: str, born: str, *tags: str) -> Registered:
    values = {"name": head, "born": born, "phone": PHONE, "id_number": CARD, "categories": list(tags)}
    return people.register_household(
        desk,
        {"village": village, "village_group": group, "filed_on": "2026-01-05"},
        [MemberInput("02", values)],
    )


def visit(desk: Desk, family: Registered, day: str, **typed: object) -> None:
    save_form(desk, visits.new_visit(desk, household=family.household), {"date": day, **typed})


@pytest.fixture
def families(desk: Desk) -> list[Registered]:
    found = [
        home(desk, "上溪村", "十组", "测试丁", "1950-03-04", "tekun"),
        home(desk, "上溪村", "三组", "测试丙", "1948-03-04", "living_alone"),
        home(desk, "石桥头村", "一组", "测试戊", "2015-03-04", "left_child"),
    ]
    visit(desk, found[0], "2026-02-03", mode="home", met="是", changes="药已吃完。", handling="已报村医")
    visit(desk, found[0], "2026-02-10", mode="home", met="否", not_met_reason="out")
    visit(desk, found[1], "2026-03-01", mode="home", met="是")
    return found


def heads(sheet: Sheet) -> list[str]:
    return [head.words for head in sheet.heads]


def column(sheet: Sheet, head: str) -> list[object]:
    return [row[heads(sheet).index(head)] for row in sheet.rows]


def test_every_ledger_can_be_made_in_every_form(
    desk: Desk, families: list[Registered], tmp_path: Path
) -> None:
    made = ledgers.ledgers_for(desk.actor)
    assert [line.name for line in made] == [one.name for one in declared.LEDGERS]
    for line in made:
        for numbers in (False, True):
            wanted = Wanted(line.name, *YEAR, numbers=numbers)
            sheet = ledgers.ledger_sheet(desk, wanted)
            assert len(sheet.rows) == ledgers.count_ledger(desk, wanted)
            assert all(len(row) == len(sheet.heads) for row in sheet.rows)
            assert ledgers.print_ledger(desk, wanted).startswith(b"%PDF")
            assert ledgers.unprintable_ledger(desk, wanted) == []
        for form in ledgers.FORMS:
            path = tmp_path / f"{line.name}.{form}"
            assert ledgers.export_ledger(desk, wanted, path, form) == len(sheet.rows)
            assert path.stat().st_size


def test_the_visits_are_in_order_with_types_and_words(desk: Desk, families: list[Registered]) -> None:
    sheet = ledgers.ledger_sheet(desk, Wanted("visits", "2026-02-01", "2026-02-28"))
    assert column(sheet, "服务日期") == [date(2026, 2, 3), date(2026, 2, 10)]
    assert column(sheet, "见到") == ["是", "否"]
    assert column(sheet, "情况与处理")[0] == "药已吃完。已报村医"
    assert column(sheet, "户主或对象") == ["测试丁"] * 2
    assert column(sheet, "序号") == [1, 2]
    assert sheet.line.startswith("2026年2月　共2条　")
    assert "按服务日期排序" in sheet.line
    assert sheet.line.endswith("打印")
    assert sheet.number == "TZ-ZF-20260228"


def test_places_come_as_somebody_walks_and_can_be_narrowed(desk: Desk, families: list[Registered]) -> None:
    sheet = ledgers.ledger_sheet(desk, Wanted("people"))
    assert column(sheet, "姓名") == ["测试丙", "测试丁", "测试戊"]  # 三组 before 十组
    assert column(sheet, "最近联系") == [date(2026, 3, 1), date(2026, 2, 3), None]
    one = ledgers.ledger_sheet(desk, Wanted("people", village="石桥头村"))
    assert column(one, "姓名") == ["测试戊"]
    assert "石桥头村" in one.line


def test_categories_and_those_who_are_watched(desk: Desk, families: list[Registered]) -> None:
    assert column(ledgers.ledger_sheet(desk, Wanted("tekun")), "姓名") == ["测试丁"]
    assert column(ledgers.ledger_sheet(desk, Wanted("children")), "姓名") == ["测试戊"]
    watched = ledgers.ledger_sheet(desk, Wanted("watch", "2026-02-01", "2026-02-28"))
    assert column(watched, "姓名") == ["测试丙", "测试丁", "测试戊"]
    assert column(watched, "本期联系（次）") == [0, 1, 0]
    assert column(watched, "未遇（次）") == [0, 1, 0]


def test_numbers_only_where_they_are_asked_for_and_then_a_line_is_left(
    desk: Desk, families: list[Registered]
) -> None:
    plain = ledgers.ledger_sheet(desk, Wanted("people"))
    assert not tells(plain, PHONE, CARD)
    full = ledgers.ledger_sheet(desk, Wanted("people", numbers=True))
    assert tells(full, PHONE)
    assert tells(full, CARD)
    desk.store.write(lambda session: None)
    lines = [line.action for line in desk.store.read(access.lines)]
    assert lines.count("reveal_phone") == 1
    assert lines.count("ledger_sheet") == 2


def test_a_period_ends_today_at_the_latest_and_must_be_one(desk: Desk, families: list[Registered]) -> None:
    today = desk.today()
    sheet = ledgers.ledger_sheet(desk, Wanted("visits", "2026-01-01", "2999-12-31"))
    assert sheet.number.endswith(today.replace("-", ""))
    for since, until in (("", ""), ("2026-02", "2026-03"), ("2026-03-01", "2026-02-01")):
        with pytest.raises(AppError, match="起止日期"):
            ledgers.ledger_sheet(desk, Wanted("visits", since, until))
    with pytest.raises(AppError, match="没有这份台账"):
        ledgers.ledger_sheet(desk, Wanted("r_person; DROP TABLE"))


def test_it_agrees_with_the_brief(desk: Desk, families: list[Registered]) -> None:
    for family in families[:1]:
        save_form(desk, forms.form(desk, family.people[0], "person"), {"died_on": "2026-03-01"})
    told = {
        month: {(one.code, one.part): one.value for one in figures.indicators(desk, month)}
        for month in ("2026-03", desk.today()[:7])
    }
    standing = told[desk.today()[:7]]
    assert ledgers.count_ledger(desk, Wanted("people")) == standing["P03", "open_person"] == 3
    assert ledgers.count_ledger(desk, Wanted("households")) == standing["P03", "open_household"] == 3
    assert column(ledgers.ledger_sheet(desk, Wanted("people")), "去向") == [None, "去世", None]
    assert (
        ledgers.count_ledger(desk, Wanted("visits", "2026-03-01", "2026-03-31"))
        == told["2026-03"]["V01", "households"]
    )


def test_reports_of_harm_are_for_the_head(desk: Desk) -> None:
    worker = replace(desk, actor=Actor("w", frozenset({WORKER})))
    names = [line.name for line in ledgers.ledgers_for(worker.actor)]
    assert "reports" not in names
    assert "visits" in names
    with pytest.raises(AppError, match="只有站长"):
        ledgers.ledger_sheet(worker, Wanted("reports", *YEAR))
    assert ledgers.ledgers_for(Actor("w", frozenset({CLERK}))) == ()


DIARY = Ledger(
    "diary",
    "RZ",
    "工作日志台账",
    (Source("diary", day="date"),),
    (Column("日期", 24, ("date",)), Column("社工", 20, ("worker",)), Column("其他工作", 120, ("other",))),
    ("date",),
    "按日期排序",
    "没有填日期的不列",
)


def test_another_ledger_is_one_declaration(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(declared.BY_NAME, "diary", DIARY)
    save_form(desk, new_form(desk, "diary"), {"date": "2026-02-04", "worker": desk.user, "other": "送材料"})
    sheet = ledgers.ledger_sheet(desk, Wanted("diary", *YEAR))
    assert sheet.rows == ((1, date(2026, 2, 4), desk.user, "送材料"),)
    ledgers.export_ledger(desk, Wanted("diary", *YEAR), tmp_path / "x.xlsx", "xlsx")
    page = openpyxl.load_workbook(io.BytesIO((tmp_path / "x.xlsx").read_bytes())).active
    assert page is not None
    assert [cell.value for cell in page[4]][2:] == [desk.user, "送材料"]


def test_money_is_a_number(desk: Desk, families: list[Registered]) -> None:
    given = {"person": families[0].people[0], "programme": "tekun", "amount": "845.50", "from_day": "2026-01"}
    save_form(desk, new_form(desk, "benefit", {"person": families[0].people[0]}), given)
    sheet = ledgers.ledger_sheet(desk, Wanted("benefits"))
    assert column(sheet, "每月金额（元）") == [Decimal("845.50")]
    assert column(sheet, "开始日期") == ["2026-01"]


# Cases: kept apart, and put away


@pytest.fixture
def told(make_store: Callable[..., Store]) -> Store:
    store = make_store(now=lambda: 1_782_800_000_000)  # 2026-06-30
    furnish(store)
    return store


def test_what_is_kept_from_guardians_is_in_none_whoever_makes_it(told: Store) -> None:
    for desk in (owner(told), desks(told)[HEAD]):
        for line in ledgers.ledgers_for(desk.actor):
            sheet = ledgers.ledger_sheet(desk, Wanted(line.name, *YEAR, numbers=True))
            assert not tells(sheet, SECRET, NUMBERS[HIDDEN])
        assert ledgers.count_ledger(desk, Wanted("cases", *YEAR)) == 2


def test_a_case_that_is_over_without_an_end_is_not_running(told: Store) -> None:
    head = desks(told)[HEAD]
    declined = [Write("case", MINORS, {"stage": "declined"})]
    told.write(lambda session: head.doing("save_form").record(session, "", declined))
    assert ledgers.count_ledger(head, Wanted("cases", *YEAR)) == 1


def test_the_archive_of_a_year(told: Store) -> None:
    desk = desks(told)[HEAD]
    with pytest.raises(AppError, match="没有结案的个案"):
        archive.box_label(desk, "2026")
    for case in NUMBERS:
        save_form(desk, forms.form(desk, case, "case"), {"closed_on": DAY})
    label = archive.box_label(desk, "2026")
    assert (label.first, label.last, label.count) == ("2026-A902", "2026-A903", 2)
    assert label.kept == ("结案后5年", "未成年人满18周岁", "后5年")
    assert archive.closed_cases(desk, "2026") == ("2026-A902", "2026-A903")
    assert archive.print_box_label(desk, "2026").startswith(b"%PDF")
    assert ledgers.count_ledger(desk, Wanted("closed", *YEAR)) == 2


def test_the_contents_of_a_file_name_each_paper_and_its_pages(told: Store) -> None:
    desk = desks(told)[HEAD]
    found = archive.archive_contents(desk, "2026-A903")
    file = papers.case_file(desk, "2026-A903")
    assert [one.number for one in found.filed] == [sheet.number for sheet in file.sheets]
    printed = [solid(page) for page in pages(build(file))]
    assert found.pages == len(printed)
    for one in found.filed:
        assert f"文件编号{one.number}" in printed[int(one.pages.partition("—")[0]) - 1]
    assert archive.print_archive(desk, "2026-A903").startswith(b"%PDF")

"""The brief tells the figures of the month and not one thing by which somebody could be known."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from sgz_desktop.actions import cases, figures, forms, papers, papers_brief_parts, papers_report
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_brief_parts import somebody, village_words
from sgz_desktop.actions.papers_brief_tables import SMALL, Known, tables
from sgz_desktop.domain.indicators import COUNTING_RULE, INDICATORS
from sgz_desktop.domain.indicators.figure import each, figure
from sgz_desktop.domain.report_form import form_of
from sgz_desktop.domain.units import People, Percent
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Brief, Narrative, Section, Side, Table, Targets, texts
from sgz_desktop.store import queries, settings
from tests.actions.papers_station import family, paper, visit
from tests.targets import sign_contract

JUNE = "2026-06"
SECRET = "陈小雨住甲字47号，电话13800138001"
PLANTED = (
    "SELECT name FROM r_person",
    "SELECT id_number FROM r_person",
    "SELECT phone FROM r_person",
    "SELECT contact_name FROM r_person",
    "SELECT contact_phone FROM r_person",
    "SELECT number FROM r_person",
    "SELECT number FROM r_household",
    "SELECT number FROM r_case",
    "SELECT house_number FROM r_household",
    "SELECT receiver FROM r_referral",
    "SELECT placed_at FROM r_referral",
    "SELECT topic FROM r_case",
    "SELECT what FROM r_task",
)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A June with a case, visits, an application, a referral and words that name people everywhere."""
    home = family(desk)
    visit(desk, home, "2026-05-20")
    case = cases.open_case(desk, visit=visit(desk, home, "2026-06-02", facts=SECRET))
    whole = forms.form(desk, case, "case")
    forms.save_form(desk, whole, {"topic": SECRET, "natures": "care,livelihood", "risk": "high"})
    visit(desk, home, "2026-06-10", case, facts=SECRET)
    visit(desk, home, "2026-06-11", met=False, not_met_reason="out")
    application = {
        "programme": "tekun",
        "filed_on": "2026-06-12",
        "decision_due_on": "2026-06-29",
        "note": SECRET,
    }
    paper(desk, case, "application", application)
    paper(
        desk,
        case,
        "referral",
        {
            "receiver": "柳湾福利中心",
            "consented": "agreed",
            "sent_on": "2026-06-15",
            "reply_due_on": "2026-06-20",
            "placed_on": "2026-06-28",
            "placed_at": "柳湾福利中心三楼",
            "reason_note": SECRET,
        },
    )
    task = forms.new_form(desk, "task", {"case": case})
    forms.save_form(desk, task, {"what": "给陈小雨送药", "due_on": "2026-07-03"})
    return desk


def section(brief: Brief, title: str) -> Section:
    return next(one for one in brief.sections if one.title == title)


def told(brief: Brief) -> str:
    return "\n".join(texts(brief))


def planted(desk: Desk) -> set[str]:
    """Everything in the store that names somebody or says where they live."""
    rows = desk.read(lambda session: [row for query in PLANTED for row in queries.table(session, query)])
    found = {str(row[0]) for row in rows if row[0]}
    assert {"陈小雨", "陈有田", "周桂花", "110105196203051234", "13800138001", "甲字47号"} <= found
    return found


def test_no_name_number_phone_or_house_number_is_in_the_brief(busy: Desk) -> None:
    text = told(papers.monthly_brief(busy, JUNE))
    assert {secret for secret in planted(busy) if secret in text} == set()
    pdf = pypdfium2.PdfDocument(papers.print_brief(busy, JUNE))
    printed = "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert {secret for secret in planted(busy) if secret in printed} == set()
    assert "陈某（上溪村）：生活困难、照料困难，本月新增。" in text


@pytest.mark.parametrize("hole", ["somebody", "village_words"])
def test_a_part_that_names_somebody_is_found_out(
    busy: Desk, hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same look finds what slips through either of the two doors."""
    monkeypatch.setattr(papers_brief_parts, hole, lambda given: f"{given}甲字47号" if given else "")
    text = told(papers.monthly_brief(busy, JUNE))
    assert {secret for secret in planted(busy) if secret in text}


def stands(one: figures.Compared) -> bool:
    """No list of a few has a visit rate, and no part of a figure is told that is none everywhere."""
    if one.now.code == "V03":
        return one.now.part.startswith("all")  # nobody here is on a list of five
    return not one.now.title.startswith("其中") or any((one.now.value, one.before, one.year_ago, one.year))


def test_the_table_holds_every_figure_beside_last_month_and_year(busy: Desk) -> None:
    brief = papers.monthly_brief(busy, JUNE)
    tables = [block for block in section(brief, "数据表").blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    compared = figures.compare(busy, JUNE)
    said = {"H01.met": ("", "否", "否", "否")}  # no number
    shown = {code for table in form_of("monthly").tables for code in table.codes}
    assert rows == [
        (
            one.now.title,
            *said[one.key],
            *("—", "—", "—"),
        )
        if one.key in said
        else (
            one.now.title,
            one.now.unit,
            str(one.now.value),
            str(one.before),
            str(one.year_ago),
            "—" if one.year is None else str(one.year),
            "—",
            "—",
        )
        for table in form_of("monthly").tables
        for code in table.codes
        for one in compared
        if one.now.code == code and stands(one)
    ]
    assert shown == {one.now.code for one in compared} - {"P04", "C03", "F01", "Q01", "Y01"}
    assert ("入户探访", "户次", "3", "1", "0", "4", "—", "—") in rows
    assert ("高风险在管个案", "个", "1", "0", "0", "—", "—", "—") in rows
    assert tables[0].note.startswith(COUNTING_RULE)
    assert {one.now.code for one in compared} == set(INDICATORS)


def test_the_summary_says_the_month_in_figures(busy: Desk) -> None:
    summary = papers.monthly_brief(busy, JUNE).summary
    assert summary == (
        "6月，本站服务2人、4人次，入户探访3户次；新增个案1个，结案0个，期末在跟进1个，开展个案会谈1节；"
        "协助1人申请救助，转介1人次，机构安置1人。"
    )


def test_a_list_of_four_has_no_visit_rate_of_its_own_on_paper() -> None:
    """0 % of the one on a list says nothing of the station, and who it is."""
    people = [f"p{number}" for number in range(5)]
    listed = [("all", 9), ("living_alone", 5), ("disabled_elder", 4)]
    found = [
        figures.Compared(one, None, None)
        for part, count in listed
        for one in (
            each("V03", f"{part}.listed", f"应探访：{part}", People, [f"q{n}" for n in range(count)]),
            each("V03", f"{part}.reached", f"已探访：{part}", People, people[:1]),
            figure("V03", part, f"探访率：{part}", Percent(20.0), people[:1]),
        )
    ]
    span = figures.month_span(JUNE, figures.Rules())
    for sort in ("monthly", "midterm"):
        known = Known(form_of(sort), replace(span, sort=sort), figures.Rules(), found)
        assert {one.now.part.partition(".")[0] for one in known.printed} == {"all", "living_alone"}
        notes = [block.note for block in tables(known) if isinstance(block, Table)]
        assert SMALL in notes[0]


def test_charts_add_up_to_the_table(busy: Desk) -> None:
    side = next(b for b in section(papers.monthly_brief(busy, JUNE), "数据表").blocks if isinstance(b, Side))
    assert [(bar.label, bar.solid, bar.hollow) for bar in side.left.bars] == [
        ("1—7日", 1, 0),
        ("8—14日", 2, 0),
        ("15—21日", 0, 1),
        ("22—28日", 0, 0),
        ("29—30日", 0, 0),
    ]
    assert [(bar.label, bar.solid, bar.hollow) for bar in side.right.bars] == [("上溪村", 2, 1)]


def test_what_is_late_and_what_comes_next(busy: Desk) -> None:
    brief = papers.monthly_brief(busy, JUNE)
    late = told_in(section(brief, "问题与需协调事项"))
    assert "1. 截至6月30日，有1件救助申请超过登记的办理期限" in late
    assert "2. 截至6月30日，有1件转介超过约定日期" in late
    table = next(b for b in section(brief, "下月计划").blocks if isinstance(b, Table))
    assert table.rows == (("其他待办1项", "7月3日", "站内", "", ""),)


def told_in(one: Section) -> str:
    return "\n".join(texts(one))


def test_an_empty_month_says_so_in_every_part(desk: Desk) -> None:
    brief = papers.monthly_brief(desk, JUNE)
    assert [one.title for one in brief.sections] == [
        "项目进度",
        "数据表",
        "重点服务",
        "典型案例",
        "督导培训",
        "宣传报道",
        "问题与需协调事项",
        "下月计划",
    ]
    assert not section(brief, "重点服务").blocks
    assert "本月没有协助申请救助" in brief.summary
    assert papers.print_brief(desk, JUNE).startswith(b"%PDF")


def test_head_and_issue_follow_the_settings(desk: Desk) -> None:
    plain = papers.monthly_brief(desk, JUNE)
    assert (plain.issue_no, plain.period) == ("2026年第6期", "2026年6月1日至6月30日")
    assert (plain.send_to, plain.copy_to) == ("", "")

    def choose(session):  # type: ignore[no-untyped-def]
        settings.put(session, "brief_send_to", "青禾县民政局")
        settings.put(session, "brief_from_day", 26)
        settings.put(session, "brief_first_issue", "2025-01")

    desk.store.write(choose)
    chosen = papers.monthly_brief(desk, "2026年6月")
    assert (chosen.issue_no, chosen.period) == ("2026年第6期（总第18期）", "2026年5月26日至6月25日")
    assert chosen.send_to == "青禾县民政局"
    assert papers.monthly_brief(desk, "2026-01").period == "2025年12月26日至2026年1月25日"
    assert papers.monthly_brief(desk, "2025-01").issue_no == "2025年第1期（总第1期）"


def test_a_first_issue_in_the_middle_of_a_year_is_number_one(desk: Desk) -> None:
    desk.store.write(lambda session: settings.put(session, "brief_first_issue", "2026-04"))
    assert papers.monthly_brief(desk, JUNE).issue_no == "2026年第3期（总第3期）"
    with pytest.raises(AppError, match="第1期是2026年4月"):
        papers.monthly_brief(desk, "2026-03")


def test_a_plan_over_the_turn_of_the_year_says_so() -> None:
    when = papers_brief_parts.when
    assert when(["2025-09-15", "2025-10-01", "2026-07-08"]) == "9月15日至次年7月8日"
    assert when(["2026-07-02", "2026-07-08", "2026-07-24"]) == "7月2日至24日"


def test_targets_are_drawn_only_where_they_are_set(busy: Desk) -> None:
    before = section(papers.monthly_brief(busy, JUNE), "项目进度").blocks
    assert [type(block) for block in before] == [Narrative]
    goals = {"V01.households": 1000, "C01.new": 1}
    sign_contract(busy, goals)
    brief = papers.monthly_brief(busy, JUNE)
    drawn = section(brief, "项目进度").blocks[0]
    assert isinstance(drawn, Targets)
    assert drawn.elapsed == 49  # 181 of 365 days: never more than has gone by
    assert [(one.name, one.month, one.total, one.target) for one in drawn.rows] == [
        ("入户探访", 3, 4, 1000),
        ("新增个案", 1, 1, 1),
    ]
    assert brief.summary.endswith("入户探访落后于时间进度。")


@pytest.mark.parametrize(("from_day", "month"), [(1, "2026-07"), (1, "2031-01"), (26, "2026-08")])
def test_a_month_that_has_not_begun_is_refused(desk: Desk, from_day: int, month: str) -> None:
    desk.store.write(lambda session: settings.put(session, "brief_from_day", from_day))
    with pytest.raises(AppError) as told:
        papers.print_brief(desk, month)
    assert told.value.message == f"{month[:4]}年{int(month[5:])}月还没有开始，没有生成。"
    assert told.value.hint == "请选这个月或以前的月份。"


def test_a_month_that_has_begun_in_the_one_before_is_drafted(desk: Desk) -> None:
    """From the 26th of June on, July has begun."""
    desk.store.write(lambda session: settings.put(session, "brief_from_day", 26))
    assert papers.monthly_brief(desk, "2026-07").period == "2026年6月26日至7月25日"


def test_a_month_before_the_contract_counts_its_calendar_year(desk: Desk) -> None:
    desk.store.write(lambda session: settings.put(session, "contract_from", "2026-05-01"))
    with_it, before = (papers.monthly_brief(desk, month) for month in (JUNE, "2026-04"))
    assert before.period == "2026年4月1日至4月30日"
    assert before.issue_no == "2026年第4期"
    assert with_it.period == "2026年6月1日至6月30日"


def test_no_month_is_said_so(desk: Desk) -> None:
    with pytest.raises(AppError, match="统计期没有看懂"):
        papers.monthly_brief(desk, "去年")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("陈小雨", "陈某"),
        ("欧阳小雨", "欧阳某"),
        ("欧阳", "欧某"),
        ("雨", "某服务对象"),
        ("<b>&", "某服务对象"),
        ("", "某服务对象"),
        (None, "某服务对象"),
        ("Maria", "某服务对象"),
    ],
)
def test_people_are_a_surname_and_somebody(name: str | None, shown: str) -> None:
    assert somebody(name) == shown


@pytest.mark.parametrize(
    ("village", "shown"),
    [
        ("上溪村", "上溪村"),
        ("上溪村三组12号", "上溪村"),
        ("和平社区5栋", "和平社区"),
        ("上溪", "上溪"),
        ("上溪3组", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_villages_end_where_their_name_ends(village: str | None, shown: str) -> None:
    assert village_words(village) == shown


def test_days_that_still_go_on_are_counted_to_today_and_said(busy: Desk) -> None:
    """The contract year runs from January to December; it is the end of June."""
    desk_of_year(busy)
    brief = papers_report.report_paper(busy, "final", "2026")
    assert brief.summary.endswith("本期还没有结束，数据截至6月30日。")
    assert "截至6月30日，有1件转介" in told_in(section(brief, "问题与需协调事项"))
    (targets,) = [one for one in section(brief, "年度指标完成情况").blocks if isinstance(one, Targets)]
    assert targets.elapsed == 49  # of 365 days 181
    assert "还没有结束" not in papers.monthly_brief(busy, JUNE).summary  # control: its last day is today


def desk_of_year(desk: Desk) -> None:
    desk.store.write(lambda session: settings.put(session, "contract_from", "2026-01-01"))
    sign_contract(desk, {"V01.households": 100})

"""Figures of the station's other work out of the store: opened to their records, told in the report."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.actions import figures, forms, papers, report_checks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import INDICATORS, NEEDS, indicators
from sgz_desktop.store import contracts, facts
from sgz_desktop.store.write import Write
from tests.actions.papers_station import spoken
from tests.targets import sign_contract

JUNE = "2026-06"
WORK: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("person", "p", {"name": "陈有田", "filed_on": "2025-01-01", "categories": "living_alone"}),
    (
        "group",
        "g",
        {"name": "夕阳红互助小组", "evaluated_on": "2026-06-25", "rated_content": 3, "rated_by": 4},
    ),
    ("group_member", "m", {"group": "g", "person": "p"}),
    ("group_member", "n", {"group": "g", "name": "无档案的人", "category": "left_elder"}),
    ("group_session", "gs", {"group": "g", "date": "2026-06-10", "title": "认识你我"}),
    ("group_session", "gt", {"group": "g", "date": "2026-07-08"}),
    ("attendance", "t1", {"session": "gs", "member": "m", "state": "present"}),
    ("attendance", "t2", {"session": "gs", "member": "n", "state": "late"}),
    ("activity", "a", {"name": "端午包粽子", "sort": "festival", "date": "2026-06-18", "head_count": 40}),
    ("sign_in", "i", {"activity": "a", "name": "来的人"}),
    ("contact", "d", {"date": "2026-06-02", "way": "came", "policy_told": "dibao"}),
    ("organisation", "o", {"name": "向阳公益社", "sort": "social_org", "mobilised_on": "2026-06-03"}),
    ("resource", "r", {"what": "大米", "sort": "goods", "received_on": "2026-06-03", "worth": 50_000}),
    ("volunteer_team", "vt", {"name": "红马甲", "founded_on": "2026-01-01"}),
    ("volunteer", "v", {"name": "志愿者甲", "registered_on": "2026-01-01"}),
    ("volunteer_service", "vs", {"volunteer": "v", "date": "2026-06-18", "served": 120}),
    ("supervision", "s", {"date": "2026-06-12", "mode": "group", "supervisor": "周督导", "head_count": 3}),
    ("training", "l", {"title": "个案记录", "date": "2026-06-13", "duration": 180, "head_count": 2}),
    (
        "staff",
        "f",
        {"name": "李小禾", "posted_on": "2026-01-05", "qualification": "assistant", "full_time": True},
    ),
    (
        "spending",
        "q",
        {"contract": "contract-2026-01-01", "date": "2026-06-15", "category": "activity", "amount": 80_000},
    ),
    ("mandatory_report", "y", {"found_on": "2026-06-09"}),
    ("publication", "z", {"title": "粽香暖邻里", "date": "2026-06-20", "sort": "post", "medium": "云岭发布"}),
)


@pytest.fixture
def working(desk: Desk) -> Desk:
    sign_contract(desk, {"A01": 10, "V01.households": 100})
    writes = [Write(kind, id, values) for kind, id, values in WORK]
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))
    return desk


def test_every_figure_opens_its_records(working: Desk) -> None:
    found = figures.indicators(working, JUNE)
    assert {one.code for one in found} == set(INDICATORS)
    seen = set()
    for one in found:
        behind = figures.records_behind(working, one.code, one.part, JUNE, one.unit)
        assert len(behind) == len(one.ids), one
        for record in behind:
            assert forms.form(working, record.id, record.kind).id == record.id
            seen.add(record.kind)
    assert {"group", "group_session", "activity", "contact", "organisation", "resource", "volunteer"} <= seen
    assert {"volunteer_team", "supervision", "training", "staff", "spending", "mandatory_report"} <= seen


def test_figures_read_alone_are_those_read_together(working: Desk) -> None:
    """A figure reads only the facts it needs."""
    june = Period.of(JUNE)
    whole = working.read(lambda session: indicators(facts.facts(session, june), june))
    for code in NEEDS:
        alone = working.read(lambda session, c=code: indicators(facts.facts(session, june, (c,)), june, (c,)))
        assert alone == [one for one in whole if one.code == code]


def test_what_is_planned_counts_only_from_its_day_on(working: Desk) -> None:
    july = Period.of("2026-07")
    for until, held in (("2026-06-30", 0), ("2026-07-08", 1), ("", 1)):
        rows = working.read(lambda session, day=until: facts.facts(session, july, ("G01",), day))
        assert [one.value for one in indicators(rows, july, ("G01",))] == [held, held, 0]


def test_targets_are_those_of_the_contract_in_force(working: Desk) -> None:
    sign_contract(working, {"A01": 99}, "2025-01-01", "2025-12-31")
    told = {
        day: working.read(lambda session, d=day: contracts.targets(session, d))
        for day in ("2024-12-31", "2025-06-30", "2026-12-31", "2027-01-01")
    }
    assert told == {
        "2024-12-31": {},
        "2025-06-30": {"A01": 99},
        "2026-12-31": {"A01": 10, "V01.households": 100},
        "2027-01-01": {},
    }
    compared = {(one.key, one.now.unit): one.target for one in figures.compare(working, JUNE)}
    assert compared["A01", "场"] == 10
    assert compared["A01", "人次"] is None


def test_the_brief_tells_of_groups_supervision_articles_and_plans(working: Desk) -> None:
    brief = papers.monthly_brief(working, JUNE)
    told = {one.title: "\n".join(spoken(one.blocks)) for one in brief.sections}
    assert "夕阳红互助小组" in told["重点服务"]
    assert "社工站开展节日慰问。" in told["重点服务"]
    assert "开展督导1次（团体督导），3人次参加。" in told["督导培训"]
    assert "参加培训1次：“个案记录”，2人次参加。" in told["督导培训"]
    assert "公众号文章《粽香暖邻里》刊发于云岭发布。" in told["宣传报道"]
    assert "小组活动1项" in told["下月计划"]
    doubts = report_checks.report_doubts(working, "monthly", JUNE)
    assert [one.words for one in doubts if one.check == "crowd"] == [
        "6月18日的“端午包粽子”计了40人，名单上1人"
    ]


def test_an_activity_is_told_in_its_own_words_as_far_as_they_name_nobody(working: Desk) -> None:
    shown = next(id for kind, id, _ in WORK if kind == "activity")

    def words(*writes: Write) -> str:
        working.write(lambda session: working.doing("save_form").record(session, "", writes))
        return "\n".join(spoken(papers.monthly_brief(working, JUNE)))

    facts = "包了五百个粽子。温小满把最大的一个给了邻居。罗大爷电话13800138001报了名。送到四十二户"
    before = words(Write("activity", shown, {"facts": facts, "effect": "三户说明年一起包。小满先到。"}))
    assert "送到四十二户。三户说明年一起包。小满先到。" in before  # the control: nobody here is called so
    told = words(Write("person", "someone", {"name": "温小满"}))
    assert "包了五百个粽子。送到四十二户。三户说明年一起包。" in told
    assert [one for one in ("小满", "罗大爷", "13800138001", "社工站开展节日慰问。") if one in told] == []

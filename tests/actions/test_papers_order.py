"""Which papers a case file holds, in which order, with which numbers; and what is said before printing."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import cases, forms, papers
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_words import joined, masked_number, masked_phone, paired, with_unit
from sgz_desktop.domain.fields import CountKind, LineKind, YuanKind
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.reports.values import (
    CLOSING_SENTENCE,
    CaseFile,
    Form,
    FormField,
    GoalBars,
    ReplySlip,
    Sheet,
    Table,
    Verdict,
    texts,
)
from sgz_desktop.store import settings
from sgz_desktop.store.write import Write
from tests.actions.papers_station import family, paper, spoken, visit


def case_of(desk: Desk, file: CaseFile, title: str) -> Sheet:
    return next(sheet for sheet in file.sheets if sheet.title == title)


def short(file: CaseFile) -> list[tuple[str, str]]:
    """(number less the case's, title) of every sheet."""
    return [(sheet.number.removeprefix(file.number + "-"), sheet.title) for sheet in file.sheets]


@pytest.fixture
def case(desk: Desk) -> str:
    """A case found on a visit of 2 June and opened that day."""
    return cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-02"))


def number_of(desk: Desk, case: str) -> str:
    return str(forms.form(desk, case, "case").values["number"])


def test_only_what_there_is_is_in_the_file(desk: Desk, case: str) -> None:
    file = papers.case_file(desk, number_of(desk, case))
    assert file == papers.case_file(desk, case)
    assert short(file) == [
        ("02-1", "服务对象基本信息"),
        ("03-1", "个案接案登记表"),
        ("19-1", "家系图"),
        ("09-1", "走访记录"),
    ]
    assert file.practice is False
    assert dict(file.cover)["服务对象"] == "陈小雨"
    assert dict(file.cover)["督导"].strip() == ""


def test_a_case_that_is_not_here_is_said_so(desk: Desk, case: str) -> None:
    for number in ("2026-Z999", "", "nonsense"):
        with pytest.raises(AppError, match="没有找到这个个案"):
            papers.case_file(desk, number)
    whole = forms.form(desk, case, "case")
    forms.delete_record(desk, case, "case", "重复", whole.seen)
    with pytest.raises(AppError, match="没有找到这个个案"):
        papers.print_case_file(desk, case)


def test_sessions_and_visits_of_the_case_are_numbered_together_by_day(desk: Desk, case: str) -> None:
    home = family(desk)  # another family, whose visit must not be here
    visit(desk, home, "2026-06-05")
    ours = cases.case_page(desk, case)
    own = forms.form(desk, case, "case").values
    paper(desk, case, "session", {"date": "2026-06-20", "facts": "第二次"})
    form = forms.new_form(desk, "visit", {"household": own["household"], "person": ours.client})
    forms.save_form(desk, form, {"date": "2026-06-10", "case": case, "met": True, "facts": "第一次"})
    missed = forms.new_form(desk, "visit", {"household": own["household"]})
    forms.save_form(desk, missed, {"date": "2026-06-15", "case": case, "met": False})
    late = paper(desk, case, "session", {"date": "2026-06-12", "facts": "补录的一次"})
    file = papers.case_file(desk, case)
    occasions = [sheet for sheet in file.sheets if "记录" in sheet.title]
    assert [(sheet.title, sheet.on, sheet.subtitle.split("　")[0]) for sheet in occasions] == [
        ("走访记录", "2026-06-02", "2026年6月2日（周二）"),
        ("过程记录", "2026-06-10", "第1节"),
        ("过程记录", "2026-06-12", "第2节"),
        ("走访记录", "2026-06-15", "2026年6月15日（周一）"),
        ("过程记录", "2026-06-20", "第3节"),
    ]
    by_day = {sheet.on: sheet.number[-4:] for sheet in occasions}
    assert by_day["2026-06-20"] == "08-1"
    assert by_day["2026-06-12"] == "08-3", "what was written down late takes the next number"
    assert any("补录的一次" in text for text in texts(occasions[2]))
    assert late


def test_goals_stand_in_their_written_order_and_bars_follow_them(desk: Desk, case: str) -> None:
    goals = [
        {"place": 3, "description": "丙"},
        {"place": 1, "description": "甲"},
        {"place": 2, "description": "乙"},
    ]
    plan = paper(desk, case, "plan", {"overall_goal": "稳定"}, goals=goals)
    rows = {row.values["description"]: row.id for row in forms.form(desk, plan, "plan").rows["goals"]}
    steps = [{"place": 2, "action": "后做", "goal": rows["甲"]}, {"place": 1, "action": "先做"}]
    forms.save_form(
        desk, forms.form(desk, plan, "plan"), {}, {"steps": [forms.RowInput("", one) for one in steps]}
    )
    for day, percent in (("2026-06-10", 30), ("2026-06-20", 60)):
        far = [{"goal": rows["丙"], "percent": 0}, {"goal": rows["甲"], "percent": percent}]
        paper(desk, case, "session", {"date": day}, progress=far)
    paper(desk, case, "evaluation", {"evaluated_on": "2026-06-25"})
    file = papers.case_file(desk, case)
    tables = [block for block in case_of(desk, file, "服务计划").blocks if isinstance(block, Table)]
    assert [row[0] for row in tables[0].rows] == ["一、甲", "二、乙", "三、丙"]
    assert [row[1] for row in tables[1].rows] == ["先做", "后做"]
    assert tables[1].rows[1][0] == "目标一"
    bars = next(b for b in case_of(desk, file, "目标达成评估").blocks if isinstance(b, GoalBars))
    assert [(track.goal, track.percents) for track in bars.goals] == [
        ("目标一　甲", (30, 60)),
        ("目标三　丙", (0, 0)),
    ]
    assert bars.sessions == (("第1节", "6/10"), ("第2节", "6/20"))


def test_the_closing_report_counts_sessions_and_hours(desk: Desk, case: str) -> None:
    paper(desk, case, "session", {"date": "2026-06-10", "start_time": "9:00", "end_time": "10:30"})
    paper(desk, case, "session", {"date": "2026-06-12"})
    paper(desk, case, "closure", {"closed_on": "2026-06-28", "summary": "一起办好了申请。"})
    report = case_of(desk, papers.case_file(desk, case), "结案报告")
    fields = {field.label: field.text for block in report.blocks for field in getattr(block, "fields", ())}
    assert fields["服务节数"] == "2节，共1小时30分钟（1节未记时间）"
    assert (fields["开案日期"], fields["结案日期"]) == ("2026年6月2日", "2026年6月28日")
    assert report.signed == "待签"


def test_the_application_ends_with_the_closing_sentence(desk: Desk, case: str) -> None:
    items = [{"title": "申请书", "state": "ready"}, {"title": "残疾人证", "state": "missing"}]
    paper(desk, case, "application", {"programme": "tekun", "filed_on": "2026-06-12"}, papers=items)
    sheet = case_of(desk, papers.case_file(desk, case), "救助申请协助单")
    assert next(b for b in sheet.blocks if isinstance(b, Verdict)).closing == CLOSING_SENTENCE
    rows = next(b for b in sheet.blocks if isinstance(b, Table)).rows
    assert [[option.ticked for option in row[1]] for row in rows] == [[True, False], [False, True]]


def test_a_referral_without_an_answer_has_a_letter_that_tells_no_more_than_it_must(
    desk: Desk, case: str
) -> None:
    typed = {
        "receiver": "柳湾福利中心",
        "receiver_phone": "13700137003",
        "consented": "agreed",
        "sent_on": "2026-06-15",
        "materials": "name",
        "reason_note": "常年卧床",
    }
    id = paper(desk, case, "referral", typed)
    file = papers.case_file(desk, case)
    letter = case_of(desk, file, "转介函")
    told = "".join(spoken(letter))
    assert "柳湾福利中心：" in told
    assert "陈小雨" in told
    assert not [word for word in ("常年卧床", "13700137003", "139", "甲字47号") if word in told]
    assert isinstance(letter.blocks[-1], ReplySlip)
    assert letter.footer == "仅供接收单位办理使用"
    forms.save_form(desk, forms.form(desk, id, "referral"), {"reply_on": "2026-06-20", "outcome": "accepted"})
    assert "转介函" not in [sheet.title for sheet in papers.case_file(desk, case).sheets]


def test_six_self_care_items_hint_only_when_all_are_known(desk: Desk, case: str) -> None:
    names = ("eat", "dress", "bed", "toilet", "walk")
    typed = {f"self_care_{name}": "not_done" for name in names}
    id = paper(desk, case, "assessment", typed)
    assert "提示" not in "".join(spoken(_self_care(desk, case)))
    forms.save_form(desk, forms.form(desk, id, "assessment"), {"self_care_bathe": "done"})
    assert "5项不能自主完成，提示生活自理能力完全丧失" in "".join(spoken(_self_care(desk, case)))


def _self_care(desk: Desk, case: str) -> Table:
    sheet = case_of(desk, papers.case_file(desk, case), "需求评估表")
    return next(b for b in sheet.blocks if isinstance(b, Table) and b.title == "生活自理能力")


def test_unknown_stays_blank_and_is_never_made_up(desk: Desk, case: str) -> None:
    file = papers.case_file(desk, case)
    fields = {
        field.label: field.text
        for block in case_of(desk, file, "服务对象基本信息").blocks
        if isinstance(block, Form)
        for field in block.fields
    }
    for label in ("出生日期", "民族", "身份证号", "联系电话", "户籍地址", "婚姻状况", "家庭月收入"):
        assert fields[label] == ""
    assert fields["紧急联系"] == "周桂花　139****9002"


def test_how_long_a_file_is_kept(desk: Desk, case: str) -> None:
    assert dict(papers.case_file(desk, case).cover)["保管期限"] == "结案后5年"
    forms.save_form(desk, forms.form(desk, case, "case"), {"closed_on": "2026-06-28"})
    assert dict(papers.case_file(desk, case).cover)["保管期限"] == "结案后5年（至2031年6月）"
    client = cases.case_page(desk, case).client
    forms.save_form(desk, forms.form(desk, client, "person"), {"born": "2015-03-05"})
    desk.store.write(lambda session: settings.put(session, "retention_years", 8))
    assert dict(papers.case_file(desk, case).cover)["保管期限"] == "满18周岁后8年（至2041年3月）"


def test_characters_no_font_has_are_named(desk: Desk, case: str) -> None:
    assert papers.unprintable_in(desk, case) == []
    client = cases.case_page(desk, case).client
    forms.save_form(desk, forms.form(desk, client, "person"), {"name": "陈\ue123雨"})
    assert papers.unprintable_in(desk, case) == ["\ue123"]
    assert papers.print_case_file(desk, case).startswith(b"%PDF")


def test_printing_can_be_cancelled(desk: Desk, case: str) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        papers.print_case_file(desk, case, stop)


def test_a_day_that_is_no_day_is_printed_as_it_came(desk: Desk, case: str) -> None:
    """A merged record may hold anything in a day; the file is printed all the same."""
    from sgz_desktop.store.write import Write

    values = {"case": case, "date": "不详", "start_time": "早上", "end_time": "晚上"}
    write = Write("session", desk.ids(), values)
    desk.write(lambda session: desk.doing("save_form").record(session, "", [write]))
    told = "".join(texts(papers.case_file(desk, case)))
    assert "不详" in told
    assert "早上—晚上" in told
    assert papers.print_case_file(desk, case).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("11010519491231002X", "110***********002X"),
        ("110105491231002", "110********1002"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_identity_numbers_keep_three_and_four(text: str, shown: str) -> None:
    assert masked_number(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("13812346677", "138****6677"), ("0519-88887777", "0519-****7777"), ("12345", "1****"), ("", "")],
)
def test_phones_lose_the_middle_four(text: str, shown: str) -> None:
    assert masked_phone(text) == shown


def test_half_rows_pair_up_and_keep_their_place() -> None:
    fields = [FormField("甲"), FormField("乙", wide=True), FormField("丙"), FormField("丁")]
    assert [field.label for field in paired(fields)] == ["甲", "丙", "乙", "丁"]


def test_units_follow_their_figures() -> None:
    assert with_unit(YuanKind(), "3500元", "元/月") == "3500元/月"
    assert with_unit(CountKind(100), "60", "%") == "60%"
    assert with_unit(LineKind(), "文字", "页") == "文字"
    assert with_unit(YuanKind(), "", "元") == ""


def test_parts_are_joined_as_sentences_are() -> None:
    assert joined("按月寄钱。", "", "备注：无", "其他") == "按月寄钱。备注：无；其他"
    assert joined("", "") == ""


def test_moves_stand_by_their_steps_and_the_steps_are_not_printed(desk: Desk, case: str) -> None:
    """Whatever the days say: two computers may have made them apart."""
    moves = [("evaluation", "2026-06-05", 9001), ("intervention", "2026-06-08", 9000)]
    writes = [
        Write("case_move", f"m{step}", {"case": case, "to_stage": stage, "moved_on": day, "step": step})
        for stage, day, step in moves
    ]
    desk.write(lambda session: desk.doing("move_case").record(session, "", writes))
    sheet = case_of(desk, papers.case_file(desk, case), "服务对象基本信息")
    (table,) = [one for one in sheet.blocks if isinstance(one, Table) and one.title == "阶段变动"]
    assert [row[2] for row in table.rows][-2:] == ["介入", "评估"]
    assert "900" not in str(table.rows)

"""M, Z, E: a report to the bureau: its span, its texts, and what it said when it was signed off."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Count, Day, Key, Line, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class ReportText(Record, table=True):
    """One text of a report: proposed from the record `about`, then as somebody wrote it.

    `section` is the section's id of the report's form; `left_out` keeps a proposal off the paper. Columns
    that only some sections print are empty in the others: `people` is a count or a range in words,
    `in_charge` and `serves` (code and part of an indicator) are of next month's plan.
    """

    KIND = "report_text"
    TITLE = "报告文字"

    report: Annotated[
        str | None, Ref("report", parent=True), Ask("报告", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    section: Annotated[Key, Ask("部分", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    place: Annotated[Count, Ask("次序", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    about: Annotated[str | None, Ref("*"), Ask("来自", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    left_out: Annotated[YesNo, Ask("不印", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    title: Annotated[Line, Ask("标题", share=STATION, paper=BUREAU, care=SENSITIVE)] = None
    text: Annotated[LongText, Ask("正文", share=STATION, paper=BUREAU, care=SENSITIVE)] = None
    held_on: Annotated[Day, Ask("日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    time_words: Annotated[Line, Ask("时间", help="例如7月上旬", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    where: Annotated[Line, Ask("地点", share=STATION, paper=BUREAU, care=PLAIN)] = None
    people: Annotated[Line, Ask("参加人员", share=STATION, paper=BUREAU, care=PLAIN)] = None
    in_charge: Annotated[Name, Ask("责任人", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    serves: Annotated[Key, Ask("对应指标", share=STATION, paper=BUREAU, care=PLAIN)] = None
    photo_first: Annotated[
        str | None, Ref("attachment"), Ask("照片一", share=STATION, paper=BUREAU, care=SENSITIVE)
    ] = None
    photo_second: Annotated[
        str | None, Ref("attachment"), Ask("照片二", share=STATION, paper=BUREAU, care=SENSITIVE)
    ] = None
    reviewed: Annotated[Key, Ask("去标识审阅", share=STATION, paper=INTERNAL, care=PLAIN)] = None


class Report(Record, table=True):
    """A report of a span of days: monthly, in mid-term or final.

    Signing off writes the number, the day, who signed, the fingerprint of the kept paper and `figures`:
    canonical JSON, one [code, part, unit, value, [ids of records counted]] for each figure as it was then;
    null stands for ids that were too many.
    What is entered afterwards for these days is told in the next report.
    """

    KIND = "report"
    TITLE = "报告"

    sort: Annotated[str | None, Code("report_sort"), Ask("种类", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    first_on: Annotated[Day, Ask("统计期开始", share=STATION, paper=BUREAU, care=PLAIN, group="span")] = None
    last_on: Annotated[Day, Ask("统计期结束", share=STATION, paper=BUREAU, care=PLAIN, group="span")] = None
    number: Annotated[Line, Ask("编号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    filled_by: Annotated[Name, Ask("填表人", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    station_head: Annotated[Name, Ask("站长", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    agency_head: Annotated[Name, Ask("机构负责人", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    signed_off_on: Annotated[
        Day, Ask("定稿日期", share=STATION, paper=BUREAU, care=PLAIN, group="sign_off")
    ] = None
    signed_off_by: Annotated[
        Name, Ask("定稿人", share=STATION, paper=BUREAU, care=IDENTIFIES, group="sign_off")
    ] = None
    figures: Annotated[Key, Ask("定稿数据", share=STATION, paper=INTERNAL, care=PLAIN, group="sign_off")] = (
        None
    )
    sha256: Annotated[Key, Ask("文件指纹", share=STATION, paper=INTERNAL, care=PLAIN, group="sign_off")] = (
        None
    )
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    texts: ClassVar[Rows[ReportText]] = Rows(ReportText, "文字", "report")

    SECTIONS = (
        ("报告", ("sort", "first_on", "last_on", "number")),
        ("签字", ("filled_by", "station_head", "agency_head")),
        ("定稿", ("signed_off_on", "signed_off_by", "figures", "sha256", "note", "texts")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "signed_off_on")
        yield from days_in_order(self, "first_on", "last_on")

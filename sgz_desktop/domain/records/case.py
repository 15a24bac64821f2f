"""A case: one piece of work with one client, and the moves between its stages."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Count, Day, Line, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import (
    BUREAU,
    CLIENT,
    COUNTY,
    IDENTIFIES,
    INTERNAL,
    PLAIN,
    SENSITIVE,
    STATION,
)
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class CaseMove(Record, table=True):
    """One move between two stages; together they are the case's way.

    `step` is one more than that of any move known when it was made, so that the way keeps its order whatever
    days are written (the logical clock of Lamport, Commun. ACM 21(7), 1978). Moves of schema 2 have none.
    """

    KIND = "case_move"
    TITLE = "阶段变动"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    from_stage: Annotated[
        str | None, Code("case_stage"), Ask("原阶段", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    to_stage: Annotated[
        str | None, Code("case_stage"), Ask("新阶段", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    step: Annotated[Count, Ask("第几步", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    moved_on: Annotated[Day, Ask("变动日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    reason: Annotated[LongText, Ask("原因", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "moved_on")


class Case(Record, table=True):
    """A case. `number` is printed, given once, never reused.

    `guardian_hidden` keeps the case, and all that belongs to it, from everybody but its worker and the head.

    `stage` is written with each `case_move`, so that lists and files read it at once; where moves exist,
    `lifecycle.stage_of` is what counts.
    """

    KIND = "case"
    TITLE = "个案"

    number: Annotated[Line, Ask("个案编号", share=COUNTY, paper=CLIENT, care=IDENTIFIES)] = None
    stage: Annotated[
        str | None, Code("case_stage"), Ask("阶段", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    client: Annotated[
        str | None,
        Ref("person", parent=True),
        Ask("服务对象", share=COUNTY, paper=CLIENT, care=IDENTIFIES),
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("家庭", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    worker: Annotated[Name, Ask("主责社工", share=STATION, paper=CLIENT, care=IDENTIFIES)] = None
    supervisor: Annotated[Name, Ask("督导", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    opened_on: Annotated[Day, Ask("开案日期", share=COUNTY, paper=CLIENT, care=PLAIN)] = None
    source: Annotated[
        str | None, Code("case_source"), Ask("个案来源", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    found_in: Annotated[
        str | None, Ref("visit"), Ask("由哪次走访发现", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    natures: Annotated[
        str | None, Codes("case_nature"), Ask("问题类别", share=COUNTY, paper=BUREAU, care=SENSITIVE)
    ] = None
    topic: Annotated[Line, Ask("主要问题", help="一句话", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    risk: Annotated[
        str | None, Code("risk"), Ask("风险等级", share=COUNTY, paper=INTERNAL, care=SENSITIVE)
    ] = None
    guardian_hidden: Annotated[
        YesNo,
        Ask(
            "对监护人保密",
            help="疑似监护人侵害等情形；只有主责社工和站长看得到",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    reopens: Annotated[
        str | None, Ref("case"), Ask("重开自哪个个案", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    closed_on: Annotated[Day, Ask("结案日期", share=COUNTY, paper=CLIENT, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    on_paper: Annotated[
        YesNo,
        Ask(
            "已有纸质档案",
            help="以前的个案，全部记录在纸上",
            share=STATION,
            paper=INTERNAL,
            care=PLAIN,
            group="paper_archive",
        ),
    ] = None
    paper_number: Annotated[
        Line,
        Ask("纸质档案编号", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="paper_archive"),
    ] = None
    paper_result: Annotated[
        LongText, Ask("纸质档案的结果", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None

    moves: ClassVar[Rows[CaseMove]] = Rows(CaseMove, "阶段变动", "case")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "个案",
            (
                "number",
                "client",
                "household",
                "worker",
                "supervisor",
                "opened_on",
                "source",
                "found_in",
                "reopens",
            ),
        ),
        ("问题与风险", ("natures", "topic", "risk", "guardian_hidden")),
        ("进展", ("stage", "moves", "closed_on", "note", "attachments")),
        ("纸质档案", ("on_paper", "paper_number", "paper_result")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "opened_on", "closed_on")
        yield from days_in_order(self, "opened_on", "closed_on")

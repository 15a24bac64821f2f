"""迎检自查: the evaluator's table as data, and the evidence for each item."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Count, Day, Key, Line, LongText, Problem, Ref
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.doubts import mark, not_future


class EvaluationEvidence(Record, table=True):
    """One record or paper that proves an item."""

    KIND = "evaluation_evidence"
    TITLE = "佐证"

    item: Annotated[
        str | None,
        Ref("evaluation_item", parent=True),
        Ask("评估项", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    about: Annotated[str | None, Ref("*"), Ask("佐证资料", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    words: Annotated[Line, Ask("说明", share=STATION, paper=INTERNAL, care=PLAIN)] = None


class EvaluationItem(Record, table=True):
    """One line of the evaluator's table. `proof` names what the program can look for itself."""

    KIND = "evaluation_item"
    TITLE = "评估项"

    table: Annotated[
        str | None,
        Ref("evaluation_table", parent=True),
        Ask("评估表", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    place: Annotated[Count, Ask("次序", share=STATION, paper=BUREAU, care=PLAIN)] = None
    section: Annotated[Line, Ask("一级指标", share=STATION, paper=BUREAU, care=PLAIN)] = None
    text: Annotated[Line, Ask("评估内容", share=STATION, paper=BUREAU, care=PLAIN)] = None
    points: Annotated[Count, Ask("分值", unit="分", share=STATION, paper=BUREAU, care=PLAIN)] = None
    how: Annotated[LongText, Ask("评分办法", share=STATION, paper=BUREAU, care=PLAIN)] = None
    proof: Annotated[Key, Ask("自动查找", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    state: Annotated[
        str | None, Code("evaluation_state"), Ask("自查", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    scored: Annotated[Count, Ask("自评分", unit="分", share=STATION, paper=BUREAU, care=PLAIN)] = None
    where_kept: Annotated[Line, Ask("材料位置", share=STATION, paper=BUREAU, care=PLAIN)] = None
    note: Annotated[LongText, Ask("说明", share=STATION, paper=BUREAU, care=PLAIN)] = None
    checked_on: Annotated[Day, Ask("自查日期", share=STATION, paper=BUREAU, care=PLAIN)] = None

    evidence: ClassVar[Rows[EvaluationEvidence]] = Rows(EvaluationEvidence, "佐证", "item")

    SECTIONS = (
        (
            "评估项",
            (
                "table",
                "place",
                "section",
                "text",
                "points",
                "how",
                "proof",
            ),
        ),
        (
            "自查",
            (
                "state",
                "scored",
                "where_kept",
                "note",
                "checked_on",
                "evidence",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "checked_on")
        if type(self.scored) is int and type(self.points) is int and self.scored > self.points:
            yield mark("scored", "自评分多于分值，请核对。")


class EvaluationTable(Record, table=True):
    """A table to check oneself by: an evaluator's, or the 六有 checklist."""

    KIND = "evaluation_table"
    TITLE = "迎检评估表"

    title: Annotated[Line, Ask("评估表名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("evaluation_kind"), Ask("种类", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    source: Annotated[Line, Ask("来源", share=STATION, paper=BUREAU, care=PLAIN)] = None
    date: Annotated[Day, Ask("评估日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    contract: Annotated[
        str | None, Ref("contract"), Ask("合同", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    items: ClassVar[Rows[EvaluationItem]] = Rows(EvaluationItem, "评估项", "table")

    SECTIONS = (
        (
            "评估表",
            (
                "title",
                "sort",
                "source",
                "date",
                "contract",
                "note",
                "items",
            ),
        ),
    )

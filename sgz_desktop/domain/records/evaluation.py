"""C9: what was reached, and what the client thinks of it."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Count, Day, Line, LongText, Most, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import CLIENT, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class GoalResult(Record, table=True):
    """How far one goal was reached in the end."""

    KIND = "goal_result"
    TITLE = "目标达成"

    evaluation: Annotated[
        str | None, Ref("evaluation", parent=True), Ask("评估表", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    goal: Annotated[str | None, Ref("goal"), Ask("目标", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    result: Annotated[
        str | None, Code("goal_result"), Ask("达成情况", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    percent: Annotated[
        int | None, Most(100), Ask("达成", unit="%", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    note: Annotated[LongText, Ask("说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None


class Evaluation(Record, table=True):
    """The evaluation. The client's own part (satisfaction and words) may be read by the client."""

    KIND = "evaluation"
    TITLE = "评估表"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    evaluated_on: Annotated[Day, Ask("评估日期", share=STATION, paper=CLIENT, care=PLAIN)] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=CLIENT, care=IDENTIFIES)] = None
    methods: Annotated[
        str | None, Codes("evaluation_method"), Ask("评估方法", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    before: Annotated[LongText, Ask("服务前", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    after: Annotated[LongText, Ask("服务后", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    overall: Annotated[
        str | None, Code("goal_result"), Ask("总体达成", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    satisfaction: Annotated[
        str | None,
        Code("satisfaction"),
        Ask("满意度", share=STATION, paper=CLIENT, care=PLAIN, group="satisfaction_given"),
    ] = None
    satisfaction_by: Annotated[
        str | None,
        Code("consent_giver"),
        Ask("由谁评价", share=STATION, paper=CLIENT, care=PLAIN, group="satisfaction_given"),
    ] = None
    client_words: Annotated[LongText, Ask("服务对象的话", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    reflection: Annotated[LongText, Ask("社工反思", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    supervisor_remark: Annotated[LongText, Ask("督导评语", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    score_name: Annotated[
        Line, Ask("前后测用的量表", share=STATION, paper=INTERNAL, care=SENSITIVE, group="scores")
    ] = None
    score_before: Annotated[
        Count, Ask("前测分", unit="分", share=STATION, paper=INTERNAL, care=SENSITIVE, group="scores")
    ] = None
    score_after: Annotated[
        Count, Ask("后测分", unit="分", share=STATION, paper=INTERNAL, care=SENSITIVE, group="scores")
    ] = None

    results: ClassVar[Rows[GoalResult]] = Rows(GoalResult, "目标达成", "evaluation")

    SECTIONS = (
        ("评估", ("case", "evaluated_on", "worker", "methods")),
        ("目标达成", ("results", "overall", "before", "after", "score_name", "score_before", "score_after")),
        ("服务对象评价", ("satisfaction", "satisfaction_by", "client_words")),
        ("反思与督导", ("reflection", "supervisor_remark")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "evaluated_on")

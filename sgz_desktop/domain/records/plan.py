"""C4: the service plan with its goals and steps."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Count, Day, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import CLIENT, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class Goal(Record, table=True):
    """One goal that can be measured and has a day by which it should be reached."""

    KIND = "goal"
    TITLE = "分目标"

    plan: Annotated[
        str | None, Ref("plan", parent=True), Ask("服务计划", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    place: Annotated[Count, Ask("序号", share=STATION, paper=CLIENT, care=PLAIN)] = None
    description: Annotated[LongText, Ask("目标", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    measure: Annotated[LongText, Ask("怎样算达成", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    due_on: Annotated[Day, Ask("完成时限", share=STATION, paper=CLIENT, care=PLAIN)] = None
    need: Annotated[
        str | None, Ref("need"), Ask("对应需求", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None


class Step(Record, table=True):
    """One step towards a goal: who does what by when."""

    KIND = "step"
    TITLE = "服务步骤"

    plan: Annotated[
        str | None, Ref("plan", parent=True), Ask("服务计划", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    goal: Annotated[str | None, Ref("goal"), Ask("对应目标", share=STATION, paper=CLIENT, care=SENSITIVE)] = (
        None
    )
    place: Annotated[Count, Ask("序号", share=STATION, paper=CLIENT, care=PLAIN)] = None
    action: Annotated[LongText, Ask("做什么", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    responsible: Annotated[
        str | None, Codes("responsible"), Ask("责任人", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    responsible_name: Annotated[Name, Ask("责任人姓名", share=STATION, paper=CLIENT, care=IDENTIFIES)] = None
    due_on: Annotated[Day, Ask("什么时候", share=STATION, paper=CLIENT, care=PLAIN)] = None
    state: Annotated[
        str | None,
        Code("step_state"),
        Ask("进度", share=STATION, paper=CLIENT, care=PLAIN, group="step_done"),
    ] = None
    done_on: Annotated[Day, Ask("完成日期", share=STATION, paper=CLIENT, care=PLAIN, group="step_done")] = (
        None
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "done_on")


class Plan(Record, table=True):
    """The plan agreed with the client. The client's page holds goals and steps, no risks or theories."""

    KIND = "plan"
    TITLE = "服务计划书"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    made_on: Annotated[Day, Ask("制定日期", share=STATION, paper=CLIENT, care=PLAIN)] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=CLIENT, care=IDENTIFIES)] = None
    overall_goal: Annotated[LongText, Ask("总目标", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    strategy: Annotated[LongText, Ask("介入策略与理论", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    resources: Annotated[LongText, Ask("所需资源", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    evaluation_methods: Annotated[
        str | None, Codes("evaluation_method"), Ask("评估方法", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    risk_plan: Annotated[LongText, Ask("风险预案", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    review_on: Annotated[Day, Ask("计划检视日期", share=STATION, paper=CLIENT, care=PLAIN)] = None
    client_wishes: Annotated[LongText, Ask("服务对象意见", share=STATION, paper=CLIENT, care=SENSITIVE)] = (
        None
    )
    client_confirmed_on: Annotated[
        Day,
        Ask("服务对象确认日期", share=STATION, paper=CLIENT, care=PLAIN, group="client_confirmation"),
    ] = None
    client_sign_mode: Annotated[
        str | None,
        Code("sign_mode"),
        Ask("服务对象签署方式", share=STATION, paper=CLIENT, care=PLAIN, group="client_confirmation"),
    ] = None
    supervisor: Annotated[
        Name, Ask("督导", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="supervision")
    ] = None
    supervisor_confirmed_on: Annotated[
        Day, Ask("督导确认日期", share=STATION, paper=INTERNAL, care=PLAIN, group="supervision")
    ] = None
    supervisor_remark: Annotated[LongText, Ask("督导意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    goals: ClassVar[Rows[Goal]] = Rows(Goal, "分目标", "plan")
    steps: ClassVar[Rows[Step]] = Rows(Step, "步骤", "plan")

    SECTIONS = (
        ("目标", ("case", "made_on", "worker", "overall_goal", "goals", "steps")),
        ("做法", ("strategy", "resources", "evaluation_methods", "risk_plan", "review_on")),
        (
            "确认",
            (
                "client_wishes",
                "client_confirmed_on",
                "client_sign_mode",
                "supervisor",
                "supervisor_confirmed_on",
                "supervisor_remark",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "made_on", "client_confirmed_on", "supervisor_confirmed_on")
        yield from days_in_order(self, "made_on", "review_on")

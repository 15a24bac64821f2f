"""C1: how a case came in and whether the station takes it."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Codes, Day, LongText, Name, Phone, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future


class Intake(Record, table=True):
    """The intake sheet. Who came, in whose words, how urgent, and the decision with its reason."""

    KIND = "intake"
    TITLE = "个案接案表"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    source: Annotated[
        str | None, Code("case_source"), Ask("来源", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    asked_on: Annotated[Day, Ask("求助或发现日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    intake_on: Annotated[Day, Ask("接案日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    asker_name: Annotated[
        Name, Ask("代求助人", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="asker")
    ] = None
    asker_role: Annotated[
        str | None,
        Code("contact_role"),
        Ask("代求助人身份", share=STATION, paper=INTERNAL, care=PLAIN, group="asker"),
    ] = None
    asker_phone: Annotated[
        Phone, Ask("代求助人电话", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="asker")
    ] = None
    problem_own_words: Annotated[
        LongText, Ask("呈现问题（本人表述）", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    problem_seen: Annotated[
        LongText, Ask("呈现问题（社工表述）", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    urgency: Annotated[
        str | None, Code("urgency"), Ask("紧急程度", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    safety_risks: Annotated[
        str | None, Codes("safety_risk"), Ask("安全风险初判", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    safety_note: Annotated[LongText, Ask("安全风险说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    help_so_far: Annotated[LongText, Ask("已获救助和服务", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    decision: Annotated[
        str | None,
        Code("decision"),
        Ask("是否接案", share=STATION, paper=INTERNAL, care=PLAIN, group="intake_decision"),
    ] = None
    decline_reason: Annotated[
        str | None,
        Code("decline_reason"),
        Ask("不接案原因", share=STATION, paper=INTERNAL, care=SENSITIVE, group="intake_decision"),
    ] = None
    decision_note: Annotated[
        LongText, Ask("理由", share=STATION, paper=INTERNAL, care=SENSITIVE, group="intake_decision")
    ] = None
    worker: Annotated[Name, Ask("主责社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    supervisor_remark: Annotated[LongText, Ask("督导意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    SECTIONS = (
        ("来源", ("case", "source", "asked_on", "intake_on", "asker_name", "asker_role", "asker_phone")),
        (
            "问题与风险",
            (
                "problem_own_words",
                "problem_seen",
                "urgency",
                "safety_risks",
                "safety_note",
                "help_so_far",
            ),
        ),
        ("决定", ("decision", "decline_reason", "decision_note", "worker", "supervisor_remark")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "asked_on", "intake_on")
        yield from days_in_order(self, "asked_on", "intake_on")
        if self.decision == "accept" and self.decline_reason is not None:
            yield mark("decline_reason", "已选接案，又填了不接案原因，请核对。")

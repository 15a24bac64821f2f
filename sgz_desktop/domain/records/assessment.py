"""C3: what the client and the family need, and what they can do."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Count, Day, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future

SELF_CARE = (
    "self_care_eat",
    "self_care_dress",
    "self_care_bed",
    "self_care_toilet",
    "self_care_walk",
    "self_care_bathe",
)


class Need(Record, table=True):
    """One need found, with its rank."""

    KIND = "need"
    TITLE = "需求"

    assessment: Annotated[
        str | None, Ref("assessment", parent=True), Ask("预估表", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    sort: Annotated[
        str | None, Code("need"), Ask("需求类别", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    description: Annotated[LongText, Ask("需求说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    priority: Annotated[
        str | None, Code("priority"), Ask("优先级", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None


class ScaleScore(Record, table=True):
    """The total of one instrument on one day. Items are not kept; it is a hint, never a diagnosis."""

    KIND = "scale_score"
    TITLE = "量表得分"

    assessment: Annotated[
        str | None, Ref("assessment", parent=True), Ask("预估表", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    instrument: Annotated[
        str | None, Code("instrument"), Ask("量表", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    score: Annotated[Count, Ask("总分", unit="分", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    scored_on: Annotated[Day, Ask("评定日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    scored_by: Annotated[Name, Ask("评定人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    note: Annotated[LongText, Ask("提示", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "scored_on")


class Assessment(Record, table=True):
    """The needs assessment. Facts and judgement stand apart; a self-care item not looked at stays open."""

    KIND = "assessment"
    TITLE = "需求评估表"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    assessed_on: Annotated[Day, Ask("评估日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    body: Annotated[LongText, Ask("生理状况", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    mind: Annotated[LongText, Ask("心理状况", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    abilities: Annotated[LongText, Ask("能力", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    strengths: Annotated[LongText, Ask("优势", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    self_care_eat: Annotated[
        str | None,
        Code("self_care_state"),
        Ask("自主吃饭", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    self_care_dress: Annotated[
        str | None,
        Code("self_care_state"),
        Ask("自主穿衣", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    self_care_bed: Annotated[
        str | None,
        Code("self_care_state"),
        Ask("自主上下床", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    self_care_toilet: Annotated[
        str | None,
        Code("self_care_state"),
        Ask("自主如厕", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    self_care_walk: Annotated[
        str | None,
        Code("self_care_state"),
        Ask("室内自主行走", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    self_care_bathe: Annotated[
        str | None,
        Code("self_care_state"),
        Ask("自主洗澡", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    family_structure: Annotated[LongText, Ask("家庭结构", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    family_economy: Annotated[LongText, Ask("家庭经济", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    family_care: Annotated[LongText, Ask("家庭照护", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    support_sources: Annotated[
        str | None,
        Codes("support_source"),
        Ask("社会支持来源", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    support: Annotated[LongText, Ask("社会支持与资源", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    risk: Annotated[
        str | None,
        Code("risk"),
        Ask("风险等级", share=STATION, paper=INTERNAL, care=SENSITIVE, group="assessed_risk"),
    ] = None
    risk_basis: Annotated[
        LongText, Ask("风险依据", share=STATION, paper=INTERNAL, care=SENSITIVE, group="assessed_risk")
    ] = None
    policy_match: Annotated[
        LongText,
        Ask("政策匹配", help="可能符合哪些政策、还缺什么", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    facts: Annotated[LongText, Ask("客观事实", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    judgement: Annotated[LongText, Ask("社工判断", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    conclusion: Annotated[LongText, Ask("评估结论", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    supervisor_remark: Annotated[LongText, Ask("督导意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    needs: ClassVar[Rows[Need]] = Rows(Need, "需求清单", "assessment")
    scores: ClassVar[Rows[ScaleScore]] = Rows(ScaleScore, "使用量表及得分", "assessment")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("评估", ("case", "assessed_on", "worker")),
        ("个人", ("body", "mind", "abilities", "strengths")),
        ("生活自理能力", SELF_CARE),
        ("家庭", ("family_structure", "family_economy", "family_care")),
        ("社会支持", ("support_sources", "support")),
        ("风险", ("risk", "risk_basis")),
        ("需求与政策", ("needs", "policy_match", "scores")),
        ("结论", ("facts", "judgement", "conclusion", "supervisor_remark", "attachments")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "assessed_on")

"""V1: a visit to a household, by foot, phone or video."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Line, LongText, Problem, Ref, YesNo
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Rows
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import mark, one_of
from sgz_desktop.domain.records.occasion import CASEWORK, Occasion
from sgz_desktop.domain.records.presence import GoalProgress, Presence

TEKUN = ("tekun_carer", "tekun_basics", "tekun_treatment", "tekun_would_move_in")
ELDER = ("elder_self_care", "elder_medicine", "elder_fell", "elder_company", "elder_contact_works")
CHILD = ("child_school", "child_carer", "child_parents_call", "child_injury", "child_safety_taught")
DISABLED = ("disabled_carer", "disabled_device_needed", "disabled_rehab", "disabled_card_valid")


class Visit(Occasion, table=True):
    """One visit. With `case` set it also serves that case: one record, one 户次, one 节.

    `met` and the reason are one value. A visit where nobody was met counts no 人次. This is a social
    worker's visit, never the official survey of means.
    """

    KIND = "visit"
    TITLE = "走访"

    household: Annotated[
        str | None, Ref("household"), Ask("走访家庭", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    person: Annotated[
        str | None, Ref("person"), Ask("走访对象", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    purposes: Annotated[
        str | None, Codes("visit_purpose"), Ask("走访目的", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    companions: Annotated[
        Line,
        Ask("同行人", help="建议两人以上同行", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    met: Annotated[YesNo, Ask("见到", share=COUNTY, paper=INTERNAL, care=PLAIN, group="met_or_not")] = None
    not_met_reason: Annotated[
        str | None,
        Code("not_met_reason"),
        Ask("未遇原因", share=COUNTY, paper=INTERNAL, care=PLAIN, group="met_or_not"),
    ] = None
    environment: Annotated[LongText, Ask("居住环境", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    hazards: Annotated[
        str | None,
        Codes("housing_hazard"),
        Ask("居住安全隐患", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    body_state: Annotated[
        str | None, Code("wellbeing"), Ask("身体状况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    mind_state: Annotated[
        str | None, Code("wellbeing"), Ask("情绪状况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    change: Annotated[
        str | None,
        Code("change"),
        Ask("变化", share=STATION, paper=INTERNAL, care=SENSITIVE, group="change_seen"),
    ] = None
    changes: Annotated[
        LongText,
        Ask("变化情况", share=STATION, paper=INTERNAL, care=SENSITIVE, group="change_seen"),
    ] = None
    needs: Annotated[
        str | None, Codes("need"), Ask("需求类别", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    needs_told: Annotated[LongText, Ask("需求说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    category_notes: Annotated[
        LongText,
        Ask(
            "分类关注",
            help="特困、老人、儿童、残疾人各自要看的情况",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    policy_told: Annotated[
        str | None, Codes("programme"), Ask("告知的政策", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    benefits_arrived: Annotated[
        str | None,
        Code("benefit_arrival"),
        Ask("待遇是否到账", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    outcomes: Annotated[
        str | None, Codes("visit_outcome"), Ask("处理", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    handling: Annotated[LongText, Ask("处理说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    goods: Annotated[Line, Ask("送达物资", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    case: Annotated[
        str | None,
        Ref("case"),
        Ask("服务的个案", help="本次走访也是个案的一节时选", share=COUNTY, paper=INTERNAL, care=PLAIN),
    ] = None

    tekun_carer: Annotated[YesNo, Ask("照料人按约照料", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    tekun_basics: Annotated[YesNo, Ask("吃穿住有保障", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    tekun_treatment: Annotated[
        YesNo, Ask("看病住院有人管", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    tekun_would_move_in: Annotated[
        YesNo, Ask("愿意集中供养", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    elder_self_care: Annotated[
        str | None,
        Code("self_care_result"),
        Ask("自理情况", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    elder_medicine: Annotated[YesNo, Ask("按时用药", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    elder_fell: Annotated[YesNo, Ask("近期跌倒", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    elder_company: Annotated[YesNo, Ask("平时有人来往", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    elder_contact_works: Annotated[
        YesNo, Ask("紧急联系人打得通", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    child_school: Annotated[
        str | None, Code("school_state"), Ask("在校情况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    child_carer: Annotated[YesNo, Ask("照料人尽责", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    child_parents_call: Annotated[
        YesNo, Ask("父母每周联系", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    child_injury: Annotated[
        YesNo,
        Ask("身上有不明伤痕", help="看到伤痕，请按F8紧急报告", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    child_safety_taught: Annotated[
        YesNo, Ask("讲过防溺水和居家安全", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    disabled_carer: Annotated[YesNo, Ask("有人照料", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    disabled_device_needed: Annotated[
        YesNo, Ask("需要辅具", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    disabled_rehab: Annotated[YesNo, Ask("在做康复", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    disabled_card_valid: Annotated[
        YesNo, Ask("残疾人证在有效期", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    safety_note: Annotated[
        LongText,
        Ask("上门安全情况", help="只给社工看", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None

    presences: ClassVar[Rows[Presence]] = Rows(Presence, "见到的人", "occasion")
    progress: ClassVar[Rows[GoalProgress]] = Rows(GoalProgress, "目标进度", "occasion")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "时间和人",
            (
                "household",
                "person",
                "date",
                "start_time",
                "end_time",
                "mode",
                "worker",
                "companions",
                "purposes",
                "met",
                "not_met_reason",
                "presences",
            ),
        ),
        (
            "看到的情况",
            (
                "environment",
                "hazards",
                "body_state",
                "mind_state",
                "change",
                "changes",
                "needs",
                "needs_told",
                "category_notes",
            ),
        ),
        ("特困人员", TEKUN),
        ("老年人", ELDER),
        ("儿童", CHILD),
        ("残疾人", DISABLED),
        (
            "告知与处理",
            (
                "policy_told",
                "benefits_arrived",
                "outcomes",
                "handling",
                "goods",
                "service_item",
                "safety_note",
                "next_on",
                "signature",
            ),
        ),
        ("个案服务", ("case", *CASEWORK)),
        ("督导与附件", ("supervisor_remark", "attachments")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from super().check(today)
        yield from one_of(self, "请选择走访的家庭或对象。", "household", "person")
        if self.met is True and self.not_met_reason is not None:
            yield mark("not_met_reason", "已选见到，又填了未遇原因，请核对。")
        if self.met is False and self.not_met_reason is None:
            yield mark("not_met_reason", "未遇原因还没有填。")
        if self.change == "none" and self.changes:
            yield mark("changes", "已选无变化，又写了变化情况，请核对。")

"""Which forms there are to take along blank, on which sheets, and who signs each.

What a form asks is declared on its record class alone; here stands only what divides it: papers a family
signs hold nothing it should not read, so the rest of the form is a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sgz_desktop.actions.papers_client import CHOICES, RIGHTS, SECRECY, told_words
from sgz_desktop.actions.papers_words import WRITING_ROOM
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import Question, Record, Surface, row_fields
from sgz_desktop.domain.records.occasion import CASEWORK
from sgz_desktop.reports.values import (
    Block,
    ClientSigning,
    Column,
    Narrative,
    Option,
    OptionLine,
    Signatures,
    Table,
)

CLIENT, INTERNAL = Paper.CLIENT, Paper.INTERNAL
OFFICE = Signatures(("主责社工", "督导"))
NO_LINES: Mapping[str, int] = {}
STATION_KEEPS = "填写后请交站内归档"
WORKERS_ONLY = "只给社工看，不交受访人"


@dataclass(frozen=True)
class Part:
    """One sheet of a form. It takes the fields it `names`; without names, what its circle may hold and no
    other part names. `heads` are asked again at its head."""

    title: str
    signing: Signatures | ClientSigning
    circle: Paper = INTERNAL
    names: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()
    footer: str = STATION_KEEPS
    words: Mapping[str, str] = field(default_factory=dict)  # what the client reads instead of a label


@dataclass(frozen=True)
class BlankForm:
    """A form by its kind of record. `written` fields are on no blank form: the program fills them in, the
    signature itself tells them, or they come later. `lines` is the room for texts that need more or less."""

    kind: str
    parts: tuple[Part, ...]
    written: frozenset[str] = frozenset()
    lines: Mapping[str, int] = field(default_factory=dict)

    def of(self, question: Question) -> Part:
        """The sheet a field stands on."""
        named = [part for part in self.parts if question.name in part.names]
        told = [
            part
            for part in self.parts
            if not part.names and (part.circle is INTERNAL or question.ask.paper is not INTERNAL)
        ]
        return (named or told)[0]


def _alone(
    kind: str, title: str, *roles: str, written: Iterable[str] = (), lines: Mapping[str, int] = NO_LINES
) -> BlankForm:
    """A form that is one sheet for the station."""
    return BlankForm(kind, (Part(title, Signatures(roles)),), frozenset(written), lines)


COPIES = "一式两份　本人与社工站各存一份"
AGREED = OptionLine("", (Option("计划讲给我听了，我同意"), Option("有地方想改：", blank=True)))
ENDED = OptionLine("", (Option("我同意结束服务"), Option("我想再服务一段时间，原因：", blank=True)))
ASKED = Narrative("请按自己的感受选，可以请家人代填。怎样选都不影响服务和补助。")
TOLD = (Narrative(told_words()), Narrative(RIGHTS, "我可以怎样"), Narrative(SECRECY, "保密"))
GROUP_CONSENT = "我知道小组的目的、时间和纪律，自愿参加，随时可以退出；小组里听到的事不外传。"
SIGN_UP = Table(
    (
        Column("序", 0.7, "centre"),
        Column("姓名", 2),
        Column("本人签名（指印）", 3),
        Column("监护人签名", 3),
        Column("日期", 2),
    ),
    tuple((str(at), WRITING_ROOM, "", "", "") for at in range(1, 13)),
    title="组员签名",
    ledger=True,
)

KNOWN: tuple[BlankForm, ...] = (
    BlankForm(
        "household",
        (
            Part("家庭登记表", Signatures(("户主或家人（或指印）", "社工"))),
            Part(
                "家庭登记表（社工附页）",
                Signatures(("社工", "站长")),
                names=frozenset({"visit_hint"}),
                heads=("number", "head"),
                footer=WORKERS_ONLY,
            ),
        ),
        frozenset({"village_code"}),
        {"visit_hint": 6},
    ),
    _alone("person", "服务对象登记表", "本人或家人（或指印）", "社工", written=("merged_into",)),
    BlankForm(
        "visit",
        (
            Part("走访记录", Signatures(("受访人（或指印）", "社工", "同行人"))),
            Part(
                "走访记录（社工附页）",
                OFFICE,
                names=frozenset({"child_injury", "safety_note", "case", "supervisor_remark", *CASEWORK}),
                heads=("household", "date"),
                footer=WORKERS_ONLY,
            ),
        ),
        lines={"aim": 1, "facts": 4, "mood": 1, "next_plan": 1},
    ),
    _alone("contact", "来访来电登记表", "接待社工"),
    _alone("intake", "个案接案登记表", "主责社工", "督导", lines={"problem_own_words": 3, "problem_seen": 3}),
    BlankForm(
        "consent",
        (Part("知情同意书", ClientSigning(), CLIENT, before=TOLD, footer=COPIES, words=CHOICES),),
        frozenset({"paper_due_on", "signed_on", "withdrawn_on", "withdrawn_what"}),
    ),
    _alone("assessment", "需求评估表", "主责社工", "督导"),
    BlankForm(
        "plan",
        (
            Part(
                "服务计划",
                Signatures(("服务对象（或指印）", "社工")),
                CLIENT,
                after=(AGREED,),
                footer=COPIES,
            ),
            Part("服务计划（内部附页）", OFFICE, heads=("case",)),
        ),
        frozenset({"client_confirmed_on", "supervisor_confirmed_on"}),
    ),
    _alone("session", "过程记录", "主责社工", "督导", lines={"aim": 1, "facts": 6, "judgement": 3}),
    _alone("application", "救助申请协助单", "社工", "站长", written=("verdict", "policy_pack", "stage")),
    _alone("referral", "转介表", "服务对象（或指印）", "经办社工", written=("organisation",)),
    BlankForm(
        "evaluation",
        (
            Part("目标达成评估表", OFFICE),
            Part(
                "满意度问卷",
                ClientSigning(("签名", "收表人")),
                CLIENT,
                frozenset({"satisfaction", "satisfaction_by", "client_words"}),
                before=(ASKED,),
            ),
        ),
        lines={"before": 3, "after": 3, "reflection": 3, "client_words": 4},
    ),
    BlankForm(
        "closure",
        (
            Part(
                "结案报告",
                Signatures(("服务对象（或指印）", "社工", "督导"), witness=True, seal="社工站（盖章）"),
                CLIENT,
                after=(ENDED,),
                footer=COPIES,
            ),
            Part("结案报告（内部附页）", OFFICE, heads=("case",)),
        ),
        frozenset({"client_signed_on", "worker_signed_on", "supervisor_signed_on"}),
    ),
    _alone("followup", "跟进记录", "主责社工", "督导"),
    _alone(
        "household_check",
        "受委托入户核查",
        *("核查人一", "核查人二", "本人或代理人（或指印）"),
        written=("signed_by_first", "signed_by_second", "person_signed"),
    ),
    _alone("mandatory_report", "强制报告单", "发现人", "督导", lines={"facts": 5}),
    _alone(
        "remark",
        "督导意见",
        *("督导", "主责社工"),
        lines={"text": 5, "done": 4},
        written=("source", "signed_as", "verified"),
    ),
    _alone(
        "activity",
        "活动方案与记录",
        *("负责社工", "督导", "站长"),
        lines={"aim": 3, "plan": 7, "risks": 3, "facts": 7, "effect": 4, "problems": 3},
        written=("number",),
    ),
    _alone("resource", "资源链接单", "提供者（或指印）", "经办社工", "站长", written=("number",)),
    BlankForm(
        "group",
        (
            Part("小组计划书", Signatures(("带组社工", "督导", "站长"))),
            Part(
                "组员登记表",
                Signatures(("带组社工",)),
                names=frozenset({"members"}),
                heads=("name", "first_on"),
                before=(Narrative(GROUP_CONSENT),),
                after=(SIGN_UP,),
            ),
            Part(
                "小组总结评估报告",
                Signatures(("带组社工", "督导", "站长")),
                names=frozenset(
                    {"evaluated_on", "reached", "process", "effect", "rated_content", "rated_by", "cost"}
                    | {"reflection", "followup"}
                ),
                heads=("name",),
            ),
        ),
        frozenset({"number", "phase", "cancelled"}),
        {"idea": 3, "goals": 4, "recruiting": 3, "risks": 3, "process": 5, "effect": 5, "reflection": 4},
    ),
    _alone(
        "group_session",
        "小组活动计划与记录",
        *("带组社工", "督导"),
        written=("cancelled",),
        lines={"aim": 2, "plan": 4, "facts": 6, "dynamics": 3, "next_plan": 2},
    ),
    _alone("volunteer", "志愿者登记表", "志愿者（或指印）", "社工", written=("number", "person", "left_on")),
    _alone(
        "supervision_agreement", "督导协议", "督导者", "被督导社工", "站长", lines={"aims": 3, "duties": 6}
    ),
    _alone("supervision", "督导记录", "督导者", "社工", written=("agreement",)),
    _alone("training", "培训记录", "社工", "站长"),
    _alone("inspection", "检查整改记录", "检查人", "整改责任人", "站长"),
    _alone("diary", "工作日志", "社工", "站长", lines={"errands": 7, "other": 6, "next_plan": 3}),
)
IN_THE_OFFICE = frozenset(  # made at the desk and never carried out
    {
        "case",
        "task",
        "rating",
        "handover",
        "organisation",
        "attachment",
        "case_move",
        "supervisor_copy",
        "report",
        "report_text",
        "volunteer_team",
        "staff",
        "room",
        "service_point",
        "equipment",
        "service_item",
        "policy_text",
        "publication",
        "contract",
        "survey",
        "survey_sheet",
        "evaluation_table",
        "evaluation_item",
    }
)
OF_ROWS = frozenset(rows.kind.KIND for kind in RECORDS for rows in row_fields(kind).values())


def unplaced(records: Iterable[type[Record]], placed: Iterable[str]) -> tuple[BlankForm, ...]:
    """A form of one sheet for each kind that has a form and is neither placed above nor a row of another."""
    known = {*placed, *OF_ROWS, *IN_THE_OFFICE}
    found = (kind for kind in records if Surface.FORM not in kind.LACKS and kind.KIND not in known)
    return tuple(_alone(kind.KIND, kind.TITLE, "社工") for kind in found)


FORMS = KNOWN + unplaced(RECORDS, [form.kind for form in KNOWN])
BY_NAME: Mapping[str, BlankForm] = {form.kind: form for form in FORMS}

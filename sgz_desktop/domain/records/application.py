"""C6: helping somebody apply for assistance. The township accepts and the county decides."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Day, Key, Line, LongText, Name, Problem, Ref, Yuan
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import CLIENT, COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future, one_of

REFUSED = frozenset({"refused", "not_accepted"})  # results that are owed a reason in writing


class PaperItem(Record, table=True):
    """One paper of an application. What departments can share may not be demanded."""

    KIND = "paper_item"
    TITLE = "申请材料"

    application: Annotated[
        str | None,
        Ref("application", parent=True),
        Ask("救助申请", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    title: Annotated[Line, Ask("材料", share=STATION, paper=CLIENT, care=PLAIN)] = None
    state: Annotated[
        str | None, Code("paper_state"), Ask("情况", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    got_on: Annotated[Day, Ask("备齐日期", share=STATION, paper=CLIENT, care=PLAIN)] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "got_on")


class Application(Record, table=True):
    """One application. 特困 is a person's, 低保 a household's, 临时救助 either's.

    `verdict` is the wording of the rules as shown on the day, with the policy pack it came from.
    """

    KIND = "application"
    TITLE = "救助申请协助单"

    person: Annotated[
        str | None, Ref("person"), Ask("申请人", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("申请家庭", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    case: Annotated[str | None, Ref("case"), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    programme: Annotated[
        str | None, Code("programme"), Ask("救助项目", share=COUNTY, paper=CLIENT, care=SENSITIVE)
    ] = None
    applied_by: Annotated[
        str | None, Code("applicant_mode"), Ask("申请方式", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("协助社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    verdict: Annotated[
        LongText, Ask("政策比对", share=STATION, paper=INTERNAL, care=SENSITIVE, group="policy_verdict")
    ] = None
    policy_pack: Annotated[
        Line, Ask("政策包", share=STATION, paper=INTERNAL, care=PLAIN, group="policy_verdict")
    ] = None
    policy_pack_sha256: Annotated[
        Key, Ask("政策包指纹", share=STATION, paper=INTERNAL, care=PLAIN, group="policy_verdict")
    ] = None
    stage: Annotated[
        str | None, Code("application_stage"), Ask("办理进度", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    filed_on: Annotated[Day, Ask("递交日期", share=COUNTY, paper=CLIENT, care=PLAIN)] = None
    accepted_on: Annotated[Day, Ask("受理日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    accepted_by: Annotated[Line, Ask("受理单位", share=STATION, paper=CLIENT, care=PLAIN)] = None
    decided_by: Annotated[Line, Ask("审核确认单位", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    decision_due_on: Annotated[
        Day,
        Ask("办理期限", help="按当地规定推算，仅供提醒", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    notice_from: Annotated[
        Day, Ask("公示开始", share=STATION, paper=INTERNAL, care=PLAIN, group="public_notice")
    ] = None
    notice_to: Annotated[
        Day, Ask("公示结束", share=STATION, paper=INTERNAL, care=PLAIN, group="public_notice")
    ] = None
    result: Annotated[
        str | None,
        Code("application_result"),
        Ask("结果", share=COUNTY, paper=INTERNAL, care=SENSITIVE, group="application_result"),
    ] = None
    result_on: Annotated[
        Day, Ask("结果日期", share=COUNTY, paper=INTERNAL, care=PLAIN, group="application_result")
    ] = None
    result_reason: Annotated[LongText, Ask("结果理由", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    told_in_writing_on: Annotated[
        Day,
        Ask(
            "书面告知日期", help="不予确认、不予受理要书面说明理由", share=STATION, paper=INTERNAL, care=PLAIN
        ),
    ] = None
    objected_on: Annotated[Day, Ask("提出异议日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    objection_note: Annotated[LongText, Ask("异议与复核", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    support_form: Annotated[
        str | None,
        Code("support_form"),
        Ask("供养形式", help="由本人选择", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    amount: Annotated[Yuan, Ask("批准金额", unit="元", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    pays_from: Annotated[Day, Ask("待遇起始月", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    review_on: Annotated[Day, Ask("复查日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    papers: ClassVar[Rows[PaperItem]] = Rows(PaperItem, "材料清单", "application")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("申请", ("person", "household", "case", "programme", "applied_by", "worker", "service_item")),
        ("政策比对", ("verdict", "policy_pack", "policy_pack_sha256", "papers")),
        (
            "办理",
            (
                "stage",
                "filed_on",
                "accepted_on",
                "accepted_by",
                "decided_by",
                "decision_due_on",
                "notice_from",
                "notice_to",
            ),
        ),
        (
            "结果",
            (
                "result",
                "result_on",
                "result_reason",
                "told_in_writing_on",
                "objected_on",
                "objection_note",
                "support_form",
                "amount",
                "pays_from",
                "review_on",
                "note",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from one_of(self, "请选择申请人或申请家庭。", "person", "household")
        yield from not_future(self, today, "filed_on", "accepted_on", "notice_from", "result_on")
        yield from not_future(self, today, "told_in_writing_on", "objected_on")
        yield from days_in_order(self, "filed_on", "accepted_on")
        yield from days_in_order(self, "notice_from", "notice_to")
        yield from days_in_order(self, "filed_on", "result_on")
        yield from days_in_order(self, "result_on", "told_in_writing_on")
        yield from days_in_order(self, "result_on", "objected_on")
        if self.result in REFUSED and not self.result_reason:
            yield mark("result_reason", "请写明没有批准的理由。")
        if self.result in REFUSED and not self.told_in_writing_on:
            yield mark("told_in_writing_on", "请填书面告知的日期。")

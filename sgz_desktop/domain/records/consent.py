"""C2: what the client agrees to, item by item, after being told."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Day, Line, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import CLIENT, IDENTIFIES, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future


class Consent(Record, table=True):
    """Service agreement and consent. Each `ok_…` item is agreed, refused or not answered; none is preset.

    Items keep sensitive groups, photos and publicity apart (PIPL art. 29, 31). Withdrawal has its own day.
    """

    KIND = "consent"
    TITLE = "知情同意书"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    told_on: Annotated[Day, Ask("告知日期", share=STATION, paper=CLIENT, care=PLAIN)] = None
    service_scope: Annotated[LongText, Ask("服务内容", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    duties: Annotated[LongText, Ask("双方权利和责任", share=STATION, paper=CLIENT, care=PLAIN)] = None
    exceptions_told: Annotated[
        str | None,
        Codes("confidentiality_exception"),
        Ask("已告知的保密例外", share=STATION, paper=CLIENT, care=PLAIN),
    ] = None
    purpose: Annotated[LongText, Ask("个人信息用途", share=STATION, paper=CLIENT, care=PLAIN)] = None
    recipients: Annotated[LongText, Ask("提供给谁", share=STATION, paper=CLIENT, care=PLAIN)] = None
    retention: Annotated[Line, Ask("保存多久", share=STATION, paper=CLIENT, care=PLAIN)] = None
    withdrawal_told: Annotated[
        str | None,
        Codes("withdrawal_mode"),
        Ask("已告知的撤回方式", share=STATION, paper=CLIENT, care=PLAIN),
    ] = None
    ok_service: Annotated[
        str | None, Code("consent_state"), Ask("接受社工服务", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_record: Annotated[
        str | None, Code("consent_state"), Ask("建立服务档案", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_id_data: Annotated[
        str | None, Code("consent_state"), Ask("收集身份信息", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_health_data: Annotated[
        str | None, Code("consent_state"), Ask("收集医疗健康信息", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_finance_data: Annotated[
        str | None, Code("consent_state"), Ask("收集收入与账户信息", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_minor_data: Annotated[
        str | None,
        Code("consent_state"),
        Ask("收集未满十四周岁未成年人信息", share=STATION, paper=CLIENT, care=PLAIN),
    ] = None
    ok_visit_family: Annotated[
        str | None, Code("consent_state"), Ask("联系家人", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_share_township: Annotated[
        str | None, Code("consent_state"), Ask("提供给乡镇街道", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_share_civil: Annotated[
        str | None, Code("consent_state"), Ask("提供给民政部门", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_share_referral: Annotated[
        str | None, Code("consent_state"), Ask("提供给转介单位", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_supervision: Annotated[
        str | None, Code("consent_state"), Ask("用于督导", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_photo: Annotated[
        str | None, Code("consent_state"), Ask("拍照", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    ok_publicity: Annotated[
        str | None, Code("consent_state"), Ask("用于宣传", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    giver: Annotated[
        str | None,
        Code("consent_giver"),
        Ask("同意人", share=STATION, paper=CLIENT, care=PLAIN, group="consent_giver"),
    ] = None
    giver_name: Annotated[
        Name,
        Ask("同意人姓名", share=STATION, paper=CLIENT, care=IDENTIFIES, group="consent_giver"),
    ] = None
    giver_relation: Annotated[
        str | None,
        Code("relation"),
        Ask("同意人与本人关系", share=STATION, paper=CLIENT, care=PLAIN, group="consent_giver"),
    ] = None
    giver_document: Annotated[
        Line,
        Ask(
            "监护证明",
            help="看过什么证件或证明，不抄号码",
            share=STATION,
            paper=CLIENT,
            care=PLAIN,
            group="consent_giver",
        ),
    ] = None
    signed_on: Annotated[Day, Ask("签署日期", share=STATION, paper=CLIENT, care=PLAIN, group="signing")] = (
        None
    )
    sign_mode: Annotated[
        str | None,
        Code("sign_mode"),
        Ask("签署方式", share=STATION, paper=CLIENT, care=PLAIN, group="signing"),
    ] = None
    thumb_print: Annotated[YesNo, Ask("按指模", share=STATION, paper=CLIENT, care=PLAIN, group="signing")] = (
        None
    )
    witness: Annotated[Name, Ask("见证人", share=STATION, paper=CLIENT, care=IDENTIFIES, group="signing")] = (
        None
    )
    witness_role: Annotated[
        str | None,
        Code("contact_role"),
        Ask("见证人身份", share=STATION, paper=CLIENT, care=PLAIN, group="signing"),
    ] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=CLIENT, care=IDENTIFIES)] = None
    withdrawn_on: Annotated[
        Day, Ask("撤回日期", share=STATION, paper=CLIENT, care=PLAIN, group="withdrawal")
    ] = None
    withdrawn_what: Annotated[
        LongText, Ask("撤回的内容", share=STATION, paper=CLIENT, care=PLAIN, group="withdrawal")
    ] = None

    paper_due_on: Annotated[
        Day,
        Ask("补签纸质书面最晚日期", help="先口头同意的，几天内补签", share=STATION, paper=CLIENT, care=PLAIN),
    ] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("告知", ("case", "told_on", "service_scope", "duties", "exceptions_told")),
        ("个人信息", ("purpose", "recipients", "retention", "withdrawal_told")),
        (
            "逐项同意",
            (
                "ok_service",
                "ok_record",
                "ok_id_data",
                "ok_health_data",
                "ok_finance_data",
                "ok_minor_data",
                "ok_visit_family",
                "ok_share_township",
                "ok_share_civil",
                "ok_share_referral",
                "ok_supervision",
                "ok_photo",
                "ok_publicity",
            ),
        ),
        (
            "签署",
            (
                "giver",
                "giver_name",
                "giver_relation",
                "giver_document",
                "signed_on",
                "sign_mode",
                "thumb_print",
                "witness",
                "witness_role",
                "worker",
                "paper_due_on",
            ),
        ),
        ("撤回", ("withdrawn_on", "withdrawn_what", "attachments")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "told_on", "signed_on", "withdrawn_on")
        yield from days_in_order(self, "told_on", "signed_on")
        yield from days_in_order(self, "signed_on", "withdrawn_on")
        if self.sign_mode in ("thumb", "oral") and self.witness is None:
            yield mark("witness", "按指模或口头同意时，请填写见证人。")

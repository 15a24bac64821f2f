"""R1, R2: what donors gave, on what its value rests, and who received it."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Count, Day, Line, LongText, Name, Problem, Ref, Yuan
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import mark, not_future, one_of


class Handout(Record, table=True):
    """What one person or family received of a resource; a name where there is no file."""

    KIND = "handout"
    TITLE = "物资发放"

    resource: Annotated[
        str | None, Ref("resource", parent=True), Ask("资源", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("发放日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    person: Annotated[
        str | None, Ref("person"), Ask("服务对象", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("家庭", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    name: Annotated[
        Name, Ask("领取人", help="没有档案的填姓名", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    quantity: Annotated[Count, Ask("数量", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worth: Annotated[Yuan, Ask("折合金额", unit="元", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    signed: Annotated[
        str | None, Code("sign_mode"), Ask("签收", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    received_by: Annotated[Name, Ask("代领人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
        yield from one_of(self, "请选服务对象或家庭，或填领取人。", "person", "household", "name")


class Resource(Record, table=True):
    """A resource brought in: money, goods, a service, jobs. Stock left is counted, never stored."""

    KIND = "resource"
    TITLE = "资源链接"

    number: Annotated[Line, Ask("编号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    what: Annotated[Line, Ask("资源名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("resource_kind"), Ask("资源类别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    provider: Annotated[
        str | None, Ref("organisation"), Ask("提供单位", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    provider_name: Annotated[
        Line, Ask("提供者", help="个人或不在通讯录的单位", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    received_on: Annotated[Day, Ask("链接日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    quantity: Annotated[Count, Ask("数量", share=STATION, paper=BUREAU, care=PLAIN, group="amount")] = None
    measure: Annotated[
        Line, Ask("计量单位", help="例如袋、箱、人", share=STATION, paper=BUREAU, care=PLAIN, group="amount")
    ] = None
    worth: Annotated[
        Yuan, Ask("折合金额", unit="元", share=STATION, paper=BUREAU, care=PLAIN, group="value")
    ] = None
    basis: Annotated[
        str | None,
        Code("valuation_basis"),
        Ask("估价依据", share=STATION, paper=BUREAU, care=PLAIN, group="value"),
    ] = None
    basis_note: Annotated[Line, Ask("估价说明", share=STATION, paper=INTERNAL, care=PLAIN, group="value")] = (
        None
    )
    purpose: Annotated[Line, Ask("用途", share=STATION, paper=BUREAU, care=PLAIN)] = None
    earmarked: Annotated[Line, Ask("捐赠人指定", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    focus: Annotated[
        str | None, Codes("service_group"), Ask("受益人群", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    beneficiaries: Annotated[Count, Ask("受益人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    activity: Annotated[
        str | None, Ref("activity"), Ask("用于活动", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    receipt: Annotated[Line, Ask("票据编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worker: Annotated[Name, Ask("经办人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    agreement: Annotated[Line, Ask("协议或捐赠函", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    handouts: ClassVar[Rows[Handout]] = Rows(Handout, "发放", "resource")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "资源",
            (
                "what",
                "sort",
                "provider",
                "provider_name",
                "received_on",
                "quantity",
                "measure",
                "worth",
                "basis",
                "basis_note",
                "number",
            ),
        ),
        (
            "使用",
            (
                "purpose",
                "earmarked",
                "focus",
                "beneficiaries",
                "activity",
                "receipt",
                "worker",
                "service_item",
                "agreement",
                "note",
                "handouts",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "received_on")
        if self.worth is not None and self.basis is None:
            yield mark("basis", "有折合金额，估价依据还没有填。")
        if self.worth is None and self.sort in (None, "money", "goods"):
            yield mark("worth", "折合金额和估价依据还没有填。")
        if self.provider is None and self.provider_name is None:
            yield mark("provider", "提供单位或提供者还没有填。")

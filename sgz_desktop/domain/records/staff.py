"""H: the station's people, what they are qualified for and what they go on learning."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Day, Hours, Line, LongText, Name, Phone, Problem, Ref, YesNo
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class Learning(Record, table=True):
    """Hours of continuing education of one member of staff; with `training` they are of that training."""

    KIND = "learning"
    TITLE = "继续教育"

    staff: Annotated[
        str | None, Ref("staff", parent=True), Ask("人员", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    training: Annotated[
        str | None, Ref("training"), Ask("培训", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    title: Annotated[Line, Ask("内容", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    hours: Annotated[Hours, Ask("学时", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    certificate: Annotated[Line, Ask("证明编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")


class Staff(Record, table=True):
    """Somebody who works at the station. With `worker` set they also have a sign-in here."""

    KIND = "staff"
    TITLE = "工作人员"

    worker: Annotated[
        str | None, Ref("worker"), Ask("登录账号", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    name: Annotated[Name, Ask("姓名", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    sex: Annotated[str | None, Code("sex"), Ask("性别", share=STATION, paper=BUREAU, care=PLAIN)] = None
    born_on: Annotated[Day, Ask("出生日期", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    education: Annotated[
        str | None, Code("education"), Ask("学历", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    major: Annotated[Line, Ask("专业", share=STATION, paper=BUREAU, care=PLAIN)] = None
    post: Annotated[str | None, Code("staff_post"), Ask("岗位", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    employment: Annotated[
        str | None, Code("staff_employment"), Ask("用工形式", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    full_time: Annotated[YesNo, Ask("专职", share=STATION, paper=BUREAU, care=PLAIN)] = None
    contract_signed_on: Annotated[Day, Ask("劳动合同签订", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    posted_on: Annotated[Day, Ask("到岗日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    left_on: Annotated[Day, Ask("离岗日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    left_reason: Annotated[Line, Ask("离岗原因", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    qualification: Annotated[
        str | None, Code("worker_qualification"), Ask("资质", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    certificate: Annotated[Line, Ask("证书编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    certified_on: Annotated[Day, Ask("取证日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    registered_on: Annotated[Day, Ask("登记日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    registered_until: Annotated[Day, Ask("登记有效期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    records_checked_on: Annotated[
        Day,
        Ask(
            "犯罪记录查询日期",
            help="服务未成年人，入职前和每年查询",
            share=STATION,
            paper=INTERNAL,
            care=PLAIN,
        ),
    ] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    learnings: ClassVar[Rows[Learning]] = Rows(Learning, "继续教育", "staff")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "人员",
            (
                "worker",
                "name",
                "sex",
                "born_on",
                "phone",
                "education",
                "major",
            ),
        ),
        (
            "岗位",
            (
                "post",
                "employment",
                "full_time",
                "contract_signed_on",
                "posted_on",
                "left_on",
                "left_reason",
            ),
        ),
        (
            "资质",
            (
                "qualification",
                "certificate",
                "certified_on",
                "registered_on",
                "registered_until",
                "records_checked_on",
                "note",
                "learnings",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "born_on", "certified_on", "left_on", "records_checked_on")
        yield from days_in_order(self, "posted_on", "left_on")

"""A person on file. Most are visited for years without a case."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain import id_number as id_numbers
from sgz_desktop.domain.fields import (
    Ask,
    Code,
    Codes,
    Day,
    DisabilityCard,
    IdNumber,
    Line,
    LongText,
    Name,
    Phone,
    Problem,
    Ref,
    YesNo,
    Yuan,
    split_codes,
)
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.circles import (
    CLIENT,
    COUNTY,
    IDENTIFIES,
    INTERNAL,
    PLAIN,
    SENSITIVE,
    STATION,
)
from sgz_desktop.domain.records.doubts import day_in, days_in_order, mark, not_future, text_in
from sgz_desktop.domain.records.kinship import Kinship
from sgz_desktop.domain.records.obligor import Obligor


class Person(Record, table=True):
    """Who somebody is, how they live, and what they are entitled to. `number` is printed and never reused.

    A person without identity papers has `id_status` none; no disability card is `disability_confirmed_none`.
    Both stay unknown until somebody says so.
    """

    KIND = "person"
    TITLE = "服务对象"

    number: Annotated[Line, Ask("个人编号", share=COUNTY, paper=CLIENT, care=IDENTIFIES)] = None
    name: Annotated[Name, Ask("姓名", share=STATION, paper=CLIENT, care=IDENTIFIES)] = None
    former_name: Annotated[Name, Ask("曾用名", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    nickname: Annotated[
        Name, Ask("小名", help="村里平时怎么叫", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    sex: Annotated[str | None, Code("sex"), Ask("性别", share=COUNTY, paper=CLIENT, care=PLAIN)] = None
    born: Annotated[
        Day, Ask("出生日期", help="只知道年份也可以", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    id_number: Annotated[IdNumber, Ask("身份证号", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    id_status: Annotated[
        str | None, Code("id_status"), Ask("证件情况", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    contact_name: Annotated[
        Name, Ask("联系人", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="contact")
    ] = None
    contact_relation: Annotated[
        str | None,
        Code("relation"),
        Ask("联系人与本人关系", share=STATION, paper=INTERNAL, care=PLAIN, group="contact"),
    ] = None
    contact_phone: Annotated[
        Phone, Ask("联系人电话", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="contact")
    ] = None
    guardian_name: Annotated[
        Name, Ask("监护人", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="guardian")
    ] = None
    guardian_relation: Annotated[
        str | None,
        Code("relation"),
        Ask("监护人与本人关系", share=STATION, paper=INTERNAL, care=PLAIN, group="guardian"),
    ] = None
    guardian_phone: Annotated[
        Phone, Ask("监护人电话", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="guardian")
    ] = None
    ethnicity: Annotated[
        str | None, Code("ethnicity"), Ask("民族", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    marital: Annotated[
        str | None, Code("marital"), Ask("婚姻状况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    education: Annotated[
        str | None, Code("education"), Ask("文化程度", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    hukou: Annotated[
        str | None, Code("hukou"), Ask("户籍类型", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    residence: Annotated[
        str | None, Code("residence"), Ask("居住情形", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    hukou_address: Annotated[Line, Ask("户籍地址", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    living: Annotated[
        str | None, Code("living_arrangement"), Ask("居住状况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    address: Annotated[
        Line,
        Ask("现住址", help="与家庭住址相同可不填", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    categories: Annotated[
        str | None,
        Codes("person_category"),
        Ask("对象类别", share=COUNTY, paper=INTERNAL, care=SENSITIVE),
    ] = None
    health: Annotated[
        str | None, Codes("health"), Ask("健康状况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    illnesses: Annotated[
        str | None,
        Codes("chronic_illness"),
        Ask("慢性病与重病", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    illness: Annotated[LongText, Ask("疾病与用药", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    disability_card: Annotated[
        DisabilityCard,
        Ask("残疾人证号", share=STATION, paper=INTERNAL, care=SENSITIVE, group="disability"),
    ] = None
    disability_kinds: Annotated[
        str | None,
        Codes("disability_kind"),
        Ask("残疾类别", share=STATION, paper=INTERNAL, care=SENSITIVE, group="disability"),
    ] = None
    disability_grade: Annotated[
        str | None,
        Code("disability_grade"),
        Ask("残疾等级", share=STATION, paper=INTERNAL, care=SENSITIVE, group="disability"),
    ] = None
    disability_confirmed_none: Annotated[
        YesNo, Ask("已确认无残疾人证", share=STATION, paper=INTERNAL, care=SENSITIVE, group="disability")
    ] = None
    self_care: Annotated[
        str | None, Code("self_care_result"), Ask("自理能力", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    care_need: Annotated[
        str | None, Code("care_need"), Ask("照护需要", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    labour: Annotated[
        str | None, Code("labour_capacity"), Ask("劳动能力", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    employment: Annotated[
        str | None, Code("employment"), Ask("就业状况", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    workplace: Annotated[Line, Ask("工作单位或学校", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    monthly_income: Annotated[
        Yuan,
        Ask("本人月收入", unit="元/月", share=STATION, paper=INTERNAL, care=SENSITIVE, group="person_income"),
    ] = None
    income_as_of: Annotated[
        Day, Ask("收入核算月份", share=STATION, paper=INTERNAL, care=SENSITIVE, group="person_income")
    ] = None
    income_sources: Annotated[
        str | None,
        Codes("income_source"),
        Ask("收入来源", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    basic_pension: Annotated[
        Yuan, Ask("其中基础养老金", unit="元/月", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    medical_insurance: Annotated[
        str | None,
        Code("medical_insurance"),
        Ask("医疗保险", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    property_within_limit: Annotated[
        YesNo,
        Ask("财产符合当地规定", help="按当地规定核对后再选", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    obligors_confirmed_none: Annotated[
        YesNo, Ask("已确认无法定义务人", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    filed_on: Annotated[Day, Ask("建档日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    died_on: Annotated[Day, Ask("去世日期", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    moved_on: Annotated[Day, Ask("搬离日期", share=STATION, paper=INTERNAL, care=PLAIN, group="moved")] = None
    moved_to: Annotated[
        Line, Ask("搬到哪里", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="moved")
    ] = None
    closed_on: Annotated[
        Day, Ask("销档日期", share=COUNTY, paper=INTERNAL, care=PLAIN, group="file_closed")
    ] = None
    closed_reason: Annotated[
        Line,
        Ask("销档原因", share=COUNTY, paper=INTERNAL, care=PLAIN, group="file_closed"),
    ] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    disability_valid_to: Annotated[
        Day, Ask("残疾人证有效期至", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    married_on: Annotated[Day, Ask("结婚日期", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    left_school_on: Annotated[
        Day, Ask("离校日期", help="毕业、辍学都填", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    jailed_on: Annotated[
        Day, Ask("服刑开始", share=STATION, paper=INTERNAL, care=SENSITIVE, group="in_prison")
    ] = None
    jailed_until: Annotated[
        Day, Ask("服刑到期", share=STATION, paper=INTERNAL, care=SENSITIVE, group="in_prison")
    ] = None
    photo_consent: Annotated[
        str | None,
        Code("consent_state"),
        Ask(
            "同意拍照存档",
            help="建档时问一次；用于宣传另外逐张问",
            share=STATION,
            paper=INTERNAL,
            care=PLAIN,
            group="photo_consent_given",
        ),
    ] = None
    photo_consent_on: Annotated[
        Day,
        Ask("拍照同意日期", share=STATION, paper=INTERNAL, care=PLAIN, group="photo_consent_given"),
    ] = None
    missing_since: Annotated[
        Day,
        Ask(
            "失联开始",
            help="联系不上的父母或义务人才填",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
            group="gone_missing",
        ),
    ] = None
    missing_reported: Annotated[
        YesNo,
        Ask("失联已报警", share=STATION, paper=INTERNAL, care=SENSITIVE, group="gone_missing"),
    ] = None
    declared_missing: Annotated[
        YesNo,
        Ask(
            "法院已宣告失踪",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
            group="gone_missing",
        ),
    ] = None
    detained: Annotated[
        YesNo,
        Ask(
            "被羁押或强制戒毒",
            help="预计6个月以上",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    civil_capacity: Annotated[
        str | None,
        Code("civil_capacity"),
        Ask("民事行为能力", help="有法院判决时填", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    custody_revoked: Annotated[
        YesNo, Ask("被撤销监护资格", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    deported: Annotated[YesNo, Ask("被遣送出境", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    seriously_ill: Annotated[
        YesNo,
        Ask("患重病", help="按当地重病病种", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    merged_into: Annotated[
        str | None,
        Ref("person"),
        Ask("并入", help="和这个人是同一人", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None

    kin: ClassVar[Rows[Kinship]] = Rows(Kinship, "亲属关系", "person")
    obligors: ClassVar[Rows[Obligor]] = Rows(Obligor, "法定义务人", "person")
    benefits: ClassVar[Rows[Benefit]] = Rows(Benefit, "本人的类别与待遇", "person")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "基本信息",
            (
                "number",
                "name",
                "former_name",
                "nickname",
                "sex",
                "born",
                "id_number",
                "id_status",
                "phone",
                "ethnicity",
                "marital",
                "education",
            ),
        ),
        ("户籍与住址", ("hukou", "hukou_address", "residence", "living", "address")),
        (
            "联系人与监护人",
            (
                "contact_name",
                "contact_relation",
                "contact_phone",
                "guardian_name",
                "guardian_relation",
                "guardian_phone",
            ),
        ),
        (
            "类别与健康",
            (
                "categories",
                "health",
                "illnesses",
                "illness",
                "disability_kinds",
                "disability_grade",
                "disability_card",
                "disability_confirmed_none",
                "disability_valid_to",
                "self_care",
                "care_need",
                "labour",
            ),
        ),
        (
            "工作与收入",
            (
                "employment",
                "workplace",
                "monthly_income",
                "income_as_of",
                "income_sources",
                "basic_pension",
                "medical_insurance",
                "property_within_limit",
                "benefits",
            ),
        ),
        ("亲属与法定义务人", ("kin", "obligors", "obligors_confirmed_none")),
        (
            "人生大事",
            (
                "married_on",
                "left_school_on",
                "jailed_on",
                "jailed_until",
                "moved_on",
                "moved_to",
                "died_on",
            ),
        ),
        (
            "特殊情形",
            (
                "seriously_ill",
                "civil_capacity",
                "missing_since",
                "missing_reported",
                "declared_missing",
                "detained",
                "custody_revoked",
                "deported",
            ),
        ),
        (
            "档案",
            (
                "filed_on",
                "photo_consent",
                "photo_consent_on",
                "closed_on",
                "closed_reason",
                "merged_into",
                "note",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "born", "died_on", "moved_on", "filed_on", "closed_on")
        yield from not_future(self, today, "income_as_of", "married_on", "left_school_on", "jailed_on")
        yield from not_future(self, today, "photo_consent_on", "missing_since")
        yield from days_in_order(self, "jailed_on", "jailed_until")
        yield from days_in_order(self, "born", "died_on")
        yield from days_in_order(self, "filed_on", "closed_on")
        yield from self._papers_against_answers()

    def _papers_against_answers(self) -> Iterator[Problem]:
        """The numbers on the papers carry sex, birth day, type and grade: say where they differ."""
        number, card = text_in(self, "id_number"), text_in(self, "disability_card")
        told = set(id_numbers.problems(number))
        for sentence in id_numbers.problems(number, text_in(self, "sex"), day_in(self, "born")):
            if sentence not in told:
                yield mark("id_number", sentence)
        kinds, grade = tuple(split_codes(self.disability_kinds)), text_in(self, "disability_grade")
        told = set(id_numbers.card_problems(card))
        for sentence in id_numbers.card_problems(card, number, kinds, grade):
            if sentence not in told:
                yield mark("disability_card", sentence)
        if number and self.id_status == "none":
            yield mark("id_status", "已填身份证号，又选了无证件，请核对。")
        if card and self.disability_confirmed_none:
            yield mark("disability_confirmed_none", "已填残疾人证号，又选了无残疾人证，请核对。")

"""The ledgers a station keeps, each declared once. Another one is another line here.

What the records on file cannot fill yet (groups and communities, volunteers, supervision meetings, money) has
no ledger; its place is at the end of `LEDGERS`.
"""

from __future__ import annotations

from sgz_desktop.domain import lifecycle
from sgz_desktop.domain.ledger import DAY, KIND, Column, Ledger, Source

GONE = ("died_on", "moved_on", "closed_on")
ON_FILE = "已去世、搬离、销档和并入别人的不列"
KEPT_APART = "对监护人保密的不列"
UNDATED = "没有填日期的不列"
PERSON_VILLAGE = ("home.village",)
PERSON_ORDER, PLACE_WORDS = ("home.village", "home.village_group", "number"), "按村、组、编号排序"

NUMBER = Column("编号", 24, ("number",))
NAME = Column("姓名", 18, ("name",))
SEX = Column("性别", 11, ("sex",))
AGE = Column("年龄", 11, ("born",), made="age")
VILLAGE = Column("村（居）", 24, ("home.village",))
GROUP = Column("组", 15, ("home.village_group",))
PHONE = Column("电话", 27, ("phone",))
ID_NUMBER = Column("身份证号", 41, ("id_number",))
SEEN = Column("最近联系", 23, ("last_contact",))
WORKER = Column("社工", 17, ("worker",))
CASE = Column("个案编号", 25, ("case.number",))
CLIENT = Column("服务对象", 19, ("case.client.name",))


def _category(
    name: str, code: str, title: str, *codes: str, homes: bool = False, more: tuple[Column, ...] = ()
) -> Ledger:
    """People on file of some categories, with `homes` also those whose household is of them."""
    has = (("categories", codes), *((("home.categories", codes),) if homes else ()))
    carer = Column("监护人或联系人", 26, ("guardian_name", "contact_name"))
    proof = () if any(column.paths == ("disability_card",) for column in more) else (ID_NUMBER,)
    columns = (NUMBER, NAME, SEX, AGE, *proof, PHONE, VILLAGE, GROUP, *more, carer, SEEN)
    source = Source("person", ended=GONE, absent=("merged_into",), has=has)
    return Ledger(name, code, title, (source,), columns, PERSON_ORDER, PLACE_WORDS, ON_FILE, PERSON_VILLAGE)


CATEGORIES = Column("类别", 42, ("categories", "home.categories"), every=True)
SELF_CARE = Column("自理能力", 24, ("self_care",))
LIVING = Column("居住状况", 24, ("living",))
CHILD_SORT = Column("类别", 34, ("categories",))
CHILDREN = ("left_child", "child_in_need", "unsupported_child", "orphan")
ELDERS = ("living_alone", "empty_nest", "left_elder")
WATCHED = (
    *("tekun", "orphan", "unsupported_child", "child_in_need", "left_child", "left_elder"),
    *("living_alone", "empty_nest", "disabled_elder", "severely_disabled"),
)

PEOPLE = Ledger(
    "people",
    "DX",
    "服务对象台账",
    (Source("person", ended=("closed_on",)),),
    (
        *(NUMBER, NAME, SEX, AGE, ID_NUMBER, PHONE, VILLAGE, GROUP, CATEGORIES),
        *(Column("建档日期", 23, ("filed_on",)), SEEN),
        Column("去向", 15, ("died_on", "moved_on"), made="gone"),
    ),
    PERSON_ORDER,
    PLACE_WORDS,
    "已销档的不列",
    PERSON_VILLAGE,
)
HOUSEHOLDS = Ledger(
    "households",
    "JT",
    "家庭台账",
    (Source("household", ended=("closed_on",)),),
    (
        Column("家庭编号", 26, ("number",)),
        Column("户主", 19, ("head.name",)),
        Column("电话", 27, ("head.phone",)),
        Column("村（居）", 27, ("village",)),
        Column("组", 18, ("village_group",)),
        Column("家庭类别", 40, ("categories",)),
        Column("人数", 12, ("people",)),
        Column("家庭月收入（元）", 25, ("monthly_income",)),
        Column("建档日期", 23, ("filed_on",)),
        Column("最近走访", 23, ("last_visit",)),
    ),
    ("village", "village_group", "number"),
    PLACE_WORDS,
    "已销档的不列",
    ("village",),
)
BENEFITS = Ledger(
    "benefits",
    "DY",
    "类别与待遇台账",
    (Source("benefit", ended=("to_day",)),),
    (
        Column("姓名或户主", 22, ("person.name", "household.head.name")),
        Column("村（居）", 27, ("household.village", "person.home.village")),
        Column("项目或类别", 34, ("programme", "category")),
        Column("每月金额（元）", 25, ("amount",)),
        Column("开始日期", 24, ("from_day",)),
        Column("名单月份", 22, ("listed_on",)),
        Column("信息来源", 40, ("source",)),
    ),
    ("programme", "category", "from_day"),
    "按项目、开始日期排序",
    "已停止的不列",
    ("household.village", "person.home.village"),
)
ORGANISATIONS = Ledger(
    "organisations",
    "ZY",
    "资源单位台账",
    (Source("organisation", absent=("unused",)),),
    (
        Column("单位名称", 50, ("name",)),
        Column("类别", 28, ("sort",)),
        Column("办理什么", 60, ("handles",)),
        Column("联系人", 20, ("contact",)),
        Column("电话", 28, ("phone",)),
        Column("地址", 45, ("address",)),
    ),
    ("sort", "name"),
    "按类别排序",
    "不再使用的不列",
)
VISITS = Ledger(
    "visits",
    "ZF",
    "走访台账",
    (Source("visit", day="date"),),
    (
        Column("服务日期", 23, ("date",)),
        Column("村（居）", 24, ("household.village", "person.home.village")),
        Column("户主或对象", 20, ("person.name", "household.head.name")),
        Column("电话", 27, ("person.phone", "household.head.phone")),
        Column("方式", 15, ("mode",)),
        Column("见到", 12, ("met",)),
        Column("目的", 26, ("purposes",)),
        Column("情况与处理", 64, ("not_met_reason", "changes", "facts", "handling"), every=True),
        WORKER,
        Column("后续", 24, ("outcomes",)),
    ),
    ("date", "start_time"),
    "按服务日期排序",
    f"{UNDATED}，{KEPT_APART}",
    ("household.village", "person.home.village"),
)
WATCH = Ledger(
    "watch",
    "ZD",
    "重点对象探访台账",
    (Source("person", counted=True, ended=GONE, absent=("merged_into",), has=(("categories", WATCHED),)),),
    (
        *(NUMBER, NAME, SEX, AGE, PHONE, VILLAGE, GROUP, CATEGORIES),
        Column("本期联系（次）", 16, ("contacts",)),
        Column("未遇（次）", 15, ("missed",)),
        SEEN,
    ),
    PERSON_ORDER,
    PLACE_WORDS,
    f"{ON_FILE}，{KEPT_APART}",
    PERSON_VILLAGE,
)
CONTACTS = Ledger(
    "contacts",
    "LF",
    "来访来电台账",
    (Source("contact", day="date"),),
    (
        Column("日期", 23, ("date",)),
        Column("时间", 13, ("time",)),
        Column("方式", 15, ("way",)),
        Column("来人", 20, ("caller_name", "person.name")),
        Column("电话", 27, ("caller_phone", "person.phone")),
        Column("事由", 50, ("subjects", "matter"), every=True),
        Column("答复", 50, ("answer",)),
        Column("办理情况", 34, ("outcomes", "handed_to"), every=True),
        Column("回复日期", 23, ("answered_on",)),
        WORKER,
    ),
    ("date", "time"),
    "按日期排序",
    f"{UNDATED}，{KEPT_APART}",
)
CASES = Ledger(
    "cases",
    "GA",
    "个案台账",
    (Source("case", span=("opened_on", "closed_on"), over=("stage", tuple(sorted(lifecycle.OVER)))),),
    (
        Column("个案编号", 27, ("number",)),
        Column("服务对象", 19, ("client.name",)),
        Column("电话", 27, ("client.phone",)),
        Column("村（居）", 25, ("household.village", "client.home.village")),
        Column("问题类别", 34, ("natures",)),
        Column("来源", 22, ("source",)),
        Column("开案日期", 23, ("opened_on",)),
        Column("阶段", 17, ("stage",)),
        Column("本期服务（次）", 16, ("services",)),
        Column("最近服务", 23, ("last_on",)),
        Column("结案日期", 23, ("closed_on",)),
        Column("主责社工", 18, ("worker",)),
    ),
    ("number",),
    "按编号排序",
    f"期间在办的都列；不接案和没有填开案日期的不列，{KEPT_APART}",
    ("household.village", "client.home.village"),
)
SESSIONS = Ledger(
    "sessions",
    "FW",
    "个案服务台账",
    (Source("session", day="date"), Source("visit", day="date", filled=("case",), not_no=("met",))),
    (
        Column("服务日期", 23, ("date",)),
        Column("起", 13, ("start_time",)),
        Column("止", 13, ("end_time",)),
        CASE,
        CLIENT,
        Column("文书", 20, (KIND,)),
        Column("方式", 15, ("mode",)),
        Column("服务手法", 34, ("methods",)),
        Column("本次目标", 58, ("aim",)),
        Column("下次日期", 23, ("next_on",)),
        WORKER,
    ),
    ("date", "start_time"),
    "按服务日期排序",
    f"为个案去的走访也列，未遇的不列；{UNDATED}，{KEPT_APART}",
)
FOLLOWUPS = Ledger(
    "followups",
    "GJ",
    "跟进回访台账",
    (Source("followup", day="date"),),
    (
        Column("跟进日期", 23, ("date",)),
        CASE,
        CLIENT,
        Column("方式", 16, ("mode",)),
        Column("结果", 22, ("result",)),
        Column("现状", 72, ("situation",)),
        Column("需要重开", 16, ("reopen",)),
        Column("下次跟进", 23, ("next_on",)),
        WORKER,
    ),
    ("date",),
    "按跟进日期排序",
    f"{UNDATED}，{KEPT_APART}",
)
CLOSED = Ledger(
    "closed",
    "GD",
    "个案归档目录",
    (Source("case", day="closed_on"),),
    (
        Column("个案编号", 28, ("number",)),
        Column("纸质档案编号", 30, ("paper_number",)),
        Column("服务对象", 20, ("client.name",)),
        Column("问题类别", 44, ("natures",)),
        Column("开案日期", 24, ("opened_on",)),
        Column("结案日期", 24, ("closed_on",)),
        Column("主责社工", 20, ("worker",)),
        Column("保管到", 28, ("closed_on", "client.born"), made="kept_until"),
    ),
    ("number",),
    "按编号排序",
    f"只列期间结案的；{KEPT_APART}",
    ("household.village", "client.home.village"),
)
APPLICATIONS = Ledger(
    "applications",
    "JZ",
    "救助申请台账",
    (Source("application", day="filed_on"),),
    (
        Column("递交日期", 23, ("filed_on",)),
        Column("申请人或户主", 24, ("person.name", "household.head.name")),
        Column("电话", 27, ("person.phone", "household.head.phone")),
        Column("村（居）", 25, ("household.village", "person.home.village")),
        Column("救助项目", 30, ("programme",)),
        Column("受理日期", 23, ("accepted_on",)),
        Column("办理进度", 20, ("stage",)),
        Column("结果", 18, ("result",)),
        Column("结果日期", 23, ("result_on",)),
        Column("批准金额（元）", 22, ("amount",)),
        WORKER,
    ),
    ("filed_on",),
    "按递交日期排序",
    f"没有递交日期的不列，{KEPT_APART}",
    ("household.village", "person.home.village"),
)
REFERRALS = Ledger(
    "referrals",
    "ZJ",
    "转介台账",
    (Source("referral", day="sent_on"),),
    (
        Column("转出日期", 23, ("sent_on",)),
        Column("被转介人", 20, ("person.name", "case.client.name")),
        Column("个案编号", 26, ("case.number",)),
        Column("转介原因", 36, ("reasons",)),
        Column("接收单位", 42, ("organisation.name", "receiver")),
        Column("单位电话", 27, ("organisation.phone", "receiver_phone")),
        Column("本人同意", 18, ("consented",)),
        Column("回执日期", 23, ("reply_on",)),
        Column("结果", 26, ("outcome",)),
        WORKER,
    ),
    ("sent_on",),
    "按转出日期排序",
    f"还没有转出的不列，{KEPT_APART}",
    ("person.home.village",),
)
CHECKS = Ledger(
    "checks",
    "HC",
    "受委托入户核查台账",
    (Source("household_check", day="date"),),
    (
        Column("核查日期", 23, ("date",)),
        Column("委托单位", 36, ("entrusted_by",)),
        Column("委托日期", 23, ("entrusted_on",)),
        Column("被核查人或户主", 28, ("person.name", "household.head.name")),
        Column("村（居）", 26, ("household.village", "person.home.village")),
        Column("救助项目", 30, ("application.programme",)),
        Column("核查人一", 19, ("checker_first",)),
        Column("核查人二", 19, ("checker_second",)),
        Column("本人已签字", 20, ("person_signed",)),
    ),
    ("date",),
    "按核查日期排序",
    f"不算本站走访；{UNDATED}，{KEPT_APART}",
    ("household.village", "person.home.village"),
)
REMARKED = {
    "intake": "intake_on",
    "assessment": "assessed_on",
    "plan": "made_on",
    "session": "date",
    "visit": "date",
    "evaluation": "evaluated_on",
    "closure": "closed_on",
}
REMARKS = Ledger(
    "remarks",
    "DD",
    "督导意见台账",
    tuple(Source(kind, day=day, filled=("supervisor_remark",)) for kind, day in REMARKED.items()),
    (
        Column("文书日期", 23, (DAY,)),
        Column("文书", 28, (KIND,)),
        CASE,
        CLIENT,
        WORKER,
        Column("督导意见", 120, ("supervisor_remark",)),
    ),
    (DAY, "case.number"),
    "按文书日期排序",
    f"没有写督导意见的不列，{KEPT_APART}",
)
REPORTS = Ledger(
    "reports",
    "BG",
    "强制报告台账",
    (Source("mandatory_report", day="found_on"),),
    (
        Column("发现日期", 23, ("found_on",)),
        Column("时间", 13, ("found_time",)),
        Column("发现人", 18, ("worker",)),
        Column("受害人", 19, ("person.name",)),
        Column("情形", 48, ("situations",)),
        Column("首次报告", 23, ("first_call",)),
        Column("报给哪里", 44, ("calls",)),
        Column("告知督导", 23, ("supervisor_told_on",)),
        Column("办结日期", 23, ("ended_on",)),
    ),
    ("found_on", "found_time"),
    "按发现日期排序",
    f"疑似监护人侵害的不列，{KEPT_APART}",
    ("household.village", "person.home.village"),
    heads_only=True,
)

LEDGERS: tuple[Ledger, ...] = (
    PEOPLE,
    HOUSEHOLDS,
    BENEFITS,
    _category("tekun", "TK", "特困人员台账", "tekun", homes=True, more=(SELF_CARE,)),
    _category("dibao", "DB", "低保对象台账", "dibao", homes=True),
    _category(
        "disabled",
        "CJ",
        "残疾人台账",
        "disabled",
        "severely_disabled",
        more=(
            Column("残疾类别", 24, ("disability_kinds",)),
            Column("等级", 14, ("disability_grade",)),
            Column("残疾人证号", 46, ("disability_card",)),
        ),
    ),
    _category("children", "ET", "留守和困境儿童台账", *CHILDREN, more=(CHILD_SORT,)),
    _category("elders", "LR", "独居空巢留守老人台账", *ELDERS, more=(LIVING, SELF_CARE)),
    VISITS,
    WATCH,
    CONTACTS,
    CASES,
    SESSIONS,
    FOLLOWUPS,
    CLOSED,
    APPLICATIONS,
    REFERRALS,
    CHECKS,
    REMARKS,
    ORGANISATIONS,
    REPORTS,
)
BY_NAME = {ledger.name: ledger for ledger in LEDGERS}

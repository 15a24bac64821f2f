"""Ledgers of how things stand today: people, households, categories and benefits, offices."""

from __future__ import annotations

from sgz_desktop.domain.ledger import Column, Ledger, Source

GONE = ("died_on", "moved_on", "closed_on")
ON_FILE = "已去世、搬离、销档和并入别人的不列"
KEPT_APART = "对监护人保密的不列"
UNDATED = "没有填日期的不列"
PERSON_VILLAGE = ("home.village",)
PERSON_ORDER, PLACE_WORDS = ("home.village", "home.village_group", "number"), "按村、组、编号排序"

NUMBER = Column("编号", 21, ("number",))
NAME = Column("姓名", 18, ("name",))
SEX = Column("性别", 11, ("sex",))
AGE = Column("年龄", 11, ("born",), made="age")
VILLAGE = Column("村（居）", 24, ("home.village",))
GROUP = Column("组", 14, ("home.village_group",))
PHONE = Column("电话", 27, ("phone",))
ID_NUMBER = Column("身份证号", 41, ("id_number",))
SEEN = Column("最近联系", 23, ("last_contact",))
WORKER = Column("社工", 17, ("worker",))
CASE = Column("个案编号", 24, ("case.number",))
CLIENT = Column("服务对象", 18, ("case.client.name",))


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


CATEGORIES = Column("类别", 41, ("categories", "home.categories"), every=True)
SELF_CARE = Column("自理能力", 30, ("self_care",))
LIVING = Column("居住状况", 22, ("living",))
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
        Column("去向", 13, ("died_on", "moved_on"), made="gone"),
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
        Column("家庭编号", 22, ("number",)),
        Column("户主", 19, ("head.name",)),
        Column("电话", 27, ("head.phone",)),
        Column("村（居）", 25, ("village",)),
        Column("组", 18, ("village_group",)),
        Column("家庭类别", 40, ("categories",)),
        Column("人数", 12, ("people",)),
        Column("家庭月收入（元）", 31, ("monthly_income",)),
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
        Column("每月金额（元）", 28, ("amount",)),
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
CATEGORY_LISTS = (
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
)

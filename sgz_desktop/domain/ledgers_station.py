"""Ledgers of the station itself: its people, rooms, property, points, rules, articles, contract and money."""

from __future__ import annotations

from sgz_desktop.domain.ledger import Column, Ledger, Source
from sgz_desktop.domain.ledgers_standing import PHONE, SEX, UNDATED

STAFF = Ledger(
    "staff",
    "RY",
    "工作人员台账",
    (Source("staff", ended=("left_on",)),),
    (
        Column("姓名", 19, ("name",)),
        SEX,
        Column("岗位", 18, ("post",)),
        Column("专职", 12, ("full_time",)),
        Column("用工形式", 24, ("employment",)),
        Column("学历", 30, ("education",)),
        Column("专业", 26, ("major",)),
        Column("资质", 34, ("qualification",)),
        Column("取证日期", 23, ("certified_on",)),
        Column("登记有效期", 23, ("registered_until",)),
        Column("到岗日期", 23, ("posted_on",)),
        Column("犯罪记录查询", 23, ("records_checked_on",)),
        PHONE,
    ),
    ("posted_on", "name"),
    "按到岗日期排序",
    "已离岗的不列",
)
LEARNING = Ledger(
    "learning",
    "JX",
    "继续教育台账",
    (Source("learning", day="date"),),
    (
        Column("日期", 23, ("date",)),
        Column("姓名", 22, ("staff.name",)),
        Column("内容", 100, ("title",)),
        Column("学时", 30, ("hours",)),
        Column("证明编号", 60, ("certificate",)),
    ),
    ("date",),
    "按日期排序",
    UNDATED,
)
ROOMS = Ledger(
    "rooms",
    "CD",
    "服务场所台账",
    (Source("room", ended=("closed_on",)),),
    (
        Column("场地名称", 40, ("name",)),
        Column("场地类别", 28, ("sort",)),
        Column("面积（㎡）", 18, ("area",)),
        Column("地址", 70, ("address",)),
        Column("开放时间", 44, ("hours",)),
        Column("管理人", 20, ("keeper",)),
        Column("启用日期", 23, ("opened_on",)),
    ),
    ("sort", "name"),
    "按类别排序",
    "已停用的不列",
)
ROOM_USES = Ledger(
    "room_uses",
    "SY",
    "场地使用台账",
    (Source("room_use", day="date"),),
    (
        Column("日期", 23, ("date",)),
        Column("起", 13, ("start_time",)),
        Column("止", 13, ("end_time",)),
        Column("场地", 34, ("room.name",)),
        Column("用途", 64, ("purpose",)),
        Column("人数", 14, ("people",)),
        Column("使用人或单位", 40, ("user",)),
        Column("使用后情况", 44, ("state_after",)),
    ),
    ("date", "start_time"),
    "按日期排序",
    UNDATED,
)
EQUIPMENT = Ledger(
    "equipment",
    "SB",
    "物资固定资产台账",
    (Source("equipment"),),
    (
        Column("资产编号", 28, ("number",)),
        Column("名称", 40, ("name",)),
        Column("型号", 36, ("model",)),
        Column("数量", 14, ("quantity",)),
        Column("金额（元）", 24, ("worth",)),
        Column("购置日期", 23, ("bought_on",)),
        Column("资金来源", 30, ("funded_by",)),
        Column("存放场地", 30, ("room.name",)),
        Column("保管人", 19, ("keeper",)),
        Column("状态", 17, ("state",)),
    ),
    ("number", "name"),
    "按编号排序",
    "已报废的也列",
)
POINTS = Ledger(
    "service_points",
    "FD",
    "社工室（服务点）台账",
    (Source("service_point", ended=("closed_on",)),),
    (
        Column("名称", 44, ("name",)),
        Column("村（居）", 30, ("village",)),
        Column("地址", 60, ("address",)),
        Column("联络员", 20, ("liaison",)),
        Column("电话", 27, ("phone",)),
        Column("包片社工", 20, ("worker",)),
        Column("开放时间", 38, ("hours",)),
        Column("设立日期", 23, ("opened_on",)),
    ),
    ("village", "name"),
    "按村排序",
    "已撤销的不列",
    ("village",),
)
RULES = Ledger(
    "policy_texts",
    "ZL",
    "制度文本目录",
    (Source("policy_text", ended=("repealed_on",)),),
    (
        Column("制度名称", 110, ("title",)),
        Column("类别", 36, ("sort",)),
        Column("版本", 28, ("version",)),
        Column("通过日期", 26, ("adopted_on",)),
        Column("上墙日期", 26, ("posted_on",)),
    ),
    ("sort", "title"),
    "按类别排序",
    "已废止的不列",
)
ARTICLES = Ledger(
    "publications",
    "XC",
    "宣传报道台账",
    (Source("publication", day="date"),),
    (
        Column("日期", 23, ("date",)),
        Column("标题", 96, ("title",)),
        Column("种类", 26, ("sort",)),
        Column("刊发媒体", 46, ("medium",)),
        Column("级别", 20, ("level",)),
        Column("作者", 20, ("author",)),
        Column("阅读量", 18, ("reads",)),
    ),
    ("date",),
    "按日期排序",
    UNDATED,
)
SPENDING = Ledger(
    "spending",
    "JF",
    "经费支出台账",
    (Source("spending", day="date"),),
    (
        Column("支出日期", 23, ("date",)),
        Column("合同编号", 34, ("contract.number",)),
        Column("经费类别", 42, ("category",)),
        Column("金额（元）", 28, ("amount",)),
        Column("用途", 66, ("what",)),
        Column("收款方", 36, ("payee",)),
        Column("凭证号", 24, ("voucher",)),
    ),
    ("date",),
    "按支出日期排序",
    UNDATED,
)
STATION_LEDGERS = (STAFF, LEARNING, ROOMS, ROOM_USES, EQUIPMENT, POINTS, RULES, ARTICLES, SPENDING)

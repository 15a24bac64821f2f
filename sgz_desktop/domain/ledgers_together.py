"""Ledgers of volunteers and their hours, of social organisations, supervision and inspections."""

from __future__ import annotations

from sgz_desktop.domain.ledger import KIND, Column, Ledger, Source
from sgz_desktop.domain.ledgers_standing import SEX, UNDATED

OWN_PHONE = Column("电话", 27, ("phone",))

VOLUNTEERS = Ledger(
    "volunteers",
    "ZZ",
    "志愿者台账",
    (Source("volunteer", counted=True, ended=("left_on",)),),
    (
        Column("编号", 25, ("number",)),
        Column("姓名", 18, ("name",)),
        SEX,
        Column("年龄", 11, ("born_on",), made="age"),
        Column("身份证号", 41, ("id_number",)),
        OWN_PHONE,
        Column("村（居）", 20, ("village",)),
        Column("服务队", 32, ("team.name",)),
        Column("专长", 24, ("skills",)),
        Column("登记日期", 23, ("registered_on",)),
        Column("本期服务（次）", 16, ("times",)),
        Column("本期时长", 26, ("minutes",)),
        Column("累计时长", 26, ("minutes_so_far",)),
    ),
    ("village", "number", "name"),
    "按村、编号排序",
    "已退出的不列",
    ("village",),
)
VOLUNTEER_SERVICES = Ledger(
    "volunteer_services",
    "ZS",
    "志愿服务台账",
    (Source("volunteer_service", day="date"),),
    (
        Column("服务日期", 23, ("date",)),
        Column("志愿者", 19, ("volunteer.name",)),
        Column("服务队", 39, ("team.name", "volunteer.team.name")),
        Column("服务内容", 54, ("what", "activity.name")),
        Column("地点", 32, ("place",)),
        Column("村（居）", 21, ("village", "volunteer.village")),
        Column("服务时长", 28, ("served",)),
        Column("证明人", 18, ("proved_by",)),
        Column("已录平台", 16, ("on_platform",)),
    ),
    ("date", "volunteer.name"),
    "按服务日期排序",
    UNDATED,
    ("village", "volunteer.village"),
)
SOCIAL_ORGANISATIONS = Ledger(
    "social_organisations",
    "SZ",
    "社会组织台账",
    (
        Source(
            "organisation",
            absent=("unused",),
            has=(("sort", ("charity", "social_org", "volunteer_team", "company")),),
        ),
    ),
    (
        Column("名称", 48, ("name",)),
        Column("类别", 26, ("sort",)),
        Column("统一社会信用代码", 42, ("credit_code",)),
        Column("成立日期", 23, ("founded_on",)),
        Column("本站培育", 15, ("fostered",)),
        Column("首次动员", 23, ("mobilised_on",)),
        Column("成员（人）", 15, ("members",)),
        Column("联系人", 19, ("contact",)),
        OWN_PHONE,
    ),
    ("sort", "name"),
    "按类别排序",
    "不再使用的不列",
)
SUPERVISIONS = Ledger(
    "supervisions",
    "DP",
    "督导培训台账",
    (Source("supervision", day="date"), Source("training", day="date")),
    (
        Column("日期", 23, ("date",)),
        Column("起", 13, ("start_time",)),
        Column("止", 13, ("end_time",)),
        Column("类别", 21, (KIND,)),
        Column("形式", 19, ("mode",)),
        Column("督导者或讲师", 24, ("led_by",)),
        Column("议题或主题", 62, ("subject",)),
        Column("督导建议", 52, ("advised",)),
        Column("人数", 12, ("head_count",)),
        Column("时长", 29, ("minutes",)),
    ),
    ("date", "start_time"),
    "按日期排序",
    UNDATED,
)
INSPECTIONS = Ledger(
    "inspections",
    "JC",
    "检查整改台账",
    (Source("inspection", day="date"),),
    (
        Column("检查日期", 23, ("date",)),
        Column("检查单位", 32, ("by_whom",)),
        Column("类别", 26, ("sort",)),
        Column("发现的问题", 50, ("found",)),
        Column("整改要求", 42, ("required",)),
        Column("整改期限", 23, ("due_on",)),
        Column("整改措施", 42, ("measures",)),
        Column("责任人", 18, ("rectified_by",)),
        Column("完成日期", 23, ("rectified_on",)),
        Column("结果", 34, ("result",)),
    ),
    ("date",),
    "按检查日期排序",
    UNDATED,
)

"""Ledgers of activities, of resources brought in and of what was handed out."""

from __future__ import annotations

from sgz_desktop.domain.ledger import Column, Ledger, Source
from sgz_desktop.domain.ledgers_standing import UNDATED

ACTIVITIES = Ledger(
    "activities",
    "HD",
    "活动台账",
    (Source("activity", day="date", absent=("cancelled",)),),
    (
        Column("日期", 23, ("date",)),
        Column("活动名称", 48, ("name",)),
        Column("类型", 21, ("sort",)),
        Column("标记", 25, ("tags",)),
        Column("地点", 30, ("place", "village")),
        Column("服务人群", 36, ("focus",)),
        Column("人次", 13, ("people",)),
        Column("志愿者（人）", 14, ("volunteers",)),
        Column("满意（人）", 14, ("rated_content",)),
        Column("评价（人）", 14, ("rated_by",)),
        Column("支出（元）", 21, ("cost",)),
        Column("负责社工", 18, ("worker",)),
    ),
    ("date", "start_time"),
    "按日期排序",
    f"取消的不列；人次取签到人数和点到人数中多的；{UNDATED}",
    ("village",),
)
RESOURCES = Ledger(
    "resources",
    "LJ",
    "资源链接台账",
    (Source("resource", day="received_on"),),
    (
        Column("链接日期", 23, ("received_on",)),
        Column("资源名称", 38, ("what",)),
        Column("类别", 15, ("sort",)),
        Column("提供者", 38, ("provider.name", "provider_name")),
        Column("数量", 15, ("quantity",)),
        Column("单位", 12, ("measure",)),
        Column("折合金额（元）", 22, ("worth",)),
        Column("估价依据", 24, ("basis",)),
        Column("用途", 32, ("purpose",)),
        Column("已发放", 15, ("given",)),
        Column("结余", 15, ("left",)),
        Column("经办人", 18, ("worker",)),
    ),
    ("received_on",),
    "按链接日期排序",
    f"已发放和结余算到今天；{UNDATED}",
)
HANDOUTS = Ledger(
    "handouts",
    "WF",
    "物资发放台账",
    (Source("handout", day="date"),),
    (
        Column("发放日期", 23, ("date",)),
        Column("物资", 40, ("resource.what",)),
        Column("提供者", 40, ("resource.provider.name", "resource.provider_name")),
        Column("领取人", 20, ("person.name", "household.head.name", "name")),
        Column("村（居）", 28, ("village", "person.home.village", "household.village")),
        Column("数量", 15, ("quantity",)),
        Column("单位", 12, ("resource.measure",)),
        Column("折合金额（元）", 27, ("worth",)),
        Column("签收", 33, ("signed",)),
        Column("代领人", 20, ("received_by",)),
    ),
    ("date", "resource.what"),
    "按发放日期排序",
    UNDATED,
    ("village", "person.home.village", "household.village"),
)

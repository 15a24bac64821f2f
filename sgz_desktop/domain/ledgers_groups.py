"""The ledger of groups, declared like those of `ledgers`."""

from __future__ import annotations

from sgz_desktop.domain.ledger import Column, Ledger, Source
from sgz_desktop.domain.ledgers_standing import WORKER

GROUPS = Ledger(
    "groups",
    "XZ",
    "小组台账",
    (Source("group", span=("first_on", "last_on"), absent=("cancelled",)),),
    (
        Column("小组名称", 50, ("name",)),
        Column("性质", 20, ("sort",)),
        Column("服务人群", 32, ("focus",)),
        Column("开始日期", 23, ("first_on",)),
        Column("结束日期", 23, ("last_on",)),
        Column("阶段", 16, ("phase",)),
        Column("组员（人）", 15, ("heads",)),
        Column("本期（节）", 15, ("sessions",)),
        Column("出席（人次）", 17, ("came",)),
        Column("目标达成", 18, ("reached",)),
        WORKER,
    ),
    ("first_on", "name"),
    "按开始日期排序",
    "期间开展过的都列；取消的和没有填开始日期的不列，没有开展的节次不计",
    ("village",),
)

"""How each figure is counted, in words: shown with it on the page and in what scripts read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "P01": "统计期内见到的人，同一人只计一次。",
        "P02": "每次服务中见到的每一人计一次。",
        "P03": "按档案的建档、更新和销档日期统计。",
        "V01": "入户走访，按户计次；未遇计户次，不计人次；电话、视频不计户次。",
        "C01": "按开案和结案日期统计，不接案的不计。",
        "C02": "会谈记录，和同时服务个案的走访，各计一节。",
        "C04": "期末在办、风险等级为高的个案。",
        "J01": "统计期内递交的申请，按人或按户计。",
        "J03": "统计期内转出、安置或上岗的转介。",
    }
)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "P01": "服务总人数",
        "P02": "服务人次",
        "P03": "在册与建档",
        "V01": "入户探访",
        "C01": "个案",
        "C02": "个案节数与时长",
        "C04": "高风险在管个案",
        "J01": "协助申请救助",
        "J03": "转介、安置与就业",
    }
)
"""What a choice of figures calls those of a code."""


def rule_of(code: str) -> str:
    """How figures of a code are counted."""
    return RULES.get(code, "按统计期内的记录统计。")

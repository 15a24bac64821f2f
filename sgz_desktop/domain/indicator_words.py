"""How each figure is counted, in words: shown with it on the page and in what scripts read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sgz_desktop.domain.units import Whether

RULES: Mapping[str, str] = MappingProxyType(
    {
        "P01": "统计期内走访、会谈见到的，小组出席的，活动签到的人，同一人只计一次；"
        "没有建档的签到认不出是否同一人，每次计一人；只点人数的不算；签到的工作人员和协办单位不计，"
        "志愿者只在培训和志愿服务中计。",
        "P02": "每次服务中见到的每一人计一次；小组按出席和迟到计，活动按签到和点数中多的计；"
        "签到中谁不计，同服务总人数。",
        "P03": "按档案的建档、更新和销档日期统计。",
        "P04": "服务总人数按档案的人群类别分，一人可计入几类；合计去重。",
        "V01": "入户走访，按户计次；未遇计户次，不计人次；电话、视频不计户次。",
        "V02": "走访中告知政策见到的每一人，和来访来电中咨询政策的，各计一次；活动中讲政策的另列。",
        "V03": "期末在册的人中，统计期内走访、会谈、回访见到过或电话、视频联系过的占多少；类别按现在登记的。",
        "D01": "来访来电登记，一条计一人次。",
        "C01": "按开案和结案日期统计，不接案的不计。",
        "C02": "会谈记录，和同时服务个案的走访，各计一节。",
        "C03": "结案的个案中，目标全部完全或部分达成的占多少；取消的目标不看，没有评估的算未达成。",
        "C04": "期末在办、风险等级为高的个案。",
        "G01": "统计期内开过的小组和节次；出席、迟到计人次，请假、缺席不计；取消的不计。",
        "A01": "统计期内办过的活动；人次按签到和点数中多的计，签到中谁不计，同服务总人数；取消的不计。",
        "J01": "统计期内递交的申请，按人或按户计。",
        "J02": "统计期内有结果的和期末在办的申请，按人或按户计；办理天数从受理（或递交）到结果，算工作日。",
        "J03": "统计期内转出、安置或上岗的转介。",
        "R01": "统计期内链接的资源，按折合金额；没有填金额的计零。",
        "R02": "统计期内首次动员或提供资源的社会组织，去重；本站培育、统计期内成立的另计。",
        "W01": "期末在册的志愿者和服务队；统计期内的服务记录，参加的人去重，时长按记录。",
        "S01": "统计期内的督导和培训记录；人次按参加人数，没有填的按参加人员名单。",
        "H01": "期末在岗的社工，不含督导和实习生，没有填到岗日期的不计；专职2人以上、至少1人有资质为达标。",
        "F01": "统计期内的支出；执行率是支出占在履行合同金额的比例。",
        "Q01": "个案评估满意和非常满意的，加活动、小组评价满意的，占全部评价的比例。",
        "Y01": "统计期内的强制报告，只计件数。",
    }
)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "P01": "服务总人数",
        "P02": "服务人次",
        "P03": "在册与建档",
        "P04": "按类别服务人数",
        "V01": "入户探访",
        "V02": "政策宣传与咨询",
        "V03": "探访率",
        "D01": "来访来电",
        "C01": "个案",
        "C02": "个案节数与时长",
        "C03": "结案目标达成",
        "C04": "高风险在管个案",
        "G01": "小组",
        "A01": "社区活动与宣传",
        "J01": "协助申请救助",
        "J02": "申请结果",
        "J03": "转介、安置与就业",
        "R01": "链接资源",
        "R02": "社会组织",
        "W01": "志愿服务",
        "S01": "督导与培训",
        "H01": "在岗社工",
        "F01": "经费执行",
        "Q01": "满意度",
        "Y01": "强制报告",
    }
)
"""What a choice of figures calls those of a code."""


def rule_of(code: str) -> str:
    """How figures of a code are counted."""
    return RULES.get(code, "按统计期内的记录统计。")


def valued(value: int | float, unit: str) -> str:
    """A value as read, with its unit: 1,633人次, 98.5%, 是."""
    if unit == Whether.UNIT:
        return plain_value(value, unit)
    return f"{value:,}{unit}"


def plain_value(value: int | float, unit: str) -> str:
    """A value without its unit, as a table shows it; whether is 是 or 否."""
    if unit == Whether.UNIT:
        return "是" if value else "否"
    return str(value)

"""Which kinds of record a section of the window lists, tab by tab, in which columns and order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions

COUNTED: Mapping[tuple[str, str], str] = MappingProxyType(
    {("resource", "left"): "结余", ("activity", "people"): "参加人数"}
)
"""Columns that are no field but counted from other records: (kind, name) and the head."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A column: the fields whose first value is shown, its width in px (0 = the rest) and its head where it
    is not the first field's label."""

    fields: tuple[str, ...]
    width: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class StationList:
    """One tab. Rows go by `order`, a field whose latest (days, where `falling`) comes first; those in which
    the field `over` holds anything are grey and come last. `summed` is a column of money told in all."""

    kind: str
    tab: str
    columns: tuple[Listed, ...]
    order: str
    empty: str
    falling: bool = True
    over: str = ""
    measure: str = "条"
    summed: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the columns."""
        asked = questions(BY_KIND[self.kind])
        return tuple(
            one.head or COUNTED.get((self.kind, one.fields[0])) or asked[one.fields[0]].ask.label
            for one in self.columns
        )


def _list(
    kind: str,
    tab: str,
    columns: str,
    order: str,
    empty: str,
    *,
    falling: bool = True,
    over: str = "",
    measure: str = "条",
    summed: str = "",
) -> StationList:
    """`columns` are "name:200 number:120 …": a field or several by |, and a width; without one, the rest."""
    listed = []
    for word in columns.split():
        fields, _, width = word.partition(":")
        listed.append(Listed(tuple(fields.split("|")), int(width or 0)))
    return StationList(kind, tab, tuple(listed), order, empty, falling, over, measure, summed)


SECTIONS: Mapping[str, tuple[StationList, ...]] = MappingProxyType(
    {
        "groups": (
            _list(
                "group",
                "小组",
                "name sort:110 phase:90 first_on:140 last_on:140 worker:90 village:110",
                "first_on",
                "还没有小组。写好计划就可以新建，组员和每节记录以后再补。",
                over="cancelled",
                measure="个",
            ),
            _list(
                "activity",
                "活动",
                "date:140 name sort:110 village:120 place people:90 worker:90",
                "date",
                "还没有活动。活动前可以先写方案，当天再记签到。",
                over="cancelled",
                measure="场",
            ),
        ),
        "resources": (
            _list(
                "volunteer",
                "志愿者",
                "name:110 village:120 phone:140 team skills state:90 registered_on:140",
                "name",
                "还没有志愿者。登记后可以记服务时长。",
                falling=False,
                over="left_on",
                measure="人",
            ),
            _list(
                "volunteer_team",
                "服务队",
                "name lead:100 phone:140 village:120 serves founded_on:140",
                "name",
                "还没有志愿服务队。新建后可把志愿者编进来。",
                falling=False,
                over="disbanded_on",
                measure="支",
            ),
            _list(
                "volunteer_service",
                "服务时长",
                "date:140 volunteer:110 served:120 what team proved_by:90 on_platform:90",
                "date",
                "还没有志愿服务记录。可以批量记，也可导入时长表。",
            ),
            _list(
                "resource",
                "资源",
                "received_on:140 what sort:80 provider|provider_name quantity:80 measure:90 left:80 worth:99",
                "received_on",
                "还没有资源链接。收到捐赠或服务时新建一条。",
                measure="笔",
                summed="worth",
            ),
            _list(
                "organisation",
                "单位",
                "name sort:120 contact:90 phone:130 mobilised_on:140 founded_on:140 fostered:90",
                "name",
                "还没有单位。捐赠、协办和转介的单位都记在这里。",
                falling=False,
                over="unused",
                measure="个",
            ),
        ),
        "supervision": (
            _list(
                "supervision",
                "督导记录",
                "date:140 mode:110 side:100 supervisor:100 topics advice",
                "date",
                "还没有督导记录。督导后写下建议，可以转成待办。",
                measure="次",
            ),
            _list(
                "training",
                "培训",
                "date:140 title organiser trainer:100 mode:90 head_count:90",
                "date",
                "还没有培训记录。参加或举办培训后新建一条。",
                measure="次",
            ),
            _list(
                "supervision_agreement",
                "督导协议",
                "supervisor:110 side:100 organisation rhythm first_on:140 last_on:140",
                "first_on",
                "还没有督导协议。请到督导后新建一份。",
                measure="份",
            ),
            _list(
                "inspection",
                "检查与整改",
                "date:140 by_whom sort:100 found due_on:140 rectified_on:140",
                "date",
                "还没有检查记录。新建后，整改期限会进待办。",
                measure="次",
            ),
        ),
        "station": (
            _list(
                "contract",
                "合同",
                "number:150 title first_on:140 last_on:140 amount:120 grade:80",
                "first_on",
                "还没有合同。建好合同，指标和经费才能对照。",
                measure="份",
            ),
            _list(
                "spending",
                "支出",
                "date:140 what category:160 amount:110 payee:150 voucher:100 contract:140",
                "date",
                "还没有经费支出。每付一笔钱，在这里新建一条。",
                measure="笔",
                summed="amount",
            ),
            _list(
                "staff",
                "人员",
                "name:90 post:80 employment:100 qualification posted_on:140 phone:130",
                "posted_on",
                "还没有工作人员。新建后可对照人员配备要求。",
                falling=False,
                over="left_on",
                measure="人",
            ),
            _list(
                "room",
                "场地",
                "name sort:130 address area:80 keeper:90 hours",
                "name",
                "还没有场地。新建后才能登记场地使用。",
                falling=False,
                over="closed_on",
                measure="处",
            ),
            _list(
                "room_use",
                "场地使用",
                "date:140 room:140 purpose start_time:90 end_time:90 people:80 user:160",
                "date",
                "还没有场地使用登记。用过场地，在这里新建一条。",
                measure="次",
            ),
            _list(
                "service_point",
                "服务点",
                "village:130 name liaison:100 phone:140 worker:100 hours",
                "village",
                "还没有村（居）社工室。新建后，走访和活动归到各点。",
                falling=False,
                over="closed_on",
                measure="处",
            ),
            _list(
                "equipment",
                "设备",
                "name number:130 quantity:80 worth:110 bought_on:140 room:130 state:90",
                "name",
                "还没有设备物资。新建后，自查时能找到。",
                falling=False,
                over="scrapped_on",
                measure="件",
            ),
            _list(
                "service_item",
                "服务目录",
                "number:64 title for_whom rhythm:120 goal:80 goal_unit:80 displayed:90",
                "number",
                "还没有服务目录。写好后可以打印上墙，记录服务时也能选。",
                falling=False,
                over="last_on",
                measure="项",
            ),
            _list(
                "policy_text",
                "制度",
                "title sort:150 version:90 adopted_on:140 posted_on:140",
                "adopted_on",
                "还没有制度文本。新建后，自查时能找到。",
                over="repealed_on",
                measure="份",
            ),
            _list(
                "publication",
                "宣传",
                "date:140 title sort:110 medium level:90 author:90",
                "date",
                "还没有信息稿。发出一篇就新建一条，简报会写到。",
                measure="篇",
            ),
            _list(
                "survey",
                "需求调研",
                "title area first_on:140 last_on:140 planned_sheets:100",
                "first_on",
                "还没有需求调研。新建并写好题目，再录入问卷。",
                measure="次",
            ),
            _list(
                "evaluation_table",
                "迎检自查",
                "title sort:110 source date:140",
                "date",
                "还没有评估表。可以照评估方的表建一份，逐项找佐证。",
                measure="份",
            ),
        ),
    }
)


def all_lists() -> Iterator[StationList]:
    """Every tab of every section."""
    for lists in SECTIONS.values():
        yield from lists


LIST_OF: Mapping[str, StationList] = MappingProxyType({one.kind: one for one in all_lists()})
SECTION_OF: Mapping[str, str] = MappingProxyType(
    {one.kind: section for section, lists in SECTIONS.items() for one in lists}
)

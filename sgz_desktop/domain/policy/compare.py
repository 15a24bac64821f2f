"""What differs between two versions of a pack, line by line in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction

from sgz_desktop.domain.days import show_day
from sgz_desktop.domain.policy.pack import Given, Pack, Param, Programme


def differences(before: Pack, after: Pack) -> tuple[str, ...]:
    """Sentences, in the order of the pack; () when only its version is another."""
    found = _params(before, after), _values(before, after), _deductions(before, after)
    return (*(line for lines in found for line in lines), *_programmes(before, after))


def _params(before: Pack, after: Pack) -> Iterator[str]:
    for name, param in after.params.items():
        old = before.params.get(name)
        if old is None:
            yield f"新增标准：{param.title}"
        elif old.value != param.value:
            yield f"{param.title}：{shown(param, old.value)}改为{shown(param, param.value)}"
        elif old.usual != param.usual:
            yield f"{param.title}：常见的{shown(param, old.usual)}改为{shown(param, param.usual)}"
    yield from (f"不再有标准：{old.title}" for name, old in before.params.items() if name not in after.params)


def _values(before: Pack, after: Pack) -> Iterator[str]:
    old = {(one.name, one.effective_from): one for one in before.values}
    for one in after.values:
        was = old.pop((one.name, one.effective_from), None)
        since = f"（{show_day(one.effective_from)}起）" if one.effective_from else ""
        if was is None:
            yield f"新的本地标准{one.name}{since}：{plain(one.value)}"
        elif was.value != one.value:
            yield f"本地标准{one.name}{since}：{plain(was.value)}改为{plain(one.value)}"
    yield from (f"不再有本地标准{name}" for name, _ in old)


def _deductions(before: Pack, after: Pack) -> Iterator[str]:
    for name, one in after.deductions.items():
        if before.deductions.get(name) != one:
            yield f"{'不计入的收入有改动' if name in before.deductions else '新增不计入的收入'}：{one.text}"
    gone = (old for name, old in before.deductions.items() if name not in after.deductions)
    yield from (f"重新计入收入：{old.text}" for old in gone)


def _programmes(before: Pack, after: Pack) -> Iterator[str]:
    old = {_key(one): one for one in before.programmes}
    for one in after.programmes:
        was = old.pop(_key(one), None)
        if was is None:
            yield f"新增项目：{one.title}（{one.source}）"
        elif was != one:
            yield f"{one.title}（{one.source}）：{'、'.join(_changed(was, one))}"
    yield from (f"不再有项目：{one.title}（{one.source}）" for one in old.values())


def _key(one: Programme) -> tuple[str, str, str]:
    return one.id, one.level, one.effective_from


NAMES = {
    "nodes": "条件",
    "deadlines": "时限",
    "papers": "材料",
    "publicity": "公示",
    "decide": "审核确认单位",
    "accept": "受理单位",
    "effective_to": "停用日期",
}


def _changed(before: Programme, after: Programme) -> list[str]:
    found = [
        NAMES.get(one.name, "说明")
        for one in fields(Programme)
        if getattr(before, one.name) != getattr(after, one.name)
    ]
    texts = [node.text for id, node in after.nodes.items() if id in before.nodes and before.nodes[id] != node]
    return [*dict.fromkeys(found), *(f"“{text}”" for text in texts[:3])]


def shown(param: Param, value: Given | None) -> str:
    """A value with its unit; 由地方确定 where there is none."""
    if value is None:
        return "由地方确定"
    return plain(value / 100 if param.kind == "yuan" and isinstance(value, Fraction) else value) + param.unit


def plain(value: Given) -> str:
    """A value as people write it."""
    if isinstance(value, Fraction):
        return f"{float(value):,g}"
    return "、".join(value) if isinstance(value, tuple) else show_day(value)

"""Values of a policy pack's rows, each read by its place in the file, so that a refusal names the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sgz_desktop.domain import days
from sgz_desktop.domain.policy.lines import Lines, Place
from sgz_desktop.domain.policy.pack import Given, ParamRef
from sgz_desktop.domain.policy.refusal import BAD, PackRefused
from sgz_desktop.domain.policy.vocabulary import statuses

MAX_ROWS, MAX_WORDS = 400, 400
KEY = re.compile(r"[a-z0-9_]{1,40}")


class Reader:
    """What a value may be; every method raises PackRefused with the line where one is not."""

    def __init__(self, text: str) -> None:
        self._text = text

    def refuse(self, place: Place, sentence: str) -> PackRefused:
        return PackRefused(f"{BAD}第{Lines(self._text).of(place)}行，{sentence}")

    def known(self, place: Place, row: Any, names: Iterable[str]) -> None:
        if not isinstance(row, Mapping):
            raise self.refuse(place, "这里要写成一个表。")
        if unknown := sorted(set(row) - set(names)):
            raise self.refuse((*place, unknown[0]), f"有不认识的内容“{unknown[0][:20]}”。")

    def rows(self, place: Place, row: Mapping[str, Any], name: str) -> list[tuple[Place, Mapping[str, Any]]]:
        found = row.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            raise self.refuse((*place, name), f"{name}要写成[[{name}]]。")
        if len(found) > MAX_ROWS:
            raise self.refuse((*place, name), f"{name}最多{MAX_ROWS}条。")
        return [((*place, name, at), one) for at, one in enumerate(found)]

    def words(self, place: Place, row: Mapping[str, Any], name: str, default: str | None = None) -> str:
        value = row.get(name, default)
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not isinstance(value, str) or (not text and default is None) or len(text) > MAX_WORDS:
            what = {"source": "缺少依据的文件", "document": "缺少依据的文件名"}.get(name, f"缺少{name}")
            raise self.refuse((*place, name), f"{what}，或超过{MAX_WORDS}字。")
        return text

    def key(self, place: Place, row: Mapping[str, Any], name: str) -> str:
        return self.matched(place, row, name, KEY, f"{name}只用小写字母、数字和下划线。")

    def matched(
        self, place: Place, row: Mapping[str, Any], name: str, form: re.Pattern[str], sentence: str
    ) -> str:
        value = row.get(name)
        if not isinstance(value, str) or not form.fullmatch(value):
            raise self.refuse((*place, name), sentence)
        return value

    def one_of(self, place: Place, row: Mapping[str, Any], name: str, among: Iterable[str]) -> str:
        value = row.get(name)
        if not isinstance(value, str) or value not in among:
            raise self.refuse((*place, name), f"{name}不认识，可写：{'、'.join(among)}。")
        return value

    def flag(self, place: Place, row: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
        value = row.get(name, default)
        if not isinstance(value, bool):
            raise self.refuse((*place, name), f"{name}要写true或false。")
        return value

    def day(self, place: Place, row: Mapping[str, Any], name: str) -> days.Day:
        value = row.get(name)
        if not isinstance(value, str) or not days.is_whole(value):
            raise self.refuse((*place, name), f'{name}要写成"2021-04-26"这样的日期。')
        return value

    def span(self, place: Place, row: Mapping[str, Any], *, needed: bool = True) -> tuple[days.Day, days.Day]:
        start = self.day(place, row, "effective_from") if needed or "effective_from" in row else ""
        end = self.day(place, row, "effective_to") if "effective_to" in row else ""
        if end and start and end < start:
            raise self.refuse((*place, "effective_to"), "停用日期早于生效日期。")
        return start, end

    def param_ref(self, place: Place, row: Mapping[str, Any], name: str) -> ParamRef | None:
        value = row.get(name)
        if not isinstance(value, str) or not value.startswith("param:"):
            return None
        if not KEY.fullmatch(value.removeprefix("param:")):
            raise self.refuse((*place, name), "参数要写成param:名称。")
        return ParamRef(value.removeprefix("param:"))

    def given(self, place: Place, row: Mapping[str, Any], name: str, kind: str) -> Given:
        """A value of a kind; of any kind where the parameter is another pack's."""
        value = row.get(name)
        if isinstance(value, list) and kind in ("codes", ""):
            return self._codes(place, name, value)
        if isinstance(value, str) and kind in ("day", "") and days.is_whole(value):
            return value
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and kind not in ("codes", "day"):
            number = Fraction(value) if -(10**20) < value < 10**20 else Fraction(-1)
            if 0 <= number <= 10**9:
                return number * 100 if kind == "yuan" else number
        raise self.refuse((*place, name), f"{name}的值不对。")

    def _codes(self, place: Place, name: str, value: list[Any]) -> tuple[str, ...]:
        if unknown := [one for one in value if not isinstance(one, str) or one not in statuses()]:
            raise self.refuse((*place, name), f"没有类别代码“{str(unknown[0])[:20]}”。")
        return tuple(value)

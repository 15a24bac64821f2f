"""A policy pack from the bytes of its file: TOML, never run, refused with the line that is not as it should.

The form of a pack is told in resources/policy/README.md.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from sgz_desktop.domain import days
from sgz_desktop.domain.policy import pack as packs
from sgz_desktop.domain.policy.lines import Place
from sgz_desktop.domain.policy.nodes import read_nodes
from sgz_desktop.domain.policy.numbers import decimal
from sgz_desktop.domain.policy.pack import (
    NATION,
    Deadline,
    Deduction,
    Level,
    Pack,
    PaperNeed,
    Param,
    ParamRef,
    Programme,
    Publicity,
    Trust,
    Value,
    Warn,
)
from sgz_desktop.domain.policy.refusal import BAD, PackRefused
from sgz_desktop.domain.policy.rows import Reader

FORMAT = 1
MAX_BYTES = 256 * 1024
REGION = re.compile(r"\d{6}")
VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")
KINDS = ("yuan", "number", "day", "codes")
UNITS = ("workday", "day")
UNCHECKED = "条款待核"  # a document without numbered articles, or one whose wording nobody has checked yet
DEDUCTED = ("pension_basic_month", "income_month")

TOP = frozenset(
    {
        *("format", "id", "version", "title", "region", "effective_from", "effective_to", "about"),
        *("param", "value", "deduction", "programme"),
    }
)
PARAM = frozenset({"name", "title", "kind", "unit", "source", "clause", "value", "usual"})
VALUE = frozenset({"name", "value", "source", "clause", "effective_from", "effective_to"})
DEDUCTION = frozenset({"name", "fact", "text", "source", "clause", "until", "lapsed"})
PROGRAMME = frozenset(
    {
        *("id", "code", "title", "level", "source", "document", "clause", "effective_from", "effective_to"),
        *(
            "root",
            "for_children",
            "sought",
            "accept",
            "decide",
            "delegable",
            "pays_from",
            "review",
            "objection",
        ),
        *("unverified", "publicity", "deadline", "paper", "warn", "node"),
    }
)
PUBLICITY = frozenset({"required", "n", "unit", "skip_minor", "reason"})
DEADLINE = frozenset({"step", "title", "n", "unit", "clause"})
PAPER = frozenset({"title", "shared", "form", "note"})
WARN = frozenset({"node", "text"})


def read_pack(data: bytes, trust: Trust = Trust.SHIPPED) -> Pack:
    """The pack in a file. Raises PackRefused, which names the line."""
    if len(data) > MAX_BYTES:
        raise PackRefused(f"{BAD}文件大于{MAX_BYTES >> 10}KB。")
    try:
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text.replace("\r\n", "\n"), parse_float=decimal)
    except tomllib.TOMLDecodeError as wrong:
        line = re.search(r"line (\d+)", str(wrong))
        raise PackRefused(f"{BAD}{f'第{line[1]}行' if line else ''}写法不对。") from None
    except (UnicodeDecodeError, RecursionError):
        raise PackRefused(f"{BAD}不是UTF-8的TOML文件。") from None
    except ValueError:
        raise PackRefused(f"{BAD}里面有太大或不认识的数字。") from None
    return _PackReader(table, text, hashlib.sha256(data).hexdigest(), trust).pack()


class _PackReader(Reader):
    """Makes a pack of the tables of its file."""

    def __init__(self, table: Mapping[str, Any], text: str, sha256: str, trust: Trust) -> None:
        super().__init__(text)
        self._table, self._sha256, self._trust = table, sha256, trust

    def pack(self) -> Pack:
        top = self._table
        self.known((), top, TOP)
        if top.get("format") != FORMAT or isinstance(top.get("format"), bool):
            raise self.refuse(("format",), f"format要写{FORMAT}。")
        start, end = self.span((), top)
        params = self.by_name("param", self._param)
        deductions = self.by_name("deduction", self._deduction)
        made = Pack(
            id=self.key((), top, "id"),
            version=self.matched((), top, "version", VERSION, "版本要像2026.1。"),
            title=self.words((), top, "title"),
            region=self.matched((), top, "region", REGION, "地区要写6位代码，全国写000000。"),
            effective_from=start,
            effective_to=end,
            about=self.words((), top, "about", ""),
            sha256=self._sha256,
            trust=self._trust,
            params=params,
            values=tuple(self._value(place, row) for place, row in self.rows((), top, "value")),
            deductions=deductions,
            programmes=tuple(
                self._programme(place, row, deductions) for place, row in self.rows((), top, "programme")
            ),
        )
        if made.region != NATION:
            self._no_defaults(made.params)
        return made

    def _no_defaults(self, params: Mapping[str, Param]) -> None:
        for at, param in enumerate(params.values()):
            if param.usual is not None:
                raise self.refuse(("param", at, "usual"), "地方的标准请写在value里。")

    def by_name(self, name: str, read: Callable[[Place, Mapping[str, Any]], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for place, row in self.rows((), self._table, name):
            one = read(place, row)
            if one.name in found:
                raise self.refuse((*place, "name"), f"“{one.name}”写了两次。")
            found[one.name] = one
        return found

    def _param(self, place: Place, row: Mapping[str, Any]) -> Param:
        self.known(place, row, PARAM)
        kind = self.one_of(place, row, "kind", KINDS)
        return Param(
            name=self.key(place, row, "name"),
            title=self.words(place, row, "title"),
            kind=kind,
            unit=self.words(place, row, "unit", ""),
            source=self.words(place, row, "source"),
            clause=self.words(place, row, "clause", ""),
            value=self.given(place, row, "value", kind) if "value" in row else None,
            usual=self.given(place, row, "usual", kind) if "usual" in row else None,
        )

    def _value(self, place: Place, row: Mapping[str, Any]) -> Value:
        self.known(place, row, VALUE)
        start, end = self.span(place, row, needed=False)
        return Value(
            name=self.key(place, row, "name"),
            value=self.given(place, row, "value", ""),
            source=self.words(place, row, "source"),
            clause=self.words(place, row, "clause", ""),
            effective_from=start,
            effective_to=end,
        )

    def _deduction(self, place: Place, row: Mapping[str, Any]) -> Deduction:
        self.known(place, row, DEDUCTION)
        return Deduction(
            name=self.key(place, row, "name"),
            fact=self.one_of(place, row, "fact", DEDUCTED),
            text=self.words(place, row, "text"),
            source=self.words(place, row, "source"),
            clause=self.words(place, row, "clause", ""),
            until=self._until(place, row),
            lapsed=self.words(place, row, "lapsed", ""),
        )

    def _until(self, place: Place, row: Mapping[str, Any]) -> days.Day | ParamRef:
        if "until" not in row:
            return ""
        if found := self.param_ref(place, row, "until"):
            return found
        return self.day(place, row, "until")

    def _programme(self, place: Place, row: Mapping[str, Any], known: Mapping[str, Deduction]) -> Programme:
        self.known(place, row, PROGRAMME)
        start, end = self.span(place, row)
        level = Level(self.one_of(place, row, "level", [level.value for level in Level]))
        source = self.words(place, row, "source")
        clause = self.words(place, row, "clause", UNCHECKED)
        nodes = read_nodes(self, place, row, level, (source, clause), known)
        root = self.key(place, row, "root")
        if root not in nodes:
            raise self.refuse((*place, "root"), f"没有条件“{root}”。")
        return Programme(
            id=self.key(place, row, "id"),
            code=self.key(place, row, "code"),
            title=self.words(place, row, "title"),
            level=level,
            source=source,
            document=self.words(place, row, "document"),
            clause=clause,
            effective_from=start,
            effective_to=end,
            root=root,
            nodes=nodes,
            for_children=self.flag(place, row, "for_children"),
            delegable=self.flag(place, row, "delegable"),
            sought=self.flag(place, row, "sought", default=True),
            publicity=self._publicity((*place, "publicity"), row.get("publicity", {"required": False})),
            deadlines=tuple(self._deadline(at, one) for at, one in self.rows(place, row, "deadline")),
            papers=tuple(self._paper(at, one) for at, one in self.rows(place, row, "paper")),
            warns=tuple(self._warn(at, one, nodes) for at, one in self.rows(place, row, "warn")),
            **{name: self.words(place, row, name, "") for name in TOLD},
        )

    def _publicity(self, place: Place, row: Any) -> Publicity:
        self.known(place, row, PUBLICITY)
        return Publicity(
            required=self.flag(place, row, "required"),
            n=self._count(place, row),
            unit=self.one_of(place, row, "unit", UNITS) if "unit" in row else "day",
            skip_minor=self.flag(place, row, "skip_minor"),
            reason=self.words(place, row, "reason", ""),
        )

    def _deadline(self, place: Place, row: Mapping[str, Any]) -> Deadline:
        self.known(place, row, DEADLINE)
        return Deadline(
            step=self.key(place, row, "step"),
            title=self.words(place, row, "title"),
            n=self._count(place, row),
            unit=self.one_of(place, row, "unit", UNITS),
            clause=self.words(place, row, "clause", ""),
        )

    def _paper(self, place: Place, row: Mapping[str, Any]) -> PaperNeed:
        self.known(place, row, PAPER)
        return PaperNeed(
            title=self.words(place, row, "title"),
            shared=self.flag(place, row, "shared"),
            form=self.words(place, row, "form", ""),
            note=self.words(place, row, "note", ""),
        )

    def _warn(self, place: Place, row: Mapping[str, Any], nodes: Mapping[str, packs.Node]) -> Warn:
        self.known(place, row, WARN)
        node = self.key(place, row, "node")
        if node not in nodes:
            raise self.refuse((*place, "node"), f"没有条件“{node}”。")
        return Warn(node, self.words(place, row, "text"))

    def _count(self, place: Place, row: Mapping[str, Any]) -> int | ParamRef | None:
        if "n" not in row:
            return None
        if found := self.param_ref(place, row, "n"):
            return found
        value = row["n"]
        if type(value) is not int or not 0 <= value <= 999:
            raise self.refuse((*place, "n"), "天数要是0到999的整数。")
        return value


TOLD = ("accept", "decide", "pays_from", "review", "objection", "unverified")

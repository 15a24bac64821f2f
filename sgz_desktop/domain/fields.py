"""Declare once: what a field asks, who may see it, and the kinds of value it may hold.

A field of a record is written ``name: Annotated[Kind, Ask("标签", share=…, paper=…, care=…)] = None``.
The form, the check, the column, the search text, the PDF line, the Excel column and the wire format are
all read from that line. A kind is one object that knows every surface of its values.

Wire types are str, int and bool; ``None`` means unknown. There are no floats and no nested values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sgz_desktop.domain import amounts, days, id_number
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.typed_text import clean, tidy_line, tidy_text, within

Wire = str | int | bool | None
MAX_INT = 2**53 - 1


class Share(StrEnum):
    """How far a value may travel in a bundle."""

    STATION = "station"
    COUNTY = "county"
    NOBODY = "nobody"


class Paper(StrEnum):
    """The widest circle of papers a value may be printed on; CLIENT papers hold CLIENT fields only."""

    INTERNAL = "internal"
    CLIENT = "client"
    BUREAU = "bureau"


class Care(StrEnum):
    """How the value must be handled (PIPL art. 28, GB/T 45574-2025)."""

    PLAIN = "plain"
    IDENTIFIES = "identifies"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a field asks. `share`, `paper` and `care` have no defaults on purpose.

    Fields with the same `group` only make sense together: they are one cell of the log and merge as one.
    """

    label: str
    _: KW_ONLY
    share: Share
    paper: Paper
    care: Care
    unit: str = ""
    help: str = ""
    group: str = ""


class Level(StrEnum):
    """REFUSE keeps the form open; MARK saves and shows 待核."""

    REFUSE = "refuse"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is doubtful about one field, as a Chinese sentence without the value itself."""

    level: Level
    field: str
    sentence: str


class FieldKind:
    """A kind of value. Subclasses say how it is typed, checked, shown and searched."""

    name = "text"
    wire: type = str

    def tidy(self, typed: object) -> Wire:
        """Turn what a person or a file gives into the stored value; raise ValueError with a sentence."""
        return tidy_line(typed)

    def marks(self, value: Wire) -> Sequence[str]:
        """Sentences for values that are kept but doubtful."""
        return ()

    def show(self, value: Wire) -> str:
        """The value in words, as on screen and paper; '' for unknown."""
        return "" if value is None else str(value)

    def edit(self, value: Wire) -> str:
        """The value as a person would type it again; `tidy(edit(v)) == v`."""
        return self.show(value)

    def search(self, value: Wire) -> str:
        """The words by which the value is found in full text; '' where it is not."""
        return ""

    def accepts(self, value: Any) -> bool:
        """Is this the wire type? Sync asks nothing more of a value."""
        return value is None or type(value) is self.wire

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._gate, handler(source))

    def _gate(self, typed: object) -> Wire:
        if typed is None or (isinstance(typed, str) and not typed.strip()):
            return None
        try:
            return self.tidy(typed)
        except ValueError as refused:
            raise PydanticCustomError("refused", "{sentence}", {"sentence": str(refused)}) from None


class LineKind(FieldKind):
    """One line of plain text."""

    def search(self, value: Wire) -> str:
        return str(value or "")


class LongTextKind(FieldKind):
    """Several lines, up to MAX_TEXT characters."""

    name = "long_text"

    def tidy(self, typed: object) -> Wire:
        return tidy_text(typed)

    def search(self, value: Wire) -> str:
        return str(value or "")


class NameKind(LineKind):
    """A person's name: also found by pinyin, initials and single characters."""

    name = "name"


class PhoneKind(FieldKind):
    """A telephone number, digits and dashes; found by its digits and its last four."""

    name = "phone"

    def tidy(self, typed: object) -> Wire:
        text = unicodedata.normalize("NFKC", clean(typed)).strip()
        return within(re.sub(r"\s+", "", text)) or None

    def marks(self, value: Wire) -> Sequence[str]:
        plain = re.sub(r"[-()+]", "", str(value))
        return () if plain.isascii() and plain.isdigit() and 7 <= len(plain) <= 14 else ("电话号码请核对。",)


class IdNumberKind(FieldKind):
    """Resident identity number (GB 11643-1999). A wrong check digit is kept and marked."""

    name = "id_number"

    def tidy(self, typed: object) -> Wire:
        return within(id_number.tidy(clean(typed))) or None

    def marks(self, value: Wire) -> Sequence[str]:
        return tuple(id_number.problems(str(value)))


class DisabilityCardKind(FieldKind):
    """Number of the disability card: identity number, type, grade and reissue marks."""

    name = "disability_card"

    def tidy(self, typed: object) -> Wire:
        return within(id_number.tidy(clean(typed))) or None

    def marks(self, value: Wire) -> Sequence[str]:
        return tuple(id_number.card_problems(str(value)))


class DayKind(FieldKind):
    """YYYY, YYYY-MM or YYYY-MM-DD: as much of a date as is known."""

    name = "day"

    def tidy(self, typed: object) -> Wire:
        return days.tidy_day(clean(typed))

    def marks(self, value: Wire) -> Sequence[str]:
        return () if days.is_day(str(value)) else ("日期不能识别，请核对。",)

    def show(self, value: Wire) -> str:
        text = "" if value is None else str(value)
        return days.show_day(text) if days.is_day(text) else text

    def edit(self, value: Wire) -> str:
        return "" if value is None else str(value)


class ClockKind(FieldKind):
    """A local time of day, HH:MM."""

    name = "clock"

    def tidy(self, typed: object) -> Wire:
        return days.tidy_clock(clean(typed))

    def marks(self, value: Wire) -> Sequence[str]:
        return () if days.is_clock(str(value)) else ("时间不能识别，请核对。",)


class YuanKind(FieldKind):
    """Money in integer fen, typed and shown in yuan."""

    name = "yuan"
    wire = int

    def tidy(self, typed: object) -> Wire:
        if type(typed) is int:
            return _whole(typed)
        return amounts.tidy_yuan(clean(typed))

    def show(self, value: Wire) -> str:
        return "" if value is None else amounts.show_yuan(int(value))

    def edit(self, value: Wire) -> str:
        return self.show(value).removesuffix("元")


class CountKind(FieldKind):
    """A whole number, zero or more, at most `most`."""

    name = "count"
    wire = int

    def __init__(self, most: int = MAX_INT) -> None:
        self.most = most

    def tidy(self, typed: object) -> Wire:
        number = _whole(typed) if type(typed) is int else amounts.tidy_count(clean(typed))
        if number > self.most:
            raise ValueError(f"这一项最多填{self.most}。")
        return number


def _whole(number: int) -> int:
    if not 0 <= number <= MAX_INT:
        raise ValueError("数字超出范围，请核对。")
    return number


class HoursKind(FieldKind):
    """How long something took, in whole minutes; typed as hours (2.5), 2小时30分 or 90分钟."""

    name = "hours"
    wire = int

    def tidy(self, typed: object) -> Wire:
        return _whole(typed) if type(typed) is int else amounts.tidy_hours(clean(typed))

    def show(self, value: Wire) -> str:
        return "" if value is None else days.show_minutes(int(value))


class YesNoKind(FieldKind):
    """是, 否, or unknown."""

    name = "yes_no"
    wire = bool
    _WORDS: ClassVar = {
        "是": True,
        "有": True,
        "true": True,
        "1": True,
        "否": False,
        "无": False,
        "false": False,
        "0": False,
    }

    def tidy(self, typed: object) -> Wire:
        if isinstance(typed, bool):
            return typed
        try:
            return self._WORDS[clean(typed).strip().casefold()]
        except KeyError:
            raise ValueError("请选“是”或“否”。") from None

    def show(self, value: Wire) -> str:
        return "" if value is None else ("是" if value else "否")


class CodeKind(FieldKind):
    """One code of a list, or of the list `also`. A code neither knows is kept and shown as itself."""

    name = "code"

    def __init__(self, codes: str, also: str = "") -> None:
        self.codes, self.also = codes, also

    def tidy(self, typed: object) -> Wire:
        text = tidy_line(typed) or ""
        return code_list(self.codes).find(text) or (self.also and code_list(self.also).find(text)) or text

    def show(self, value: Wire) -> str:
        if value is None:
            return ""
        known = not self.also or str(value) in code_list(self.codes)
        return code_list(self.codes if known else self.also).label(str(value))

    def search(self, value: Wire) -> str:
        return self.show(value)


class CodesKind(CodeKind):
    """Several codes of a list, kept as text in the list's order with commas between."""

    name = "codes"

    def tidy(self, typed: object) -> Wire:
        parts = typed if isinstance(typed, list | tuple) else re.split(r"[,，、;；]", clean(typed))
        found = dict.fromkeys(str(super(CodesKind, self).tidy(part)) for part in parts if str(part).strip())
        order = {item.code: place for place, item in enumerate(code_list(self.codes).items)}
        return ",".join(sorted(found, key=lambda code: (order.get(code, len(order)), code))) or None

    def show(self, value: Wire) -> str:
        return "、".join(code_list(self.codes).label(code) for code in split_codes(value))


def split_codes(value: Wire) -> list[str]:
    """The codes of a `Codes` value, in order."""
    return str(value).split(",") if value else []


class RefKind(FieldKind):
    """The id of another record, which may not have arrived yet ("资料未到")."""

    name = "ref"

    def __init__(self, kind: str, parent: bool = False) -> None:
        self.kind = kind
        self.parent = parent


class StampKind(FieldKind):
    """A machine time, UTC milliseconds."""

    name = "stamp"
    wire = int

    def tidy(self, typed: object) -> Wire:
        try:
            return _whole(int(str(typed)))
        except ValueError:
            raise ValueError("这一项应是程序记下的时刻，不能手写。") from None


class KeyKind(FieldKind):
    """A machine value: key, digest or list of edits. Never typed, printed or searched."""

    name = "key"

    def tidy(self, typed: object) -> Wire:
        return clean(typed) or None


Line = Annotated[str | None, LineKind()]
LongText = Annotated[str | None, LongTextKind()]
Name = Annotated[str | None, NameKind()]
Phone = Annotated[str | None, PhoneKind()]
IdNumber = Annotated[str | None, IdNumberKind()]
DisabilityCard = Annotated[str | None, DisabilityCardKind()]
Day = Annotated[str | None, DayKind()]
Clock = Annotated[str | None, ClockKind()]
Yuan = Annotated[int | None, YuanKind()]
Count = Annotated[int | None, CountKind()]
Hours = Annotated[int | None, HoursKind()]
YesNo = Annotated[bool | None, YesNoKind()]
Stamp = Annotated[int | None, StampKind()]
Key = Annotated[str | None, KeyKind()]
Code = CodeKind
Codes = CodesKind
Ref = RefKind
Most: Callable[[int], CountKind] = CountKind

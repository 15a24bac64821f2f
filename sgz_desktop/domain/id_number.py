"""Resident identity numbers (GB 11643-1999) and disability certificate numbers.

Nothing here refuses a number: an old county code, a slip of the clerk or a missing digit is saved as it is
written and marked 待核. `problems` and `card_problems` return those marks as Chinese
sentences, which never repeat a value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sgz_desktop.domain import counties, days

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
# First two digits of GB/T 2260; 81-83: residence permits of people from Hong Kong, Macao and Taiwan.
_PROVINCE_RANGES = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
PROVINCES = frozenset(str(n) for part in (*_PROVINCE_RANGES, (71, 81, 82, 83)) for n in part)
# A foreign permanent resident's number starts with 9; birth day and check character are as in GB 11643.
PERMANENT_RESIDENT = "9"
MALE, FEMALE = "1", "2"  # GB/T 2261.1

_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_FIFTEEN = re.compile(r"\d{15}", re.ASCII)
_CARD = re.compile(r"(\d{17}[\dX])([1-7])([1-4])([0-9A-Z]{0,2})", re.ASCII)


@dataclass(frozen=True)
class IdFacts:
    """What a number says: six-digit county prefix, birth day (None if no day of the calendar), sex 1 or 2."""

    prefix: str
    born: days.Day | None
    sex: str
    legacy: bool


@dataclass(frozen=True)
class CardFacts:
    """What a 残疾人证 number says: the id number in it, kind 1–7, grade 1–4, mark of reissue ("" = first)."""

    id_number: str
    kind: str
    grade: str
    reissue: str


def tidy(text: str) -> str:
    """Half-width, upper case, without spaces and hyphens. Never raises, never drops a letter or digit."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-‐‑–—·.]+", "", folded)


def check_character(first17: str) -> str:
    """The 18th character for 17 digits (GB 11643; ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    return CHECK_CHARACTERS[total % 11]


def is_valid(text: str) -> bool:
    """Whether a tidied 18-character number has a day of the calendar and the right last character."""
    facts = read(text)
    if facts is None or facts.legacy or facts.born is None:
        return False
    return check_character(text[:17]) == text[17]


def read(text: str) -> IdFacts | None:
    """Facts in a tidied number of 18 or 15 characters; None when it has another shape."""
    if _EIGHTEEN.fullmatch(text):
        born, order, legacy = text[6:14], text[16], False
    elif _FIFTEEN.fullmatch(text):
        born, order, legacy = "19" + text[6:12], text[14], True
    else:
        return None
    day = f"{born[:4]}-{born[4:6]}-{born[6:]}"
    return IdFacts(text[:6], day if days.is_day(day) else None, MALE if int(order) % 2 else FEMALE, legacy)


def to_eighteen(text: str) -> str | None:
    """The 18-character form of a legacy number of 15 digits; an 18-character one as it is; else None."""
    if _EIGHTEEN.fullmatch(text):
        return text
    if not _FIFTEEN.fullmatch(text):
        return None
    first17 = text[:6] + "19" + text[6:]
    return first17 + check_character(first17)


def told_by(text: str) -> dict[str, str]:
    """What a number as typed tells of its owner, by field of a person: sex, born, hukou_address; {} unless
    the number is sound. For a form while it is typed and for import, which fill what is empty.

    The county is that of the first number: whoever's hukou moved later has to say so.
    """
    number = tidy(text)
    facts = read(number) if is_valid(number) else None
    if facts is None or facts.born is None or not _known_prefix(facts.prefix):
        return {}
    county = {} if facts.prefix.startswith(PERMANENT_RESIDENT) else {"hukou_address": county_words(facts)}
    return {"sex": facts.sex, "born": facts.born, **county}


def county_words(facts: IdFacts) -> str:
    """The county a number was first given in, as an address can say it; its code where no name is known."""
    named = counties.county(facts.prefix, int(facts.born[:4])) if facts.born else ""
    return named or f"县级区划代码{facts.prefix}"


def differs(field: str, told: str, value: str) -> bool:
    """Does what stands in a field contradict the number? A year alone agrees; an address says no code."""
    if not value or field == "hukou_address":
        return False
    return not told.startswith(value) if field == "born" else told != value


def problems(text: str, sex: str | None = None, born: days.Day | None = None) -> list[str]:
    """Marks (待核) of a tidied number beside the recorded sex code and birth day; [] when all agrees.

    An empty text has no marks: 无证件 is recorded by a code of its own.
    """
    if not text:
        return []
    facts = read(text)
    if facts is None:
        return [f"身份证号应为18位，现为{len(text)}位或含其他字符，请核对。"]
    marks = []
    if facts.legacy:
        marks.append("这是15位旧号，请核对18位新号。")
    elif check_character(text[:17]) != text[17]:
        marks.append("身份证号末位校验不符，请对照证件核对。")
    if not _known_prefix(facts.prefix):
        marks.append("身份证号前两位不是省级代码，请核对。")
    return marks + _disagreements(facts, sex, born)


def _known_prefix(prefix: str) -> bool:
    return prefix[:2] in PROVINCES or prefix.startswith(PERMANENT_RESIDENT)


def _disagreements(facts: IdFacts, sex: str | None, born: days.Day | None) -> list[str]:
    marks = []
    if facts.born is None:
        marks.append("身份证号中的出生日期不存在，请核对。")
    elif born and not facts.born.startswith(born):
        marks.append("身份证号中的出生日期与填写的不同，请核对。")
    if sex in (MALE, FEMALE) and sex != facts.sex:
        marks.append("身份证号中的性别与填写的不同，请核对。")
    return marks


def read_card(text: str) -> CardFacts | None:
    """Facts in a tidied 残疾人证 number of 20 to 22 characters; None when it has another shape."""
    found = _CARD.fullmatch(text)
    return CardFacts(found[1], found[2], found[3], found[4]) if found else None


def card_problems(
    text: str, id_number: str | None = None, kinds: tuple[str, ...] = (), grade: str | None = None
) -> list[str]:
    """Marks (待核) of a tidied 残疾人证 number beside the recorded id number, kinds and grade."""
    if not text:
        return []
    facts = read_card(text)
    if facts is None:
        return ["残疾人证号应为20至22位：身份证号加类别、等级各1位，请核对。"]
    marks = []
    if check_character(facts.id_number[:17]) != facts.id_number[17]:
        marks.append("残疾人证号中的身份证号校验不符，请对照证件核对。")
    if id_number and to_eighteen(id_number) not in (None, facts.id_number):
        marks.append("残疾人证号与身份证号不一致，请核对。")
    if kinds and facts.kind not in kinds:
        marks.append("残疾人证号中的类别与填写的不同，请核对。")
    if grade and facts.grade != grade:
        marks.append("残疾人证号中的等级与填写的不同，请核对。")
    return marks


def mask(text: str) -> str:
    """First 3 and last 4 characters, the middle starred.

    Of a 残疾人证 number the kind and grade are starred too: they tell of health, the rest only who it is.
    """
    facts = read_card(text)
    if facts is not None:
        return mask(facts.id_number) + "*" * (len(text) - 18)
    return text[:3] + "*" * (len(text) - 7) + text[-4:] if len(text) >= 11 else "*" * len(text)

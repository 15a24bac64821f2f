"""Values for tests: every field of every kind filled, each with a value found nowhere else in the record.

`filled(kind, n)` gives stored values; for another `n` all of them differ but yes/no. Days and times rise in
the order of the fields and lie in the past, so the gate keeps them. A code list too short for distinct
codes is eked out with codes it does not know, which must be kept and shown as themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sgz_desktop.domain import id_number
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import (
    ClockKind,
    CodeKind,
    CodesKind,
    CountKind,
    DayKind,
    DisabilityCardKind,
    FieldKind,
    HoursKind,
    IdNumberKind,
    KeyKind,
    LineKind,
    LongTextKind,
    NameKind,
    PhoneKind,
    RefKind,
    StampKind,
    Wire,
    YesNoKind,
    YuanKind,
)
from sgz_desktop.domain.records.base import Question, Record, questions

TODAY = "2026-06-30"
PLACES = 1000
_HAN = "春夏秋冬山水田林风云雨雪松竹梅兰江河湖海石玉金木"
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严"

SAVES: dict[str, dict[str, Wire]] = {"referral": {"consented": "agreed"}}  # or its day of sending is refused


def filled(kind: type[Record], n: int = 1, *, known_codes: bool = False) -> dict[str, Wire]:
    """Field name → stored value, for all fields of a kind. `n` is 1 to 20.

    `known_codes` keeps to the code lists, and to what a form can save: then codes may repeat.
    """
    used: set[Wire] = set()
    values: dict[str, Wire] = {}
    for place, question in enumerate(questions(kind).values()):
        value = value_for(question, n, place, used if not known_codes else set())
        used.add(value)
        values[question.name] = value
    return values | (SAVES.get(kind.KIND, {}) if known_codes else {})


def value_for(question: Question, n: int, place: int, used: set[Wire]) -> Wire:
    """A stored value of the field at `place` in the record numbered `n`, not among `used` if it can be."""
    makers = (MAKERS[kind] for kind in type(question.kind).__mro__ if kind in MAKERS)
    maker = next(makers, None)
    if maker is None:
        raise TypeError(f"tests/domain/generate.py has no maker for {type(question.kind).__name__}")
    return maker(question, n * PLACES + place, used)


def _han(number: int, letters: str = _HAN) -> str:
    """A number in Han digits of our own, so that texts are found whole and by pairs of characters."""
    digits = ""
    while number:
        number, digit = divmod(number, len(letters))
        digits = letters[digit] + digits
    return digits


def _line(question: Question, seq: int, used: set[Wire]) -> Wire:
    return f"{question.ask.label}{_han(seq)}<b>&{seq}"


def _long_text(question: Question, seq: int, used: set[Wire]) -> Wire:
    return f"{question.ask.label}{_han(seq)}：第一行<b>&amp;\n=1+{seq}，第二行。"


def _name(question: Question, seq: int, used: set[Wire]) -> Wire:
    return _SURNAMES[seq % len(_SURNAMES)] + _han(seq)[-3:]


def _phone(question: Question, seq: int, used: set[Wire]) -> Wire:
    return f"1390{seq:07d}"


def _id_number(question: Question, seq: int, used: set[Wire]) -> Wire:
    first17 = f"110105{_past(seq).replace('-', '')}{seq % 1000:03d}"
    return first17 + id_number.check_character(first17)


def _card(question: Question, seq: int, used: set[Wire]) -> Wire:
    return f"{_id_number(question, seq, used)}4{seq % 4 + 1}"


def _past(seq: int) -> str:
    return (date(1950, 1, 1) + timedelta(days=seq)).isoformat()


def _day(question: Question, seq: int, used: set[Wire]) -> Wire:
    return _past(seq)


def _clock(question: Question, seq: int, used: set[Wire]) -> Wire:
    minutes = 8 * 60 + seq // PLACES * 7 % 300 + seq % PLACES
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _yuan(question: Question, seq: int, used: set[Wire]) -> Wire:
    return seq * 100 + 5


def _count(question: Question, seq: int, used: set[Wire]) -> Wire:
    assert isinstance(question.kind, CountKind)
    return seq % (question.kind.most + 1) if question.kind.most < seq else seq


def _hours(question: Question, seq: int, used: set[Wire]) -> Wire:
    return seq % 1440 + 1  # what one day can hold


def _stamp(question: Question, seq: int, used: set[Wire]) -> Wire:
    return 1_780_000_000_000 + seq


def _yes_no(question: Question, seq: int, used: set[Wire]) -> Wire:
    return seq % 2 == 0


def _code(question: Question, seq: int, used: set[Wire]) -> Wire:
    assert isinstance(question.kind, CodeKind)
    codes = code_list(question.kind.codes).codes
    turned = [codes[(_nth(seq) + turn) % len(codes)] for turn in range(len(codes))]
    return next((code for code in turned if code not in used), f"新{_han(seq)}码")


def _nth(seq: int) -> int:
    """A place in a code list: the next one for the next field, and for the next record."""
    return sum(divmod(seq, PLACES))


def _codes(question: Question, seq: int, used: set[Wire]) -> Wire:
    assert isinstance(question.kind, CodesKind)
    codes = code_list(question.kind.codes).codes
    first = _nth(seq) % (len(codes) - 1)
    pair = ",".join(codes[first : first + 2])
    return pair if pair not in used else f"{pair},新{_han(seq)}码"


def _ref(question: Question, seq: int, used: set[Wire]) -> Wire:
    return f"01970000-0000-7000-8000-{seq:012x}"


def _key(question: Question, seq: int, used: set[Wire]) -> Wire:
    return hashlib.sha256(f"{question.name} {seq}".encode()).hexdigest()


MAKERS: Mapping[type[FieldKind], Callable[[Question, int, set[Wire]], Wire]] = {
    LineKind: _line,
    LongTextKind: _long_text,
    NameKind: _name,
    PhoneKind: _phone,
    IdNumberKind: _id_number,
    DisabilityCardKind: _card,
    DayKind: _day,
    ClockKind: _clock,
    YuanKind: _yuan,
    CountKind: _count,
    HoursKind: _hours,
    StampKind: _stamp,
    YesNoKind: _yes_no,
    CodeKind: _code,
    CodesKind: _codes,
    RefKind: _ref,
    KeyKind: _key,
}

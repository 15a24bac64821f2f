"""Invented residents whose words can be found again in any file: each carries a mark no other file holds."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sgz_desktop.domain.id_number import check_character

RARE = (range(0x3400, 0x4DB0), range(0x20000, 0x2A6D0))  # CJK extensions A and B, a pair of marks from each


@dataclass(frozen=True)
class Canary:
    """A resident: every field begins with its mark."""

    name: str
    id_number: str
    phone: str
    address: str
    note: str


@dataclass(frozen=True)
class Flock:
    """The residents of one session, and the mark each sort of field begins with."""

    people: tuple[Canary, ...]
    marks: dict[str, str]


def hatch(seed: int, count: int = 200) -> Flock:
    """`count` residents, all different; the marks differ from seed to seed."""
    draw = random.Random(seed)
    one, two = ([chr(draw.choice(part)) for _ in range(6)] for part in RARE)
    region = f"99{draw.randrange(10**4):04}"  # no province has this code
    day = f"19{draw.randrange(20, 70)}1{draw.randrange(3)}{draw.randrange(10, 29)}"
    marks = {
        "name": one[0] + two[0] + "阿",  # a surname of two characters, from both planes
        "id": region + day,
        "phone": f"199{draw.randrange(10**4):04}",
        "address": one[1] + one[2] + "堠",
        "note": two[1] + one[3] + "记",
    }
    given = draw.sample([*RARE[0], *RARE[1]], count)
    people = tuple(_canary(marks, number, chr(code)) for number, code in enumerate(given))
    return Flock(people, marks)


def _canary(marks: dict[str, str], number: int, given: str) -> Canary:
    first17 = f"{marks['id']}{number:03}"
    return Canary(
        marks["name"] + given,
        first17 + check_character(first17),
        f"{marks['phone']}{number:04}",
        f"{marks['address']}{number}号",
        f"{marks['note']}{number}：夜里睡不好，说起{given}家的事。",
    )


def ndjson(people: Sequence[Canary]) -> str:
    """The residents as a file to import: a household each, and a visit that tells of it."""
    lines: list[object] = [{"format": 1, "store": "station"}]
    for number, one in enumerate(people):
        home, person, member, visit = (f"01970000-0000-7000-8000-{sort}{number:011x}" for sort in "abcd")
        values = asdict(one) | {"hukou_address": one.address}
        values.pop("address")
        met = {"person": person, "date": "2026-06-02", "met": True}
        lines += [
            {"record": "person", "id": person, "values": values},
            {"record": "household", "id": home, "values": {"village": one.address, "head": person}},
            {"record": "membership", "id": member, "values": {"household": home, "person": person}},
            {"record": "visit", "id": visit, "values": met | {"household": home, "facts": one.note}},
        ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"

"""Family relations (GB/T 4761-2008) as steps from one person to another, and back again.

A way is a text of steps: P to a parent, C to a child, S to a spouse, B to a brother or sister. 嫂 is BS: the
spouse of a sibling. What has no way (其他, 非亲属) says nothing about who descends from whom.
"""

from __future__ import annotations

from typing import NamedTuple

from sgz_desktop.domain.codes import code_list

MALE, FEMALE = "1", "2"  # GB/T 2261.1
HEADS = ("01", "02")  # 本人, 户主
STEP = frozenset({"27", "37", "57", "58", "59", "29", "39"})  # 养、继 and 其他: not by birth


class Way(NamedTuple):
    """From a person to a relative: the steps, the relative's sex, and the sex of whom the way leads by
    ('' unknown): 外孙女 is a child's child, herself female, by a daughter."""

    steps: str
    sex: str = ""
    by: str = ""


def _ways() -> dict[str, Way]:
    m, f = MALE, FEMALE
    table = {
        "S": (("10", ""), ("11", m), ("12", f)),
        "C": (*((str(n), m) for n in (*range(20, 28), 29)), *((str(n), f) for n in (*range(30, 38), 39))),
        "P": (("50", ""), ("51", m), ("52", f), ("57", m), ("58", f), ("59", "")),
        "B": (("70", ""), ("71", m), ("73", m), ("75", f), ("77", f), ("79", "")),
        "CCS": (("45", f), ("46", m)),
        "CCC": (("47", m), ("48", f)),
        "PPP": (("66", m), ("67", f)),
        "SPP": (("65", ""),),
        "SPPP": (("68", ""),),
        "PBC": (("91", ""), ("92", "")),
    }
    ways = {code: Way(steps, sex) for steps, rows in table.items() for code, sex in rows}
    by = {
        "CS": (("28", m, f), ("38", f, m)),
        "SP": (("53", m, m), ("54", f, m), ("55", m, f), ("56", f, f)),
        "CC": (("40", "", ""), ("41", m, m), ("42", f, m), ("43", m, f), ("44", f, f), ("49", "", "")),
        "PP": (("60", "", ""), ("61", m, m), ("62", f, m), ("63", m, f), ("64", f, f), ("69", "", "")),
        "BS": (("72", f, m), ("74", f, m), ("76", m, f), ("78", m, f)),
        "PB": (("81", m, m), ("83", m, m), ("90", f, m), ("85", m, f), ("88", f, f)),
        "PBS": (("82", f, m), ("84", f, m), ("89", m, m), ("86", f, f), ("87", m, f)),
        "BC": (("93", m, m), ("94", f, m), ("95", m, f), ("96", f, f)),
    }
    return ways | {code: Way(steps, sex, via) for steps, rows in by.items() for code, sex, via in rows}


WAYS = _ways()
BACK = {"P": "C", "C": "P", "S": "S", "B": "B"}
SHORTER = (("PC", "B"), ("BP", "P"), ("CB", "C"), ("BB", "B"), ("SS", ""))


def way_of(code: str) -> Way:
    """The way a relation code tells of; without steps where it tells of none."""
    return WAYS.get(code, Way(""))


def shortened(steps: str) -> str:
    """Steps with detours taken out: a parent's child is a sibling, a sibling's parent a parent."""
    for long, short in SHORTER:
        while long in steps:
            steps = steps.replace(long, short, 1)
    return steps


def back_way(code: str, sex: str) -> Way:
    """The way back to somebody of a sex, who called the other by this code."""
    steps, _theirs, by = way_of(code)
    return Way("".join(BACK[step] for step in reversed(steps)), sex, by)


def back_words(code: str, sex: str) -> str:
    """What somebody of a sex is to the one they called by this code."""
    way = back_way(code, sex)
    if code in STEP and sex in (MALE, FEMALE) and way.steps in ("P", "C"):
        return code_list("relation").label({"P": ("57", "58"), "C": ("27", "37")}[way.steps][sex == FEMALE])
    return words(way)


def words(way: Way, older: bool | None = None) -> str:
    """A way in words, as on the person's page; '' for one that has no name. `older`: is the relative?"""
    if way.steps == "B" and older is not None and way.sex in (MALE, FEMALE):
        return code_list("relation").label({MALE: ("73", "71"), FEMALE: ("77", "75")}[way.sex][older])
    if way in _EITHER:
        return _EITHER[way]
    exact = [code for code, one in WAYS.items() if one == way and code not in STEP and way.steps]
    if exact and way.steps not in ("B", "BS", "PBC"):
        return code_list("relation").label(exact[0])
    return _PLAIN.get((way.steps, way.sex)) or _PLAIN.get((way.steps, ""), "")


_EITHER = {Way("PB", MALE, MALE): "伯父或叔父", Way("PBS", FEMALE, MALE): "伯母或婶母"}
_PLAIN = {
    ("S", ""): "配偶",
    ("C", ""): "子女",
    ("C", MALE): "子",
    ("C", FEMALE): "女",
    ("P", ""): "父母",
    ("B", ""): "兄弟姐妹",
    ("B", MALE): "兄弟",
    ("B", FEMALE): "姐妹",
    ("CC", ""): "孙辈",
    ("CC", MALE): "孙子或外孙",
    ("CC", FEMALE): "孙女或外孙女",
    ("PP", ""): "祖辈",
    ("PP", MALE): "祖父或外祖父",
    ("PP", FEMALE): "祖母或外祖母",
    ("SP", ""): "配偶的父母",
    ("CS", ""): "子女的配偶",
    ("CS", MALE): "女婿",
    ("CS", FEMALE): "儿媳",
    ("BS", ""): "兄弟姐妹的配偶",
    ("BS", MALE): "姐夫或妹夫",
    ("BS", FEMALE): "嫂或弟媳",
    ("SB", ""): "配偶的兄弟姐妹",
    ("PB", ""): "父母的兄弟姐妹",
    ("PB", MALE): "伯叔或舅父",
    ("PB", FEMALE): "姑母或姨母",
    ("PBS", ""): "父母兄弟姐妹的配偶",
    ("SBC", ""): "配偶的侄辈",
    ("BC", ""): "侄辈",
    ("BC", MALE): "侄子或外甥",
    ("BC", FEMALE): "侄女或外甥女",
    ("PBC", ""): "堂表兄弟姐妹",
    ("CCC", ""): "曾孙辈",
    ("PPP", ""): "曾祖辈",
    ("CCS", ""): "孙辈的配偶",
    ("SPP", ""): "配偶的祖辈",
    ("SC", ""): "配偶的子女",
    ("PS", ""): "父母的配偶",
    ("CSP", ""): "亲家",
    ("CP", ""): "孩子的另一位父母",
    ("CP", MALE): "孩子的父亲",
    ("CP", FEMALE): "孩子的母亲",
}

"""What stands on a family's rolls: relatives, those the law holds to support somebody, and benefits."""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Home, Relative, Resident
from sgz_desktop.domain.codes import code_list

Typed = dict[str, object]
SOURCES = ("民政办名单", "低保证", "村委提供", "本人存折", "残疾人证", "户主自述")
CLOSE = [("close", 0.3), ("ordinary", 0.45), ("distant", 0.17), ("conflict", 0.08)]
TEKUN_AMOUNT = ("980", "1240", "1680")


def kin(chance: Chance, home: Home) -> Iterator[tuple[str, Typed]]:
    """Relatives and obligors as (kind, values)."""
    head = home.head
    for one in home.members:
        if one.relation == "妻":
            yield "kinship", _on_file(head, one, "妻") | {"bond": "married"}
        for relative in one.relatives:
            yield "kinship", _unfiled(chance, one, relative)
        if one.relation in ("孙子", "孙女"):
            relation = "祖父" if head.sex == "男" else "祖母"
            yield "kinship", _on_file(one, head, relation) | {"carer": True, "closeness": "close"}
        elif one.relation in ("子", "女"):
            relation = "父亲" if head.sex == "男" else "母亲"
            yield "kinship", _on_file(one, head, relation) | GUARDIAN | {"carer": True}
        if "tekun" in one.tags:
            yield from _obligors(chance, one)


GUARDIAN: Typed = {"guardian": True, "guardian_basis": "parent"}


def relation_code(word: str) -> str | None:
    """The code of a relation by its label."""
    return code_list("relation").find(word)


def _on_file(one: Resident, who: Resident, relation: str) -> Typed:
    return {"person": one.id, "who": who.id, "relation": relation_code(relation)}


def _unfiled(chance: Chance, one: Resident, relative: Relative) -> Typed:
    typed: Typed = {
        "person": one.id,
        "relation": relation_code(relative.relation),
        "who_name": relative.name,
        "who_sex": relative.sex,
        "who_born": relative.born,
        "who_died_on": relative.died,
    }
    if relative.relation in ("夫", "妻"):
        return typed | {"bond": "widowed" if relative.died else "married"}
    if relative.relation in ("父亲", "母亲"):
        return typed | GUARDIAN | {"note": chance.pick(AWAY), "closeness": chance.weighted(CLOSE)}
    return typed | {"closeness": chance.weighted(CLOSE) if chance.share(0.6) else None}


AWAY = (
    "在外省鞋厂",
    "在外地工地",
    "在沿海做电子",
    "跟车跑运输",
    "在省城送货",
    "在外地带孩子做饭",
    "在矿上",
    "在外省果园",
)


def _obligors(chance: Chance, one: Resident) -> Iterator[tuple[str, Typed]]:
    """Most of those in 特困 have nobody; some have somebody who cannot."""
    if chance.share(0.62):
        return
    relation, duty, situation, basis = chance.pick(OBLIGORS)
    yield (
        "obligor",
        {
            "person": one.id,
            "relation": relation_code(relation),
            "duty": duty,
            "situation": situation,
            "basis": basis,
        },
    )


OBLIGORS = (
    ("女", "child", "unable", "远嫁外省，本人也享受低保（村委证明）。"),
    ("子", "child", "dead", "死亡证明看过复印件。"),
    ("妻", "spouse", "divorced", "离婚证看过原件。"),
    ("子", "child", "unable", "精神残疾二级（残疾人证看过）。"),
    ("妻", "spouse", "dead", "户口簿已注销。"),
    ("女", "child", "unclear", "三十年前离家，村里没人有联系方式。"),
)


def benefits(chance: Chance, home: Home) -> Iterator[tuple[str, Typed]]:
    """Benefits as (person id or '' for the household's, values)."""
    if "dibao" in home.tags:
        amount = str(len(home.members) * chance.number(38, 66) * 10)
        yield (
            "",
            _given(chance, home, "dibao", amount) | {"household": home.id, "number": _number(chance, "低")},
        )
    if "dibao_margin" in home.tags:
        yield "", _given(chance, home, "dibao_margin", "") | {"household": home.id}
    for one in home.members:
        for programme, amount, more in _own(chance, home, one):
            since = int(one.born[:4]) + SINCE.get(programme, 18)
            yield one.id, _given(chance, home, programme, amount, since) | {"person": one.id, **more}


def _own(chance: Chance, home: Home, one: Resident) -> Iterator[tuple[str, str, Typed]]:
    if "tekun" in one.tags:
        yield "tekun", chance.pick(TEKUN_AMOUNT), {"category": "tekun", "number": _number(chance, "特")}
    if "severely_disabled" in one.tags:
        yield "disabled_care", chance.pick(["80", "110"]), {"category": "severely_disabled"}
    elif "disabled" in one.tags and "dibao" in home.tags:
        yield "disabled_living", "85", {"category": "disabled"}
    if one.age(home.filed_on) >= 80 and chance.share(0.85):
        yield "old_age", "100" if one.age(home.filed_on) >= 90 else "50", {"category": "advanced_age"}
    if one.age(home.filed_on) >= 60 and "tekun" not in one.tags and chance.share(0.4):
        yield "basic_pension", str(chance.number(168, 233)), {}
    if "left_child" in one.tags:
        yield "left_child", "", {"category": "left_child"}


SINCE = {"old_age": 80, "basic_pension": 60, "left_child": 4}  # the age from which it can be


def _given(chance: Chance, home: Home, programme: str, amount: str, since: int = 0) -> Typed:
    last = int(home.filed_on[:4]) - 1
    year = chance.number(min(max(2017, since), last), last)
    return {
        "programme": programme,
        "from_day": f"{year}-{chance.number(1, 12):02d}",
        "amount": amount,
        "source": chance.pick(SOURCES) if chance.share(0.6) else None,
        "listed_on": "2026-06" if programme in ("dibao", "tekun") and chance.share(0.97) else None,
    }


def _number(chance: Chance, letter: str) -> str:
    return f"练习-{letter}{chance.number(1000, 9999)}"

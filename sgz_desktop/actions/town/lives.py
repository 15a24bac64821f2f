"""What befalls the families: assistance, illness, disability, relatives, deaths and moves."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Home, Names, Relative, Resident
from sgz_desktop.actions.town.seasons import FIRST, LAST, workday
from sgz_desktop.actions.town.words import told
from sgz_desktop.domain.days import add_days, days_between

ILLNESSES = {
    "hypertension": 0.38,
    "diabetes": 0.14,
    "arthritis": 0.26,
    "heart": 0.1,
    "stroke": 0.06,
    "lung": 0.08,
}
GRANDCHILDREN = ("孙子", "孙女")
KINDS = [("4", 0.5), ("5", 0.14), ("6", 0.14), ("1", 0.1), ("2", 0.08), ("3", 0.04)]
SICK, PENSIONABLE, OLD = 55, 60, 80
AWAY_TO = ("跟儿子去外省带孩子", "全家在沿海厂里", "在县城陪读", "回娘家养病", "去果园做季节工", "跟船跑货")
POOR_FIRST = ("残疾独居", "照料残疾子女", "因病家庭", "单亲")


def live(homes: Sequence[Home]) -> None:
    """Give every family its circumstances. A case's household loses nobody by chance."""
    chance = Chance("青禾镇的日子")
    names = Names(chance)
    for home in homes:
        home.due_on = home.due_on or _due(chance)
        for one in home.members:
            _ail(chance, one)
        _tag(home)
        _related(chance, names, home)
    _disabled(chance, homes)
    _assisted(chance, homes)
    _phones(chance, homes)
    free = [home for home in homes if not home.case]
    _deaths(chance, free)
    _moves(chance, free)
    _away(chance, free)


def _due(chance: Chance) -> str:
    """Most families were on last year's lists when the station began; the others turned up later."""
    if chance.share(0.6):
        return add_days(FIRST, chance.number(0, 170))
    return add_days(FIRST, chance.number(171, days_between(FIRST, LAST) - 25))


def _ail(chance: Chance, one: Resident) -> None:
    if one.age() >= SICK:
        one.illnesses = [code for code, part in ILLNESSES.items() if chance.share(part)]


def _tag(home: Home) -> None:
    """What follows from how a family lives."""
    head = home.head
    by_sort = {"特困老人": {"tekun"}, "特困兄弟": {"tekun"}}
    for one in home.members:
        one.tags |= by_sort.get(home.sort, set())
        if one.age() >= OLD:
            one.tags.add("advanced_age")
        if one.relation in GRANDCHILDREN:
            one.tags.add("left_child")
    if len(home.members) == 1 and head.age() >= PENSIONABLE:
        head.tags.add("living_alone")
    if home.sort == "老夫妻":
        for one in home.members:
            one.tags.add("empty_nest")
    if home.sort == "单亲":
        home.members[-1].tags.add("child_in_need")
    if home.sort == "低保边缘":
        home.tags.add("dibao_margin")
        for one in home.members:
            one.tags.add("dibao_margin")
    if "tekun" in head.tags:
        home.tags.add("tekun")


def _related(chance: Chance, names: Names, home: Home) -> None:
    head = home.head
    if "tekun" in head.tags or home.sort == "残疾独居":
        return
    if any(one.relation in GRANDCHILDREN for one in home.members):
        _parents_away(chance, names, home)
    elif head.age() >= PENSIONABLE and home.sort != "照料残疾子女":
        _grown_children(chance, names, home)


def _parents_away(chance: Chance, names: Names, home: Home) -> None:
    """The children's father, and mother where she is still about, work elsewhere."""
    children = [one for one in home.members if one.relation in GRANDCHILDREN]
    oldest = min(int(one.born[:4]) for one in children)
    elders = [int(one.born[:4]) for one in home.members if one.relation not in GRANDCHILDREN]
    father_born = f"{max(oldest - chance.number(23, 31), max(elders) + 20)}-{chance.number(1, 12):02d}"
    mother_born = f"{oldest - chance.number(21, 28)}-{chance.number(1, 12):02d}"
    father = Relative("父亲", names.name(children[0].name[0], "男", father_born), "男", father_born)
    mother = Relative("母亲", names.wife(mother_born), "女", mother_born)
    for child in children:
        child.relatives = [father, mother] if chance.share(0.86) else [father]
    for elder in home.members:
        if elder.relation not in GRANDCHILDREN:
            elder.relatives.append(Relative("子", father.name, "男", father.born))


def _grown_children(chance: Chance, names: Names, home: Home) -> None:
    """Sons and daughters of old people, and a husband or wife who died."""
    head = home.head
    surname = head.name[0] if head.sex == "男" else chance.pick(home.village.surnames)
    for order in range(chance.weighted([(0, 0.12), (1, 0.3), (2, 0.36), (3, 0.22)])):
        sex = chance.pick("男男女")
        born = f"{int(head.born[:4]) + chance.number(22, 27) + 2 * order}"
        relation = {"男": "子", "女": "女"}[sex]
        head.relatives.append(Relative(relation, names.name(surname, sex, born), sex, born))
    if len(home.members) == 1 and chance.share(0.7):
        sex = {"男": "女", "女": "男"}[head.sex]
        born = str(int(head.born[:4]) + (3 if sex == "女" else -3))
        name = names.wife(born) if sex == "女" else names.name(surname, sex, born)
        head.relatives.append(
            Relative("妻" if sex == "女" else "夫", name, sex, born, died=str(chance.number(2009, 2022)))
        )


def _disabled(chance: Chance, homes: Sequence[Home]) -> None:
    """Severe disability where the family's way of living says so, then among others up to the number."""
    wanted = told("town")["wanted"]["severely_disabled"]
    first = [
        one
        for home in homes
        for one in home.members
        if home.sort == "残疾独居" or (home.sort == "照料残疾子女" and one is not home.head)
    ]
    others = [one for home in homes for one in home.members if one not in first and one.age() >= 40]
    for one in [*first, *chance.some(others, wanted - len(first))]:
        one.disability = (chance.weighted(KINDS), chance.pick("12"))
        one.tags.add("severely_disabled")
    milder = [one for one in others if one.disability is None and one.age() < OLD]
    for one in chance.some(milder, 46):
        one.disability = (chance.weighted(KINDS), chance.pick("34"))
        one.tags.add("disabled")


def _assisted(chance: Chance, homes: Sequence[Home]) -> None:
    """低保 for whole households, those with a grave reason first, up to the number of people."""
    wanted = told("town")["wanted"]["dibao"]
    able = [home for home in homes if not home.tags]
    ordered: list[Home] = []
    ordered += [home for home in able if home.sort in POOR_FIRST and chance.share(0.9)]
    ordered += chance.shuffled([home for home in able if home.sort not in POOR_FIRST])
    for home in ordered:
        if wanted - len(home.members) < 0:
            continue
        wanted -= len(home.members)
        home.tags.add("dibao")
        for one in home.members:
            one.tags.add("dibao")


def _phones(chance: Chance, homes: Sequence[Home]) -> None:
    """Numbers of a range that belongs to nobody, each once."""
    number = 2000
    for home in homes:
        for one in home.members:
            if one.age() >= 16 and chance.share(0.72):
                number += 1
                one.phone = f"1380000{number}"
        for kin in home.head.relatives:
            if not kin.died and chance.share(0.6):
                number += 1
                kin.phone = f"1380000{number}"


def _deaths(chance: Chance, homes: Sequence[Home]) -> None:
    """The old die, more of them in winter."""
    thrice = told("town")["flaws"]["thrice"]
    people = [(home, one) for home in homes for one in home.members if one.name != thrice]
    old = [(home, one) for home, one in people if one.age() >= 70]
    ordered = sorted(chance.shuffled(old), key=lambda pair: -pair[1].age() - 14 * chance.share(0.5))
    left = told("town")["wanted"]["deaths"]
    for home, one in ordered:
        day = add_days(home.due_on, chance.number(70, 900))
        if chance.share(0.4):
            day = f"{day[:4]}-{chance.pick(['01', '02', '12'])}-{chance.number(1, 28):02d}"
        if left and add_days(home.due_on, 60) < day < "2026-06-20":
            one.died_on, left = day, left - 1


def _moves(chance: Chance, homes: Sequence[Home]) -> None:
    """Whole small households leave for a town elsewhere."""
    movable = [home for home in homes if home.sort in ("独居", "单亲", "一般") and not home.tags]
    for home in chance.some([one for one in movable if _settled(one)], told("town")["wanted"]["moves"]):
        day = workday(add_days(home.due_on, chance.number(200, 500)), "2026-06-15")
        for one in home.members:
            one.moved_on = day


def _away(chance: Chance, homes: Sequence[Home]) -> None:
    """Households that are away for some months now: nobody calls on them meanwhile."""
    able = [home for home in homes if home.sort in ("一般", "单亲", "老夫妻", "低保边缘") and _settled(home)]
    for home in chance.some(able, told("town")["wanted"]["away"]):
        home.away_from = workday(add_days("2026-02-26", chance.number(0, 100)), "2026-06-15")
        home.away_until = add_days("2026-08-15", chance.number(0, 180))
        home.away_where = chance.pick(AWAY_TO)


def _settled(home: Home) -> bool:
    """On file for a good while, all still there, and no client's."""
    return home.due_on < "2025-06" and not home.case and all(one.here(LAST) for one in home.members)

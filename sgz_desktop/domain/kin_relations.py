"""What everybody in a family is to one person, as said of either, else as it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.kin import Family, KinFact
from sgz_desktop.domain.relations import Way, back_words, shortened, way_of, words

FAR = 3  # steps to the farthest relative that has a name
FORMER = "前"  # 前夫, 前妻


@dataclass(frozen=True)
class Relation:
    """What somebody is to the person of the page. `source`: own (a row of the person's), other (a row of
    the relative's), home (a household), derived (it follows); `assumed`: only likely."""

    id: str
    words: str
    source: str
    assumed: bool = False
    guardian: bool = False
    carer: bool = False
    bond: str = ""
    closeness: str = ""


def relatives(of: Family, id: str) -> tuple[Relation, ...]:
    """Everybody related to a person, nearest first, each once: as said of either, else as it follows."""
    found: dict[str, Relation] = {}
    told = sorted(of.facts, key=lambda fact: (fact.home, fact.of != id, fact))
    for fact in told:
        other = fact.who if fact.of == id else fact.of
        if id not in (fact.of, fact.who) or other == id or other in found:
            continue
        said = _said(of, fact, id)
        if fact.bond == "divorced" and way_of(fact.code).steps == "S":
            said = FORMER + said
        if said:
            source = "home" if fact.home else "own" if fact.of == id else "other"
            own = fact.of == id
            found[other] = Relation(
                other,
                said,
                source,
                guardian=own and fact.guardian,
                carer=own and fact.carer,
                bond=fact.bond,
                closeness=fact.closeness,
            )
    near = {}
    for other, way, assumed in _walk(of, id):
        near[other] = len(way.steps)
        if other not in found and (named := words(way, _older(of, other, id))):
            found[other] = Relation(other, named, "derived", assumed)
    nearest = (one for one in found.values() if not of.people[one.id].missing)
    return tuple(sorted(nearest, key=lambda one: (near.get(one.id, FAR + 1), _birth(of, one.id), one.id)))


def _said(of: Family, fact: KinFact, id: str) -> str:
    if fact.of == id:
        return code_list("relation").label(fact.code) if fact.code not in ("01", "02") else ""
    steps = way_of(fact.code).steps
    if not steps:
        return code_list("relation").label(fact.code) if fact.code not in ("01", "02") else ""
    sex = of.people[fact.of].sex
    if steps == "B":
        return words(Way("B", sex), _older(of, fact.of, id))
    return back_words(fact.code, sex)


def _older(of: Family, one: str, other: str) -> bool | None:
    a, b = of.people[one].born, of.people[other].born
    if not (days.is_day(a) and days.is_day(b)):
        return None
    return True if days.latest(a) < days.earliest(b) else False if days.latest(b) < days.earliest(a) else None


def _birth(of: Family, id: str) -> str:
    return of.people[id].born or "9999"


Edges = Mapping[str, Sequence[tuple[str, str, bool]]]


def _edges(of: Family) -> Edges:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for one in of.parents:
        found.setdefault(one.child, []).append(("P", one.parent, one.assumed))
        found.setdefault(one.parent, []).append(("C", one.child, one.assumed))
    for couple in of.couples:
        for a, b in ((couple.one, couple.other), (couple.other, couple.one)):
            found.setdefault(a, []).append(("S", b, couple.assumed))
    for one_, other in of.siblings:
        found.setdefault(one_, []).append(("B", other, False))
        found.setdefault(other, []).append(("B", one_, False))
    return {
        id: sorted(rows, key=lambda row: ("SPCB".index(row[0]), row[2], row[1])) for id, rows in found.items()
    }


def _walk(of: Family, start: str) -> Iterator[tuple[str, Way, bool]]:
    """People by their nearest way from `start`, as far as relations have names."""
    edges = _edges(of)
    seen = {start}
    now: list[tuple[str, str, str, bool]] = [(start, "", "", False)]
    for _round in range(FAR + 1):
        then = []
        for at, steps, by, assumed in now:
            for step, other, likely in edges.get(at, ()):
                if other in seen:
                    continue
                way = shortened(steps + step)
                if 0 < len(way) <= FAR:
                    seen.add(other)
                    first = (by or of.people[at].sex) if len(way) > 1 else ""
                    then.append((other, way, first, assumed or likely))
                    yield other, Way(way, of.people[other].sex, first), assumed or likely
        now = then

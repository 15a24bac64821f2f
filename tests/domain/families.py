"""Random families: real ones of several generations, and graphs that no family could be."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.kin import Individual, KinFact

CODES = code_list("relation").codes
BONDS = ("", "married", "cohabiting", "separated", "divorced", "widowed")
CLOSE = ("", "", "close", "ordinary", "distant", "conflict", "cut_off")


@st.composite
def real_families(draw: Any) -> tuple[list[Individual], list[KinFact], list[set[str]]]:
    """Up to four generations and 25 people: couples, their children by age, remarriages, single parents."""
    people: list[Individual] = []
    facts: list[KinFact] = []

    def person(year: int, sex: str) -> str:
        id = f"p{len(people):02d}"
        dead = draw(st.booleans()) and draw(st.booleans())
        people.append(Individual(id, f"甲{len(people)}", sex, str(year), dead=dead))
        return id

    def partner(of: str, year: int, sex: str) -> None:
        bond = draw(st.sampled_from(BONDS))
        other = person(year, "1" if sex == "2" else "2")
        facts.append(KinFact(of, "10", other, bond=bond, closeness=draw(st.sampled_from(CLOSE))))

    def children(parent: str, year: int, depth: int) -> None:
        for _ in range(draw(st.integers(0, 3))):
            if len(people) >= 22 or depth == 0:
                return
            sex = draw(st.sampled_from(("1", "2", "")))
            at = year + draw(st.integers(15, 40))
            child = person(at, sex)
            facts.append(KinFact(child, "50", parent, closeness=draw(st.sampled_from(CLOSE))))
            for _n in range(draw(st.sampled_from((0, 0, 1, 1, 2)))):
                if len(people) < 25 and sex:
                    partner(child, at, sex)
            children(child, at, depth - 1)

    root = person(1930, "1")
    if draw(st.booleans()):
        partner(root, 1932, "1")
    children(root, 1930, 3)
    home = draw(st.sets(st.sampled_from([one.id for one in people]), max_size=6))
    return people, facts, [home]


@st.composite
def any_facts(draw: Any) -> tuple[list[Individual], list[KinFact], list[set[str]]]:
    """Anybody related to anybody, themselves among them, by any code or none."""
    ids = [f"p{n}" for n in range(draw(st.integers(1, 9)))]
    days = st.sampled_from(("", "1950", "1950-06", "1988-02-29", "2010", "kein Tag"))
    people = [
        Individual(
            id, draw(st.sampled_from(("", id))), draw(st.sampled_from(("", "1", "2", "9"))), draw(days)
        )
        for id in ids
    ]
    one = st.sampled_from(ids)
    fact = st.builds(
        KinFact,
        one,
        st.sampled_from((*CODES, "", "zz")),
        one,
        st.booleans(),
        st.sampled_from(BONDS),
        days,
        st.sampled_from(CLOSE),
        st.booleans(),
        st.booleans(),
    )
    homes = draw(st.lists(st.sets(one, max_size=4), max_size=2))
    return people, draw(st.lists(fact, max_size=24)), homes

"""What a list of people shows of those found: one query for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sgz_desktop.domain.fields import NameKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.store import terms
from sgz_desktop.store.search_index import IN, by_kind, json_list, rid_of
from sgz_desktop.store.search_keys import spellings, squeezed
from sgz_desktop.store.search_plan import FIXED, PEOPLE, searched, to_person
from sgz_desktop.store.session import Reading

Matcher = Callable[[str], bool]


class PersonHit(NamedTuple):
    """A person found as one types. Values are as stored, "" when unknown. `place` is village, group and
    house of the household they live in now, else their own address; `via` is the label of what matched
    when it was not their name."""

    id: str
    rid: int
    name: str
    other_names: tuple[str, ...]
    sex: str
    born: str
    number: str
    phone: str
    household: str
    place: str
    via: str


def people_behind(session: Reading, docs: Sequence[int]) -> dict[int, str]:
    """People that the records of `docs` (an obligor, a case) belong to: rid → title of the first such
    record, in the order of `docs`."""
    found: dict[int, tuple[int, str]] = {}
    for kind, rids in by_kind(session, docs).items():
        query = (
            f'SELECT s.rid, p.rid FROM r_{kind} s JOIN r_{PEOPLE} p ON p.id = s."{to_person(kind)}" '
            f"WHERE s.rid IN {IN} AND p.deleted IS NOT 1"
        )
        for rid, person in session.cursor.execute(query, (json_list(rids),)):
            found[rid] = (person, BY_KIND[kind].TITLE)
    ordered = [found[rid] for rid in map(rid_of, docs) if rid in found]
    return dict(reversed(ordered))


def person_hits(session: Reading, vias: dict[int, str], text: str) -> list[PersonHit]:
    """Rows of people, in the order of `vias` (rid → why they are here, "" to find out)."""
    rows = {row[0]: row for row in session.cursor.execute(_people_query(), (json_list(vias),))}
    matches = _matcher(text)
    return [_person_hit(rows[rid], via, matches) for rid, via in vias.items() if rid in rows]


FIRST = ("id", "name", "sex", "born", "number", "phone", "address")
HOUSE = ("id", "village", "village_group", "house_number")


@cache
def _people_query() -> str:
    """Each person once: of several households the one last joined."""
    known = [*(f"p.{name}" for name in FIRST), *(f"h.{name}" for name in HOUSE)]
    columns = [
        *(f"ifnull({name}, '')" for name in known),
        *(f"p.{name}" for name in _shown_names() + _told()),
    ]
    return (
        f"SELECT p.rid, {', '.join(columns)} FROM r_{PEOPLE} p "
        "LEFT JOIN r_household h ON h.deleted IS NOT 1 AND h.id = (SELECT m.household FROM r_membership m "
        "WHERE m.person = p.id AND m.to_day IS NULL AND m.deleted IS NOT 1 ORDER BY m.rid DESC LIMIT 1) "
        f"WHERE p.rid IN {IN}"
    )


@cache
def _shown_names() -> tuple[str, ...]:
    """A person's own other names: those that belong to no group with somebody else's relation."""
    asked = questions(BY_KIND[PEOPLE]).values()
    own = (q.name for q in asked if isinstance(q.kind, NameKind) and not q.ask.group)
    return tuple(name for name in own if name != "name")


@cache
def _told() -> tuple[str, ...]:
    """Fields by which a person is found that are neither shown nor their name."""
    plan = searched(PEOPLE)
    assert plan is not None
    places = sorted({*plan.names, *plan.digits, *plan.numbers})
    names = [plan.columns[at - FIXED] for at in places]
    return tuple(name for name in names if name not in ("name", "number"))


def _person_hit(row: Sequence[Any], via: str, matches: Matcher) -> PersonHit:
    rid, id, name, sex, born, number, phone, address, household, village, group, house, *more = row
    others, told = more[: len(_shown_names())], more[len(_shown_names()) :]
    place = village + group + house or address
    via = via or _via(matches, name, number, told)
    names = tuple(filter(None, others))
    return PersonHit(id, rid, name, names, sex, born, number, phone, household, place, via)


def _via(matches: Matcher, name: str, number: str, told: Sequence[str | None]) -> str:
    """The label of the field that matched, "" for name and number."""
    if matches(name) or matches(number):
        return ""
    asked = questions(BY_KIND[PEOPLE])
    found = (field for field, value in zip(_told(), told, strict=True) if value and matches(value))
    return next((asked[field].ask.label for field in found), "")


def _matcher(text: str) -> Matcher:
    """Whether a value holds what was typed, as characters, digits or letters of its reading."""
    keys = tuple(spellings(text)) if terms.pinyin_query(text) else ()
    plain = squeezed(text)
    if keys:
        return lambda value: _is_read(value, keys)
    if plain.isdigit():
        return lambda value: plain in value or (not value.isalpha() and plain in squeezed(value))
    return lambda value: plain in value or plain in squeezed(value)


@lru_cache(maxsize=8192)
def _is_read(value: str, keys: tuple[str, ...]) -> bool:
    if value.isascii():
        return False
    return any(
        key in said.full or key in said.initials for said in terms.name_readings(value) for key in keys
    )

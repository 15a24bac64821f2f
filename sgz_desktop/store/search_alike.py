"""People on file who may be the one being typed in: a few look-ups in the search index, then points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sgz_desktop.domain import days, id_number
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.likeness import (
    FORMER,
    NAME,
    NICK,
    SAME_VILLAGE,
    SHOWN,
    Likeness,
    Said,
    Traits,
    at_most,
    likeness,
)
from sgz_desktop.store import terms
from sgz_desktop.store.search_index import IN, json_list, rid_of
from sgz_desktop.store.search_keys import (
    PERSON,
    WHOLE,
    all_of,
    birth_keys,
    full_readings,
    sound_keys,
    squeezed,
)
from sgz_desktop.store.search_merged import kept
from sgz_desktop.store.search_people import PersonHit, person_hits
from sgz_desktop.store.search_plan import PEOPLE
from sgz_desktop.store.session import Reading

MOST = 5
MOST_NAMESAKES = 300  # of one sound; in 100,000 people the commonest name may have as many
MOST_OTHERS = 60
NAMES = {"name": NAME, "former_name": FORMER, "nickname": NICK}
FOUND = "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid LIMIT ?"
OWN = (*NAMES, "sex", "born", "id_number", "phone")
TRAITS = f"SELECT rid, {', '.join(OWN)} FROM r_{PEOPLE} WHERE rid IN {IN}"
VILLAGES = f"""SELECT p.rid, h.village FROM r_{PEOPLE} p JOIN r_membership m ON m.person = p.id
AND m.to_day IS NULL AND m.deleted IS NOT 1 JOIN r_household h ON h.id = m.household AND h.deleted IS NOT 1
WHERE p.rid IN {IN} AND h.village IS NOT NULL ORDER BY m.rid"""


def people_alike(
    session: Reading, who: Mapping[str, Wire], village: str, *, but: str = "", limit: int = MOST
) -> list[PersonHit]:
    """People likely the same as `who` (fields of a person, tidied), the likeliest first; `via` says why.

    `but` is an id to leave out: whom it is about.
    """
    traits = traits_of(who, village)
    rids = list(
        dict.fromkeys(rid for query, most in _queries(traits) for rid in _stream(session, query, most))
    )
    found: dict[int, Likeness] = {}
    moved = kept(session, rids)
    for rid, like in _compared(session, traits, rids).items():
        to = moved.get(rid, rid)
        if to is not None and (to not in found or found[to].points < like.points):
            found[to] = like
    best = sorted(found, key=lambda rid: found[rid].points, reverse=True)
    hits = person_hits(session, {rid: found[rid].words for rid in best[: limit + 1]}, "")
    return [hit for hit in hits if hit.id != but][:limit]


def traits_of(who: Mapping[str, Wire], village: str) -> Traits:
    """What is compared of a person's fields."""
    names = (
        Said(label, squeezed(str(who[field])), full_readings(str(who[field])))
        for field, label in NAMES.items()
        if who.get(field)
    )
    return replace(_unnamed(who), names=tuple(names), village=village)


def _stream(session: Reading, query: str, most: int) -> list[int]:
    return [rid_of(row[0]) for row in session.cursor.execute(FOUND, (query, most))]


def _queries(who: Traits) -> Iterator[tuple[str, int]]:
    """Look-ups of the index, each with the most people it may bring; the surest first."""
    number = terms.digits_of(id_number.to_eighteen(who.id_number) or who.id_number)
    if len(number) == 18:  # a digit typed wrong leaves one of these whole
        yield _any(number[-8:], number[:14], _legacy(number)), MOST_OTHERS
        yield all_of([[number[:10]], [number[-4:]]], PERSON), MOST_OTHERS
    if phone := terms.digits_of(who.phone):
        yield _any(phone + WHOLE), MOST_OTHERS
    sounds = sorted({key for said in who.names for key in sound_keys(said.written)})
    letters = sorted({letter for said in who.names for letter in said.written})
    born = _born(who)
    if days.is_day(born) and sounds:
        day, year = max(birth_keys(born), key=len), min(birth_keys(born), key=len)
        yield all_of([sounds, [year]], PERSON), MOST_NAMESAKES
        if days.is_whole(born):
            yield all_of([[day], letters], PERSON), MOST_NAMESAKES
    for said in who.names:  # each by itself: half a village may be called by one nickname
        if keys := sorted(sound_keys(said.written)):
            yield _any(*keys), MOST_NAMESAKES


def _any(*keys: str) -> str:
    return all_of([list(filter(None, keys))], PERSON)


def _legacy(number: str) -> str:
    """The old number of 15 digits of somebody of the last century."""
    return number[:6] + number[8:17] + WHOLE if number[6:8] == "19" else ""


def _born(who: Traits) -> str:
    facts = id_number.read(who.id_number) if id_number.is_valid(who.id_number) else None
    return who.born or (facts.born if facts else None) or ""


def _compared(session: Reading, who: Traits, rids: Iterable[int]) -> dict[int, Likeness]:
    """Those of the people who are likely the same. Villages are looked up where they could decide."""
    rows = session.cursor.execute(TRAITS, (json_list(rids),)).fetchall()
    fields = {rid: dict(zip(OWN, row, strict=True)) for rid, *row in rows}
    others = {rid: traits_of(own, "") for rid, own in fields.items() if at_most(who, _unnamed(own)) >= SHOWN}
    near = {rid: one for rid, one in others.items() if likeness(who, one).points >= SHOWN - SAME_VILLAGE}
    homes = dict(session.cursor.execute(VILLAGES, (json_list(near),)).fetchall()) if near else {}
    found = {rid: likeness(who, replace(one, village=homes.get(rid, ""))) for rid, one in near.items()}
    return {rid: like for rid, like in found.items() if like.likely}


def _unnamed(own: Mapping[str, Wire]) -> Traits:
    """What is compared at once; how a name is read takes longer to find out."""
    sex, born, number, phone = (str(own.get(name) or "") for name in ("sex", "born", "id_number", "phone"))
    return Traits(sex=sex, born=born, id_number=number, phone=phone)

"""Flat facts that are many: contacts, who was seen on them, in groups and at activities, the desk, the files.

Of each only the fields asked for are read; what is not asked for is None. Rows that no figure counts (nobody
met, absent, named by nobody) are left where they are: the words for that are the domain's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import orjson

from sgz_desktop.domain.fact_columns import Columns
from sgz_desktop.domain.indicator_facts import AT_HOME, NOT_SEEN, PRESENT, Contact, FileFact, Seen
from sgz_desktop.domain.indicators.needs import WHOLE, Needs, Part
from sgz_desktop.domain.station_facts import Attended, DeskFact, SignedIn
from sgz_desktop.store.queries import HERE, TAKES_PART
from sgz_desktop.store.schema import edit_of
from sgz_desktop.store.session import Reading


class Asked(NamedTuple):
    """Day texts no narrower than the period, the same in UTC milliseconds, the last day of what counts as
    done, and what of the facts is looked at."""

    span: tuple[str, str]
    instants: tuple[int, int]
    until: str
    needs: Needs


Read = Callable[[Reading, Asked], Iterable[Any]]


def rows_as(fact: type[Any], rows: Iterable[Any]) -> Iterable[Any]:
    """Rows that have a fact's fields in its order, as such facts; faster than calling it for each row."""
    return map(partial(tuple.__new__, fact), rows)


def packed(
    session: Reading, fact: type[Any], names: Sequence[str], query: str, values: Sequence[Any], **same: Any
) -> Columns[Any]:
    """Facts of a query that gives the fields named, in this order; fields of `same` have one value in all of
    them, others None. SQLite hands each column over as one JSON list: far quicker than row by row."""
    lists = ", ".join(f'json_group_array("{name}")' for name in names)
    heads = ", ".join(f'"{name}"' for name in names)
    row = session.connection.execute(f"WITH t({heads}) AS ({query}) SELECT {lists} FROM t", values).fetchone()
    found = dict(zip(names, map(orjson.loads, row), strict=True))
    many = len(found[names[0]])
    return Columns(fact, found | {name: (value,) * many for name, value in same.items()})


def _looked_at(fact: type[Any], named: Mapping[str, str], part: Part) -> list[str]:
    return [name for name in fact._fields if part.has(name) and name in named]


def _columns(named: Mapping[str, str], names: Iterable[str]) -> str:
    return ", ".join(named.get(name, "NULL") for name in names)


def _words(codes: Iterable[str | None]) -> str:
    return "(" + ", ".join(f"'{code}'" for code in sorted(filter(None, codes))) + ")"


IN_PERIOD = f"date BETWEEN ?1 AND ?2 AND o.deleted {HERE}"
_COMMON = {"id": "o.id", "date": "o.date"}
_TIMES = {"mode": "o.mode", "case": 'o."case"', "start_time": "o.start_time", "end_time": "o.end_time"}
_OCCASIONS: Mapping[str, Mapping[str, str]] = {
    "visit": {
        **_COMMON,
        **_TIMES,
        "kind": "'visit'",
        "met": "o.met",
        "household": "o.household",
        "policies": "o.policy_told",
        "at_home": f"iif(o.mode IS NULL OR o.mode IN {_words(AT_HOME)}, 1, NULL)",
    },
    "session": {**_COMMON, **_TIMES, "kind": "'session'", "household": "c.household"},
    "followup": {**_COMMON, "kind": "'followup'", "mode": "o.mode", "case": 'o."case"'},
}


def contacts_query(part: Part) -> str:
    """SQL of the contacts of ?1 to ?2."""
    found = []
    for kind, named in _OCCASIONS.items():
        home = 'LEFT JOIN r_case c ON c.id = o."case" ' if kind == "session" and part.has("household") else ""
        if not part.filled or part.filled in named:
            filled = f" AND {named[part.filled]} IS NOT NULL" if part.filled else ""
            columns = _columns(named, _looked_at(Contact, _OCCASIONS["visit"], part))
            found.append(f"SELECT {columns} FROM r_{kind} o {home}WHERE o.{IN_PERIOD}{filled}")
    return " UNION ALL ".join(found)


def seen_query(part: Part) -> str:
    """SQL of who was really seen on contacts of ?1 to ?2 where somebody was met."""
    found = []
    for kind, named in _OCCASIONS.items():
        if not part.filled or part.filled in named:
            filled = f" AND {named[part.filled]} IS NOT NULL" if part.filled else ""
            met = " AND o.met IS NOT 0" if "met" in named else ""
            found.append(f"SELECT o.id FROM r_{kind} o WHERE o.{IN_PERIOD}{met}{filled}")
    return f"""SELECT {_columns(_SEEN, _looked_at(Seen, _SEEN, part))} FROM ({" UNION ALL ".join(found)}) o
CROSS JOIN r_presence s ON s.occasion = o.id WHERE s.deleted {HERE} AND s.person IS NOT NULL
  AND (s.mode IS NULL OR s.mode NOT IN {_words(NOT_SEEN)})"""


_SEEN = {"id": "s.id", "occasion": "s.occasion", "person": "s.person", "mode": "s.mode"}
_ATTENDED = {
    **{"id": "a.id", "session": "a.session", "member": "a.member", "person": "m.person"},
    **{"category": "m.category", "state": "a.state"},
}
ATTENDED = f"""SELECT {{columns}} FROM (
  SELECT id FROM r_group_session WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE}) s
CROSS JOIN r_attendance a ON a.session = s.id LEFT JOIN r_group_member m ON m.id = a.member
WHERE a.deleted {HERE} AND m.deleted {HERE} AND a.state IN {_words(PRESENT)}"""
_SIGNED = {"id": "s.id", "activity": "s.activity", "person": "s.person"}
SIGN_INS = f"""SELECT {{columns}} FROM (
  SELECT id, sort FROM r_activity WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE}{{told}}) a
CROSS JOIN r_sign_in s ON s.activity = a.id WHERE s.deleted {HERE} AND {TAKES_PART}"""


def sign_ins_query(part: Part) -> str:
    """SQL of who took part, by signing in, in activities of ?1 to ?2."""
    told = f" AND {part.filled} IS 1" if part.filled == "told_policy" else ""
    return SIGN_INS.format(columns=_columns(_SIGNED, _looked_at(SignedIn, _SIGNED, part)), told=told)


_DESK = {
    **{"id": "id", "date": "date", "way": "way", "policies": "policy_told", "subjects": "subjects"},
}
DESK = f"""SELECT {{columns}} FROM r_contact
WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY date, rid"""
_FILED = f"""coalesce(f.filed_on, (SELECT date(min(e.at_ms) / 1000, 'unixepoch', 'localtime')
  FROM edited d JOIN edit e ON e.eid = {edit_of("d.first")} WHERE d.rid = f.rid))"""
_FILES: Mapping[str, Mapping[str, str]] = {
    "person": {
        "born": "f.born",
        "gone_on": "min(coalesce(f.died_on, f.moved_on), coalesce(f.moved_on, f.died_on))",
    },
    "household": {},
}


def _files(session: Reading, asked: Asked) -> Iterable[Any]:
    found = []
    for kind, more in _FILES.items():
        named = {
            **{"id": "f.id", "filed_on": _FILED, "closed_on": "f.closed_on", "categories": "f.categories"},
            **more,
        }
        names = _looked_at(FileFact, named, asked.needs.get("files", WHOLE))
        query = f"SELECT {_columns(named, names)} FROM r_{kind} f WHERE f.deleted {HERE} ORDER BY f.rid"
        found.append(packed(session, FileFact, names, query, (), kind=kind))
    return found[0] + found[1]


def _some(name: str, fact: type[Any], named: Mapping[str, str], query: Callable[[Part], str]) -> Read:
    def read(session: Reading, asked: Asked) -> Iterable[Any]:
        part = asked.needs.get(name, WHOLE)
        return packed(session, fact, _looked_at(fact, named, part), query(part), asked.span)

    return read


def _of(query: str, fact: type[Any], named: Mapping[str, str]) -> Callable[[Part], str]:
    return lambda part: query.format(columns=_columns(named, _looked_at(fact, named, part)))


SERVED: Mapping[str, Read] = {
    "contacts": _some("contacts", Contact, _OCCASIONS["visit"], contacts_query),
    "seen": _some("seen", Seen, _SEEN, seen_query),
    "attended": _some("attended", Attended, _ATTENDED, _of(ATTENDED, Attended, _ATTENDED)),
    "sign_ins": _some("sign_ins", SignedIn, _SIGNED, sign_ins_query),
    "desk": _some("desk", DeskFact, _DESK, _of(DESK, DeskFact, _DESK)),
    "files": _files,
}

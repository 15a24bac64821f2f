"""What 迎检自查 looks for: records by a proof, cases to draw from, people who may be called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import orjson

from sgz_desktop.domain.self_check import Proof
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

Span = tuple[str, str]
EVER: Span = ("0000", "9999")


def proofs_of(session: Reading, proof: Proof, span: Span) -> list[str]:
    """Ids of the records that prove something between two days, the newest first."""
    where, values = [f"deleted {HERE}"], list[str]()
    if proof.starts:
        start, end = f'"{proof.starts}"', f'"{proof.ends or proof.starts}"'
        if start == end:
            where.append(f"{start} BETWEEN ? AND ?")
            values += [span[0], span[1] + "~"]  # a day known to the month lies in it
        elif proof.at_end:
            where.append(f"({start} IS NULL OR {start} <= ?) AND ({end} IS NULL OR {end} > ?)")
            values += [span[1] + "~"] * 2
        else:
            where.append(f"({start} IS NULL OR {start} <= ?) AND ({end} IS NULL OR {end} >= ?)")
            values += [span[1] + "~", span[0]]
    for name in proof.filled:
        where.append(f'"{name}" IS NOT NULL')
        if proof.unlike:
            where.append(f'"{name}" NOT IN ({",".join("?" * len(proof.unlike))})')
            values += proof.unlike
    if proof.only:
        where.append(f'"{proof.only[0]}" = ?')
        values.append(proof.only[1])
    if posts := proof.outside:
        where.append(f"(post IS NULL OR post NOT IN ({','.join('?' * len(posts))}))")
        values += posts
    query = f"SELECT id FROM r_{proof.kind} WHERE {' AND '.join(where)} ORDER BY rid DESC"
    return [row[0] for row in session.connection.execute(query, values)]


CASES = f"""SELECT id, number FROM r_case WHERE number IS NOT NULL AND deleted {HERE}
AND (opened_on IS NULL OR opened_on <= ?2) AND (closed_on IS NULL OR closed_on >= ?1) ORDER BY number, rid"""


def cases_in(session: Reading, span: Span) -> dict[str, str]:
    """number → id of the cases open on some day between two days."""
    rows = session.connection.execute(CASES, (span[0], span[1] + "~"))
    return {number: id for id, number in rows}


class Reachable(NamedTuple):
    """Somebody who may be called: the latest consent of a case that lets the caller have the number."""

    case: str
    person: str
    name: str | None
    phone: str | None
    village: str | None
    number: str | None
    worker: str | None
    giver: str | None
    giver_name: str | None


CONSENTS = f"""SELECT c.id, p.id, p.name, p.phone, h.village, c.number, c.worker, k.giver, k.giver_name
FROM r_case c JOIN r_person p ON p.id = c.client AND p.deleted {HERE} AND p.died_on IS NULL
JOIN r_consent k ON k.rid = (SELECT n.rid FROM r_consent n WHERE n."case" = c.id AND n.deleted {HERE}
  ORDER BY coalesce(n.signed_on, n.told_on, '') DESC, n.rid DESC LIMIT 1)
LEFT JOIN r_household h ON h.id = c.household
WHERE c.deleted {HERE} AND (c.opened_on IS NULL OR c.opened_on <= ?2)
AND (c.closed_on IS NULL OR c.closed_on >= ?1)
AND k.signed_on IS NOT NULL AND k.withdrawn_on IS NULL AND k.ok_service = 'agreed' AND k.{{item}} = 'agreed'
AND k.rid NOT IN (SELECT rid FROM conflict)
ORDER BY h.village, c.number, c.rid"""
ITEMS: Mapping[str, str] = {"civil": "ok_share_civil", "township": "ok_share_township"}


def callable_people(session: Reading, span: Span, caller: str) -> list[Reachable]:
    """Clients of cases open between two days who agreed that the caller may have what is on file of them;
    of two consents that do not agree, none counts until somebody has settled it."""
    query = CONSENTS.format(item=ITEMS[caller])
    rows = session.connection.execute(query, (span[0], span[1] + "~"))
    return [Reachable(*row) for row in rows]


AMONG = "(SELECT value FROM json_each(?1))"
KEPT_PEOPLE = f"""SELECT client FROM r_case WHERE id IN {AMONG} AND client IS NOT NULL
UNION SELECT person FROM r_mandatory_report WHERE id IN {AMONG} AND person IS NOT NULL"""
KEPT_HOMES = f"""SELECT household FROM r_case WHERE id IN {AMONG} AND household IS NOT NULL
UNION SELECT household FROM r_mandatory_report WHERE id IN {AMONG} AND household IS NOT NULL
UNION SELECT household FROM r_membership WHERE person IN (SELECT value FROM json_each(?2))
  AND household IS NOT NULL"""
AT_HOME = f"""SELECT person FROM r_membership WHERE household IN {AMONG} AND person IS NOT NULL
UNION SELECT value FROM json_each(?2)"""
PHONES = f"""SELECT phone, contact_phone, guardian_phone FROM r_person WHERE id IN {AMONG}"""


class NotToCall(NamedTuple):
    """People and phone numbers that no list of people to call may hold."""

    people: frozenset[str]
    phones: frozenset[str]


def not_to_call(session: Reading, kept_back: Iterable[str]) -> NotToCall:
    """Everybody in the homes of those whose cases or reports are kept back, and every number they can be
    reached at: whoever lifts the phone there may be the one it is kept from. Read with nothing kept back."""
    run = session.connection.execute
    people = _list(row[0] for row in run(KEPT_PEOPLE, (_list(kept_back),)))
    homes = _list(row[0] for row in run(KEPT_HOMES, (_list(kept_back), people)))
    found = frozenset(row[0] for row in run(AT_HOME, (homes, people)))
    phones = frozenset(one for row in run(PHONES, (_list(found),)) for one in row if one)
    return NotToCall(found, phones)


def _list(values: Iterable[str]) -> str:
    return orjson.dumps(list(values)).decode()

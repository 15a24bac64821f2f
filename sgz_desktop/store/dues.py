"""Records that name a day by which something is to happen, with whom it is about and who is to do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sgz_desktop.domain.deadlines import DUE, Due
from sgz_desktop.domain.fields import Wire
from sgz_desktop.store.queries import HERE, LIVING
from sgz_desktop.store.session import Reading


class DueRow(NamedTuple):
    """A record with a day due: the values its rule asks for, and whom it is about. `dead`: the person, or
    everybody of the household, has died. `opens`: the record to go to, (kind, id); `call`: whom to call."""

    kind: str
    id: str
    values: Mapping[str, Wire]
    words: str
    person: str
    household: str
    case: str
    worker: str
    name: str
    dead: bool
    opens: tuple[str, str]
    call: str


@dataclass(frozen=True, slots=True)
class _About:
    """How a kind names its case, person, household and worker, in SQL; `rule` is what else must hold.

    What is due for a case is its worker's to do, whoever wrote the record: it goes over with the case.
    """

    case: str = 'k."case"'
    person: str = "c.client"
    household: str = "c.household"
    worker: str = "coalesce(c.worker, k.worker)"
    words: str = "''"
    joins: str = ""
    rule: str = "c.closed_on IS NULL"
    opens: tuple[str, str] = ("", "k.id")  # the kind where it is another, and whose id
    call: str = "''"


OWN = "coalesce(k.person, c.client)"
PLAN = f"JOIN r_plan n ON n.id = k.plan AND n.deleted {HERE}"
LATER_VISIT = f"""NOT EXISTS (SELECT 1 FROM r_visit v WHERE v.household = k.household AND v.date > k.date
  AND v.met IS NOT 0 AND v.deleted {HERE}) AND NOT EXISTS (SELECT 1 FROM r_visit v WHERE v.person = k.person
  AND v.date > k.date AND v.met IS NOT 0 AND v.deleted {HERE})"""
LATER_SESSION = f"""c.closed_on IS NULL AND NOT EXISTS (SELECT 1 FROM r_session s WHERE s."case" = k."case"
  AND s.date > k.date AND s.deleted {HERE}) AND NOT EXISTS (SELECT 1 FROM r_visit v
  WHERE v."case" = k."case" AND v.date > k.date AND v.met IS NOT 0 AND v.deleted {HERE})"""
FOLLOWED = f"""NOT EXISTS (SELECT 1 FROM r_followup f WHERE f."case" = k."case" AND f.date >= k.closed_on
  AND f.deleted {HERE})"""
LATER_FOLLOWUP = f"""NOT EXISTS (SELECT 1 FROM r_followup f WHERE f."case" = k."case" AND f.date > k.date
  AND f.deleted {HERE})"""
LATER_PLAN = f"""c.closed_on IS NULL AND NOT EXISTS (SELECT 1 FROM r_plan o WHERE o."case" = k."case"
  AND o.made_on > k.made_on AND o.deleted {HERE})"""
GOAL = f"""c.closed_on IS NULL AND NOT EXISTS (SELECT 1 FROM r_goal_result g WHERE g.goal = k.id
  AND g.result IS NOT NULL AND g.deleted {HERE}) AND NOT EXISTS (SELECT 1 FROM r_goal_progress g
  WHERE g.goal = k.id AND g.progress IN ('reached', 'dropped') AND g.deleted {HERE})"""
CALLED = f"""EXISTS (SELECT 1 FROM r_referral_call l WHERE l.referral = k.id AND l.deleted {HERE}
  AND l.ask_again_on IS NOT NULL)"""
LATER_CALL = f"""EXISTS (SELECT 1 FROM r_referral_call l WHERE l.referral = k.referral AND l.deleted {HERE}
  AND l.ask_again_on IS NOT NULL AND (coalesce(l.called_on, ''), coalesce(l.called_time, ''), l.id)
    > (coalesce(k.called_on, ''), coalesce(k.called_time, ''), k.id))"""
ASK_AGAIN = f"f.reply_on IS NULL AND (f.outcome IS NULL OR f.outcome = 'waiting') AND NOT {LATER_CALL}"
LATER_SUPERVISION = f"""NOT EXISTS (SELECT 1 FROM r_supervision s WHERE s.date > k.date
  AND (s.supervisor = k.supervisor OR s.agreement = k.agreement) AND s.deleted {HERE})"""
TO_CALL = "trim(coalesce({0}.receiver_phone, '') || ' ' || coalesce({0}.receiver_contact, ''))"


def _ours(worker: str, words: str, rule: str = "1") -> _About:
    """What is due is the station's own and about nobody."""
    return _About(case="NULL", person="NULL", household="NULL", worker=worker, words=words, rule=rule)


ABOUT: Mapping[str, _About] = {
    "step": _About(
        case='n."case"', worker="coalesce(k.responsible_name, c.worker)", words="k.action", joins=PLAN
    ),
    "goal": _About(case='n."case"', worker="c.worker", words="k.description", joins=PLAN, rule=GOAL),
    "application": _About(
        person=OWN, household="coalesce(k.household, c.household)", words="k.programme", rule="1"
    ),
    "referral": _About(
        person=OWN,
        words="k.receiver",
        rule=f"k.sent_on IS NOT NULL AND NOT {CALLED}",
        call=TO_CALL.format("k"),
    ),
    "referral_call": _About(
        case='f."case"',
        person="coalesce(f.person, c.client)",
        worker="coalesce(c.worker, f.worker)",
        words="f.receiver",
        joins=f"JOIN r_referral f ON f.id = k.referral AND f.deleted {HERE}",
        rule=ASK_AGAIN,
        opens=("referral", "f.id"),
        call=TO_CALL.format("f"),
    ),
    "plan": _About(rule=LATER_PLAN),
    "closure": _About(rule=FOLLOWED),
    "followup": _About(rule=LATER_FOLLOWUP),
    "visit": _About(person="k.person", household="k.household", rule=LATER_VISIT),
    "session": _About(rule=LATER_SESSION),
    "consent": _About(),
    "remark": _About(words="k.text", rule="1"),
    "contact": _About(person=OWN, words="coalesce(k.matter, k.caller_name)", rule="1"),
    "inspection": _ours("k.rectified_by", "coalesce(k.required, k.found)"),
    "supervision": _ours("NULL", "k.supervisor", LATER_SUPERVISION),
    "mandatory_report": _About(person=OWN, household="coalesce(k.household, c.household)", rule="1"),
}

NOBODY_LEFT = f"""SELECT m.household FROM r_person d CROSS JOIN r_membership m ON m.person = d.id AND {LIVING}
  WHERE d.died_on IS NOT NULL AND d.deleted {HERE} AND m.household IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM r_membership n JOIN r_person a ON a.id = n.person WHERE n.household = m.household
      AND n.deleted {HERE} AND n.to_day IS NULL AND a.died_on IS NULL AND a.deleted {HERE})"""
"""Households all of whose people have died: nobody is called on there any more."""


def dues(session: Reading, since: str, until: str) -> list[DueRow]:
    """Every record with a day due between two days, as far as later records do not say that it is done."""
    found = [row for due in DUE if due.kind in ABOUT for row in _of(session, due, since, until)]
    return sorted(found, key=lambda row: row.id)


def _of(session: Reading, due: Due, since: str, until: str) -> list[DueRow]:
    about, names = ABOUT[due.kind], (due.field, *due.done)
    asked = ", ".join(f"k.{name}" for name in names)
    query = f"""SELECT k.id, coalesce({about.words}, ''), p.id, h.id, c.id, {about.worker},
        coalesce(p.name, q.name), p.died_on IS NOT NULL OR p.id IS NULL AND h.id IN ({NOBODY_LEFT}),
        {about.opens[1]}, {about.call}, {asked}
        FROM r_{due.kind} k {about.joins} LEFT JOIN r_case c ON c.id = {about.case}
        LEFT JOIN r_person p ON p.id = {about.person} LEFT JOIN r_household h ON h.id = {about.household}
        LEFT JOIN r_person q ON q.id = h.head
        WHERE k.{due.field} BETWEEN ? AND ? AND k.deleted {HERE} AND c.deleted {HERE} AND {about.rule}"""
    rows = session.connection.execute(query, (since[:4], until + "~"))
    return [_row(due.kind, about.opens[0] or due.kind, names, row) for row in rows]


def _row(kind: str, opens: str, names: Sequence[str], row: Sequence[Any]) -> DueRow:
    id, words, person, household, case, worker, name, dead, opened, call, *values = row
    return DueRow(
        kind=kind,
        id=id,
        values=dict(zip(names, values, strict=True)),
        words=words,
        person=person or "",
        household=household or "",
        case=case or "",
        worker=worker or "",
        name=name or "",
        dead=bool(dead),
        opens=(opens, opened),
        call=call,
    )


ORIGINS = f"SELECT origin FROM r_task WHERE origin IS NOT NULL AND deleted {HERE}"


def origins(session: Reading) -> set[str]:
    """What tasks already stand for. Read whole: what a kept-back task stands for is no more to be done."""
    with session.whole():
        return {row[0] for row in session.connection.execute(ORIGINS)}


class TaskDue(NamedTuple):
    """A task not done yet."""

    id: str
    what: str
    due_on: str
    person: str
    household: str
    case: str
    worker: str
    name: str
    origin: str


TASKS = f"""SELECT t.id, t.what, t.due_on, t.person, t.household, t."case", t.worker,
    coalesce(p.name, r.name, q.name), t.origin
FROM r_task t LEFT JOIN r_case c ON c.id = t."case" LEFT JOIN r_person p ON p.id = t.person
LEFT JOIN r_household h ON h.id = coalesce(t.household, c.household)
LEFT JOIN r_person q ON q.id = h.head LEFT JOIN r_person r ON r.id = c.client
WHERE t.deleted {HERE} AND t.done_on IS NULL AND (t.due_on IS NULL OR t.due_on <= ?)
ORDER BY t.due_on, t.rid"""


def tasks(session: Reading, until: str) -> list[TaskDue]:
    """Tasks not done and due by a day, and those without one."""
    rows = session.connection.execute(TASKS, (until + "~",))
    return [TaskDue(*(text or "" for text in row)) for row in rows]

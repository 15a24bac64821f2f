"""What the records of a stretch of days say a worker did."""

from __future__ import annotations

from typing import NamedTuple

from sgz_desktop.store.queries import HERE
from sgz_desktop.store.schema import edit_of
from sgz_desktop.store.session import Reading


class WorkRow(NamedTuple):
    """One record: its day, clock times where it has any, codes and words of its own, whom it was for; of a
    task what raised it."""

    kind: str
    id: str
    day: str
    start: str | None
    end: str | None
    sort: str | None
    words: str | None
    case: str | None
    name: str | None
    met: int | None
    origin: str | None


WROTE = f"""(SELECT w.name FROM entity n JOIN edited d ON d.rid = n.rid
  JOIN edit e ON e.eid = {edit_of("d.first")} JOIN author a ON a.wid = e.wid
  JOIN r_worker w ON w.id = a.worker WHERE n.kind = '{{kind}}' AND n.id = k.id
  ORDER BY e.clock, e.eid LIMIT 1)"""
NONE = "NULL"


def _part(
    kind: str,
    day: str,
    *,
    sort: str = NONE,
    words: str = NONE,
    start: str = NONE,
    end: str = NONE,
    met: str = NONE,
    origin: str = NONE,
    case: str = 'k."case"',
    person: str = "c.client",
    household: str = NONE,
    worker: str = "k.worker",
    rule: str = "1",
) -> str:
    by = f"coalesce({worker}, {WROTE.format(kind=kind)})"
    return f"""SELECT '{kind}', k.id, k.{day}, {start}, {end}, {sort}, {words}, c.id,
      coalesce(p.name, q.name), {met}, {origin}
    FROM r_{kind} k LEFT JOIN r_case c ON c.id = {case} LEFT JOIN r_person p ON p.id = {person}
    LEFT JOIN r_household h ON h.id = {household} LEFT JOIN r_person q ON q.id = h.head
    WHERE k.{day} BETWEEN ?1 AND ?2 AND length(k.{day}) = 10 AND k.deleted {HERE} AND {rule}
      AND {by} = ?3"""


OWN = "coalesce(k.person, c.client)"
CLOCK = {"start": "k.start_time", "end": "k.end_time"}
OURS = {"case": NONE, "person": NONE}  # the station's own work is about nobody
OF_GROUP = """(SELECT {0} FROM r_group g WHERE g.id = k."group")"""
GROUP_MET = f"""k.cancelled IS NOT 1 AND {OF_GROUP.format("g.cancelled")} IS NOT 1 AND (k.facts IS NOT NULL OR
  EXISTS (SELECT 1 FROM r_attendance a WHERE a.session = k.id AND a.deleted {HERE}))"""
HELD = f"""k.cancelled IS NOT 1 AND (k.facts IS NOT NULL OR k.head_count IS NOT NULL OR
  EXISTS (SELECT 1 FROM r_sign_in i WHERE i.activity = k.id AND i.deleted {HERE}))"""
# who is called 王芳 was not there because 王芳兰 was
LONGER = """SELECT 1 FROM r_staff f WHERE f.name <> ?3 AND instr(f.name, ?3) AND instr(k.attendees, f.name)"""
BY_ITSELF = "instr('、' || k.attendees || '、', '、' || ?3 || '、')"
NAMED = f"""(k.supervisor IS ?3 OR instr(k.attendees, ?3) AND (NOT EXISTS ({LONGER}) OR {BY_ITSELF}))"""
TOOK_PART = f"""CASE WHEN k.attendees IS NULL AND k.supervisor IS NOT ?3 THEN NULL
  WHEN {NAMED} THEN ?3 ELSE '' END"""
LEARNT = f"FROM r_learning l JOIN r_staff f ON f.id = l.staff WHERE l.training = k.id AND l.deleted {HERE}"
LEARNER = f"""CASE WHEN EXISTS (SELECT 1 {LEARNT} AND f.name = ?3) THEN ?3
  WHEN EXISTS (SELECT 1 {LEARNT}) THEN '' END"""
PARTS = (
    _part(
        "visit",
        "date",
        **CLOCK,
        sort="k.mode",
        words="coalesce(k.facts, k.changes, k.handling)",
        met="k.met",
        person="k.person",
        household="k.household",
    ),
    _part("session", "date", **CLOCK, sort="k.mode", words="coalesce(k.facts, k.aim)"),
    _part("followup", "date", sort="k.mode", words="k.situation"),
    _part(
        "contact",
        "date",
        start="k.time",
        sort="k.way",
        words="coalesce(k.matter, k.answer, k.caller_name)",
        person=OWN,
    ),
    _part("intake", "intake_on"),
    _part("consent", "told_on"),
    _part("assessment", "assessed_on"),
    _part("plan", "made_on", words="k.overall_goal"),
    _part("evaluation", "evaluated_on"),
    _part("closure", "closed_on"),
    _part("application", "filed_on", sort="k.programme", person=OWN, household="k.household"),
    _part("referral", "sent_on", sort="k.sort", words="k.receiver", person=OWN),
    _part("mandatory_report", "found_on", person=OWN, household="k.household"),
    _part("case_move", "moved_on", sort="k.to_stage", words="k.reason", worker=NONE),
    _part(
        "group_session",
        "date",
        **CLOCK,
        **OURS,
        words=f"""coalesce({OF_GROUP.format("g.name")}, '') || coalesce('：' || k.title, '')""",
        worker=f"coalesce(k.worker, {OF_GROUP.format('g.worker')})",
        rule=GROUP_MET,
    ),
    _part("activity", "date", **CLOCK, **OURS, sort="k.sort", words="k.name", rule=HELD),
    _part("supervision", "date", **CLOCK, **OURS, sort="k.mode", words="k.topics", worker=TOOK_PART),
    _part("training", "date", **CLOCK, **OURS, words="k.title", worker=LEARNER),
    _part("task", "done_on", words="k.what", origin="k.origin", person=OWN, household="k.household"),
)


def work_of(session: Reading, first: str, last: str, worker: str) -> list[WorkRow]:
    """Everything a worker (by name) did from one whole day to another. A record that names nobody is the work
    of whoever wrote it down."""
    return [
        WorkRow(*row) for part in PARTS for row in session.connection.execute(part, (first, last, worker))
    ]


WORKERS = f"SELECT DISTINCT name FROM r_worker WHERE name IS NOT NULL AND deleted {HERE} ORDER BY rid"


def workers(session: Reading) -> list[str]:
    """Names of all who ever wrote here."""
    return [row[0] for row in session.connection.execute(WORKERS)]


DIARIES = f"""SELECT id, date, errands, other, next_plan FROM r_diary WHERE date BETWEEN ? AND ?
AND worker = ? AND deleted {HERE} ORDER BY date, rid"""


class DiaryRow(NamedTuple):
    """What was typed into a diary."""

    id: str
    day: str
    errands: str | None
    other: str | None
    next_plan: str | None


def diaries(session: Reading, first: str, last: str, worker: str) -> list[DiaryRow]:
    """A worker's diaries of some days."""
    return [DiaryRow(*row) for row in session.connection.execute(DIARIES, (first, last, worker))]

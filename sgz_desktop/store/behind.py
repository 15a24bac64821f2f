"""The records behind a figure, in words: what a line says, and what it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sgz_desktop.store.session import Reading


class Behind(NamedTuple):
    """A record behind a figure: `kind` and `id` open it, `words` say what it is, `day` as stored or ''."""

    kind: str
    id: str
    words: str
    day: str


NAMED = "coalesce(p.name, '（姓名未填）')"
PERSONS = f"SELECT p.id, 'person', p.id, {NAMED}, p.filed_on FROM r_person p WHERE p.id IN {{marks}}"
HOUSEHOLDS = """SELECT h.id, 'household', h.id, coalesce(q.name || '家', h.number, '家庭'), h.filed_on
FROM r_household h LEFT JOIN r_person q ON q.id = h.head WHERE h.id IN {marks}"""
VISITS = """SELECT v.id, 'visit', v.id, coalesce(p.name, q.name || '家', '走访'), v.date FROM r_visit v
LEFT JOIN r_person p ON p.id = v.person LEFT JOIN r_household h ON h.id = v.household
LEFT JOIN r_person q ON q.id = h.head WHERE v.id IN {marks}"""
SESSIONS = """SELECT s.id, 'session', s.id, coalesce(p.name, c.number, '会谈'), s.date FROM r_session s
LEFT JOIN r_case c ON c.id = s."case" LEFT JOIN r_person p ON p.id = c.client WHERE s.id IN {marks}"""
PRESENCES = f"""SELECT s.id, CASE WHEN v.id IS NOT NULL THEN 'visit' WHEN n.id IS NOT NULL THEN 'session'
    ELSE 'followup' END, s.occasion, {NAMED}, coalesce(v.date, n.date, f.date) FROM r_presence s
LEFT JOIN r_visit v ON v.id = s.occasion LEFT JOIN r_session n ON n.id = s.occasion
LEFT JOIN r_followup f ON f.id = s.occasion LEFT JOIN r_person p ON p.id = s.person WHERE s.id IN {{marks}}"""
CASE_LINES = f"""SELECT c.id, 'case', c.id, coalesce(c.number || ' ', '') || {NAMED}, c.opened_on
FROM r_case c LEFT JOIN r_person p ON p.id = c.client WHERE c.id IN {{marks}}"""
APPLICATION_LINES = """SELECT a.id, 'application', a.id, coalesce(p.name, q.name || '家', '申请'), a.filed_on
FROM r_application a LEFT JOIN r_person p ON p.id = a.person LEFT JOIN r_household h ON h.id = a.household
LEFT JOIN r_person q ON q.id = h.head WHERE a.id IN {marks}"""
REFERRAL_LINES = f"""SELECT r.id, 'referral', r.id, {NAMED}, coalesce(r.sent_on, r.placed_on, r.job_from)
FROM r_referral r LEFT JOIN r_person p ON p.id = r.person WHERE r.id IN {{marks}}"""

MEMBERS = """SELECT m.id, 'group', m."group", coalesce(m.name, g.name, '组员'),
  coalesce(m.joined_on, g.first_on)
FROM r_group_member m LEFT JOIN r_group g ON g.id = m."group" WHERE m.id IN {marks}"""
SIGNED = """SELECT s.id, 'activity', s.activity, coalesce(p.name, s.name, a.name, '签到'), a.date
FROM r_sign_in s LEFT JOIN r_activity a ON a.id = s.activity LEFT JOIN r_person p ON p.id = s.person
WHERE s.id IN {marks}"""
ATTENDED = """SELECT t.id, 'group_session', t.session, coalesce(p.name, m.name, g.name, '组员'), s.date
FROM r_attendance t LEFT JOIN r_group_session s ON s.id = t.session
LEFT JOIN r_group_member m ON m.id = t.member LEFT JOIN r_person p ON p.id = m.person
LEFT JOIN r_group g ON g.id = s."group" WHERE t.id IN {marks}"""
GROUPS = """SELECT id, 'group', id, coalesce(name, number, '小组'), coalesce(evaluated_on, first_on)
FROM r_group WHERE id IN {marks}"""
GROUP_SESSIONS = """SELECT s.id, 'group_session', s.id,
  coalesce(g.name || ' ', '') || coalesce(s.title, '小组节次'), s.date
FROM r_group_session s LEFT JOIN r_group g ON g.id = s."group" WHERE s.id IN {marks}"""
ACTIVITIES = (
    "SELECT id, 'activity', id, coalesce(name, number, '活动'), date FROM r_activity WHERE id IN {marks}"
)
DESK = """SELECT c.id, 'contact', c.id, coalesce(p.name, c.caller_name, '来访来电'), c.date FROM r_contact c
LEFT JOIN r_person p ON p.id = c.person WHERE c.id IN {marks}"""
RATED = f"""SELECT e.id, 'case', e."case", coalesce(c.number || ' ', '') || {NAMED}, e.evaluated_on
FROM r_evaluation e LEFT JOIN r_case c ON c.id = e."case" LEFT JOIN r_person p ON p.id = c.client
WHERE e.id IN {{marks}}"""
RESOURCES = """SELECT id, 'resource', id, coalesce(what, number, '资源'), received_on FROM r_resource
WHERE id IN {marks}"""
ORGANISATIONS = """SELECT id, 'organisation', id, coalesce(name, '单位'), coalesce(mobilised_on, founded_on)
FROM r_organisation WHERE id IN {marks}"""
VOLUNTEERS = (
    "SELECT id, 'volunteer', id, coalesce(name, '志愿者'), registered_on FROM r_volunteer WHERE id IN {marks}"
)
TEAMS = """SELECT id, 'volunteer_team', id, coalesce(name, '服务队'), founded_on FROM r_volunteer_team
WHERE id IN {marks}"""
SERVED = """SELECT s.id, 'volunteer_service', s.id,
  coalesce(v.name, '志愿者') || coalesce(' ' || s.what, ''), s.date
FROM r_volunteer_service s LEFT JOIN r_volunteer v ON v.id = s.volunteer WHERE s.id IN {marks}"""
SUPERVISIONS = (
    "SELECT id, 'supervision', id, coalesce(supervisor, '督导'), date FROM r_supervision WHERE id IN {marks}"
)
TRAININGS = "SELECT id, 'training', id, coalesce(title, '培训'), date FROM r_training WHERE id IN {marks}"
STAFF = "SELECT id, 'staff', id, coalesce(name, '工作人员'), posted_on FROM r_staff WHERE id IN {marks}"
SPENDINGS = "SELECT id, 'spending', id, coalesce(what, '支出'), date FROM r_spending WHERE id IN {marks}"
REPORTS = """SELECT id, 'mandatory_report', id, '强制报告', found_on FROM r_mandatory_report
WHERE id IN {marks}"""

SERVED_PEOPLE = (PERSONS, MEMBERS, SIGNED)
LINES: Mapping[str, tuple[str, ...]] = {
    "P01": SERVED_PEOPLE,
    "P02": (PRESENCES, ATTENDED, SIGNED, ACTIVITIES),
    "P03": (PERSONS, HOUSEHOLDS),
    "P04": SERVED_PEOPLE,
    "V01": (PRESENCES, VISITS),
    "V02": (PRESENCES, DESK, ACTIVITIES),
    "V03": (PERSONS, HOUSEHOLDS),
    "D01": (DESK,),
    "C01": (CASE_LINES,),
    "C02": (SESSIONS, VISITS),
    "C03": (CASE_LINES,),
    "C04": (CASE_LINES,),
    "G01": (ATTENDED, GROUPS, GROUP_SESSIONS),
    "A01": (ACTIVITIES,),
    "J01": (APPLICATION_LINES,),
    "J02": (APPLICATION_LINES,),
    "J03": (REFERRAL_LINES,),
    "R01": (RESOURCES,),
    "R02": (ORGANISATIONS,),
    "W01": (VOLUNTEERS, TEAMS, SERVED),
    "S01": (SUPERVISIONS, TRAININGS),
    "H01": (STAFF,),
    "F01": (SPENDINGS,),
    "Q01": (RATED, GROUPS, ACTIVITIES),
    "Y01": (REPORTS,),
    # what may name a service of the catalogue
    "service": (
        *(VISITS, SESSIONS, DESK, ACTIVITIES, GROUPS),
        *(APPLICATION_LINES, REFERRAL_LINES, RESOURCES, SERVED),
    ),
}
AT_ONCE = 500


def behind(session: Reading, code: str, ids: Sequence[str]) -> list[Behind]:
    """The records of a figure in the order of its ids, each with what opens it."""
    found: dict[str, Behind] = {}
    for query in LINES.get(code, ()):
        for some in portions(ids):
            marks = "(" + ",".join("?" * len(some)) + ")"
            for id, kind, opens, words, day in session.connection.execute(query.format(marks=marks), some):
                found[id] = Behind(kind, opens, words, day or "")
    return [found[id] for id in ids if id in found]


def portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """As many at a time as a statement takes."""
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))

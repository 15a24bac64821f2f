"""What a field that names another record can be set to, in words."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.choice_names import NAMED, called, offered
from sgz_desktop.actions.contract_year import target_options
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.evidence_words import words_of_any
from sgz_desktop.actions.forms import Form
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import RefKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record, questions, row_fields
from sgz_desktop.domain.records.registry import ANY
from sgz_desktop.store import queries
from sgz_desktop.store.session import Reading

Option = tuple[str, str]

MEMBERS = """SELECT p.id, p.name FROM r_membership m JOIN r_person p ON p.id = m.person
WHERE m.household = ? AND m.deleted IS NOT 1 AND m.to_day IS NULL AND p.deleted IS NOT 1 ORDER BY m.rid"""
CASES = """SELECT c.id, c.number || '　' || coalesce(p.name, '') FROM r_case c LEFT JOIN r_person p
ON p.id = c.client WHERE (c.household = ?1 OR c.client = ?2 OR c.id = ?3) AND c.deleted IS NOT 1
ORDER BY c.rid DESC"""
GOALS = """SELECT g.id, coalesce(g.place || '. ', '') || coalesce(g.description, '') FROM r_goal g
JOIN r_plan n ON n.id = g.plan WHERE n."case" = ? AND g.deleted IS NOT 1 AND n.deleted IS NOT 1
ORDER BY g.place, g.rid"""
NEEDS = """SELECT n.id, coalesce(n.description, '') FROM r_need n JOIN r_assessment a ON a.id = n.assessment
WHERE a."case" = ? AND n.deleted IS NOT 1 AND a.deleted IS NOT 1 ORDER BY n.rid"""
ORGANISATIONS = """SELECT id, name FROM r_organisation WHERE unused IS NOT 1 AND deleted IS NOT 1
ORDER BY name, rid"""
APPLICATIONS = """SELECT id, programme FROM r_application WHERE (household = ?1 OR person = ?2)
AND deleted IS NOT 1 ORDER BY rid DESC"""
WORDS = {
    "person": "SELECT id, name FROM r_person WHERE id IN {marks}",
    "household": """SELECT h.id, coalesce(h.village, '') || coalesce(h.village_group, '') || '　'
        || coalesce(p.name, '') FROM r_household h LEFT JOIN r_person p ON p.id = h.head
        WHERE h.id IN {marks}""",
    "case": "SELECT id, number FROM r_case WHERE id IN {marks}",
    "visit": "SELECT id, date FROM r_visit WHERE id IN {marks}",
    "organisation": "SELECT id, name FROM r_organisation WHERE id IN {marks}",
    "application": "SELECT id, programme FROM r_application WHERE id IN {marks}",
    **{kind: called(kind) for kind in NAMED},
}
NOT_HERE = "（资料未到）"


@action
def form_choices(desk: Desk, form: Form) -> dict[str, list[Option]]:
    """Options by kind of record for the ref fields of a form and of the rows it holds."""
    values = dict(form.values)
    if form.kind == "household":
        values["household"] = form.id
    wanted = _ref_kinds(BY_KIND[form.kind])
    named = [
        (wanted[name], str(value))
        for rows in form.rows.values()
        for row in rows
        for name, value in row.values.items()
        if name in wanted and value
    ]
    return _choices(desk, form.kind, values, named)


@action
def choices(desk: Desk, kind: str, values: dict[str, Wire]) -> dict[str, list[Option]]:
    """Options by kind of record for the ref fields of a form and its rows, the family's own first."""
    return _choices(desk, kind, values, [])


def _choices(
    desk: Desk, kind: str, values: dict[str, Wire], more: Sequence[tuple[str, str]]
) -> dict[str, list[Option]]:
    wanted = _ref_kinds(BY_KIND[kind])

    def work(session: Reading) -> dict[str, list[Option]]:
        case = str(values.get("case") or "")
        household, person = _family(session, case, values)
        found = {
            "person": _options(session, MEMBERS, household),
            "case": _options(session, CASES, household, person, case),
            "goal": _options(session, GOALS, case),
            "need": _options(session, NEEDS, case),
        }
        if "organisation" in wanted.values():
            found["organisation"] = _options(session, ORGANISATIONS)
        if "application" in wanted.values():
            rows = _options(session, APPLICATIONS, household, person)
            found["application"] = [(id, _programme(code)) for id, code in rows]
        found |= {kind: _options(session, offered(kind)) for kind in NAMED.keys() & set(wanted.values())}
        if kind.startswith("contract"):
            found["contract_target"] = target_options()
        named = [(name, str(values[field])) for field, name in wanted.items() if values.get(field)]
        for name, id in [*named, *more]:
            options = found.setdefault(name, [])
            if all(option[0] != id for option in options):
                options.append((id, words_of(session, name, [id]).get(id, NOT_HERE)))
        return found

    return desk.read(work)


def _ref_kinds(kind: type[Record]) -> dict[str, str]:
    """Ref fields of a kind and of its rows: field name → kind it names."""
    kinds: list[type[Record]] = [kind, *(rows.kind for rows in row_fields(kind).values())]
    return {
        name: question.kind.kind
        for one in kinds
        for name, question in questions(one).items()
        if isinstance(question.kind, RefKind)
    }


def _family(session: Reading, case: str, values: dict[str, Wire]) -> tuple[str, str]:
    household, person = str(values.get("household") or ""), str(values.get("person") or "")
    if case and not (household and person):
        rows = queries.table(session, "SELECT household, client FROM r_case WHERE id = ?", case)
        if rows:
            household, person = household or rows[0][0] or "", person or rows[0][1] or ""
    return household, person


def _options(session: Reading, sql: str, *values: str) -> list[Option]:
    return [(row[0], row[1] or "（未填）") for row in queries.table(session, sql, *values)]


@action
def record_words(desk: Desk, refs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """id → a few words for records of any kind that can be named."""

    def work(session: Reading) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in {kind for kind, _ in refs}:
            ids = [id for one, id in refs if one == kind]
            found.update(words_of(session, kind, ids))
        return found

    return desk.read(work)


def words_of(session: Reading, kind: str, ids: Sequence[str]) -> dict[str, str]:
    """id → a few words for records of one kind; {} for kinds that have no words of their own."""
    if kind == ANY:
        return {id: words for id, (_, words) in words_of_any(session, ids).items()}
    if kind not in WORDS:
        return {}
    sql = WORDS[kind].format(marks="(" + ",".join("?" * len(ids)) + ")")
    said = _programme if kind == "application" else str
    return {row[0]: said(row[1]) if row[1] else "（未填）" for row in queries.table(session, sql, *ids)}


def _programme(code: str) -> str:
    return code_list("programme").label(code)

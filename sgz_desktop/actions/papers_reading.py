"""Everything a case file is made of, on one snapshot: the case, the family, papers and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sgz_desktop.actions.cases import PAPERS
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Rules, rules
from sgz_desktop.actions.going_along import Lines, goes_along
from sgz_desktop.actions.kin_reading import read_family
from sgz_desktop.actions.papers_names import names_of, place, refs
from sgz_desktop.actions.papers_verdict import objections_of, verdicts_of
from sgz_desktop.actions.papers_words import Asked, Names
from sgz_desktop.actions.timeline import session_days
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.kin import Family
from sgz_desktop.domain.lifecycle import in_order
from sgz_desktop.domain.policy.reasons import Result
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.application import Application
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, questions, row_fields
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.case import Case, CaseMove
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.obligor import Obligor
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.signing import SIGNED_KINDS
from sgz_desktop.errors import AppError
from sgz_desktop.store import facts, read
from sgz_desktop.store.session import Reading

R = TypeVar("R", bound=Record)
NO_CASE = "没有找到这个个案。"
FAR = 60  # characters of a goal or a need as other papers name it


@dataclass(frozen=True)
class Entered:
    """When a record was first written down: the local day and time, and by whom ('' unknown)."""

    day: str
    clock: str
    worker: str


@dataclass(frozen=True)
class Dossier:
    """A case and all that belongs to it, in plain records. `held` are its sessions' ids, first to last;
    `along` is what could go along with each referral, by its id; `verdicts` and `objections` what the rules
    say of its applications."""

    station: str
    practice: bool
    today: str
    rules: Rules
    case: Case
    client: Person | None
    household: Household | None
    members: tuple[Membership, ...]
    people: Mapping[str, Person]
    papers: Mapping[str, tuple[Record, ...]]
    children: Mapping[tuple[str, str], tuple[Record, ...]]
    visits: tuple[Visit, ...]
    held: tuple[str, ...]
    entered: Mapping[str, Entered]
    names: Names
    along: Mapping[str, Lines]
    kin: Family | None = None
    verdicts: Mapping[str, Result] = field(default_factory=dict)
    objections: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The case number as printed; an unnumbered case says so."""
        return self.case.number or "未编号"

    @property
    def client_name(self) -> str:
        """The client's name, '' where it is not known."""
        return (self.client.name if self.client else None) or ""

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The case's papers of a kind, by day."""
        return self.papers.get(kind.KIND, ())  # type: ignore[return-value]

    def asked(self, record: Record, circle: Paper, *placed: str) -> Asked:
        """A record as a paper of the circle sees it; the case it belongs to stands in the page head."""
        own = ("case",) if "case" in questions(type(record)) and _is_own(record, self.case) else ()
        return Asked(record, circle, self.names, *own, *placed)

    def rows(self, parent: Record, name: str, circle: Paper) -> tuple[Asked, ...]:
        """The child records shown by a `Rows` field of `parent`."""
        rows = row_fields(type(parent))[name]
        found = self.children.get((rows.kind.KIND, str(parent.id)), ())
        return tuple(self.asked(child, circle, rows.parent) for child in found)


def _is_own(record: Any, case: Case) -> bool:
    return bool(record.case == case.id)


def dossier(session: Reading, desk: Desk, number_or_id: str) -> Dossier:
    """The case with a number or an id, and all around it. AppError when it is not here."""
    case = _case(session, number_or_id)
    client = read.get(session, Person, case.client) if case.client else None
    household = read.get(session, Household, case.household) if case.household else None
    papers = {kind: _by_day(_of_case(session, BY_KIND[kind], case)) for kind in (*PAPERS, "visit")}
    papers["case_move"] = tuple(in_order(read.of_parent(session, CaseMove, "case", str(case.id))))
    family = _family_visits(session, case, papers)
    parents: list[Record] = [case, *(one for found in papers.values() for one in found), *family]
    parents += [one for one in (client, household) if one is not None]
    children = _children(session, parents)
    members = tuple(_members(session, household))
    everything = [*parents, *members, *(one for found in children.values() for one in found)]
    people = _people(session, everything)
    shown = [*papers["session"], *papers["visit"], *family]
    applied = [one for one in papers["application"] if isinstance(one, Application)]
    return Dossier(
        station=desk.station,
        practice=desk.practice,
        today=desk.today(),
        rules=rules(session),
        case=case,
        client=client,
        household=household,
        members=members,
        people=people,
        papers=papers,
        children=children,
        visits=tuple(family),
        held=tuple(id for _, id, _ in session_days(session, str(case.id))),
        entered=_entered(session, shown),
        names=names_of(session, everything, people),
        kin=read_family(session, case.client, desk.today()) if case.client else None,
        verdicts=verdicts_of(session, applied, desk.today()),
        objections=objections_of(session, applied, desk.today()),
        along=_along(session, papers["referral"], str(case.id), desk.today()),
    )


def _along(session: Reading, referrals: Iterable[Any], case: str, today: str) -> dict[str, Lines]:
    found = {one.person: goes_along(session, one.person or "", case, today) for one in referrals}
    return {str(one.id): found[one.person] for one in referrals}


def _case(session: Reading, number_or_id: str) -> Case:
    found = read.of_parent(session, Case, "number", number_or_id)
    case = found[0] if found else read.get(session, Case, number_or_id)
    if case is None or case.deleted:
        raise AppError(NO_CASE, "请核对编号，例如2026-A001。")
    return case


def _of_case(session: Reading, kind: type[Record], case: Case) -> list[Record]:
    return list(read.of_parent(session, kind, "case", str(case.id)))


OWN_DAY = {
    "intake": "intake_on",
    "consent": "told_on",
    "assessment": "assessed_on",
    "plan": "made_on",
    "application": "filed_on",
    "referral": "sent_on",
    "evaluation": "evaluated_on",
    "closure": "closed_on",
}


def own_day(record: Record) -> str:
    """The day a paper is about, '' when it is not known."""
    value = getattr(record, OWN_DAY.get(record.KIND, "date"), None)
    return value if isinstance(value, str) else ""


def _by_day(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda one: (own_day(one) or "9999", _start(one), str(one.id))))


def _start(record: Record) -> str:
    return str(getattr(record, "start_time", None) or "")


def _family_visits(session: Reading, case: Case, papers: Mapping[str, tuple[Record, ...]]) -> list[Visit]:
    """Visits to the family that serve no other case: the one that found it, and those while it ran."""
    own = {one.id for one in papers["visit"]}
    found: dict[str | None, Visit] = {}
    for name, value in (("household", case.household), ("person", case.client), ("id", case.found_in)):
        if value:
            found |= {visit.id: visit for visit in read.of_parent(session, Visit, name, value)}
    near = [visit for visit in found.values() if visit.id not in own and _belongs(visit, case)]
    return [visit for visit in _by_day(near) if isinstance(visit, Visit)]


def _belongs(visit: Visit, case: Case) -> bool:
    if visit.id == case.found_in:
        return True
    if visit.case is not None or not visit.date or not case.opened_on:
        return False
    end = case.closed_on or "9999"
    return case.opened_on <= visit.date <= end


def _children(session: Reading, parents: Sequence[Record]) -> dict[tuple[str, str], tuple[Record, ...]]:
    """Child records by their kind and parent's id, one query a kind."""
    wanted: dict[tuple[type[Record], str], list[str]] = {}
    for parent in parents:
        if parent.KIND in SIGNED_KINDS:  # scans of its signed page, whether or not its form lists files
            wanted.setdefault((Attachment, "parent"), []).append(str(parent.id))
        for rows in row_fields(type(parent)).values():
            if rows.kind is not Membership:
                wanted.setdefault((rows.kind, rows.parent), []).append(str(parent.id))
    found: dict[tuple[str, str], list[Record]] = {}
    for (kind, parent_name), ids in wanted.items():
        for child in read.of_parent(session, kind, parent_name, *dict.fromkeys(ids)):
            found.setdefault((kind.KIND, str(getattr(child, parent_name))), []).append(child)
    return {key: tuple(sorted(rows, key=place)) for key, rows in found.items()}


HEADS = ("01", "02")  # GB/T 4761: 本人, 户主


def _members(session: Reading, household: Household | None) -> list[Membership]:
    if household is None or household.id is None:
        return []
    found = read.of_parent(session, Membership, "household", household.id)
    return sorted(found, key=lambda one: (one.to_day is not None, one.relation_to_head not in HEADS))


def _people(session: Reading, records: Sequence[Record]) -> dict[str, Person]:
    ids = refs(records).get("person", [])
    return {str(one.id): one for one in read.of_parent(session, Person, "id", *ids)} if ids else {}


def benefits_of(file: Dossier) -> tuple[Benefit, ...]:
    """Benefits of the client and of the household, each once."""
    return _unique(file, Benefit, "benefit")


def obligors_of(file: Dossier) -> tuple[Obligor, ...]:
    """The client's obligors."""
    return _unique(file, Obligor, "obligor")


def attachments_of(file: Dossier) -> tuple[Attachment, ...]:
    """Every attachment of the case, its papers and its people, each once."""
    return _unique(file, Attachment, "attachment")


def _unique(file: Dossier, kind: type[R], name: str) -> tuple[R, ...]:
    found = {one.id: one for (of, _), rows in file.children.items() if of == name for one in rows}
    return tuple(one for one in found.values() if isinstance(one, kind))


def _entered(session: Reading, records: Sequence[Record]) -> dict[str, Entered]:
    """When and by whom each record was first written down."""
    found = ((str(one.id), facts.first_written(session, one.KIND, str(one.id))) for one in records)
    return {id: Entered(*written) for id, written in found if written}

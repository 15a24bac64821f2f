"""What the papers of an application are filled in from, read as a family may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.papers_names import names_of
from sgz_desktop.actions.papers_words import Asked, Names
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.filing import chosen
from sgz_desktop.domain.records.application import Application, PaperItem
from sgz_desktop.domain.records.base import Record, questions
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

CLIENT = Paper.CLIENT
NOT_HERE = "这份申请没有找到，没有生成材料。"
IDENTITY = (
    "id_number",
    "phone",
)  # no office takes an application without them; the applicant's own, no other's


@dataclass(frozen=True)
class Applying:
    """An application with who applies: of a household its head. `members` live there, they first."""

    today: str
    record: Application
    applicant: Person | None
    household: Household | None
    members: tuple[Membership, ...]
    rows: tuple[PaperItem, ...]
    people: Mapping[str, Person]
    names: Names
    rule: Rule | None

    def asked(self, record: Record) -> Asked:
        """A record as a paper for the family sees it."""
        return Asked(record, CLIENT, self.names)

    @property
    def whole(self) -> bool:
        """Does the household apply?"""
        return bool(self.record.household and not self.record.person)

    def identity(self, name: str) -> str:
        """One of `IDENTITY` of who applies, whole; '' unknown."""
        assert name in IDENTITY
        value = getattr(self.applicant, name, None)
        return questions(Person)[name].kind.show(value) if value else ""

    def told(self, name: str) -> str:
        """A field of who applies in words, as far as the family's papers hold it."""
        return self.asked(self.applicant).says(name) if self.applicant else ""

    def place(self, *names: str) -> str:
        """The fields of an address in a row."""
        if self.household is None:
            return ""
        one = self.asked(self.household)
        return "".join(one.says(name) for name in names)


def case_of(session: Reading, id: str) -> str:
    """The case an application belongs to, '' none: its own papers are printed even where it is kept back.
    AppError when it is not here."""
    return _application(session, id).case or ""


def _application(session: Reading, id: str) -> Application:
    found = read.get(session, Application, id)
    if found is None or found.deleted:
        raise AppError(NOT_HERE, "请先保存申请，再打印。")
    return found


def applying(session: Reading, today: str, id: str) -> Applying:
    """An application and who applies. AppError when it is not here."""
    record = _application(session, id)
    home_id = record.household or (queries.household_of(session, record.person) if record.person else "")
    household = read.get(session, Household, home_id) if home_id else None
    applicant_id = record.person or (household.head if household else None)
    applicant = read.get(session, Person, applicant_id) if applicant_id else None
    members = read.of_parent(session, Membership, "household", home_id) if home_id else []
    living = [one for one in members if one.person and not one.to_day and one.lives_in is not False]
    living.sort(key=lambda one: one.person != applicant_id)
    rows = tuple(read.of_parent(session, PaperItem, "application", id))
    people = {str(one.id): one for one in _people(session, living)}
    records: list[Record] = [record, *rows, *living]
    records += [one for one in (household, applicant) if one is not None]
    whole = bool(record.household and not record.person)
    return Applying(
        today=today,
        record=record,
        applicant=applicant,
        household=household,
        members=tuple(one for one in living if not _is_dead(people, one)),
        rows=rows,
        people=people,
        names=names_of(session, records, people),
        rule=chosen(rules_of(session, today), record.programme or "", whole),
    )


def _people(session: Reading, members: list[Membership]) -> list[Person]:
    ids = [one.person for one in members if one.person]
    return read.of_parent(session, Person, "id", *ids) if ids else []


def _is_dead(people: Mapping[str, Person], one: Membership) -> bool:
    found = people.get(one.person or "")
    return bool(found and found.died_on)

"""Papers that are signed and stand in no case file: which there are, who signs them, what they are called,
and which record a number names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sgz_desktop.actions import (
    case_sample,
    contract_papers,
    papers_handouts,
    papers_self_check,
    papers_survey,
    papers_volunteer,
)
from sgz_desktop.actions.papers_activity import TITLES as OF_ACTIVITIES
from sgz_desktop.actions.papers_application import FORMS
from sgz_desktop.actions.papers_group import TITLES as OF_GROUPS
from sgz_desktop.actions.papers_letter import LETTER
from sgz_desktop.actions.papers_names import paper_number
from sgz_desktop.actions.papers_record import IN_FILES, LETTERS, OTHERS, PRINTED, THUMB, signed_by
from sgz_desktop.actions.papers_week import DIARY, PLAN
from sgz_desktop.domain import days, signing
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record, questions
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.diary import Diary
from sgz_desktop.domain.signing import APPLY, LETTER_ALONE, LETTERS_OF, REMARK, SORTS, Signs
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

ALONE_END = "_alone"
OWN: Mapping[str, str] = MappingProxyType(
    {
        "visit": "visit_alone",
        "household_check": "household_check",
        "mandatory_report": "mandatory_report",
        "handover": "handover",
        "group": "group_plan",
        "group_session": "group_session",
    }
)
"""The kinds whose own sheet has a sort of its own."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        **{f"{APPLY}{name}": title for name, title in FORMS.items()},
        **OF_GROUPS,
        "activity_plan": OF_ACTIVITIES["plan"],
        "activity_sign_in": OF_ACTIVITIES["signed"],
        "activity_record": OF_ACTIVITIES["record"],
        "handout_list": papers_handouts.TITLE,
        "volunteer_proof": papers_volunteer.TITLE,
        "contract_handover": contract_papers.TITLE,
        "case_sample": case_sample.SAMPLE,
        "material_list": papers_self_check.TITLE,
        "survey_report": papers_survey.REPORT,
    }
)
"""What papers are called that are one of several of their record."""


def sort_of_record(kind: str) -> str:
    """The sort of the sheet of a record that stands in no case file, '' where it has none."""
    return OWN.get(kind) or (f"{kind}{ALONE_END}" if kind in PRINTED else "")


def sort_of_number(number: str, kind: str) -> str:
    """The sort of a paper of a record of this kind by its number, '' for one that is not in the loop."""
    return next((sort for sort in _sorts(signing.alone_of(number)[0]) if signs_of(sort).kind == kind), "")


def signs_of(sort: str) -> Signs:
    """Who signs a paper of a sort; where no more is known of it, as the form of its kind says."""
    if sort in SORTS:
        return SORTS[sort]
    kind = sort.removesuffix(ALONE_END)
    roles = tuple(role.replace(f"（{THUMB}）", "") for role in signed_by(kind))
    return Signs(kind, roles, other=tuple(name for name in REMARK if name in questions(BY_KIND[kind])))


def of_number(session: Reading, number: str) -> tuple[str, Record] | None:
    """The sort of a paper in no case file and the record it is of, by its number; None for no such paper."""
    letters, tail = signing.alone_of(number)
    for sort in _sorts(letters):
        kind = signs_of(sort).kind
        query = f"SELECT id FROM r_{kind} WHERE id LIKE '%' || ? AND deleted IS NOT TRUE ORDER BY id LIMIT 1"
        ids = queries.table(session, query, tail)
        if ids and (found := read.get(session, BY_KIND[kind], ids[0][0])):
            return sort, found
    return None


def _sorts(letters: str) -> Iterator[str]:
    """The sorts whose numbers begin with some letters."""
    if sort := signing.sort_of(letters):
        yield sort
    elif letters:
        named = (kind for kind in sorted(PRINTED) if LETTERS.get(kind, OTHERS) == letters)
        yield from (f"{kind}{ALONE_END}" for kind in named)


def stands_alone(session: Reading, record: Record) -> bool:
    """Is the record's own sheet in no case file?"""
    case = getattr(record, "case", None)
    in_file = record.KIND in IN_FILES and case is not None and read.get(session, Case, case) is not None
    return record.KIND != Case.KIND and not in_file


def base_number(sort: str, record: Record) -> str:
    """The number of such a paper without its print."""
    if sort in LETTERS_OF:
        return signing.number_of(sort, str(record.id))
    return paper_number(LETTERS.get(record.KIND, OTHERS), record)


def title_of(sort: str, record: Record, number: str = "") -> str:
    """What a paper is called: 走访记录, 申请书, 6月工作日志."""
    if sort in TITLES:
        return TITLES[sort]
    if sort == LETTER_ALONE:
        return titled("letter", LETTER)
    if isinstance(record, Diary):
        return _of_days(sort, record.date or "", number)
    return titled(record.KIND)


def _of_days(sort: str, first: str, number: str) -> str:
    if not days.is_whole(first):
        return PLAN if sort == "week_plan" else DIARY
    letters, _ = signing.alone_of(number)
    told = int(letters.removeprefix("RZ") or 0) if letters.startswith("RZ") else 0
    from_day = days.show_day(first)[5:]
    if sort == "week_plan":
        return f"{from_day}{PLAN}"
    whole = days.add_days(first, told - 1) == days.latest(first[:7]) and first.endswith("-01")
    return f"{int(first[5:7])}月{DIARY}" if whole else f"{from_day}起{DIARY}"

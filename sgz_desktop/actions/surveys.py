"""需求调研: a survey with its questions, the sheets that came back, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import survey
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.records.survey import Survey, SurveyAnswer, SurveyQuestion, SurveySheet
from sgz_desktop.domain.survey import Answer, Question, Sheet, Tally
from sgz_desktop.domain.survey_groups import Split, split
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

GONE = ("这次调研已经不在了。", "请回到需求调研列表再看。")
AT_ONCE = 500
CARRIED = ("date", "village", "mode", "worker")  # what the next sheet of a bundle shares with the last


@dataclass(frozen=True)
class Entry:
    """What entering sheets needs: the questions, the number of the next sheet, and what it shares with the
    one before."""

    id: str
    title: str
    questions: tuple[Question, ...]
    next_number: int
    entered: int
    planned: int | None
    shared: dict[str, str]


@dataclass(frozen=True)
class Findings:
    """A survey and what came back. `sheets` in the order of their numbers, `tallies` in that of the
    questions; `by_village` and `by_whom` of those that can be split."""

    survey: Survey
    sheets: tuple[Sheet, ...]
    tallies: tuple[Tally, ...]
    by_village: tuple[Split, ...]
    by_whom: tuple[Split, ...]


@dataclass(frozen=True)
class YearPlan:
    """What a survey puts into the year's plan."""

    survey: str
    title: str
    last_on: str
    priorities: str
    plan: str


def named(session: Reading, id: str) -> Survey:
    """A survey. AppError when it is not here any more."""
    found = read.get(session, Survey, id)
    if found is None or found.deleted:
        raise AppError(*GONE)
    return found


def questions_of(session: Reading, id: str) -> tuple[Question, ...]:
    """The questions of a survey in their order; those without words or sort are not asked yet."""
    rows = read.of_parent(session, SurveyQuestion, "survey", id)
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.rid or 0))
    return tuple(
        Question(
            str(row.id),
            row.text,
            row.sort,
            survey.option_lines(row.options or ""),
            row.most or survey.MOST_SCORE,
        )
        for row in rows
        if row.text and row.sort and (row.sort not in survey.CHOSEN or row.options)
    )


def sheets_of(session: Reading, id: str) -> tuple[Sheet, ...]:
    """The sheets of a survey with their answers, by number."""
    rows = read.of_parent(session, SurveySheet, "survey", id)
    rows.sort(key=lambda row: (row.number is None, row.number or 0, row.rid or 0))
    answers: dict[str, dict[str, Answer]] = {}
    ids = [str(row.id) for row in rows]
    for at in range(0, len(ids), AT_ONCE):
        for one in read.of_parent(session, SurveyAnswer, "sheet", *ids[at : at + AT_ONCE]):
            given = Answer(survey.places(one.choices or ""), one.score, one.words or "")
            answers.setdefault(str(one.sheet), {})[str(one.question)] = given
    whom = code_list("service_group")
    return tuple(
        Sheet(
            str(row.id),
            row.village or "",
            whom.label(row.whom) if row.whom else "",
            row.number,
            answers.get(str(row.id), {}),
        )
        for row in rows
    )


def findings_of(session: Reading, id: str) -> Findings:
    """A survey with everything counted, on one snapshot."""
    asked, sheets = questions_of(session, id), sheets_of(session, id)
    counted = [one for one in asked if one.sort != survey.TEXT]
    return Findings(
        named(session, id),
        sheets,
        tuple(survey.tally(one, sheets) for one in asked),
        tuple(split(one, sheets, lambda sheet: sheet.village) for one in counted),
        tuple(split(one, sheets, lambda sheet: sheet.whom) for one in counted),
    )


@action
def survey_findings(desk: Desk, id: str) -> Findings:
    """A survey and what came back."""
    return desk.read(lambda session: findings_of(session, id))


@action
def survey_entry(desk: Desk, id: str) -> Entry:
    """What the next sheet of a survey is typed into. AppError when no question is written yet."""

    def work(session: Reading) -> Entry:
        found, asked = named(session, id), questions_of(session, id)
        if not asked:
            raise AppError("这次调研还没有题目，不能录入。", "请先打开调研，写好题目。")
        rows = read.of_parent(session, SurveySheet, "survey", id)
        last = max(rows, key=lambda row: (row.number or 0, row.rid or 0), default=None)
        shared = {name: getattr(last, name) for name in CARRIED if last and getattr(last, name)}
        number = max((row.number or 0 for row in rows), default=0) + 1
        return Entry(id, found.title or "", asked, number, len(rows), found.planned_sheets, shared)

    return desk.read(work)


PLANS = f"""SELECT id, coalesce(title, ''), coalesce(last_on, first_on, ''), coalesce(priorities, ''),
coalesce(year_plan, '') FROM r_survey WHERE deleted {HERE} AND year_plan IS NOT NULL
AND (?1 = '' OR contract = ?1) ORDER BY coalesce(last_on, first_on) DESC, rid DESC"""


@action
def year_plans(desk: Desk, contract: str = "") -> list[YearPlan]:
    """What surveys put into the plan of a contract's year, or of any, the latest first."""
    return desk.read(lambda session: [YearPlan(*row) for row in queries.table(session, PLANS, contract)])


def answer_values(question: Question, answer: Answer) -> dict[str, object]:
    """An answer as the fields of its record."""
    if question.sort in survey.CHOSEN:
        return {"question": question.id, "choices": ",".join(str(one) for one in answer.choices)}
    if question.sort == survey.TEXT:
        return {"question": question.id, "words": answer.words}
    return {"question": question.id, "score": answer.score}


def figures_of(sheets: Sequence[Sheet]) -> str:
    """收回100份，覆盖6个村（居）."""
    villages = {sheet.village for sheet in sheets if sheet.village}
    return f"收回{len(sheets)}份" + (f"，覆盖{len(villages)}个村（居）" if villages else "")

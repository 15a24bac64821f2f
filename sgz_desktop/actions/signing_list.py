"""待签清单: every paper of all cases that waits for a signature, on the screen and on paper to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import near_day
from sgz_desktop.actions.signing import altered_since, local_day, own_day, prints_of, state_words
from sgz_desktop.actions.signing_about import About, about_of
from sgz_desktop.actions.signing_reports import issue_of, issue_state
from sgz_desktop.actions.signing_sorts import of_number, signs_of, title_of
from sgz_desktop.domain import days, signing
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records.report import Report
from sgz_desktop.domain.signing import SORTS
from sgz_desktop.reports.values import Handouts, Heading, Narrative, Option, Sheet, Table
from sgz_desktop.store import papers, queries, search
from sgz_desktop.store.papers import Paper
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
TITLE = "待签清单"
NOBODY = "（姓名未填）"
NO_VILLAGE = "没有填村（居）"
NOTHING = "没有待签的文书。"
MOST = 200


@dataclass(frozen=True)
class Waiting:
    """A paper that waits. `number` and `printed` '' while it was never printed; `waits` days since."""

    kind: str
    id: str
    sort: str
    title: str
    number: str
    case: str
    case_number: str
    person: str
    name: str
    village: str
    worker: str
    signers: str
    state: str
    words: str
    printed: str
    waits: int


CASE = """SELECT c.id, c.number, c.client, p.name, coalesce(h.village, ''), c.worker FROM r_case c
LEFT JOIN r_person p ON p.id = c.client LEFT JOIN r_household h ON h.id = c.household
WHERE c.deleted IS NOT TRUE AND c."""
UNPRINTED = """SELECT k.kind, k.id, k."case" FROM (
  SELECT 'consent' kind, id, "case" FROM r_consent WHERE signed_on IS NULL AND deleted IS NOT TRUE
  UNION ALL SELECT 'plan', id, "case" FROM r_plan WHERE client_confirmed_on IS NULL
    AND deleted IS NOT TRUE) k
JOIN r_case c ON c.id = k."case" AND c.closed_on IS NULL AND c.deleted IS NOT TRUE
WHERE NOT EXISTS (SELECT 1 FROM r_attachment a WHERE a.parent = k.id AND a.paper_number IS NOT NULL
  AND a.deleted IS NOT TRUE) ORDER BY c.number, k.kind, k.id"""


@action
def list_unsigned(desk: Desk) -> list[Waiting]:
    """Printed papers that have not come back, the longest waiting first; then consents and plans of open
    cases that were never printed and hold no signature."""
    today = desk.today()
    return desk.read(lambda session: waiting_papers(session, today))


def waiting_papers(session: Reading, today: str) -> list[Waiting]:
    """The same on a snapshot."""
    found = [one for paper in papers.waiting(session) if (one := _printed(session, paper, today))]
    known = {(one.kind, one.id) for one in found}
    rows = queries.table(session, UNPRINTED)
    return found + [_unprinted(session, *row) for row in rows if row[:2] not in known]


def _printed(session: Reading, paper: Paper, today: str) -> Waiting | None:
    """A printed paper in words; None when its record is gone, kept back, or holds the signature itself."""
    if paper.kind == Report.KIND:
        return _issue(session, paper, today)
    known = _known(session, paper)
    if known is None:
        return None
    sort, title, about = known
    signs = signs_of(sort)
    once = len(prints_of(session, paper.kind, paper.record, signing.base_of(paper.number))) < 2
    if once and own_day(session, signs, paper.record):
        return None
    altered = altered_since(session, signs, paper.kind, paper.record, paper.upto)
    printed = local_day(paper.at_ms)
    words = state_words(signing.UNSIGNED, altered)
    waits = max(0, days.days_between(printed, today))
    own = _line(paper.kind, paper.record, sort, about)
    return replace(own, title=title, number=paper.number, words=words, printed=printed, waits=waits)


def _known(session: Reading, paper: Paper) -> tuple[str, str, About] | None:
    """The sort of a printed paper, what it is called and whose it is; None when its record is gone or kept
    back."""
    if any(signing.alone_of(paper.number)):
        found = of_number(session, paper.number)
        if found is None:
            return None
        sort, record = found
        return sort, title_of(sort, record, paper.number), replace(about_of(session, record), case="")
    sort = _sort(paper.number)
    rows = queries.table(session, CASE + "number = ?", signing.case_of(paper.number))
    here = f"SELECT 1 FROM r_{paper.kind} WHERE id = ? AND deleted IS NOT TRUE"
    if sort not in SORTS or not rows or not queries.table(session, here, paper.record):
        return None
    return sort, titled(sort, OTHERS.get(sort, "")), _of_case(rows[0])


def _of_case(row: Sequence[str | None]) -> About:
    case, number, *others = (text or "" for text in row)
    return About(case, number or "编号未给", *others)


def _issue(session: Reading, paper: Paper, today: str) -> Waiting | None:
    """The same of a report that was signed off."""
    one = issue_of(session, signing.tidy_number(paper.number))
    if one is None:
        return None
    state = issue_state(session, one, today)
    about = About(name=signing.STATION, village=signing.STATION_OWN, worker=one.report.filled_by or "")
    waits = max(0, days.days_between(state.printed, today))
    own = _line(state.kind, state.id, state.sort, about)
    return replace(
        own,
        title=state.title,
        number=state.number,
        signers=state.signers,
        words=state.words,
        printed=state.printed,
        waits=waits,
    )


def _unprinted(session: Reading, kind: str, id: str, case: str) -> Waiting:
    about = _of_case(queries.table(session, CASE + "id = ?", case)[0])
    own = _line(kind, id, kind, about)
    return replace(own, state=signing.UNPRINTED, words=state_words(signing.UNPRINTED, False))


def _line(kind: str, id: str, sort: str, about: About) -> Waiting:
    """A paper that was printed as its kind is called; when, and under which number, is not told yet."""
    return Waiting(
        kind=kind,
        id=id,
        sort=sort,
        title=titled(kind),
        number="",
        case=about.case,
        case_number=about.case_number,
        person=about.person,
        name=about.name or NOBODY,
        village=about.village,
        worker=about.worker,
        signers="、".join(signs_of(sort).signers),
        state=signing.UNSIGNED,
        words="",
        printed="",
        waits=0,
    )


OTHERS = {  # papers that are no record of their own
    "letter": "转介函",
    "satisfaction": "满意度问卷",
    "plan_annex": "服务计划附页",
    "closure_annex": "结案报告附页",
}


def _sort(number: str) -> str:
    """The sort of paper a number names in a case file, '' none."""
    from sgz_desktop.actions.papers_case_file import SORTS as NUMBERED

    found = signing.NUMBER.fullmatch(number)
    place = int(found["sheet"]) - 1 if found else -1
    return NUMBERED[place] if 0 <= place < len(NUMBERED) else ""


@action
def waiting_like(desk: Desk, text: str) -> list[Waiting]:
    """Papers that wait, by part of the number, the name, pinyin initials; all of them for no text."""
    today, number = desk.today(), signing.tidy_number(text)

    def work(session: Reading) -> list[Waiting]:
        found = waiting_papers(session, today)
        if not number:
            return found
        people = {hit.id for hit in search.people(session, text, limit=MOST)}
        return [one for one in found if number in one.number or text in one.name or one.person in people]

    return desk.read(work)


def _paper(desk: Desk, ids: Sequence[str]) -> Handouts:
    today, wanted = desk.today(), frozenset(ids)
    rows = desk.read_for_paper(lambda session: waiting_papers(session, today))
    told = [row for row in rows if row.id in wanted]
    blocks: list[Heading | Table | Narrative] = []
    for village in dict.fromkeys(row.village for row in told):
        blocks += _village([row for row in told if row.village == village], village, today)
    sheet = Sheet(
        title=TITLE,
        number=f"DQ-{today.replace('-', '')}",
        paper="INTERNAL",
        blocks=tuple(blocks or [Narrative(NOTHING)]),
        subtitle=f"{len(told)}份　{days.show_day(today)}打印",
    )
    return Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _village(rows: Sequence[Waiting], village: str, today: str) -> tuple[Heading, Table]:
    heads = columns(
        ("序", 0.9, "centre"),
        ("对象或事项", 3),
        ("文书", 2.4),
        ("文件编号", 3.9),
        ("谁签", 2.8),
        ("打印日期", 2.4),
        ("已等", 1.3, "right"),
        ("社工", 1.7),
        ("签了", 1.2),
    )
    told = tuple(
        (
            str(place),
            row.name,
            row.title,
            row.number or signing.STATES[signing.UNPRINTED],
            row.signers,
            near_day(row.printed, today),
            f"{row.waits}天" if row.printed else "",
            row.worker,
            (Option(""),),
        )
        for place, row in enumerate(rows, start=1)
    )
    return Heading(f"{village or NO_VILLAGE}　{len(rows)}份"), Table(tuple(heads), told, ledger=True)


@action
def unsigned_paper(desk: Desk, ids: Sequence[str]) -> Handouts:
    """待签清单 of the papers of some records, by village."""
    return _paper(desk, ids)


@action
def print_unsigned(desk: Desk, ids: Sequence[str], progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_paper(desk, ids), progress)

"""迎检自查: an evaluator's table beside what is on file, its evidence, and tables made from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.evidence_words import words_of_any
from sgz_desktop.actions.forms import RowInput, Saved, checked, new_form
from sgz_desktop.domain import self_check
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.evaluation_sheet import ItemsRead, items_of
from sgz_desktop.domain.records.contract import Contract
from sgz_desktop.domain.records.evaluation_pack import EvaluationEvidence, EvaluationItem, EvaluationTable
from sgz_desktop.domain.self_check import BY_KEY, MET, MISSING, Scores, Standing
from sgz_desktop.errors import AppError
from sgz_desktop.foreign import tables
from sgz_desktop.resources import resource
from sgz_desktop.store import queries, read
from sgz_desktop.store import self_check as looking
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.self_check import EVER, Span
from sgz_desktop.store.session import Reading

RUNNING = f"""SELECT id FROM r_contract WHERE first_on <= ?1 AND last_on >= ?1 AND deleted {HERE}
ORDER BY first_on DESC, rid DESC LIMIT 1"""
GONE = ("这张评估表已经不在了。", "请回到迎检自查列表再看。")
MOST_NAMED = 6  # records named for one item; more are counted
NO_ITEMS = ("这个表格里没有找到评估项，没有读入。", "请在表头写上：一级指标、内容、分值、评分办法。")


@dataclass(frozen=True)
class Evidence:
    """A record that proves an item, in words; `about` '' where only words were written."""

    id: str
    about: str
    kind: str
    words: str


@dataclass(frozen=True)
class ItemLine:
    """One item and how it stands. `found` are the records the program found, `found_words` says how many."""

    item: EvaluationItem
    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    found: tuple[str, ...] = ()
    found_words: str = ""


@dataclass(frozen=True)
class TablePage:
    """A table with its items; `span` the days looked through, `scores` the sums."""

    table: EvaluationTable
    span: Span
    items: tuple[ItemLine, ...]
    scores: Scores

    @property
    def missing(self) -> int:
        """Items for which there is nothing."""
        return sum(line.standing.state == MISSING for line in self.items)


@dataclass(frozen=True)
class Checklist:
    """A 六有 checklist the program brings along."""

    id: str
    title: str
    source: str
    items: tuple[Mapping[str, Any], ...] = field(default=())


@dataclass(frozen=True)
class NamedRecord:
    """A record in words that name nobody."""

    id: str
    kind: str
    words: str


@dataclass(frozen=True)
class Imported:
    """A table taken over from a file: how many items, and the rows whose points could not be read."""

    id: str
    items: int
    doubts: tuple[int, ...]


def span_of(session: Reading, table: EvaluationTable) -> Span:
    """The year looked through: that of the contract, or everything where the table names none."""
    contract = read.get(session, Contract, table.contract) if table.contract else None
    if contract is None or contract.deleted:
        return EVER
    return contract.first_on or EVER[0], contract.last_on or EVER[1]


def named(session: Reading, id: str) -> EvaluationTable:
    """A table. AppError when it is not here any more."""
    found = read.get(session, EvaluationTable, id)
    if found is None or found.deleted:
        raise AppError(*GONE)
    return found


def page_of(session: Reading, id: str) -> TablePage:
    """A table, its items and what is on file for them, on one snapshot."""
    table = named(session, id)
    span = span_of(session, table)
    items = read.of_parent(session, EvaluationItem, "table", id)
    items.sort(key=lambda one: (one.place is None, one.place or 0, one.rid or 0))
    linked = _evidence(session, [str(one.id) for one in items])
    keys = {_looked_for(one) for one in items} & BY_KEY.keys()
    found = {key: tuple(looking.proofs_of(session, BY_KEY[key], span)) for key in keys}
    lines = tuple(_line(one, linked.get(str(one.id), ()), found.get(_looked_for(one), ())) for one in items)
    told = [(one.item.points, one.item.scored, one.standing.state) for one in lines]
    return TablePage(table, span, lines, self_check.scores(told))


def _looked_for(item: EvaluationItem) -> str:
    """The key of what is looked for: what is written, else what the words of the item ask for."""
    return item.proof or self_check.suggested(item.text or "", item.section or "")


def _line(item: EvaluationItem, linked: Sequence[Evidence], found: tuple[str, ...]) -> ItemLine:
    key = _looked_for(item)
    proof = BY_KEY.get(key)
    words = self_check.found_words(proof, len(found)) if proof else ""
    by_section = not item.proof and not self_check.suggested(item.text or "")
    how = self_check.standing(item.state, key, len(found), len(linked), by_section=by_section)
    return ItemLine(item, how, tuple(linked), found, words)


def state_words(how: Standing) -> str:
    """已具备; what only was found is 有记录, where only its section asks 待核, until the worker says so."""
    if how.state == MISSING:
        return "缺"
    if how.by == "section":
        return "待核"
    if how.by == "found":
        return "有记录" if how.state == MET else "不够"
    return code_list("evaluation_state").label(how.state)


def materials(line: ItemLine) -> str:
    """What proves an item, in a line: the records linked to it, and how many were found."""
    named = [one.words for one in line.evidence if one.words][:MOST_NAMED]
    more = len(line.evidence) - len(named)
    found = [line.found_words] if line.found else []
    return "；".join([*named, *([f"另{more}件"] if more else []), *found])


def _evidence(session: Reading, items: Sequence[str]) -> dict[str, list[Evidence]]:
    rows = read.of_parent(session, EvaluationEvidence, "item", *items)
    named = words_of_any(session, [row.about for row in rows if row.about])
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        kind, words = named.get(row.about or "", ("", ""))
        if row.about and not kind:
            words = "（资料未到）"
        told = "　".join(part for part in (words, row.words or "") if part)
        found.setdefault(str(row.item), []).append(Evidence(str(row.id), row.about or "", kind, told))
    return found


@action
def evaluation_page(desk: Desk, id: str) -> TablePage:
    """A table with what is on file for each item."""
    return desk.read(lambda session: page_of(session, id))


@action
def name_records(desk: Desk, ids: Sequence[str]) -> list[NamedRecord]:
    """Records of any kind in words, in the order of their ids; what is not here is left out."""
    found = desk.read(lambda session: words_of_any(session, ids))
    return [NamedRecord(id, *found[id]) for id in ids if id in found]


@cache
def checklists() -> tuple[Checklist, ...]:
    """The 六有 checklists the program brings along."""
    told = tomllib.loads(resource("forms", "six_haves.toml").read_text("utf-8"))
    return tuple(
        Checklist(one["id"], one["title"], one["source"], tuple(one["items"])) for one in told["checklist"]
    )


@action
def make_checklist(desk: Desk, name: str, contract: str = "") -> Saved:
    """A table to check oneself by, made from a 六有 checklist; for the contract that runs, unless told."""
    chosen = next((one for one in checklists() if one.id == name), None)
    if chosen is None:
        raise AppError("没有这种六有清单，没有新建。", "请从列出的清单里选。")
    typed = {"title": chosen.title, "sort": "six_haves", "source": chosen.source, "contract": contract}
    return _made(desk, typed, chosen.items)


@action
def read_evaluation(desk: Desk, path: Path) -> ItemsRead:
    """The items in an .xlsx, .xls or .csv file; nothing is written. AppError when there are none."""
    for sheet in tables.read(path):
        found = items_of(sheet.rows)
        if found.items and not sheet.hidden:
            return found
    raise AppError(*NO_ITEMS)


@action
def import_evaluation(
    desk: Desk, found: ItemsRead, title: str, sort: str = "year", contract: str = ""
) -> Imported:
    """A table made from the items of a file; their words tell what the program can look for by itself. For
    the contract that runs, unless told."""
    items = [
        {
            "section": one.section,
            "text": one.text,
            "points": one.points,
            "how": one.how,
            "proof": self_check.suggested(one.text),  # what its section asks for is looked up when shown
        }
        for one in found.items
    ]
    saved = _made(desk, {"title": title, "sort": sort, "contract": contract}, items)
    return Imported(saved.id, len(items), found.doubts)


def _made(desk: Desk, typed: Mapping[str, object], items: Sequence[Mapping[str, object]]) -> Saved:
    """Write a table with its items through the gate, as one edit."""
    rows = [
        RowInput("", {"place": at, **{name: value for name, value in one.items() if value not in (None, "")}})
        for at, one in enumerate(items, start=1)
    ]
    form, today = new_form(desk, EvaluationTable.KIND), desk.today()
    running = desk.read(lambda session: queries.table(session, RUNNING, today))
    known = {"contract": running[0][0]} if running else {}
    given = {**known, **{name: value for name, value in typed.items() if value}}
    _, writes = checked(desk, form, given, {"items": rows})

    def work(session: Any) -> Saved:
        desk.record(session, "", writes)
        return Saved(form.kind, form.id, session.changes())

    return desk.write(work)

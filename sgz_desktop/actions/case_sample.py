"""What an evaluator asks for: cases drawn at random, and people who may be called about the service.

A case kept from the guardian is in neither, whoever asks, and nobody of such a home is called.
"""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import NOBODY, Desk
from sgz_desktop.actions.papers import Progress
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.self_check import named, span_of
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.self_check import sample
from sgz_desktop.domain.signing import number_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts, Narrative, Sheet, Signatures, Table
from sgz_desktop.store import read
from sgz_desktop.store import self_check as looking
from sgz_desktop.store.self_check import EVER, Reachable, Span
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

SAMPLE, CALLS = "抽查个案名单", "满意度回访名单"
MOST_SEED, MOST_CASES = 10**9, 200
CALLERS = {"civil": "民政部门（含委托的评估方）", "township": "乡镇（街道）"}
AGREED = {"civil": "提供给民政部门", "township": "提供给乡镇街道"}
HOW = "由程序按种子数随机抽取：同一种子数、同样的个案，在任何电脑上抽出的都一样。保密个案不参加抽取。"
NO_CASES = ("这段时间没有可抽的个案。", "请核对评估表所选的合同。")
NOBODY_AGREED = "没有可以回访的人。"


@dataclass(frozen=True)
class Sample:
    """Cases drawn: (number, id), from how many, by which seed; `span` the days they were open in."""

    seed: int
    cases: tuple[tuple[str, str], ...]
    among: int
    span: Span


def _drawn(desk: Desk, id: str, seed: int, size: int) -> Sample:
    if not (0 <= seed < MOST_SEED and 1 <= size <= MOST_CASES):
        raise AppError("种子数或件数不合适，没有抽取。", f"种子数不超过9位，件数1至{MOST_CASES}。")

    def work(session: Reading) -> Sample:
        span = span_of(session, named(session, id))
        known = looking.cases_in(session, span)
        return Sample(seed, tuple((one, known[one]) for one in sample(seed, known, size)), len(known), span)

    found = desk.read_for_paper(work)
    if not found.cases:
        raise AppError(*NO_CASES)
    return found


def told(found: Sample, today: str) -> str:
    """2026年6月30日抽取：种子数20260630，从14件中抽5件。"""
    size = len(found.cases)
    return f"{days.show_day(today)}抽取：种子数{found.seed}，从{found.among}件中抽{size}件"


@action
def draw_cases(desk: Desk, id: str, seed: int, size: int) -> tuple[Sample, Changes]:
    """Draw cases for a table, and write down in its note when, by which seed and from how many: whoever asks
    later draws the same ones. AppError when there are none."""
    found, today = _drawn(desk, id, seed, size), desk.today()

    def work(session: Writing) -> Changes:
        loaded = read.load(session, type(named(session, id)), id)
        assert loaded is not None
        line, before = f"{told(found, today)}。", loaded.record.note or ""
        if line not in before.splitlines():
            note = "\n".join(part for part in (before, line) if part)
            desk.record(session, "", [Write("evaluation_table", id, {"note": note}, loaded.seen)])
        return session.changes()

    return found, desk.write(work)


@action
def sample_paper(desk: Desk, id: str, seed: int, size: int) -> Handouts:
    """The cases a seed draws, as values."""
    found = _drawn(desk, id, seed, size)
    rows = tuple((str(at), number, "", "") for at, (number, _) in enumerate(found.cases, start=1))
    heads = columns(("序", 1, "centre"), ("个案编号", 4), ("调阅", 2.4), ("备注", 5))
    sheet = Sheet(
        SAMPLE,
        number_of("case_sample", id),
        "INTERNAL",
        (
            Narrative(f"{told(found, desk.today())}。{HOW}", indent=False),
            Table(tuple(heads), rows, ledger=True),
            Signatures(("抽取人", "评估人员")),
        ),
        subtitle=_span_words(found.span),
    )
    return Handouts(desk.station, SAMPLE, (sheet,), desk.practice)


def _span_words(span: Span) -> str:
    if span == EVER:
        return "全部个案"
    first, last = ("" if day in EVER else days.show_day(day) for day in span)
    return f"{first}至{last}在办的个案"


def _reachable(desk: Desk, id: str, caller: str) -> list[Reachable]:
    kept = desk.store.kept_back(NOBODY)

    def work(session: Reading) -> list[Reachable]:
        shut = looking.not_to_call(session, kept.names)
        span = span_of(session, named(session, id))
        found: dict[str, Reachable] = {}
        for one in looking.callable_people(session, span, caller):
            if one.case not in kept.names and one.person not in shut.people and one.phone not in shut.phones:
                found.setdefault(one.person, one)
        return list(found.values())

    return desk.store.read(work)


def _calls(desk: Desk, id: str, caller: str) -> Handouts:
    people = _reachable(desk, id, caller)
    givers = code_list("consent_giver")
    rows = tuple(
        (
            str(at),
            one.name or "（姓名未填）",
            one.phone or "没有电话",
            one.village or "",
            one.number or "",
            (givers.label(one.giver) if one.giver else "")
            + (one.giver_name or "" if one.giver != "self" else ""),
            "",
        )
        for at, one in enumerate(people, start=1)
    )
    heads = columns(
        ("序", 1, "centre"),
        ("姓名", 1.6),
        ("电话", 2.5),
        ("村（居）", 1.9),
        ("个案编号", 2.2),
        ("谁同意的", 3.5),
        ("回访情况", 3.5),
    )
    words = (
        f"供{CALLERS[caller]}电话回访。只列同意书上同意“{AGREED[caller]}”、没有撤回的人；"
        "用后收回销毁，不得转给他人。"
    )
    sheet = Sheet(
        CALLS,
        f"HF-{desk.today().replace('-', '')}",
        "INTERNAL",
        (Narrative(words, indent=False), Table(tuple(heads), rows, ledger=True, empty=NOBODY_AGREED)),
        subtitle=f"{len(rows)}人　{days.show_day(desk.today())}打印",
    )
    return Handouts(desk.station, CALLS, (sheet,), desk.practice)


@action
def call_list(desk: Desk, id: str, caller: str = "civil") -> Handouts:
    """Who may be called about the service in the year of a table, as values; `caller` civil or township."""
    return _calls(desk, id, caller)


@action
def print_call_list(desk: Desk, id: str, caller: str = "civil", progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_calls(desk, id, caller), progress)

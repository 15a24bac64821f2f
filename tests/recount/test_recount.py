"""Every figure equals that of an independent count of the exported NDJSON, over made-up histories."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import INDICATORS, indicators
from sgz_desktop.exports.ndjson import Header, written
from sgz_desktop.store import facts, log
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from tests.conftest import MakeStore, TestClock
from tests.recount import count
from tests.recount.count import Found, recount

TODAY = "2026-06-30"
DAYS = ("2025-12-31", "2026-01-15", "2026-05-28", "2026-06-01", "2026-06", "2026", "2026-06-15", "2026-06-20")
LATER = (*DAYS, "2026-07-01", "2026-07-15", None)
SPANS = (
    Period("2026-06-01", "2026-06-30"),
    Period("2026-05-26", "2026-06-25"),
    Period("2026-01-01", "2026-06-30"),
    Period("2025-09-01", "2026-08-31"),
)
WHOLE_YEAR = SPANS[-1]  # holds the days of all others
RATED = {"rated_content": (0, 3, 12), "rated_by": (None, 0, 10)}
TIMES = {"start_time": ("09:00", "14:00"), "end_time": (None, "08:00", "10:20", "15:30")}
MET = (None, "met", "voice", "video", "proxy", "not_met", "seen_asleep")
CATEGORIES = (None, "none", "living_alone", "tekun,dibao", "left_child", "disabled", "advanced_age,other")
PROGRAMMES = (None, "tekun", "dibao", "linshi")
KINDS: Mapping[str, tuple[int, Mapping[str, Any]]] = {
    # kind: (how many at most, field: values to choose from, or @kind for one of those records)
    "person": (
        7,
        {
            "categories": CATEGORIES,
            "born": (None, "1940-02-03", "1946", "1966-06-30", "1966-07-01", "2008-06", "2015"),
            "filed_on": LATER,
            "closed_on": (None, None, "2026-06-10"),
            "died_on": (None, None, None, "2026-06-12"),
            "moved_on": (None, None, None, "2026-02"),
        },
    ),
    "household": (
        3,
        {
            "categories": (None, "monitored", "dibao,family_planning_loss"),
            "filed_on": LATER,
            "closed_on": (None, DAYS[5]),
        },
    ),
    "case": (
        3,
        {
            "stage": ("plan", "closed", "declined", "lead", "transferred", None),
            "opened_on": DAYS,
            "closed_on": LATER,
            "risk": (None, "high", "low"),
            "household": "@household",
        },
    ),
    "case_move": (
        2,
        {"case": "@case", "to_stage": ("closed", "plan", "transferred"), "step": (1, 2), "moved_on": DAYS},
    ),
    "assessment": (2, {"case": "@case", "risk": ("high", "low"), "assessed_on": DAYS[:4]}),
    "visit": (
        6,
        {
            "date": LATER,
            "mode": (None, "home", "phone"),
            "met": (None, True, False),
            "case": "@case",
            "household": "@household",
            "policy_told": (None, "none", "dibao", "none,tekun"),
            **TIMES,
        },
    ),
    "session": (3, {"date": LATER, "case": "@case", **TIMES}),
    "followup": (2, {"date": LATER, "case": "@case"}),
    "presence": (14, {"occasion": "@visit|session|followup", "person": "@person", "mode": MET}),
    "contact": (
        4,
        {
            "date": LATER,
            "way": (None, "came", "called", "message", "brought"),
            "subjects": (None, "policy,help"),
            "policy_told": (None, "none", "tekun"),
        },
    ),
    "evaluation": (3, {"case": "@case", "evaluated_on": LATER, "satisfaction": (None, "5", "4", "1")}),
    "goal_result": (
        5,
        {
            "evaluation": "@evaluation",
            "goal": (None, "goal-1", "goal-2"),
            "result": ("full", "partial", "none", "dropped"),
        },
    ),
    "group": (3, {"cancelled": (None, False, True), "evaluated_on": LATER, **RATED}),
    "group_member": (
        4,
        {"group": "@group", "person": "@person", "category": (None, "disabled", "left_woman")},
    ),
    "group_session": (5, {"group": "@group", "date": LATER, "cancelled": (None, None, True)}),
    "attendance": (
        12,
        {
            "session": "@group_session",
            "member": "@group_member",
            "state": ("present", "late", "leave", "absent", None),
        },
    ),
    "activity": (
        5,
        {
            "date": LATER,
            "sort": (None, "community", "publicity", "training", "volunteer"),
            "cancelled": (None, None, True),
            "head_count": (None, 0, 2, 50),
            "told_policy": (None, True),
            **RATED,
        },
    ),
    "sign_in": (
        10,
        {
            "activity": "@activity",
            "person": "@person",
            "role": (None, "resident", "volunteer", "partner", "worker", "other"),
        },
    ),
    "application": (
        6,
        {
            "programme": PROGRAMMES,
            "person": "@person",
            "household": "@household",
            "filed_on": LATER,
            "accepted_on": (None, "2026-06-02"),
            "result": (None, "pending", "confirmed", "refused", "not_accepted", "withdrawn"),
            "result_on": LATER,
        },
    ),
    "referral": (3, {"person": "@person", "sent_on": LATER, "placed_on": LATER, "job_from": LATER}),
    "mandatory_report": (2, {"found_on": LATER}),
    "organisation": (
        4,
        {
            "sort": (None, "charity", "social_org", "company", "civil_affairs"),
            "mobilised_on": LATER,
            "founded_on": LATER,
            "fostered": (None, True),
        },
    ),
    "resource": (
        4,
        {
            "received_on": LATER,
            "sort": (None, "money", "goods"),
            "worth": (None, 100, 12_345),
            "provider": "@organisation",
        },
    ),
    "volunteer": (
        4,
        {"registered_on": LATER, "left_on": (None, *DAYS), "state": (None, "active", "paused", "left")},
    ),
    "volunteer_team": (2, {"founded_on": LATER, "disbanded_on": LATER}),
    "volunteer_service": (5, {"volunteer": "@volunteer", "date": LATER, "served": (None, 0, 45, 133)}),
    "supervision": (
        3,
        {"date": LATER, "head_count": (None, 4), "attendees": ("", "林一", "林一、赵二"), **TIMES},
    ),
    "training": (2, {"date": LATER, "duration": (None, 720), "head_count": (None, 1), **TIMES}),
    "staff": (
        5,
        {
            "posted_on": LATER,
            "left_on": (None, None, *DAYS),
            "post": (None, "head", "social_worker", "intern", "supervisor"),
            "qualification": (None, "none", "assistant", "senior", "degree"),
            "full_time": (None, True, True, False),
        },
    ),
    "learning": (3, {"staff": "@staff", "training": "@training"}),
    "contract": (
        2,
        {
            "first_on": ("2025-09-01", "2026-01", None),
            "last_on": (None, "2026-05-31", "2026-08-31"),
            "amount": (None, 3_000_00),
        },
    ),
    "spending": (
        4,
        {
            "contract": "@contract",
            "date": LATER,
            "category": (None, "salary", "activity"),
            "amount": (None, 12_345, 200_00),
        },
    ),
}
_turn = itertools.count()
ACTOR = Actor("worker-1", frozenset({"social_worker"}), "save")


def history(chance: random.Random, prefix: str) -> Iterator[Write]:
    """Some records of every kind, at random; of each kind one in eight is taken out again."""
    made: dict[str, list[str]] = {}
    for kind, (most, fields) in KINDS.items():
        for number in range(chance.randint(0, most)):
            id = f"{prefix}-{kind}-{number}"
            values: dict[str, Any] = {}
            for name, told in fields.items():
                value = chance.choice(_named(told, made) if isinstance(told, str) else list(told))
                if value is not None:
                    values[name] = value
            if chance.random() < 0.12:
                values["deleted"] = True
            made.setdefault(kind, []).append(id)
            yield Write(kind, id, values)


_STORES: dict[str, Store] = {}


@contextmanager
def lived(store: Store, writes: Sequence[Write]) -> Iterator[None]:
    """The history stands in the store while one looks at it, and is taken out afterwards."""
    store.write(lambda session: record_many(session, ACTOR, "", writes))
    try:
        yield
    finally:
        gone = [Write(one.kind, one.id, {"deleted": True}) for one in writes]
        store.write(lambda session: record_many(session, ACTOR, "", gone))


def _named(kinds: str, made: Mapping[str, list[str]]) -> list[str | None]:
    return [*(one for kind in kinds[1:].split("|") for one in made.get(kind, [])), None]


def exported(store: Store, prefix: str) -> list[str]:
    """The lines of an export that are of one history; all others were taken out."""
    lines = store.read(
        lambda session: b"".join(written(Header("station", log.digest(session)), log.shown_values(session)))
    )
    return [line for line in lines.decode().splitlines() if f'"{prefix}-' in line]


def counted(store: Store, span: Period, read: Period | None = None) -> Found:
    """The program's count of a span; `read`: from the facts of a longer one, as reports count months."""
    rows = store.read(lambda session: facts.facts(session, read or span, until=TODAY))
    found = indicators(rows, span)
    assert {one.code for one in found} == set(INDICATORS)
    return {(one.code, one.part, one.unit): one.value for one in found}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), span=st.sampled_from(SPANS), read=st.sampled_from((None, WHOLE_YEAR)))
def test_every_figure_equals_the_recount(
    make_store: MakeStore, tmp_path: Path, seed: int, span: Period, read: Period | None
) -> None:
    store = _STORES.get(str(tmp_path)) or _STORES.setdefault(str(tmp_path), make_store(now=TestClock()))
    prefix = f"{next(_turn)}"
    with lived(store, list(history(random.Random(seed), prefix))):
        assert counted(store, span, read) == recount(exported(store, prefix), span.first, span.last, TODAY)


def one_month(*writes: tuple[str, str, dict[str, Any]]) -> list[Write]:
    """Records by kind and number, prefixed so that an export finds them."""
    return [Write(kind, f"x-{id}", values) for kind, id, values in writes]


MEETINGS = one_month(
    ("person", "p", {"filed_on": "2025-01-01"}),
    ("group", "g", {"name": "小组"}),
    ("group_member", "m", {"group": "x-g", "person": "x-p", "left_on": "2026-06-01"}),
    ("group_session", "s1", {"group": "x-g", "date": "2026-05-20"}),
    ("group_session", "s2", {"group": "x-g", "date": "2026-06-20"}),
    ("group_session", "s3", {"group": "x-g", "date": "2026-06-21"}),
    ("attendance", "t1", {"session": "x-s1", "member": "x-m", "state": "present"}),
    ("attendance", "t2", {"session": "x-s2", "member": "x-m", "state": "late"}),
    ("attendance", "t3", {"session": "x-s3", "member": "x-m", "state": "leave"}),
    ("activity", "a", {"date": "2026-06-02", "cancelled": True, "head_count": 30}),
)


ENDINGS = one_month(
    *(
        ("case", f"c{at}", {"stage": stage, "opened_on": "2026-03-02", "closed_on": "2026-06-10"})
        for at, stage in enumerate(("closed", "closed", "closed", "transferred"))
    ),
    *(
        ("evaluation", f"e{case}{day[6]}", {"case": f"x-c{case}", "evaluated_on": day})
        for case, day in ((0, "2026-05-04"), (0, "2026-06-04"), (1, "2026-06-04"), (3, "2026-06-04"))
    ),
    ("goal_result", "r1", {"evaluation": "x-e06", "goal": "g", "result": "none"}),
    ("goal_result", "r2", {"evaluation": "x-e05", "goal": "g", "result": "full"}),
    ("goal_result", "r3", {"evaluation": "x-e16", "goal": "g", "result": "partial"}),
    ("goal_result", "r4", {"evaluation": "x-e16", "goal": "h", "result": "dropped"}),
    ("goal_result", "r5", {"evaluation": "x-e36", "goal": "g", "result": "full"}),
    ("contract", "k", {"first_on": "2025-09-01", "last_on": "2026-05-31", "amount": 100_00}),
    ("spending", "s", {"date": "2026-06-02", "amount": 50_00}),
)


def test_how_cases_ended_is_counted_by_what_was_said_last(make_store: MakeStore) -> None:
    """What chance seldom makes: a goal judged twice, one dropped, a case gone to another station, one that
    nobody evaluated; and a contract that was over."""
    store, june = make_store(now=TestClock()), Period("2026-06-01", "2026-06-30")
    with lived(store, ENDINGS):
        found = counted(store, june)
        assert found == recount(exported(store, "x"), june.first, june.last, TODAY)
        assert found == counted(store, june, WHOLE_YEAR)
    assert (found["C01", "closed", "个"], found["C01", "total", "个"]) == (3, 4)
    assert (found["C03", "reached", "个"], found["C03", "", "%"]) == (1, 33.3)


def test_the_recount_sees_each_mistake(make_store: MakeStore) -> None:
    """The controls: leave counted as present, a cancelled activity counted, months added up: all red."""
    store = make_store(now=TestClock())
    may, june = Period("2026-05-01", "2026-05-31"), Period("2026-06-01", "2026-06-30")
    both = Period("2026-05-01", "2026-06-30")
    with lived(store, MEETINGS):
        lines = exported(store, "x")
        right = recount(lines, june.first, june.last, TODAY)
        assert counted(store, june) == right
        assert right["P02", "", "人次"] == 1  # who left before and was marked as there is counted
        for slip, key in (("leave", ("G01", "people", "人次")), ("cancelled", ("A01", "", "场"))):
            wrong = recount(lines, june.first, june.last, TODAY, {slip})
            assert wrong[key] == right[key] + 1
            assert wrong != right
        people = ("P01", "", "人")
        months = sum(recount(lines, span.first, span.last, TODAY)[people] for span in (may, june))
        assert counted(store, both)[people] == recount(lines, both.first, both.last, TODAY)[people] == 1
        assert months == 2


def test_the_recount_imports_nothing_of_the_program() -> None:
    source = Path(count.__file__).read_text("utf-8")
    assert not [line for line in source.splitlines() if "import" in line and "sgz_desktop" in line]

"""Each figure on a heavy street's year against hand-written SQL for the same numbers; ten years against one.

    python -m tests.benchmarks.bench_indicators [rounds]

One interleaved run of one process; the least processor time of each way, which others on the computer
lengthened least: medians of figures that take a millisecond wander by 40 % from run to run. Against the SQL
pages lie as the figure before left them; ten years against one both have theirs in memory.
Figures are read from the store and counted with their record ids; the SQL gives the numbers of the same
figures alone. The ten years hold the same people, and ten times everything else.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import INDICATORS, Indicator, indicators
from sgz_desktop.domain.units import Workdays
from sgz_desktop.store import facts
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store
from tests.benchmarks.big_store import insert, open_store
from tests.benchmarks.figure_sql import SQL

YEAR = Period("2026-01-01", "2026-12-31")
HALF = 0.11  # of rounded values, as SQL rounds halves by their binary fraction
ENOUGH = 5.0
PEOPLE, HOMES = 2500, 1600
A_YEAR = {
    "visit": 3500,
    "session": 250,
    "group_session": 75,
    "activity": 75,
    "contact": 800,
    "application": 300,
    "referral": 60,
    "resource": 60,
    "volunteer_service": 1200,
    "supervision": 24,
    "training": 12,
    "spending": 200,
    "mandatory_report": 3,
    "case": 20,
    "group": 8,
    "evaluation": 12,
    "goal_result": 40,
}


def rows(years: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every kind's rows for as many years up to 2026; references by number."""
    chance = random.Random(5)
    categories = ("dibao", "tekun,living_alone", "disabled", "left_child", None, "empty_nest,other", "none")

    def day(year: int) -> str:
        return (date(year, 1, 1) + timedelta(chance.randrange(365))).isoformat()

    yield (
        "household",
        [{"id": f"h{n}", "filed_on": "2015-01-01", "categories": "dibao"} for n in range(HOMES)],
    )
    yield (
        "person",
        [
            {
                "id": f"p{n}",
                "filed_on": "2015-01-01",
                "categories": chance.choice(categories),
                "born": f"{chance.randrange(1930, 2016)}-05-01",
            }
            for n in range(PEOPLE)
        ],
    )
    yield from _standing(chance).items()
    for year in range(2027 - years, 2027):
        yield from _year(year, chance, day)


def _standing(chance: random.Random) -> Mapping[str, list[dict[str, Any]]]:
    sorts = ("charity", "social_org", "civil_affairs")
    return {
        "organisation": [{"id": f"o{n}", "sort": sorts[n % 3]} for n in range(60)],
        "volunteer": [{"id": f"w{n}", "registered_on": "2016-01-01"} for n in range(200)],
        "group_member": [
            {"id": f"m{n}", "person": f"p{chance.randrange(PEOPLE)}" if n % 3 else None, "name": "组员"}
            for n in range(400)
        ],
        "staff": [{"id": f"f{n}", "posted_on": "2016-01-01", "full_time": 1} for n in range(10)],
        "contract": [{"id": "b", "first_on": "2026-01-01", "last_on": "2026-12-31", "amount": 25_000_000}],
    }


def _year(year: int, chance: random.Random, day: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    def many(kind: str, **fields: Any) -> tuple[str, list[dict[str, Any]]]:
        made = []
        for n in range(A_YEAR[kind]):
            told = {name: value() if callable(value) else value for name, value in fields.items()}
            made.append({"id": f"{kind}-{year}-{n}", **told})
        return kind, made

    def one(kind: str) -> Any:
        return lambda: f"{kind}-{year}-{chance.randrange(A_YEAR[kind])}"

    def on() -> str:
        return str(day(year))

    def somebody() -> str:
        return f"p{chance.randrange(PEOPLE)}"

    yield many(
        "case",
        opened_on=f"{year}-01-05",
        closed_on=lambda: chance.choice((None, f"{year}-11-30")) if year == 2026 else f"{year}-11-30",
        stage="intervention",
        risk=lambda: chance.choice(("high", "low")),
    )
    visits = many(
        "visit",
        date=on,
        mode=lambda: chance.choice(("home", "home", "phone")),
        met=lambda: chance.choice((1, 1, 1, 0)),
        household=lambda: f"h{chance.randrange(HOMES)}",
        policy_told=lambda: chance.choice((None, "dibao")),
        start_time="09:00",
        end_time="09:30",
        case=lambda: chance.choice((*[None] * 20, f"case-{year}-3")),
    )
    sessions = many("session", date=on, case=one("case"), start_time="09:00", end_time="10:00")
    yield from (visits, sessions)
    yield (
        "presence",
        [
            {"id": f"s-{row['id']}-{n}", "occasion": row["id"], "person": somebody(), "mode": "met"}
            for row in (*visits[1], *sessions[1])
            for n in range(chance.choice((1, 1, 2)))
        ],
    )
    yield many("group", evaluated_on=on, rated_content=9, rated_by=10)
    meetings, shows = many("group_session", date=on, group=one("group")), None
    shows = many(
        "activity",
        date=on,
        sort=lambda: chance.choice(("community", "publicity", "training")),
        head_count=lambda: chance.choice((None, 90)),
        rated_content=20,
        rated_by=20,
    )
    yield from (meetings, shows)
    yield (
        "attendance",
        [
            {
                "id": f"t-{row['id']}-{n}",
                "session": row["id"],
                "member": f"m{chance.randrange(400)}",
                "state": state,
            }
            for row in meetings[1]
            for n in range(20)
            for state in [chance.choice(("present", "present", "late", "leave"))]
        ],
    )
    yield (
        "sign_in",
        [
            {
                "id": f"n-{row['id']}-{n}",
                "activity": row["id"],
                "person": somebody() if n % 2 else None,
                "name": "某",
            }
            for row in shows[1]
            for n in range(60)
        ],
    )
    yield many(
        "contact", date=on, way="came", policy_told=lambda: chance.choice((None, "dibao")), subjects="help"
    )
    yield many(
        "application",
        programme=lambda: chance.choice(("tekun", "linshi")),
        person=somebody,
        filed_on=lambda: f"{year}-0{chance.randrange(1, 10)}-05",
        result="confirmed",
        result_on=lambda: f"{year}-1{chance.randrange(0, 3)}-05",
    )
    yield many("referral", person=somebody, sent_on=on)
    yield many(
        "resource", received_on=on, worth=10_000, sort="goods", provider=lambda: f"o{chance.randrange(60)}"
    )
    yield many("volunteer_service", date=on, volunteer=lambda: f"w{chance.randrange(200)}", served=90)
    yield many("supervision", date=on, head_count=4, start_time="09:00", end_time="11:00")
    yield many("training", date=on, duration=360)
    yield many("spending", date=on, category="salary", amount=50_000, contract="b")
    yield many("mandatory_report", found_on=on)
    yield many("evaluation", evaluated_on=on, case=one("case"), satisfaction="5")
    yield many(
        "goal_result", evaluation=one("evaluation"), result=lambda: chance.choice(("full", "full", "none"))
    )


def store_of(years: int, folder: Path) -> Store:
    """A street of some years."""
    (folder / str(years)).mkdir()
    store, rid = open_store(folder / str(years)), 0
    for kind, made in rows(years):
        store.write(lambda session, k=kind, m=made, r=rid: insert(session, k, m, r))  # type: ignore[misc]
        rid += len(made)
    return store


def timed(work: Any) -> tuple[float, Any]:
    gc.collect()
    start = time.process_time()
    found = work()
    return (time.process_time() - start) * 1000, found


def again(work: Any, once: float) -> float:
    """Right after, with the pages it read still in memory: one year's all fit there and ten years' do not.

    A figure that took `once` ms is counted as often as fills `ENOUGH` ms: one count of 0.1 ms alone tells of
    waking the reader's thread, not of the years.
    """
    times = max(1, round(ENOUGH / max(once, 0.01)))
    return timed(lambda: [work() for _ in range(times)])[0] / times


def figures_of(session: Reading, code: str) -> list[Indicator]:
    return indicators(facts.facts(session, YEAR, (code,)), YEAR, (code,))


def by_sql(session: Reading, code: str) -> tuple[list[str], list[Any]]:
    cursor = session.connection.execute(SQL[code])
    return [column[0] for column in cursor.description], cursor.fetchall()


def told(found: tuple[list[str], list[Any]]) -> Iterator[tuple[tuple[str, str], float]]:
    """(part, unit) and value of what the SQL says, in either of its forms."""
    names, lines = found
    if names == ["part", "unit", "value"]:
        yield from (((part, unit), value) for part, unit, value in lines)
    else:
        yield from ((tuple(name.split("@")), value) for name, value in zip(names, lines[0], strict=True))


def differences(code: str, sql: tuple[list[str], list[Any]], program: list[Indicator]) -> list[str]:
    """What one says and the other does not; nothing and zero are the same, halves are rounded either way."""
    left = {key: value for key, value in told(sql) if value}
    right = {(one.part, one.unit): one.value for one in program if one.value and one.unit != Workdays.UNIT}
    return [
        f"{code} {key}: {right.get(key, 0)} by the program, {left.get(key, 0)} by SQL"
        for key in sorted(left.keys() | right.keys())
        if abs(left.get(key, 0) - right.get(key, 0)) > HALF
    ]


def main(rounds: int) -> None:
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))
    with tempfile.TemporaryDirectory() as folder:
        stores = {years: store_of(years, Path(folder)) for years in (1, 10)}
        gc.freeze()  # each collection walks what a figure made, not what the bench keeps
        took: dict[tuple[str, str], list[float]] = {}
        for turn in range(rounds + 2):
            for code in INDICATORS:
                ways = {
                    "sql": lambda c=code: stores[1].read(lambda s: by_sql(s, c)),
                    "one": lambda c=code: stores[1].read(lambda s: figures_of(s, c)),
                    "ten": lambda c=code: stores[10].read(lambda s: figures_of(s, c)),
                }
                values = {}
                for name, way in ways.items():
                    spent, values[name] = timed(way)
                    warm = again(way, spent)
                    if turn > 1:
                        took.setdefault((code, name), []).append(spent)
                        took.setdefault((code, f"{name} again"), []).append(warm)
                if not turn:
                    print(*differences(code, values["sql"], values["one"]), sep="\n", end="")
        worst = [0.0, 0.0]
        for code in INDICATORS:
            sql, one = (min(took[code, name]) for name in ("sql", "one"))
            years = min(took[code, "ten again"]) / min(took[code, "one again"])
            worst = [max(worst[0], one / sql), max(worst[1], years)]
            print(f"{code}  {one:7.2f} ms  sql {sql:7.2f}  ×{one / sql:5.2f}   ten years ×{years:5.2f}")
        print(f"worst ×{worst[0]:.2f} (must 3), ten years ×{worst[1]:.2f} (must 1.2)")
        print("load", *(f"{one:.1f}" for one in os.getloadavg()))
        for store in stores.values():
            store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

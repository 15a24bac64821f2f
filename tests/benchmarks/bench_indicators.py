# ruff: noqa: E501
"""Each figure on a heavy street's year against hand-written SQL for the same number; ten years against one.

    python -m tests.benchmarks.bench_indicators [rounds]

One interleaved run of one process, medians. A figure is read from the store and counted with its record ids;
the SQL gives its first number alone. The ten years hold the same people, and ten times everything else.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import INDICATORS, indicators
from sgz_desktop.store import facts
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store
from tests.benchmarks.big_store import insert, open_store

YEAR = Period("2026-01-01", "2026-12-31")
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
H = "deleted IS NOT 1"
D = "date BETWEEN '2026' AND '2026-12-31' AND"
SEEN = f"""SELECT s.occasion, s.person FROM r_presence s JOIN (
  SELECT id FROM r_visit WHERE {D} {H} AND met IS NOT 0 UNION ALL SELECT id FROM r_session WHERE {D} {H}) o
  ON o.id = s.occasion WHERE s.{H} AND s.person IS NOT NULL AND coalesce(s.mode, '') NOT IN ('not_met', 'proxy')"""
THERE = f"""SELECT a.session, coalesce(m.person, m.id) who FROM r_group_session g
  JOIN r_group u ON u.id = g."group" AND u.{H} AND u.cancelled IS NOT 1
  JOIN r_attendance a ON a.session = g.id AND a.{H} AND a.state IN ('present', 'late')
  JOIN r_group_member m ON m.id = a.member AND m.{H} WHERE g.{D} g.{H} AND g.cancelled IS NOT 1"""
SIGNED = f"""SELECT a.id, coalesce(s.person, s.id) who FROM r_activity a JOIN r_sign_in s ON s.activity = a.id
  WHERE a.{D} a.{H} AND a.cancelled IS NOT 1 AND s.{H}"""
HEADS = f"""SELECT max(coalesce(a.head_count, 0), (SELECT count(DISTINCT coalesce(s.person, s.id)) FROM r_sign_in s
  WHERE s.activity = a.id AND s.{H})) n FROM r_activity a WHERE a.{D} a.{H} AND a.cancelled IS NOT 1"""
WHO = f"""SELECT person who FROM ({SEEN}) UNION SELECT who FROM ({THERE}) UNION SELECT who FROM ({SIGNED})"""
LISTED = (
    "living_alone empty_nest left_elder advanced_age disabled_elder severely_disabled family_planning_loss \
left_child left_woman tekun orphan unsupported_child child_in_need".replace(" ", "','")
)
SQL: Mapping[str, str] = {
    "P01": f"SELECT count(*) FROM ({WHO})",
    "P02": f"""SELECT (SELECT count(*) FROM (SELECT DISTINCT occasion, person FROM ({SEEN})))
      + (SELECT count(*) FROM (SELECT DISTINCT session, who FROM ({THERE}))) + (SELECT coalesce(sum(n), 0) FROM ({HEADS}))""",
    "P03": f"SELECT count(*) FROM r_person WHERE {H} AND filed_on <= '2026-12-31' AND closed_on IS NULL",
    "P04": f"""SELECT count(*), sum(category LIKE '%dibao%'), sum(category LIKE '%alone%'), sum(category LIKE '%child%')
      FROM (SELECT w.who, p.categories category FROM ({WHO}) w LEFT JOIN r_person p ON p.id = w.who AND p.{H})""",
    "V01": f"""SELECT count(*) FROM (SELECT DISTINCT s.occasion, s.person FROM r_visit v
      JOIN r_presence s ON s.occasion = v.id WHERE v.{D} v.{H} AND v.met IS NOT 0 AND coalesce(v.mode, 'home') = 'home'
      AND s.{H} AND s.person IS NOT NULL AND coalesce(s.mode, '') NOT IN ('not_met', 'proxy'))""",
    "V02": f"""SELECT (SELECT count(*) FROM (SELECT DISTINCT s.occasion, s.person FROM r_visit v
      JOIN r_presence s ON s.occasion = v.id WHERE v.{D} v.{H} AND v.met IS NOT 0
      AND coalesce(v.policy_told, 'none') <> 'none' AND s.{H} AND coalesce(s.mode, '') NOT IN ('not_met', 'proxy')))
      + (SELECT count(*) FROM r_contact WHERE {D} {H} AND (coalesce(policy_told, 'none') <> 'none'
        OR ',' || subjects || ',' LIKE '%,policy,%'))""",
    "V03": f"""SELECT count(DISTINCT p.id) FROM r_person p LEFT JOIN json_each('["' ||
      replace(coalesce(p.categories, ''), ',', '","') || '"]') c
      WHERE p.{H} AND p.filed_on <= '2026-12-31' AND p.closed_on IS NULL AND p.died_on IS NULL AND p.moved_on IS NULL
      AND (c.value IN ('{LISTED}') OR p.born <= '1946-12-31')""",
    "D01": f"SELECT count(*) FROM r_contact WHERE {D} {H}",
    "C01": f"""SELECT count(*) FROM r_case WHERE {H} AND stage NOT IN ('lead', 'declined')
      AND opened_on <= '2026-12-31' AND (closed_on IS NULL OR closed_on >= '2026')""",
    "C02": f"""SELECT (SELECT count(*) FROM r_session WHERE {D} {H})
      + (SELECT count(*) FROM r_visit v JOIN r_case c ON c.id = v."case" WHERE v.{D} v.{H} AND v.met IS NOT 0
        AND c.opened_on <= v.date AND (c.closed_on IS NULL OR c.closed_on >= v.date))""",
    "C03": f"""SELECT count(*) FROM r_case c WHERE c.{H} AND c.closed_on BETWEEN '2026' AND '2026-12-31'
      AND c.stage NOT IN ('lead', 'declined') AND EXISTS (SELECT 1 FROM r_evaluation e JOIN r_goal_result g
        ON g.evaluation = e.id WHERE e."case" = c.id AND g.result IN ('full', 'partial')) AND NOT EXISTS (
        SELECT 1 FROM r_evaluation e JOIN r_goal_result g ON g.evaluation = e.id WHERE e."case" = c.id
        AND g.result = 'none')""",
    "C04": f"""SELECT count(*) FROM r_case WHERE {H} AND stage NOT IN ('lead', 'declined', 'closed') AND risk = 'high'
      AND opened_on <= '2026-12-31' AND closed_on IS NULL""",
    "G01": f"""SELECT count(DISTINCT g."group") FROM r_group_session g JOIN r_group u ON u.id = g."group"
      LEFT JOIN r_attendance a ON a.session = g.id AND a.state IN ('present', 'late') LEFT JOIN r_group_member m
      ON m.id = a.member WHERE g.{D} g.{H} AND g.cancelled IS NOT 1 AND u.cancelled IS NOT 1""",
    "A01": f"SELECT count(*), sum(n) FROM ({HEADS})",
    "J01": f"""SELECT count(DISTINCT person), count(DISTINCT household) FROM r_application
      WHERE filed_on BETWEEN '2026' AND '2026-12-31' AND {H}""",
    "J02": f"""SELECT count(DISTINCT iif(result = 'confirmed', person, NULL)), count(DISTINCT iif(result IS NULL,
      person, NULL)) FROM r_application WHERE {H} AND (result_on BETWEEN '2026' AND '2026-12-31'
      OR result IS NULL AND filed_on <= '2026-12-31')""",
    "J03": f"""SELECT count(*) FROM r_referral WHERE {H} AND (sent_on BETWEEN '2026' AND '2026-12-31'
      OR placed_on BETWEEN '2026' AND '2026-12-31' OR job_from BETWEEN '2026' AND '2026-12-31')""",
    "R01": f"SELECT sum(worth) / 100.0 FROM r_resource WHERE received_on BETWEEN '2026' AND '2026-12-31' AND {H}",
    "R02": f"""SELECT count(DISTINCT o.id) FROM r_resource r JOIN r_organisation o ON o.id = r.provider
      WHERE r.received_on BETWEEN '2026' AND '2026-12-31' AND r.{H} AND o.sort IN ('charity', 'social_org')""",
    "W01": f"""SELECT (SELECT count(*) FROM r_volunteer WHERE {H}), count(DISTINCT volunteer), count(*), sum(served)
      FROM r_volunteer_service WHERE {D} {H}""",
    "S01": f"SELECT count(*), (SELECT sum(duration) FROM r_training WHERE {D} {H}) FROM r_supervision WHERE {D} {H}",
    "H01": f"SELECT count(*) FROM r_staff WHERE {H} AND posted_on <= '2026-12-31' AND left_on IS NULL",
    "F01": f"SELECT sum(amount) / 100.0 FROM r_spending WHERE {D} {H}",
    "Q01": f"""SELECT (SELECT count(*) FROM r_evaluation WHERE evaluated_on BETWEEN '2026' AND '2026-12-31'
      AND satisfaction IS NOT NULL AND {H}) + (SELECT sum(rated_by) FROM r_activity WHERE {D} {H}
      AND cancelled IS NOT 1) + coalesce((SELECT sum(rated_by) FROM r_group WHERE {H} AND cancelled IS NOT 1
      AND evaluated_on BETWEEN '2026' AND '2026-12-31'), 0)""",
    "Y01": f"SELECT count(*) FROM r_mandatory_report WHERE found_on BETWEEN '2026' AND '2026-12-31' AND {H}",
}
FIRST = {"P03": "open_person", "V03": "all.listed", "C03": "reached", "R02": "mobilised", "W01": "registered"}


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
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def figure(session: Reading, code: str) -> int | float:
    found = indicators(facts.facts(session, YEAR, (code,)), YEAR, (code,))
    return next(one.value for one in found if one.part == FIRST.get(code, found[0].part))


def main(rounds: int) -> None:
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))
    with tempfile.TemporaryDirectory() as folder:
        stores = {years: store_of(years, Path(folder)) for years in (1, 10)}
        took: dict[tuple[str, str], list[float]] = {}
        for turn in range(rounds + 2):
            for code in INDICATORS:
                ways = {
                    "sql": lambda c=code: stores[1].read(
                        lambda s: s.connection.execute(SQL[c]).fetchone()[0]
                    ),
                    "one": lambda c=code: stores[1].read(lambda s: figure(s, c)),
                    "ten": lambda c=code: stores[10].read(lambda s: figure(s, c)),
                }
                values = {}
                for name, way in ways.items():
                    spent, values[name] = timed(way)
                    if turn > 1:
                        took.setdefault((code, name), []).append(spent)
                if values["one"] != values["sql"]:
                    print(f"{code}: {values['one']} by the program, {values['sql']} by SQL")
        worst = [0.0, 0.0]
        for code in INDICATORS:
            sql, one, ten = (statistics.median(took[code, name]) for name in ("sql", "one", "ten"))
            worst = [max(worst[0], one / sql), max(worst[1], ten / one)]
            print(f"{code}  {one:7.2f} ms  sql {sql:7.2f}  ×{one / sql:5.2f}   ten years ×{ten / one:5.2f}")
        print(f"worst ×{worst[0]:.2f} (must 3), ten years ×{worst[1]:.2f} (must 1.2)")
        for store in stores.values():
            store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

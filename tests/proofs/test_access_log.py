"""The access log shows tampering with any of its lines, and nothing takes a line away."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

import sgz_desktop
from sgz_desktop.actions import keeping, people, station
from sgz_desktop.actions.allowed import ROLES
from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import access
from sgz_desktop.store import check as checking
from sgz_desktop.store.access import Access
from sgz_desktop.store.connection import DATABASE, Guard, connect
from sgz_desktop.store.missing import StateHead
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.vault.keys import Label, derive
from sgz_desktop.vault.stretch import Argon2Params
from tests.conftest import FIRST_MS, TestClock
from tests.proofs.conftest import Tally
from tests.proofs.sizes import SEED, size

ROWS = 1_000
DAY_MS = 86_400_000
REFUSED = "not authorized|prohibited"
KEPT_DAYS = 183  # 网络安全法 art. 21: at least six months
COLUMNS = ("at_ms", "worker", "action", "kind", "record", "outcome", "hash")
Tamper = Callable[[Any, int, random.Random], None]


@pytest.fixture
def logged(store: Store) -> Store:
    """A store whose access log has 1,000 lines."""
    dice = random.Random(SEED)

    def fill(session: Writing) -> None:
        for at in range(ROWS):
            who, what = f"w{dice.randrange(5)}", dice.choice(("person_page", "case_page", "export_records"))
            outcome = dice.choice(("done", "denied"))
            access.note(session, Access(FIRST_MS + at, who, what, "", f"r{dice.randrange(200)}", outcome))

    store.write(fill)
    return store


def edit(run: Any, row: int, dice: random.Random) -> None:
    column = dice.choice(COLUMNS)
    value = {"at_ms": "at_ms + 1", "hash": "zeroblob(32)"}.get(column, f"{column} || 'x'")
    run(f"UPDATE access_log SET {column} = {value} WHERE n = ?", (row,))


def delete(run: Any, row: int, dice: random.Random) -> None:
    run("DELETE FROM access_log WHERE n = ?", (row,))


def reorder(run: Any, row: int, dice: random.Random) -> None:
    """Two lines change places, hash and all, or by their words alone."""
    other = row % ROWS + 1 if dice.random() < 0.5 else (row + dice.randrange(1, ROWS) - 1) % ROWS + 1
    if dice.random() < 0.5:
        for number, to in ((row, -1), (other, row), (-1, other)):
            run("UPDATE access_log SET n = ? WHERE n = ?", (to, number))
        return
    names = ", ".join(COLUMNS[:-1])
    lines = [run(f"SELECT {names} FROM access_log WHERE n = ?", (n,)).fetchone() for n in (row, other)]
    for number, line in ((row, lines[1]), (other, lines[0])):
        run(f"UPDATE access_log SET ({names}) = (?, ?, ?, ?, ?, ?) WHERE n = ?", (*line, number))


def cut(run: Any, row: int, dice: random.Random) -> None:
    run("DELETE FROM access_log WHERE n >= ?", (row,))


def rewrite(run: Any, row: int, dice: random.Random) -> None:
    """A line is altered or taken away, and the chain worked out anew from there: sound in itself."""
    lines = run(
        "SELECT at_ms, worker, action, kind, record, outcome FROM access_log WHERE n >= ? ORDER BY n", (row,)
    ).fetchall()
    prev = run("SELECT hash FROM access_log WHERE n = ?", (row - 1,)).fetchone()
    run("DELETE FROM access_log WHERE n >= ?", (row,))
    kept = (
        lines[1:]
        if len(lines) > 1 and dice.random() < 0.5
        else [(*lines[0][:4], "nobody", "done"), *lines[1:]]
    )
    digest = prev[0] if prev else access.NO_HASH
    for number, fields in enumerate(kept, start=row):
        digest = access._link(digest, number, tuple(fields))
        run("INSERT INTO access_log VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number, *fields, digest))


WAYS: dict[str, Tamper] = {"edit": edit, "delete": delete, "reorder": reorder, "cut tail": cut}


class Undo(Exception):
    """Ends a transaction whose tampering has been judged."""


def problems(session: Reading, known: tuple[int, bytes]) -> Iterator[str]:
    """What the check says of the log to a computer that remembers its last line."""
    yield from checking._access(session, checking.Report())
    yield from checking._lines_missing(session, StateHead("", 0, access.NO_HASH, *known))


def problems_after(store: Store, tamper: Tamper, row: int, seed: int, known: tuple[int, bytes]) -> list[str]:
    """What the check says of a log that was tampered with at a row; the log is then as it was."""
    found: list[str] = []

    def work(session: Writing) -> None:
        tamper(session.connection.execute, row, random.Random(seed))
        found.extend(problems(session, known))
        raise Undo

    with pytest.raises(Undo):
        store.write(work)
    return found


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard off: somebody who has the key and writes into the file by other means."""
    monkeypatch.setattr(Guard, "__call__", lambda *_: driver.SQLITE_OK)


def test_every_tampering_is_found(logged: Store, unguarded: None, tally: Tally) -> None:
    every = [(way, row) for way in WAYS for row in range(1, ROWS + 1)]
    cases = random.Random(SEED).sample(every, size(200, len(every)))
    known = logged.read(access.head)
    missed = [
        (way, row) for way, row in cases if not problems_after(logged, WAYS[way], row, SEED + row, known)
    ]
    assert missed == []
    assert logged.read(lambda s: list(problems(s, known))) == []
    tally("access log", seed=SEED, rows=ROWS, tampered=len(cases), detected=len(cases) - len(missed))


def test_a_chain_worked_out_anew_is_found_by_the_head_outside(
    logged: Store, unguarded: None, tally: Tally
) -> None:
    known, dice = logged.read(access.head), random.Random(SEED)
    rows = [1, ROWS, *(dice.randrange(2, ROWS) for _ in range(size(10, 200)))]
    for row in rows:
        assert problems_after(logged, rewrite, row, row, known) != []
        assert (
            problems_after(logged, rewrite, row, row, (0, access.NO_HASH)) == []
        )  # control: no head outside
    tally("access log: chain anew", seed=SEED, tampered=len(rows), detected=len(rows))


def test_control_without_the_head_outside_a_cut_tail_goes_unseen(logged: Store, unguarded: None) -> None:
    known = logged.read(access.head)
    assert problems_after(logged, cut, 600, 1, (0, access.NO_HASH)) == []
    assert problems_after(logged, cut, 600, 1, known) == [
        "查阅记录不到本机上次见到的第1000条，后面的被删去或换过。"
    ]


@pytest.mark.parametrize("way", [*WAYS, "rewrite"])
def test_while_the_program_runs_no_line_can_be_touched(logged: Store, way: str) -> None:
    """Not outside record() and apply(), and not inside either. Control: the tests above, guard off."""
    before = logged.read(lambda s: access.lines(s, ROWS + 1))

    def inside(session: Writing) -> None:
        with session.applying():
            (WAYS | {"rewrite": rewrite})[way](session.connection.execute, 500, random.Random(1))

    def outside(session: Writing) -> None:
        (WAYS | {"rewrite": rewrite})[way](session.connection.execute, 500, random.Random(1))

    for attempt in (inside, outside):
        with pytest.raises(driver.DatabaseError, match=REFUSED):
            logged.write(attempt)
    assert logged.read(lambda s: access.lines(s, ROWS + 1)) == before


def test_lines_are_kept_longer_than_the_law_asks_whoever_is_at_work(make_store: Callable[..., Store]) -> None:
    """Two years of daily work by every role: the first line still stands, and nobody can purge."""
    clock = TestClock(step=1)
    store = make_store(now=clock)
    for role in ROLES:
        desk = Desk(store, Actor(role, frozenset({role})), role, Device("device-1", 1, "A"), lambda: "x")
        desk.note_access("unlock", "", "done")
    first = store.write(access.lines)
    for _ in range(24):
        clock.ms += 31 * DAY_MS
        for role in ROLES:
            desk = Desk(store, Actor(role, frozenset({role})), role, Device("device-1", 1, "A"), lambda: "x")
            desk.note_access("find", "", "denied")
        for older in (KEPT_DAYS, KEPT_DAYS + 400):
            with pytest.raises(driver.DatabaseError, match=REFUSED):
                store.write(
                    lambda session, older=older: session.connection.execute(
                        "DELETE FROM access_log WHERE at_ms < ?", (clock.ms - older * DAY_MS,)
                    )
                )
    lines = store.read(access.lines)
    assert lines[-len(first) :] == first
    assert clock.ms - first[-1].at_ms > 2 * KEPT_DAYS * DAY_MS
    assert store.read(access.broken_at) is None


def test_only_one_place_of_the_program_names_the_table_to_write_it() -> None:
    root = Path(sgz_desktop.__file__).parent
    naming = {path.name for path in root.rglob("*.py") if "access_log" in path.read_text("utf-8")}
    assert {"access.py", "schema.py", "m0001_first.py"} <= naming
    writing = {
        path.name
        for path in root.rglob("*.py")
        for words in (
            "INTO access_log",
            "UPDATE access_log",
            "FROM access_log WHERE",
            "DELETE FROM access_log",
        )
        if words in path.read_text("utf-8")
    }
    assert writing == {"access.py"}
    text = (root / "store" / "access.py").read_text("utf-8")
    assert text.count("INSERT INTO access_log") == 1
    assert "DELETE" not in text
    assert "UPDATE" not in text


# The head outside the store, kept by a real station


Open = Callable[[], OpenStation]


@pytest.fixture
def reopen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A station with some lines in its log; each call opens it (the first makes it)."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    opened: list[OpenStation] = []

    def again() -> OpenStation:
        if opened:
            opened[-1].close()
            opened.append(station.open_station(tmp_path / "store", "李小禾", PASSPHRASE))
        else:
            opened.append(
                station.create_station(tmp_path / "store", "柳溪站", "李小禾", PASSPHRASE, params=CHEAP)
            )
            desk = opened[0].desk
            made = people.register_household(desk, {}, [people.MemberInput("02", {"name": "测试甲"})])
            for _ in range(5):
                people.person_page(desk, made.people[0])
        return opened[-1]

    yield again
    opened[-1].close()


CHEAP = Argon2Params(32, 1, 1)
PASSPHRASE = "river lantern seventeen"


def raw(open_station: OpenStation, *statements: str) -> None:
    """Close the station and write into its file with its key, past the program."""
    key = derive(open_station.root, Label.DATABASE).reveal()
    open_station.close()
    connection = connect(open_station.folder / DATABASE, key)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_tail_cut_off_while_the_station_was_closed_is_said_and_stays_said(reopen: Open) -> None:
    first = reopen()
    assert first.notices == []
    last = first.desk.store.write(access.head)[0]
    raw(first, f"DELETE FROM access_log WHERE n > {last - 2}")
    second = reopen()
    assert second.notices == [station.ROLLED_BACK]
    third = reopen()
    assert third.notices == []
    (problem,) = keeping.check_store(third.desk, third).problems
    assert "后面的被删去或换过" in problem


def test_the_check_finds_a_tail_cut_off_under_the_open_program(reopen: Open, unguarded: None) -> None:
    opened = reopen()
    opened.desk.store.write(lambda s: s.connection.execute("DELETE FROM access_log WHERE n > 3"))
    assert keeping.check_store(opened.desk, opened).problems == (
        "查阅记录不到本机上次见到的第5条，后面的被删去或换过。",
    )


def test_an_untouched_log_is_not_suspected_nor_one_a_crash_left_ahead(reopen: Open, tmp_path: Path) -> None:
    opened = reopen()
    opened.desk.store.write(lambda session: None)
    state = next((tmp_path / "state").rglob("head-*"))
    older = state.read_bytes()
    people.list_people(opened.desk)
    opened.desk.note_access("person_page", "x", "done")
    opened.desk.store.write(lambda session: None)
    opened.close()
    state.write_bytes(older)  # the power went before the head outside reached the disk
    again = reopen()
    assert again.notices == []
    assert keeping.check_store(again.desk, again).problems == ()
    assert reopen().notices == []


def test_a_backup_holds_the_log_and_the_way_back_suspects_nothing(reopen: Open, tmp_path: Path) -> None:
    opened = reopen()
    keeping.back_up(opened.desk, opened, tmp_path / "b.sgz")
    before = opened.desk.store.write(access.lines)
    restored = keeping.restore(tmp_path / "b.sgz", tmp_path / "back", "李小禾", PASSPHRASE)
    after = restored.desk.store.write(access.lines)
    assert after[1:] == before[1:]  # the backup's own line came after it
    restored.close()
    again = station.open_station(tmp_path / "back", "李小禾", PASSPHRASE)
    assert again.notices == []
    again.close()

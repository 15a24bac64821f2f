"""Damage is noticed and named, with the way back, where a person meets it.

When each sort is noticed:
- at the next opening, before anything is written: WAL cut, flipped or missing, a database or folder put back
  from earlier, the log's tail cut (both heads in the state folder); a changed row or old page of a table that
  no log covers (the closing line); a slot list that was changed (its sum, seal and fingerprint); a `.db`
  copied without its WAL to another computer (no closing line); any page read so far (its HMAC);
- by the full check: every page, also unused ones (HMAC), indexes against tables, the log's chains and what is
  drawn from them, record tables against the log, the search index against the records, attachments. What
  opening found missing is told by every check until it is back.
Not noticed: an old store put back together with its old state folder; drafts and settings that were the
very last thing written before a crash that also lost the end of the WAL.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from sgz_desktop import __main__ as start
from sgz_desktop.actions import keeping
from sgz_desktop.actions import station as stations
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.errors import AppError
from sgz_desktop.store import blobs, check, closing, log
from sgz_desktop.store.apply import apply
from sgz_desktop.store.connection import DATABASE, PAGE_BYTES
from sgz_desktop.store.schema import GUARDED
from sgz_desktop.vault import slot_file
from sgz_desktop.vault.head import Verdict
from tests.proofs import damage
from tests.proofs.conftest import Tally
from tests.proofs.damage import SORTS
from tests.proofs.lived_in import (
    PASSPHRASE,
    STAGES,
    USER,
    Place,
    build,
    content,
    new_peer,
    unflushed,
    waits_to_be_indexed,
    work,
)
from tests.proofs.sizes import SEED, size

SHARES = {"page_flipped": 6, "old_page_put_back": 5, "wal_missing": 0.1, "database_copied_alone": 0.1}
UNIT_QUICK, UNIT_LONG = 20, 320  # cases of a sort with share 1
CASES = {name: max(1, int(SHARES.get(name, 1) * size(UNIT_QUICK, UNIT_LONG))) for name in SORTS}


WAY_BACK = ("备份", "恢复")
LAST_VISIT = "WHERE rid = (SELECT max(rid) FROM r_visit)"


class Met(NamedTuple):
    """What a person was told, at opening and by the check after it."""

    opening: tuple[str, ...]
    checked: tuple[str, ...]

    @property
    def told(self) -> str:
        return "".join(self.opening + self.checked)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build(tmp_path_factory.mktemp("lived in"))


@pytest.fixture
def place(images: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("SGZ_STATE", str(images.state))
    with unflushed():
        yield images


def meet(place: Place) -> Met:
    """Open as a person does, then press 检查资料."""
    with _told_from_threads() as told:
        try:
            station = place.open()
        except AppError as refusal:
            return Met((str(refusal),), ())
        try:
            found = keeping.check_store(station.desk, station)
            opening = tuple(station.damage)
        finally:
            station.close()
    return Met(opening, (*told, *found.problems, found.advice))


@contextlib.contextmanager
def _told_from_threads() -> Iterator[list[str]]:
    """What the writer's thread says reaches the window through `threading.excepthook`."""
    told: list[str] = []
    bugs: list[BaseException] = []

    def heard(args: Any) -> None:
        told.append(str(args.exc_value))
        if not isinstance(args.exc_value, AppError):
            bugs.append(args.exc_value)

    before, threading.excepthook = threading.excepthook, heard
    try:
        yield told
    finally:
        threading.excepthook = before
    assert not bugs


@pytest.fixture(scope="module")
def sound(images: Place) -> dict[str, object]:
    """What the images say, to tell a change without meaning from a miss."""
    damage.crashed(images)
    waiting = content(images, index=False)
    images.put(damage.LAST)
    return {"indexed": content(images), "waiting": waiting, "slots": slot_file.read_slots(images.store)}


def harmless(place: Place, sound: dict[str, object]) -> bool:
    """Does the store say exactly what it said before? Then nothing was damaged: a bit of white space in a
    JSON file, a page that held the same rows, an index cut off from its save, which is made up for."""
    waiting = waits_to_be_indexed(place)
    same = content(place, index=not waiting) == sound["waiting" if waiting else "indexed"]
    return same and slot_file.read_slots(place.store) == sound["slots"]


@pytest.mark.parametrize("sort", SORTS)
def test_damage_is_noticed_and_named(place: Place, sound: dict[str, object], sort: str, tally: Tally) -> None:
    counts: Counter[str] = Counter()
    for case in range(CASES[sort]):
        seed = f"{SEED}/{sort}/{case}"
        SORTS[sort](place, random.Random(seed))
        met = meet(place)
        counts["opening" if met.opening else "check" if met.told else "unnoticed"] += 1
        if met.told:
            assert all(words in met.told for words in WAY_BACK), (seed, met)
            assert met.told.isprintable(), (seed, met)
            assert met.told.endswith("。"), (seed, met)
        else:
            SORTS[sort](place, random.Random(seed))
            assert harmless(place, sound), f"missed: {seed}"
            counts["harmless"] += 1
    assert counts["opening"] + counts["check"] >= CASES[sort] * 0.5
    tally(
        f"damage: {sort}",
        seed=SEED,
        cases=CASES[sort],
        detected_at_opening=counts["opening"],
        detected_by_check=counts["check"],
        without_meaning=counts["harmless"],
        missed=counts["unnoticed"] - counts["harmless"],
    )


def _rooted(place: Place, name: str) -> int:
    """Where the root page of a table or index begins in the file."""
    with place.raw() as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return (connection.execute(query, (name,)).fetchone()[0] - 1) * PAGE_BYTES


def _sql(*statements: str) -> Callable[[Place], None]:
    def plant(place: Place) -> None:
        place.put(damage.LAST)
        with place.raw() as connection:
            for statement in statements:
                connection.execute(statement)

    return plant


def _unread_page(place: Place) -> None:
    place.put(damage.LAST)
    at, path = _rooted(place, "r_goal_due_on"), place.store / DATABASE
    data = bytearray(path.read_bytes())
    data[at + 100] ^= 1
    path.write_bytes(data)


def _old_index_page(place: Place) -> None:
    """The table says one thing and its index, of as many rows, another."""
    place.put(damage.LAST)
    at, path = _rooted(place, "r_visit_date"), place.store / DATABASE
    with place.raw() as connection:
        day = connection.execute(f"SELECT date FROM r_visit {LAST_VISIT}").fetchone()
        connection.execute(f"UPDATE r_visit SET date = '1999' {LAST_VISIT}")
    old = path.read_bytes()[at : at + PAGE_BYTES]
    with place.raw() as connection:
        connection.execute(f"UPDATE r_visit SET date = ? {LAST_VISIT}", day)
    data = bytearray(path.read_bytes())
    data[at : at + PAGE_BYTES] = old
    path.write_bytes(data)


def _slot_salt(place: Place) -> None:
    place.put(damage.LAST)
    path = place.store / slot_file.SLOTS
    plain = json.loads(path.read_bytes())
    salt = plain["slots"][0]["salt"]
    plain["slots"][0]["salt"] = ("B" if salt[0] == "A" else "A") + salt[1:]
    path.write_text(json.dumps(plain), "utf-8")


def _drawn(sort: str) -> Callable[[Place], None]:
    return lambda place: SORTS[sort](place, random.Random(SEED))


def _quick_pages(session: Any) -> Iterator[str]:
    """The page check as it would be with SQLite's quick check."""
    run = session.connection.execute
    if run("PRAGMA cipher_integrity_check").fetchall() or run("PRAGMA quick_check").fetchall() != [("ok",)]:
        yield "damage"


def _none(*_: object) -> Iterator[str]:
    return iter(())


Off = tuple[object, str, object]
HEADS: tuple[Off, ...] = ((stations, "judge", lambda *_: Verdict.SAME), (check, "_heads", _none))
CONTROLS: dict[str, tuple[Callable[[Place], None], tuple[Off, ...]]] = {
    "heads outside, WAL gone": (_drawn("wal_missing"), HEADS),
    "heads outside, WAL cut": (_drawn("wal_cut"), HEADS),
    "heads outside, WAL flipped": (_drawn("wal_flipped"), HEADS),
    "heads outside, database put back": (_drawn("database_rolled_back"), HEADS),
    "heads outside, folder put back": (_drawn("folder_rolled_back"), HEADS),
    "heads outside, access log cut": (
        _sql("DELETE FROM access_log WHERE n = (SELECT max(n) FROM access_log)"),
        HEADS,
    ),
    "chain of edits": (_sql("UPDATE edit SET at_ms = at_ms + 1 WHERE eid = 7"), ((check, "_log", _none),)),
    "chain of accesses": (
        _sql("UPDATE access_log SET worker = 'x' WHERE n = 3"),
        ((check, "_access", _none),),
    ),
    "state against log": (
        _sql("UPDATE r_person SET monthly_income = 7"),
        ((check, "_state", _none),),
    ),
    "search against state": (
        _sql("DELETE FROM search_doc WHERE rid = (SELECT min(rid) FROM search_doc)"),
        ((check, "check_search", _none),),
    ),
    "every page": (_unread_page, ((check, "_pages", _none),)),
    "indexes": (_old_index_page, ((check, "_pages", _quick_pages),)),
    "attachments": (_drawn("attachment_changed"), ((check, "_blobs", _none),)),
    "closing line": (
        _sql("UPDATE counter SET last = 1"),
        ((closing, "altered", lambda session: False),),
    ),
    "closing line of a copy": (
        _drawn("database_copied_alone"),
        ((closing, "in_order", lambda session: True),),
    ),
    "sum of slots": (
        _slot_salt,
        ((slot_file, "_differs", lambda slots, told: False),),
    ),
}


@pytest.mark.parametrize("what", CONTROLS)
def test_control_without_its_protection_it_passes_unnoticed(
    place: Place, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant, protections = CONTROLS[what]
    plant(place)
    assert "备份" in meet(place).told
    plant(place)
    for owner, name, off in protections:
        monkeypatch.setattr(owner, name, off)
    assert "备份" not in meet(place).told


def test_control_a_sound_store_is_not_called_damaged(place: Place) -> None:
    for image in [f"closed-{stage}" for stage in range(STAGES)] + ["crashed"]:
        place.put(image)
        assert meet(place) == Met((), ("",)), image
        assert meet(place) == Met((), ("",)), image


def test_control_nor_is_one_that_is_checked_again_and_again_while_people_work(place: Place) -> None:
    place.put("closed-0")
    station = place.open()
    shutil.rmtree(place.root / "another", ignore_errors=True)
    peer = new_peer(place.root / "another", station, "another peer")
    for stage in range(1, 7):
        work(station, peer, stage)
        assert keeping.check_store(station.desk, station).problems == ()
    peer.close()
    station.close()


def test_every_table_is_under_some_protection(place: Place) -> None:
    """A table added later is drawn from the log and compared with it, or stands in the closing line."""
    place.put(damage.LAST)
    with place.raw() as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        names = {row[0] for row in connection.execute(query)}
    searched = {name for name in names if name.startswith("search_")} | {"to_index"}
    rest = names - searched - set(closing.APART) - {f"r_{kind.KIND}" for kind in RECORDS}
    assert rest - {"alembic_version", "access_log"} == GUARDED - {
        "sqlite_master",
        "access_log",
        "erased",
        "forked",
    }


def test_what_opening_found_missing_is_told_by_every_check_until_it_is_back(place: Place) -> None:
    place.put(damage.LAST)
    newer = place.open()
    lost = newer.desk.read(lambda session: list(log.edits(session)))
    newer.close()
    place.put("closed-4", state=damage.LAST)
    assert meet(place).opening
    for _ in range(2):
        again = meet(place)
        assert again.opening == ()
        assert all(words in again.told for words in ("少了", "查阅记录不到"))
    station = place.open()
    station.desk.store.write(lambda session: apply(session, lost))  # by a bundle of somebody who has them
    station.close()
    assert "少了" not in meet(place).told


def test_files_that_the_lost_rows_name_are_not_swept_away(place: Place) -> None:
    """Whoever put the wrong file there may still put the right one back."""
    place.put(damage.LAST)
    (place.store / DATABASE).write_bytes(place.bytes_of("closed-2"))
    for _ in range(3):
        assert meet(place).told
    (place.store / DATABASE).write_bytes(place.bytes_of(damage.LAST))
    shutil.rmtree(place.state)
    shutil.copytree(place.image(damage.LAST) / "state", place.state)
    assert meet(place) == Met((), ("",))


def test_orphans_of_a_sound_store_are_swept_at_opening(place: Place) -> None:
    place.put(damage.LAST)
    orphan = place.store / blobs.FOLDER / ("0" * 32)
    orphan.write_bytes(b"left by a crash")
    assert meet(place) == Met((), ("",))
    assert not orphan.exists()


@pytest.mark.parametrize("sort", SORTS)
def test_the_command_line_tells_it_and_exits_with_one(
    place: Place, sort: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sgz_desktop.process.leave_no_dumps", lambda: None)
    monkeypatch.setenv("SGZ_PASSPHRASE", PASSPHRASE)
    SORTS[sort](place, random.Random(SEED))
    with _told_from_threads():
        code = start.main(["check", "--store", str(place.store), "--user", USER])
    told = capsys.readouterr().err
    assert all(words in told for words in WAY_BACK)
    assert code == (0 if sort == "database_copied_alone" else 1)  # which may well be whole

"""Wrong passphrases: five, then 1, 5, 15 and 60 minutes, whichever way somebody tries to get round it.

Random sequences of tries at every door, restarts, dates set forward and back, records deleted, damaged and
put back. A judge with the true time counts what was let through too early: nothing. Each protection switched
off is seen by the same sequences. What no count kept on the same computer can see is not claimed: all records
put back to an earlier state together, the whole state folder taken away, and whoever copied the files.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from sgz_desktop.actions.station import create_station, open_station
from sgz_desktop.vault import tries, unlocking
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.stretch import DEFAULT
from sgz_desktop.vault.tries import TooManyTries, Tries, WrongSecret
from sgz_desktop.vault.unlocking import create_vault, unlock
from tests.proofs.conftest import Tally
from tests.proofs.sizes import SEED, size
from tests.proofs.ways_in import CHEAP, RIGHT, SPOILT, USER, WRONG, Made, Ways, spoil
from tests.vault.fake_machine import Machine

SEQUENCES, STEPS = size(60, 500), 24
PACKAGE = Path(__file__).resolve().parents[2] / "sgz_desktop"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    base = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(base / "state"))
        return Made(base)


class Sequence:
    """Random steps of one person. `restarted` is told of every end of the program.

    Records are deleted and damaged at will, all of them or some. One at a time is put back to an earlier
    state: while it stands so, the others are left alone.
    """

    def __init__(self, ways: Ways, random: Random, restarted: Callable[[], None]) -> None:
        self.ways, self._random, self._restarted = ways, random, restarted
        self._earlier = {path: path.read_bytes() for path in ways.records}
        self._written = dict(self._earlier)  # what the program wrote last
        self._put_back: Path | None = None
        tricks = (self.set_date, self.take, self.take_all, self.put_back)
        self._tricks = random.sample(tricks, random.randint(1, len(tricks)))  # this person's
        self.steps = 0

    def run(self) -> None:
        moves = [self.knock] * 14 + [self.wait] * 3 + [self.meddle] * 4 + [self.stop] * 2
        for _ in range(STEPS):
            self._random.choice(moves)()
            self.steps += 1
        self.ways.end()

    def knock(self) -> None:
        """Somebody types, mostly wrong."""
        ways, random = self.ways, self._random
        if random.random() < 0.06:
            ways.open_session()
        ways.knock(random.choice(list(ways.doors())), right=random.random() < 0.05)
        if random.random() < 0.1:
            ways.slip()
        if random.random() < 0.3:
            ways.end()
        self._look()

    def wait(self) -> None:
        self.ways.machine.run(self._random.choice((1, 59.9, 299.9, 899, 3599)))
        if self._random.random() < 0.7:  # the page is up and looks
            refused = Tries(self.ways.made.store_id, self.ways.folder).refusal()
            self.ways.machine.run(refused.seconds if refused else 0)
            self._look()

    def stop(self) -> None:
        """The program ends, or is killed at a try; perhaps the computer is switched off for a while."""
        if self._random.random() < 0.3:
            self.ways.killed()
            self._look()
        self.ways.end()
        self._restarted()
        if self._random.random() < 0.5:
            self.ways.machine.restart(off=self._random.choice((0, 600, 36_000)))

    def meddle(self) -> None:
        self._random.choice(self._tricks)()

    def set_date(self) -> None:
        self.ways.machine.set_date(self._random.choice((-86_400, -3_600, 3_600, 86_400)))

    def take(self) -> None:
        self._take(self._random.choice(self.ways.records))

    def take_all(self) -> None:
        for path in self.ways.records:
            self._take(path)

    def put_back(self) -> None:
        """An earlier record over one of the three, or one kept for later."""
        path = self._random.choice(self.ways.records)
        whole = all(self._is_whole(other) for other in self.ways.records if other != path)
        if self._random.random() < 0.3:
            self._earlier[path] = self._written[path]
        elif whole and self._put_back in (None, path):
            path.write_bytes(self._earlier[path])
            self._put_back = path

    def _take(self, path: Path) -> None:
        if self._put_back in (None, path):
            self._random.choice((spoil, lambda path: path.unlink(missing_ok=True)))(path)

    def _is_whole(self, path: Path) -> bool:
        return path.exists() and path.read_bytes() == self._written[path]

    def _look(self) -> None:
        """What the program wrote meanwhile is as it should be again."""
        for path in self.ways.records:
            now = path.read_bytes() if path.exists() else b""
            if now not in (self._written[path], self._earlier[path], b"") and SPOILT not in now:
                self._written[path] = now
                self._put_back = None if self._put_back == path else self._put_back


def run_sequences(
    made: Made, base: Path, count: int, patch: pytest.MonkeyPatch, restarted: Callable[[], None]
) -> Iterator[Sequence]:
    for number in range(count):
        with patch.context() as inside:
            machine = Machine(inside) if not isinstance(restarted, _Off) else restarted.machine(inside)
            ways = Ways(made, base / str(number), machine, inside)
            sequence = Sequence(ways, Random(f"{SEED} {number}"), restarted)
            sequence.run()
            yield sequence


class _Off:
    """A protection switched off; called at every end of the program."""

    def machine(self, patch: pytest.MonkeyPatch) -> Machine:
        made = Machine(patch)
        self.switch(patch, made)
        return made

    def switch(self, patch: pytest.MonkeyPatch, machine: Machine) -> None:
        raise NotImplementedError

    def __call__(self) -> None:
        """The program ended."""


class InMemory(_Off):
    """The count is kept in memory only."""

    def __init__(self) -> None:
        self._kept: dict[str, tries._Record] = {}

    def switch(self, patch: pytest.MonkeyPatch, machine: Machine) -> None:
        self._kept.clear()
        nothing = tries._Record(0, "", 0)

        def keep(door: Tries, wrong: int, ago: int = 0, places: object = ()) -> None:
            self._kept["count"] = tries._Record(wrong, tries.boot_id(), tries._now() - ago * 1000)

        patch.setattr(Tries, "_read", lambda _self, _place: self._kept.get("count", nothing))
        patch.setattr(Tries, "_keep", keep)

    def __call__(self) -> None:
        self._kept.clear()


class ByTheDate(_Off):
    """The wait is measured by the date."""

    def switch(self, patch: pytest.MonkeyPatch, machine: Machine) -> None:
        patch.setattr(tries, "uptime", lambda: machine.date() + 10_000_000)
        patch.setattr(tries, "boot_id", lambda: "")


class Forgiving(_Off):
    """Records taken away count as never made."""

    def switch(self, patch: pytest.MonkeyPatch, machine: Machine) -> None:
        patch.setattr(Tries, "_new_here", lambda _self: True)


class OneRecord(_Off):
    """There is only one record."""

    def switch(self, patch: pytest.MonkeyPatch, machine: Machine) -> None:
        real = Tries.__init__

        def init(door: Tries, store_id: str, folder: Path | None = None) -> None:
            real(door, store_id, folder)
            door._ours = door._places = door._ours[:1]

        patch.setattr(Tries, "__init__", init)


class CountedAfter(_Off):
    """A try is counted when it has failed, not before it is made."""

    def switch(self, patch: pytest.MonkeyPatch, machine: Machine) -> None:
        @contextmanager
        def one(door: Tries) -> Iterator[None]:
            if refused := door.refusal():
                raise refused
            try:
                yield
            except WrongSecret:
                door._keep(door._standing().wrong + 1)
                raise
            door._keep(0)

        patch.setattr(Tries, "one", one)


def test_no_way_gives_a_sixth_try_early(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    steps = let_through = refused = early = 0
    for sequence in run_sequences(made, tmp_path, SEQUENCES, monkeypatch, lambda: None):
        ways = sequence.ways
        steps, early = steps + sequence.steps, early + ways.judge.early
        let_through, refused = let_through + ways.judge.tries, refused + ways.judge.refused
        Tries(made.store_id, ways.folder).refusal()
        ways.machine.run(3600)
        assert ways.knock("window", right=True) == "let in", "somebody was shut out for good"
    tally(
        "wrong passphrases",
        seed=SEED,
        sequences=SEQUENCES,
        steps=steps,
        let_through=let_through,
        refused=refused,
        early_tries=early,
    )
    assert early == 0
    assert min(let_through, refused) > SEQUENCES


@pytest.mark.parametrize("off", [InMemory, ByTheDate, Forgiving, OneRecord, CountedAfter])
def test_each_protection_switched_off_is_seen(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: type[_Off]
) -> None:
    sequences = run_sequences(made, tmp_path, 150, monkeypatch, off())
    assert any(sequence.ways.judge.early for sequence in sequences)


DOORS = [
    "window",
    "stranger",
    "command line",
    "card",
    "card reset",
    "restore",
    "restore by card",
    "copied folder",
    "change",
]


@pytest.fixture
def ways(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ways]:
    opened = Ways(made, tmp_path, Machine(monkeypatch), monkeypatch)
    yield opened
    opened.end()


@pytest.mark.parametrize("door", DOORS)
def test_while_it_waits_a_door_says_the_same_to_right_and_wrong(ways: Ways, door: str) -> None:
    assert list(ways.doors()) == DOORS
    if door == "change":
        ways.open_session()
    for _ in range(5):
        assert ways.knock("restore", right=False) == "wrong"
    ways.machine.run(30)
    said = []
    for right in (True, False):
        with pytest.raises(TooManyTries) as refused:
            ways.doors()[door](right)
        said.append(str(refused.value))
    assert said == ["密码或恢复卡多次不对，请等30秒再试；资料都在。"] * 2
    ways.machine.run(30)
    assert ways.knock(door, right=True) == "let in"


@pytest.mark.parametrize("door", DOORS[:-1])
def test_five_tries_at_any_door_close_all_of_them(ways: Ways, door: str) -> None:
    for _ in range(5):
        assert ways.knock(door, right=False) == "wrong"
    for other in DOORS[:-1]:
        assert ways.knock(other, right=True) == "wait"


def test_an_unknown_name_costs_and_hears_the_same(ways: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    prices: list[object] = []
    real = unlocking.stretch
    monkeypatch.setattr(
        unlocking, "stretch", lambda text, salt, params: (prices.append(params), real(text, salt, params))[1]
    )
    said = []
    for user in (USER, "没有这个人"):
        with pytest.raises(WrongSecret) as refused:
            open_station(ways.folder, user, WRONG)
        said.append((type(refused.value), str(refused.value)))
    assert prices == [CHEAP, CHEAP]
    assert said[0] == said[1]


def test_the_count_outlives_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real second process on the real clock, with the right passphrase."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    create_station(tmp_path / "store", "青禾镇社工站", USER, RIGHT, params=CHEAP).close()
    for _ in range(5):
        with pytest.raises(WrongSecret):
            open_station(tmp_path / "store", USER, WRONG)
    command = [sys.executable, "-m", "sgz_desktop", "check", "--store", str(tmp_path / "store")]
    environment = {**os.environ, "SGZ_PASSPHRASE": RIGHT, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=environment, cwd=PACKAGE.parent, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "次不对，请等" in done.stderr.decode()


@pytest.mark.slow_key
def test_what_one_guess_costs(tally: Tally) -> None:
    """At the real price, measured and told; there is no bound on time here."""
    slots, _ = create_vault("青禾镇社工站", "station", USER, RIGHT, [])
    assert slots.workers[0].params == DEFAULT
    (wall, cpu), (_, unknown_cpu) = (_guess(slots, user) for user in (USER, "没有这个人"))
    tally(
        "wrong passphrases, one guess",
        unlock_ms=round(wall * 1000),
        cpu_ms=round(cpu * 1000),
        unknown_to_known_cpu=round(unknown_cpu / cpu, 2),
    )


def _guess(slots: Slots, user: str) -> tuple[float, float]:
    """Wall and CPU seconds of one wrong guess, the least of a few."""
    found = []
    for _ in range(size(1, 10)):
        wall, cpu = time.perf_counter(), time.process_time()
        with pytest.raises(WrongSecret):
            unlock(slots, user, WRONG)
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    return min(found)


def importers(names: set[str], module: str) -> set[str]:
    """Our files that take any of the names, or the whole module, from a module."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if module.rpartition(".")[2] in text else ():
            if isinstance(node, ast.ImportFrom):
                taken = {f"{node.module}.{alias.name}" for alias in node.names}
                if taken & {module, *(f"{module}.{name}" for name in names)}:
                    found.add(path.relative_to(PACKAGE).as_posix())
    return found


def test_there_are_no_other_doors() -> None:
    """Who can compare a passphrase or a card; each of them counts, or is called by what counts."""
    secrets = {"unlock", "unlock_with_card", "unwrapped"}
    assert importers(secrets, "sgz_desktop.vault.unlocking") == {
        "actions/keeping.py",
        "vault/members.py",
        "vault/rotation.py",
    }
    assert importers({"stretch"}, "sgz_desktop.vault.stretch") == {
        "vault/slot_boxes.py",
        "vault/unlocking.py",
    }
    assert importers({"Tries"}, "sgz_desktop.vault.tries") == {
        "actions/keeping.py",
        "actions/workers.py",
        "app.py",  # only asks how long
        "vault/rotation.py",
        "vault/slot_file.py",  # only begins
    }

"""Two hundred made-up residents go through a whole session of the real program, and no word of them stays.

They are made, imported, visited, searched, shown, printed and exported; the program is cut off by kill -9,
started again and locked. At every turn each file it may have written, its output, its environment and, after
the lock, its memory are searched in every encoding. Only files a person chose to export may hold a word.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.canaries import Flock, hatch, ndjson
from tests.proofs.sizes import SEED, size
from tests.proofs.traces import Search, Trace, needles, within
from tests.proofs.watched_program import Sandbox, Watched

STATION, WORKER = "柳溪镇社会工作服务站", "甲社工"
IN_MEMORY = ("utf-8", "utf-16-le", "utf-32-le", "gb18030")
SHARED = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"))
TYPED = 4  # residents typed at the window; the others come by file


class Session:
    """One station, from its making to its end, and what was found of its residents."""

    def __init__(self, base: Path, seed: int) -> None:
        self.flock: Flock = hatch(seed)
        self.people = [asdict(one) for one in self.flock.people]
        self.sandbox = Sandbox(base / "sandbox")
        self.chosen, self.sealed = base / "chosen", base / "sealed"
        for folder in (self.chosen, self.sealed):
            folder.mkdir()
        self.store = self.sandbox.home / ".local" / "share" / "sgz-desktop" / "store"
        self.began = time.time()
        self.passphrase = f"溪水边的{self.flock.people[0].address}有只白鹭"
        secrets = self.flock.marks | {"passphrase": self.passphrase}
        self.search = Search(needles(secrets))
        self.in_memory = needles(secrets, IN_MEMORY)
        self.draw = random.Random(seed)
        self.started: list[Watched] = []
        self.looks = 0

    def start(self, *arguments: str, **environment: str) -> Watched:
        """The program, with arguments."""
        self.started.append(Watched(self.sandbox, arguments, **environment))
        return self.started[-1]

    def command(self, *arguments: str) -> None:
        """A job without the window, done."""
        run = self.start("--store", str(self.store), *arguments, SGZ_PASSPHRASE=self.passphrase)
        assert run.end() == 0, run.said[1].decode()
        self.no_trace(run)

    def window(self) -> Watched:
        """The window on the store, unlocked; a passphrase it did not ask for is gone as well."""
        run = self.start(SGZ_PASSPHRASE=self.passphrase)
        run.do("unlock", passphrase=self.passphrase)
        return run

    def traces(self, run: Watched) -> set[Trace]:
        """What can be found now, on every disk and in what the program told."""
        self.looks += 1
        found = self.search.folders(self.sandbox.base, self.sealed)
        for path in {*map(Path, run.wrote), *self._shared()}:
            if self.chosen not in path.parents:
                found |= self.search.file(path)
        for name, said in zip(("stdout", "stderr"), run.said, strict=True):
            found |= self.search.text(said, name)
        if run.process.returncode is None:
            found |= self.search.text(run.proc("cmdline"), "cmdline")
            found |= self.search.text(run.environment(), "environ")
        return found

    def no_trace(self, run: Watched) -> None:
        """Nothing is found, nothing was said over the network, and no place for secrets is left."""
        assert self.traces(run) == set()
        assert [told for told in run.events if told["event"] != "os.exec"] == []
        assert [path for path in run.wrote if not self._known(Path(path))] == []
        if run.process.returncode is None:
            assert run.network() == []
            assert run.do("dumpable", wanted=-1) == 0
            (limit,) = (line for line in run.proc("limits").decode().splitlines() if "core file" in line)
            assert limit.split()[4:6] == ["0", "0"]

    def _known(self, path: Path) -> bool:
        places = (self.sandbox.home, self.chosen, self.sealed)
        return str(path) == os.devnull or any(place in path.parents for place in places)

    def _shared(self) -> Iterator[Path]:
        """Files of ours made since the beginning in places all programs share."""
        for folder in SHARED:
            for path in folder.iterdir() if folder.is_dir() else ():
                try:
                    facts = path.lstat()
                except OSError:
                    continue
                if path.is_file() and facts.st_uid == os.getuid() and facts.st_mtime >= self.began - 1:
                    yield path

    def remembered(self, run: Watched) -> set[tuple[str, str]]:
        """The marks in the memory of a running program."""
        return {found for piece in run.memory() for found in within(piece, self.in_memory)}

    def end(self) -> None:
        """Nothing of ours keeps running."""
        for run in self.started:
            run.kill()


def lived(session: Session) -> Watched:
    """A whole session, searched at every turn; the program at the end is unlocked after a lock."""
    people = session.people
    file = session.chosen / "people.ndjson"
    file.write_text(ndjson(session.flock.people[TYPED:]), "utf-8")
    card = str(session.chosen / "card.pdf")
    session.command("init", "--station", STATION, "--user", WORKER, "--card", card)
    session.command("import", str(file))
    at_work(session, session.window(), people[:TYPED])
    cut_off(session, session.started[-1], people[0])
    session.command("export", "--out", str(session.chosen / "all.ndjson"))
    session.command("backup", "--out", str(session.sealed / "station.sgzbackup"))
    run = session.window()
    run.do("find", typed=[people[0]["name"]], name=people[0]["name"])
    locked(session, run)
    run.do("unlock", passphrase=session.passphrase)
    run.do("find", typed=[people[1]["phone"]], name=people[1]["name"])
    return run


def at_work(session: Session, run: Watched, people: list[dict[str, str]]) -> None:
    """A morning at the window."""
    one, two, three, _ = people
    run.do("register", people=people)
    session.no_trace(run)
    run.do("find", typed=[one["name"], one["id_number"], one["phone"]], name=one["name"])
    run.do("look", phone=one["phone"])
    run.do("find", typed=[one["name"]], name=one["name"])
    run.do("visit", note=one["note"])
    session.no_trace(run)
    run.do("open_case", note=two["note"])
    papers = {"saved": str(session.chosen / "case.pdf"), "printed": str(session.chosen / "printed.pdf")}
    run.do("preview_and_print", **papers)
    session.no_trace(run)
    run.do("find", typed=[two["name"]], name=two["name"])
    run.do("half_a_visit", note=three["note"])
    session.no_trace(run)


def cut_off(session: Session, run: Watched, one: dict[str, str]) -> None:
    """kill -9 in the middle of a save; nothing lies about afterwards, nor in the temporary folder."""
    run.order("save_and_be_killed", note=one["note"])
    run.wait_for("done")
    time.sleep(0.05 + session.draw.random() * 0.1)
    run.kill()
    session.no_trace(run)
    assert list(session.sandbox.temp.iterdir()) == []
    assert list(session.sandbox.cwd.iterdir()) == []


def locked(session: Session, run: Watched) -> None:
    """Ctrl+L: the process is another program image, in which nobody is remembered."""
    assert {what for what, _ in session.remembered(run)} >= {"name", "passphrase"}  # the search sees memory
    before = run.proc("stat").rpartition(b")")[2].split()[19]
    run.order("lock")
    assert run.wait_for("started") == run.pid  # the same number, begun anew
    assert run.proc("stat").rpartition(b")")[2].split()[19] == before
    run.do("shown")
    assert run.proc("cmdline").decode().split("\0")[1:5] == [
        "-m",
        "sgz_desktop",
        "--store",
        str(session.store),
    ]
    assert b"SGZ_PASSPHRASE" not in run.environment()
    assert session.remembered(run) == set()
    session.no_trace(run)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Callable[[int], Session]]:
    """session(seed) → a session that is stopped when the test is over."""
    made: list[Session] = []

    def make(seed: int) -> Session:
        made.append(Session(tmp_path / str(seed), seed))
        return made[-1]

    yield make
    for one in made:
        one.end()


def test_no_word_of_anybody_stays_in_clear(session: Callable[[int], Session], tally: Any) -> None:
    whole = [session(SEED + number) for number in range(size(1, 20))]
    for one in whole:
        run = lived(one)
        run.do("leave")
        assert run.end() == 0
        one.no_trace(run)
        assert list(one.sandbox.temp.iterdir()) == []
        assert exported(one) >= {"all.ndjson", "case.pdf"}  # what was meant to be seen is seen
    tally(
        "nothing in clear",
        seed=SEED,
        sessions=len(whole),
        canaries=sum(len(one.people) * 5 for one in whole),
        looks=sum(one.looks for one in whole),
        written=sum(len(run.wrote) for one in whole for run in one.started),
        files=sum(one.search.files for one in whole),
        bytes=sum(one.search.bytes for one in whole),
        hits=0,
    )
    leaks_are_found(whole[-1])


def exported(session: Session) -> set[str]:
    """The chosen files in which residents are found."""
    return {Path(trace.place).name for trace in session.search.folders(session.chosen)}


def leaks_are_found(session: Session) -> None:
    """Control: the same program with a leak in it, five times, and every one is seen."""
    run, one = session.window(), session.people[0]
    for leak, way in (("log", "utf-16-le"), ("preferences", "base64+1 of utf-8"), ("paper", "pdf: utf-8")):
        before = session.traces(run)
        run.do("plant", leak=leak, name=one["name"])
        assert ("name", way) in {(trace.mark, trace.way) for trace in session.traces(run) - before}
    run.do("plant", leak="socket", name="")
    assert run.network()
    assert [told["event"] for told in run.events][:1] == ["socket.__new__"]
    run.do("plant", leak="hiding", name="")
    assert ("name", "utf-8") in session.remembered(run) or ("name", "utf-32-le") in session.remembered(run)

"""The real program in a process of its own, in a home of its own, watched from outside and from inside."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCREEN = ROOT / "tests" / "gui" / "screen.json"
PATIENCE = 120.0
NETWORK = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6")


class Sandbox:
    """A home, a temporary folder, a working folder: everything a program may write to without being told."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.home, self.temp, self.run, self.cwd = (base / name for name in ("home", "tmp", "run", "cwd"))
        for folder in (self.home, self.temp, self.run, self.cwd):
            folder.mkdir(parents=True, mode=0o700)

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of the caller's environment but where programs and libraries are."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
        paths = {
            "HOME": self.home,
            "XDG_CONFIG_HOME": self.home / ".config",
            "XDG_CACHE_HOME": self.home / ".cache",
            "XDG_DATA_HOME": self.home / ".local" / "share",
            "XDG_STATE_HOME": self.home / ".local" / "state",
            "XDG_RUNTIME_DIR": self.run,
            "TMPDIR": self.temp,
        }
        python = {
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "watched"), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            "QT_QPA_PLATFORM": f"offscreen:configfile={SCREEN}",
        }
        return {**kept, **{name: str(path) for name, path in paths.items()}, **python, **more}


class Watched:
    """A running program. `wrote` are the files it opened for writing, `events` its sockets and children."""

    def __init__(self, sandbox: Sandbox, arguments: Sequence[str], **environment: str) -> None:
        self.wrote: set[str] = set()
        self.events: list[dict[str, Any]] = []
        self.argv: list[str] = []
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        hear, self._order = os.pipe()
        self._listen, say = os.pipe()
        env = sandbox.environment(SGZ_PROOF_PIPES=f"{hear},{say}", **environment)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sgz_desktop", *arguments],
            cwd=sandbox.cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(hear, say),
        )
        os.close(hear)
        os.close(say)
        self.said = [b"", b""]
        pipes = (self.process.stdout, self.process.stderr)
        self._threads = [
            threading.Thread(target=self._drain, args=one, daemon=True) for one in enumerate(pipes)
        ]
        self._threads.append(threading.Thread(target=self._hear, daemon=True))
        for thread in self._threads:
            thread.start()
        self.wait_for("started")

    def _drain(self, number: int, pipe: Any) -> None:
        with pipe:
            while more := pipe.read1():
                self.said[number] += more

    def _hear(self) -> None:
        with open(self._listen, "rb") as lines:
            for line in lines:
                words = json.loads(line)
                if "wrote" in words:
                    self.wrote.add(words["wrote"])
                elif "event" in words:
                    self.events.append(words)
                else:
                    self._heard.put(words)
        self._heard.put({"gone": True})

    def wait_for(self, word: str) -> Any:
        """What the program answers under a word."""
        heard = self._heard.get(timeout=PATIENCE)
        assert word in heard, (heard.get("failed", heard), self.said[1].decode(errors="replace"))
        return heard[word]

    def order(self, step: str, **given: Any) -> None:
        """Ask for a step without waiting for it."""
        line = json.dumps({"step": step, "given": given}).encode() + b"\n"
        while line:
            line = line[os.write(self._order, line) :]

    def do(self, step: str, **given: Any) -> Any:
        """Ask for a step and wait until it is done."""
        self.order(step, **given)
        return self.wait_for("done")

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.process.pid

    def end(self) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        os.close(self._order)
        return code

    def kill(self) -> None:
        """kill -9; harmless twice."""
        if self.process.returncode is None:
            self.process.kill()
            self.end()

    def proc(self, name: str) -> bytes:
        """A file the kernel shows of the process to everybody."""
        return Path(f"/proc/{self.pid}/{name}").read_bytes()

    @contextmanager
    def opened_up(self) -> Iterator[None]:
        """Let the proof look inside as only root could, and shut it again."""
        before = self.do("dumpable", wanted=1)
        try:
            yield
        finally:
            self.do("dumpable", wanted=before)

    def environment(self) -> bytes:
        """The block of the environment the kernel shows."""
        with self.opened_up():
            return self.proc("environ")

    def memory(self) -> Iterator[bytes]:
        """What it holds in memory: everything it may write to, a mapping at a time."""
        with self.opened_up(), open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:
            for start, end in _writable(self.proc("maps").decode()):
                try:
                    memory.seek(start)
                    yield memory.read(end - start).replace(bytes(4096), b"")  # pages never used
                except OSError:  # unmapped meanwhile, or of a device
                    continue

    def network(self) -> list[str]:
        """Its sockets that could reach another computer, or this one by its network."""
        known = {}
        for name in NETWORK:
            path = Path("/proc/self/net", name)
            for line in path.read_text().splitlines()[1:] if path.exists() else ():
                known[line.split()[9]] = f"{name} {line.split()[1]} {line.split()[2]}"
        places = self.do("descriptors").values()
        inodes = [one[len("socket:[") : -1] for one in places if one.startswith("socket:[")]
        return [known[one] for one in inodes if one in known]


def _writable(maps: str) -> Iterator[tuple[int, int]]:
    for line in maps.splitlines():
        where, rights, *_ = line.split()
        if rights.startswith("rw"):
            start, _, end = where.partition("-")
            yield int(start, 16), int(end, 16)

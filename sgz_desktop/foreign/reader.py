"""Our side: start the child, ask it, and end it when it takes too long."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from sgz_desktop.foreign import frames
from sgz_desktop.foreign.child import DONE
from sgz_desktop.foreign.refused import Refused

PATIENCE = 30.0  # seconds for one file
KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # of our environment: what a bare process needs to start


class Reader:
    """Reads files of one sort in a child of its own. A child that dies takes one file with it, not us.

    with Reader("photo") as reader:
        small = reader.read(data)      # raises Refused
    """

    def __init__(self, job: str, patience: float = PATIENCE) -> None:
        self._job, self._patience = job, patience
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: object, where: TracebackType | None
    ) -> None:
        self.close()

    def read(self, data: bytes) -> bytes:
        """What the child makes of the bytes. Raises Refused."""
        used = self._child is not None
        answer, late = self._asked(data)
        if answer is None and used and not late:  # those before may have used up its time: ask a new one
            answer, late = self._asked(data)
        if answer is None:
            raise Refused("slow" if late else "too_big")
        if answer[:1] != DONE:
            raise Refused(answer[1:].decode("ascii", "replace"))
        return answer[1:]

    def _asked(self, data: bytes) -> tuple[bytes | None, bool]:
        """The child's answer, None when it died of the question; and whether it was ended for being late."""
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(self._patience, end)
        watch.start()
        answer = None
        try:
            with suppress(OSError):
                frames.put(child.stdin, data)
                answer = frames.take(child.stdout)
        finally:
            watch.cancel()
        if answer is None:
            self.close()
        return answer, late.is_set()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._child = subprocess.Popen(
                command(self._job),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._child

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        child.wait()


def command(job: str) -> list[str]:
    """How the child is started; a frozen program starts itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--foreign", job]
    return [sys.executable, "-m", "sgz_desktop.foreign", job]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}

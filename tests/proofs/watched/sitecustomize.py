"""Put on PYTHONPATH by a proof: Python imports it before the program's first line, also after a lock.

It tells every file the program opens for writing, every socket and every child process, and does what the
proof asks for on the program's GUI thread. It holds no word of the proof's residents until a step brings one.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
import traceback
from typing import Any

HEAR, SAY = (int(one) for one in os.environ["SGZ_PROOF_PIPES"].split(","))
SEEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.startfile")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def say(**words: Any) -> None:
    """One line to the proof."""
    line = json.dumps(words, default=repr).encode() + b"\n"
    while line:
        line = line[os.write(SAY, line) :]


def watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = args
        if isinstance(path, int) or not (set(mode or "") & set("wax+") or (flags or 0) & WRITING):
            return
        say(wrote=os.path.abspath(os.fsdecode(path)))
    elif event.startswith(SEEN):
        say(event=event, args=[repr(one) for one in args])


def listen() -> None:
    """Do one step after the other, each an order of one line."""
    heard = b""
    while more := os.read(HEAR, 1 << 16):
        heard += more
        while b"\n" in heard:
            line, _, heard = heard.partition(b"\n")
            obey(json.loads(line))


def obey(order: dict[str, Any]) -> None:
    here = {"dumpable": dumpable, "descriptors": descriptors}
    if order["step"] in here:
        say(done=here[order["step"]](**order["given"]))
    else:
        on_gui_thread(lambda: step(order["step"], order["given"]))


def step(name: str, given: dict[str, Any]) -> None:
    try:
        say(done=getattr(importlib.import_module("tests.proofs.clear_story"), name)(**given))
    except BaseException:
        say(failed=traceback.format_exc())


def on_gui_thread(work: Any) -> None:
    """Queue some work on the event loop of the program, once it runs."""
    while not (shown := sys.modules.get("sgz_desktop.gui.unlock")) or not hasattr(shown, "UnlockPage"):
        time.sleep(0.02)
    from PySide6.QtCore import QCoreApplication, QTimer

    while (app := QCoreApplication.instance()) is None:
        time.sleep(0.02)
    QTimer.singleShot(0, app, work)


def dumpable(wanted: int) -> int:
    """Set whether the process may be dumped (-1 = leave it); how it was before."""
    import ctypes

    library = ctypes.CDLL(None)
    before = library.prctl(3, 0, 0, 0, 0)
    if wanted >= 0:
        library.prctl(4, wanted, 0, 0, 0)
    return int(before)


def descriptors() -> dict[str, str]:
    """Where every open descriptor leads."""
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            found[name] = os.readlink(f"/proc/self/fd/{name}")
        except OSError:  # the one the listing itself used
            continue
    return found


sys.addaudithook(watch)
say(started=os.getpid(), argv=sys.orig_argv)
threading.Thread(target=listen, name="proof", daemon=True).start()

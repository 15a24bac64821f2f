"""The 出席表 under the fingers: stalls while a grid of members × sessions is typed and saved meanwhile.

    python -m tests.benchmarks.bench_attendance [members] [sessions] [keys] [rounds]     (12 60 400 3)

Must: while keys are typed (a mark, Enter, an arrow now and then) the GUI thread is late by 16 ms at most once
in a hundred beats, in the best of the rounds. Beside it stands the same in a bare field. Exits 1 when the
must is missed.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("SGZ_STATE", tempfile.mkdtemp(prefix="sgz-bench-state-"))

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sgz_desktop.actions import groups
from sgz_desktop.gui import jobs, theme
from sgz_desktop.gui.pages.attendance_page import AttendancePage
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from tests.actions.group_station import make_group
from tests.benchmarks.bench_window import BEAT_MS, KEY_EVERY_MS, USUAL_MS, Stalls
from tests.benchmarks.big_store import KEY, NOW_MS
from tests.benchmarks.desk import desk_on

Key = Qt.Key
STROKES = (
    *(Key.Key_Space, Key.Key_Return, Key.Key_Space, Key.Key_Return, Key.Key_2, Key.Key_Return),
    *(Key.Key_3, Key.Key_Down, Key.Key_4, Key.Key_Right, Key.Key_Space, Key.Key_Left, Key.Key_Return),
)


def main(members: int = 12, sessions: int = 60, keys: int = 400, rounds: int = 3) -> int:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, 1.0)
    with tempfile.TemporaryDirectory() as place:
        identity = Identity("bench-a", "practice", "练习站", "bench-device", 1)
        store = Store(Path(place), KEY, identity, now=lambda: NOW_MS)
        desk = desk_on(store)
        group = make_group(desk, members, sessions)
        page = AttendancePage(desk, group)
        page.resize(1134, 660)
        page.show()
        _until_idle(app)
        typed = [stalls(app, page.table, keys) for _ in range(rounds)]
        page.flush()
        _until_idle(app)
        kept = len(groups.group_roll(desk, group).states)
        bare = QLineEdit()
        bare.show()
        plain = stalls(app, bare, keys)
        page.close()
        jobs.shutdown()
        store.close()
    best = min(typed, key=lambda one: (one.p99, one.most))
    print(
        f"{keys} keys in {members} × {sessions}: {best.words()} (must p99 < {USUAL_MS:.0f}); "
        f"a bare field: {plain.words()}; {kept} marks on file"
    )
    return 0 if best.p99 < USUAL_MS and kept else 1


def stalls(app: QApplication, field: QWidget, keys: int) -> Stalls:
    """How late each beat of the event loop comes while `keys` are pressed in a widget."""
    late: list[float] = []
    clock, beat = QElapsedTimer(), QTimer()
    beat.setTimerType(Qt.TimerType.PreciseTimer)
    beat.setInterval(BEAT_MS)

    def tick() -> None:
        late.append(max(0.0, clock.nsecsElapsed() / 1e6 - BEAT_MS))
        clock.restart()

    beat.timeout.connect(tick)
    clock.start()
    beat.start()
    for key in itertools.islice(itertools.cycle(STROKES), keys):
        QTest.keyClick(field, key)
        pressed = time.perf_counter()
        while time.perf_counter() - pressed < KEY_EVERY_MS / 1000:
            app.processEvents()
            time.sleep(0.0005)
    beat.stop()
    return Stalls(max(late), sorted(late)[int(len(late) * 0.99)], len(late))


def _until_idle(app: QApplication) -> None:
    app.processEvents()
    while jobs.busy():
        app.processEvents()
        time.sleep(0.0005)
    app.processEvents()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""Time from process start to a painted unlock page, against a bare PySide6 window, in turns.

    python tests/benchmarks/bench_unlock.py [rounds]

Must: at most 1.5 times the bare window (reach 1.2). Exits 1 when the must is missed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUST, REACH = 1.5, 1.2

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
window = Window()
window.resize(1024, 640)
window.show()
app.exec()
"""
OURS = """
import os, sys
from pathlib import Path
from sgz_desktop.gui import unlock
painted = unlock.UnlockPage.paintEvent
def paint(page, event):
    painted(page, event)
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: os._exit(0))
unlock.UnlockPage.paintEvent = paint
from sgz_desktop.__main__ import main
sys.exit(main(["--store", sys.argv[1]]))
"""
MAKE = """
import sys
from pathlib import Path
from sgz_desktop.actions.station import create_station
create_station(Path(sys.argv[1]), "测试站", "测试甲", "river lantern seventeen").close()
"""


def seconds(code: str, *arguments: str) -> float:
    """Wall time of one run of `code` in a fresh process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main(rounds: int = 9) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    with tempfile.TemporaryDirectory() as place:
        os.environ["SGZ_STATE"] = f"{place}/state"
        store = f"{place}/store"
        seconds(MAKE, store)
        seconds(BARE)
        seconds(OURS, store)
        pairs = [(seconds(OURS, store), seconds(BARE)) for _ in range(rounds)]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for mine, other in pairs)
    print(f"unlock page {ours * 1000:.0f} ms, bare window {bare * 1000:.0f} ms, median of {rounds} pairs")
    print(f"ratio {ratio:.2f} (must {MUST}, reach {REACH})")
    return 0 if ratio <= MUST else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""Render the widgets as pictures, to be looked at: `python tests/gui/gallery.py OUT_FOLDER [scale]`.

QT_SCALE_FACTOR=1.25 shows them as on a screen set to 125 %. Everything in them is invented.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={HERE / 'screen.json'}")
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from gallery_pages import PAGES  # noqa: E402
from PySide6.QtGui import QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from sgz_desktop.gui import jobs, theme  # noqa: E402


def settle(app: QApplication) -> None:
    """Let layouts, timers and jobs come to rest."""
    for _ in range(6):
        app.processEvents()
    while jobs.busy():
        app.processEvents()
    app.processEvents()


def render(app: QApplication, make: Callable[[], QWidget], width: int, height: int) -> QPixmap:
    """A widget as it looks in a screen of that many logical pixels."""
    shown = make()
    if not isinstance(shown, QDialog):
        shown.resize(width, height)
    shown.show()
    settle(app)
    picture = shown.grab()
    shown.close()
    shown.deleteLater()
    return picture


def main(folder: Path, scale: float) -> None:
    """Write one PNG per gallery page."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    theme.apply(app, scale)
    ratio = app.primaryScreen().devicePixelRatio()
    width, height = round(1366 / ratio), round(768 / ratio)
    for name, make in PAGES.items():
        render(app, make, width, height).save(str(folder / f"{name}-{scale}-{ratio}.png"))
    jobs.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)

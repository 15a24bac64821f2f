"""Start: the window when nothing or only a store is named, else the command line.

The arguments are read before anything heavy is imported; a passphrase leaves the environment at once, so
no child process is handed it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sgz_desktop import exits, process
from sgz_desktop.errors import AppError

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation

PASSPHRASE = "SGZ_PASSPHRASE"
FOREIGN = "--foreign"
OF_THE_WINDOW = ("--store", "--user")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code (design: 0 done, 1 told, 2 wrong usage, 70 our bug)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [FOREIGN]:  # a frozen program is its own interpreter
        from sgz_desktop.foreign.child import serve

        serve(given[1])
        return 0
    passphrase = process.take_secret(PASSPHRASE)
    exits.quiet_hooks()
    _plain_output()
    window = window_options(given)
    if window is None:
        from sgz_desktop.cli import program
        from sgz_desktop.cli.session import Screen

        process.leave_no_dumps()
        return program.run(given, passphrase, Screen(open_window, take_picture))
    from sgz_desktop import places

    store = Path(window["--store"]) if "--store" in window else places.default_store()
    return exits.guarded(lambda: open_window(store, window.get("--user", "")))


def open_window(store: Path, user: str, station: OpenStation | None = None) -> int:
    """The window on a store; returns the exit code. AppError where there is no screen to show it on."""
    if not _has_screen():
        raise AppError("没有找到显示器，窗口打不开。", "可以用 demo --headless，或其他命令（--help）。")
    gc.disable()  # until the first page stands: nothing of what start-up makes is garbage
    from sgz_desktop import app

    return app.main(store, user, station)


def _has_screen() -> bool:
    """Qt ends the process where it finds none, so it is asked first."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in named)


def take_picture(station: OpenStation, path: Path) -> bool:
    """A picture of the main window; False where the system lacks what Qt needs."""
    try:
        from sgz_desktop import app
    except ImportError:
        return False
    app.screenshot(station, path)
    return True


def window_options(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options when they ask for the window; None when a command is meant."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, sign, value = rest.pop(0).partition("=")
        if name not in OF_THE_WINDOW or name in found:
            return None
        if not sign:
            if not rest or rest[0].startswith("-"):
                return None
            value = rest.pop(0)
        if not value:
            return None
        found[name] = value
    return found


def _plain_output() -> None:
    """A terminal that cannot show a character gets another, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())

"""How the program ends: exit codes, and one line on stderr for whatever went wrong."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from sgz_desktop.errors import AppError, Cancelled

DONE, TOLD, USAGE, BUG = 0, 1, 2, 70
STOPPED = "已停下，没有做完。"
BROKEN = "程序内部出错（{where}），已保存的资料都在；请把括号里的话告诉维护人员。"


def guarded(work: Callable[[], int]) -> int:
    """Do the work and return its exit code. Never raises: what a person can act on is told in one line
    (1), anything else is our bug and is told without a value (70)."""
    try:
        return work()
    except AppError as told:
        return _ended(one_line(str(told)), TOLD)
    except (Cancelled, KeyboardInterrupt, EOFError):
        return _ended(STOPPED, TOLD)
    except BrokenPipeError:
        sys.stdout = sys.__stderr__  # whoever read us has gone; nothing more is said
        return TOLD
    except Exception as bug:
        return _ended(BROKEN.format(where=where(bug)), BUG)


def quiet_hooks() -> None:
    """Whatever nobody catches, in any thread or in a destructor, is told by kind and place: what Python would
    print holds values."""

    def main(_kind: type[BaseException], bug: BaseException, _trace: object) -> None:
        _tell(bug)

    def elsewhere(found: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
        _tell(found.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = main, elsewhere, elsewhere


def _tell(bug: BaseException | None) -> None:
    if bug is not None and sys.stderr is not None:
        print(BROKEN.format(where=where(bug)), file=sys.stderr)


def _ended(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code


def one_line(text: str) -> str:
    """A message as exactly one line."""
    return " ".join(text.split())


def where(bug: BaseException) -> str:
    """Kind and place of a bug, without any value."""
    frames = traceback.extract_tb(bug.__traceback__)
    place = f"，{Path(frames[-1].filename).name}第{frames[-1].lineno}行" if frames else ""
    return type(bug).__name__ + place

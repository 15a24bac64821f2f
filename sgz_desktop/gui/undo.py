"""撤销 for ten seconds after a save: what the toast calls, and what it says then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.undoing import Undone, undo_edit
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.gui import jobs

Tell = Callable[[str, object], object]
"""(sentence, undo or None): a page's `said.emit`"""
SAVED = "已保存。"
CAN_UNDO = "10秒内可以撤销。"
MOST_NAMED = 2


def offer_undo(
    owner: QObject,
    desk: Desk,
    tell: Tell,
    sentence: str,
    edit: Stamp | None,
    undone: Callable[[], object] = lambda: None,
) -> None:
    """Say what was done, and offer to take it back when the save wrote something; `undone` is called then."""
    if edit is None:
        tell(sentence, None)
        return

    def taken_back(found: Undone) -> None:
        undone()
        tell(undone_sentence(found), None)

    def undo() -> None:
        jobs.start(owner, lambda _task: undo_edit(desk, edit), done=taken_back)

    tell(sentence + CAN_UNDO if sentence == SAVED else sentence, undo)


def undone_sentence(undone: Undone) -> str:
    """That it was taken back, and what was left since somebody has changed it."""
    return "已撤销。" + stayed_sentence(undone.stayed)


def stayed_sentence(stayed: Sequence[str]) -> str:
    """What was left as it is, '' when nothing was."""
    if not stayed:
        return ""
    more = f"等{len(stayed)}处" if len(stayed) > MOST_NAMED else ""
    return f"{'、'.join(stayed[:MOST_NAMED])}{more}之后有人改过，没有动。"

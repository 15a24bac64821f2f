"""已删除: what was taken out of the lists, by whom, when and why, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.histories import DeletedLine, list_deleted
from sgz_desktop.actions.undoing import restore_record
from sgz_desktop.domain.record_class import RecordClass
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.merge_dialog import apart_sentence, unmerge
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.dialogs.reason_dialog import ask_reason
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.undo import Tell, offer_undo
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.wording import moment_of

NONE = "没有已删除的记录。"
HINT = "恢复后重新列出，原因记在修改历史里。"


def may_restore(desk: Desk) -> bool:
    """May the worker bring anything back?"""
    return allowed(desk.actor, "list_deleted") and any(
        allowed(desk.actor, "restore_record", of) for of in RecordClass
    )


def show_deleted(owner: QWidget, desk: Desk, tell: Tell) -> None:
    """List what was deleted; one of them can be brought back, with a reason."""

    def show(found: list[DeletedLine]) -> None:
        if not found:
            tell(NONE, None)
            return
        dialog = PickDialog(
            owner, "已删除的记录", [(one, _row(one, desk.today())) for one in found], ask, "恢复"
        )
        dialog.list.setMinimumWidth(px(720))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask(one: DeletedLine) -> None:
        if one.merged:
            unmerge(owner, desk, one.id, one.about, lambda _id, undone: tell(apart_sentence(undone), None))
        else:
            ask_reason(
                owner, f"恢复这条{one.title}", HINT, desk.today(), restore(one), does="恢复", day=False
            )

    def restore(one: DeletedLine) -> Callable[[str, str], None]:
        return lambda reason, _day: jobs.start(
            owner,
            lambda _task: restore_record(desk, one.id, one.kind, reason),
            done=lambda changes: offer_undo(owner, desk, tell, "已恢复，重新列出。", changes.edit),
        )

    jobs.start(owner, lambda _task: list_deleted(desk), done=show, key="deleted")


def _row(one: DeletedLine, today: str) -> ListRow:
    did = "合并" if one.merged else "删除"
    second = f"{one.worker or '另一台电脑'}{did}" + (f"，{one.why}" if one.why else "")
    return ListRow(one.title, one.about, second=second, when=moment_of(one.at_ms, today))

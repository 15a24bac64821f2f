"""撤销 and 删除 of rows of the 补录表."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.visit_slips import SavedSlip, undo_slip
from sgz_desktop.domain.visit_slips import Slip
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.pages.visit_grid_model import DOUBTED, DRAFT, SAVED, SAVING, GridRow
from sgz_desktop.gui.pages.visit_grid_saving import SlipSaver
from sgz_desktop.gui.pages.visit_grid_table import SlipTable

TAKEN_BACK = "已撤销。改好后按回车再保存，或按Ctrl+Del删除这行。"
DELETED = "已删除，修改日志里还留着。"
ON_FILE = -1  # the place of a row that was saved, not taken out


class RowUndo(QObject):
    """`told(row)` when a row changed, `removed()` when one is gone or back, `said(sentence)`."""

    told = Signal(object)
    removed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, table: SlipTable, saver: SlipSaver) -> None:
        super().__init__(table)
        self._desk, self._table, self._saver = desk, table, saver
        self._steps: list[tuple[GridRow, Slip | None, int]] = []

    def note(self, row: GridRow, before: Slip | None) -> None:
        """A row was saved; `before` is how its visit stood, None when there was none."""
        self._steps.append((row, before, ON_FILE))

    def forget(self, row: GridRow) -> None:
        """What was done to a row can no longer be taken back."""
        self._steps = [one for one in self._steps if one[0] is not row]

    def clear(self) -> None:
        """Nothing before this can be taken back."""
        self._steps.clear()

    def undo(self) -> None:
        """Take back the last save, or bring back a row taken out before it was saved."""
        if not self._steps or self._saver.busy:
            return
        row, before, place = self._steps.pop()
        if place != ON_FILE:
            self._table.slips.insert(place, row)
            self._table.go(place, "person")
            self.removed.emit()
        elif row.on_file is not None and self._table.slips.number_of(row) >= 0:
            self._take_back(row, before)

    def _take_back(self, row: GridRow, before: Slip | None) -> None:
        desk, form = self._desk, row.on_file
        assert form is not None
        row.state = SAVING
        self.told.emit(row)
        jobs.start(
            self,
            lambda _task: undo_slip(desk, form, before),
            done=lambda saved: self._undone(row, saved),
            failed=lambda problem: self._not_undone(row, problem),
        )

    def _undone(self, row: GridRow, saved: SavedSlip | None) -> None:
        if saved is not None:
            row.take(saved)
        else:
            row.id, row.on_file, row.before = self._desk.ids(), None, None
            row.doubts, row.entered, row.twin = (), ("", "", ""), ""
            row.state, row.why, row.held = DRAFT, TAKEN_BACK, True
        self.told.emit(row)
        self._table.setFocus()
        self._table.go(self._table.slips.number_of(row), "person")

    def _not_undone(self, row: GridRow, problem: BaseException) -> None:
        row.state = DOUBTED if row.doubts else SAVED
        self.told.emit(row)
        messages.show_problem(problem, self._table)

    def delete(self) -> None:
        """A visit on file goes with a reason, a row not saved yet goes at once (Ctrl+Z brings it back)."""
        row = self._table.slips.rows[self._table.row()]
        if not row.touched or row.state == SAVING:
            return
        if row.on_file is None:
            self._steps.append((row, None, self._remove(row)))
            return
        dialog = DeleteDialog(self._table, self._desk, row.on_file, "走访记录")
        dialog.deleted.connect(lambda: self._deleted(row))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _deleted(self, row: GridRow) -> None:
        self.forget(row)
        self._remove(row)
        self.said.emit(DELETED)

    def _remove(self, row: GridRow) -> int:
        number = self._table.slips.number_of(row)
        if number >= 0:
            self._table.slips.remove(row)
            self._table.setFocus()
            self._table.go(min(number, len(self._table.slips.rows) - 1), "person")
            self.removed.emit()
        return number

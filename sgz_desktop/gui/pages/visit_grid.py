"""走访补录表: the slips of a day, one row a visit, saved as each row is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import list_villages
from sgz_desktop.actions.visit_slips import SavedSlip, read_slips
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.slip_paste import is_table
from sgz_desktop.domain.visit_slips import CARRIED, Slip, lacks
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.paste_dialog import PasteDialog
from sgz_desktop.gui.pages.visit_grid_drafts import SlipDrafts
from sgz_desktop.gui.pages.visit_grid_model import DRAFT, SAVING, GridRow, SlipModel
from sgz_desktop.gui.pages.visit_grid_people import SlipPeople
from sgz_desktop.gui.pages.visit_grid_saving import SlipSaver, counted, doubted
from sgz_desktop.gui.pages.visit_grid_table import LACKING, SlipTable
from sgz_desktop.gui.pages.visit_grid_undo import RowUndo
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.key_hints import key_hints
from sgz_desktop.gui.widgets.labels import Elided

HINTS = (
    ("Tab", "下一格"),
    ("Enter", "选定；保存这行，到下一行"),
    ("1", "本人"),
    ("2", "家属"),
    ("3", "未遇，再选原因"),
    ("0", "无变化"),
    ("1", "有变化"),
    ("F2", "写完整记录"),
    ("Ctrl+D", "照抄上一行"),
    ("Ctrl+V", "从Excel粘贴"),
    ("Ctrl+Z", "撤销"),
    ("Ctrl+Del", "删除这行"),
)
GREY = "灰字是沿用上一行的，直接改即可"
NEWS_MS = 300
ROOM_FOR_HINTS = 390  # px of height; below it the rows come first
NOTHING_COPIED = "剪贴板里没有表格，请先在Excel里选好几行再复制。"
NOTHING_YET = "还没有录入，从第一行开始"


class VisitGrid(QWidget):
    """`full_wanted(visit id)` for the whole form, `finished()` when all is saved, `said` as of a page."""

    full_wanted = Signal(str)
    finished = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._after: tuple[GridRow, Callable[[], None]] | None = None
        self._finishing = self._loaded = False
        self.model = SlipModel(desk.ids, desk.today, self)
        self.table = SlipTable(self.model, desk.today)
        self.saver = SlipSaver(desk, self)
        self.undo = RowUndo(desk, self.table, self.saver)
        self._drafts = SlipDrafts(desk, self.model.told, self)
        self._people = SlipPeople(desk, self)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self._read_again)
        self._build()
        self._listen()
        self._tell()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        card = QFrame()
        card.setProperty("kind", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, px(Space.S))
        inner.addWidget(self.table)
        column.addWidget(card, 1)
        self.twin = button("看那一条", on_click=self._show_twin, small=True)
        self.band = Band("", "warm", actions=(self.twin,))
        self.band.hide()
        column.addWidget(self.band)
        column.addLayout(self._foot())
        self._hints = key_hints(HINTS, GREY)
        column.addWidget(self._hints)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.count = Elided("", "body", "plain")
        self.note = Elided("", "second", "plain")
        foot.addWidget(self.count, 2)
        foot.addWidget(self.note, 1)
        foot.addStretch(0)
        self.paste_button = button("从Excel粘贴", icon="up", on_click=self._paste_copied)
        self.finish_button = button("完成补录", "tonal", "check", self.finish)
        foot.addWidget(self.paste_button)
        foot.addWidget(self.finish_button)
        return foot

    def _listen(self) -> None:
        self.table.ask_people = lambda number: self._people.ask(self.model.slip(number).village)
        self.table.village_of = self._people.village_of
        self.table.left.connect(self._left)
        self.table.entered.connect(self._entered)
        self.table.moved.connect(self._tell)
        self.table.typed.connect(self._typed)
        self.table.unread.connect(self._unread)
        self.table.pasted.connect(self.paste)
        self.table.wanted.connect(self._do)
        self.saver.told.connect(self._row_told)
        self.saver.saved.connect(self._row_saved)
        self.undo.told.connect(self._row_told)
        self.undo.removed.connect(self._changed)
        self.undo.said.connect(lambda sentence: self.said.emit(sentence, None))
        self._drafts.said.connect(self.note.setText)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    # Beginning, drafts and the end

    def load(self) -> None:
        """The first time: villages, and what was typed and not saved when the window last closed."""
        desk = self._desk
        jobs.start(self, lambda _task: list_villages(desk), done=self._set_villages, key="villages")
        if not self._loaded:
            self._loaded = True
            self._drafts.read(self._restore)

    def _set_villages(self, villages: list[str]) -> None:
        self.table.villages = villages

    def _restore(self, rows: list[GridRow]) -> None:
        if rows:
            self.model.add(rows)
            self.table.size_columns()
            self.table.go(len(self.model.rows) - 1, "person")
        self._tell()

    def flush(self) -> None:
        """The window locks, closes or loses the keyboard."""
        self.table.commit()
        if any(row.altered for row in self.model.told()):
            self._drafts.keep()

    def finish(self) -> None:
        """完成补录: save what can be saved; the table is cleared when nothing is left open."""
        self.table.close_editor()
        self._finishing = True
        self.saver.put(row for row in self.model.told() if not row.held)
        self._end()

    def _end(self) -> None:
        if not self._finishing or self.saver.busy:
            return
        self._finishing = False
        open_rows = [row for row in self.model.told() if row.altered]
        done, _, _ = counted(self.model.rows)
        for row in [row for row in self.model.told() if not row.altered]:
            self.model.remove(row)
        self.undo.clear()
        self._tell()
        if open_rows:
            self.said.emit(f"还有{len(open_rows)}行是草稿，都留着，可以接着补。", None)
            self.table.setFocus()
            self.table.go(0, "person")
        else:
            if done:
                self.said.emit(f"已保存{done}行走访。", None)
            self.finished.emit()

    # Rows

    def _typed(self, number: int) -> None:
        self.model.rows[number].why = ""
        self._changed()

    def _changed(self) -> None:
        self._drafts.rest()
        self._tell()

    def _unread(self, number: int, sentence: str) -> None:
        self.model.rows[number].why = sentence
        self._tell()

    def _left(self, number: int) -> None:
        if number < len(self.model.rows):
            row = self.model.rows[number]
            if not row.held:
                self.saver.put([row])

    def _entered(self, number: int) -> None:
        self.model.rows[number].held = False
        self.saver.put([self.model.rows[number]])

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard went elsewhere in the window, or to a dialog over it: the row was left."""
        if old is None or new is None or not shiboken6.isValid(self):
            return
        was_here = old is self.table or self.table.isAncestorOf(old)
        if was_here and new is not self.table and not self.table.isAncestorOf(new):
            self._left(self.table.row())

    def _row_told(self, row: GridRow) -> None:
        self.model.tell(self.model.number_of(row))
        self._tell()
        if not self.saver.busy:
            QTimer.singleShot(0, self, self._settled)

    def _settled(self) -> None:
        """Nothing is being saved any more."""
        self._end()
        if not self.saver.busy:
            self._drafts.keep()

    def _row_saved(self, row: GridRow, before: Slip | None) -> None:
        self.undo.note(row, before)
        if row.altered and self.model.number_of(row) != self.table.row():
            QTimer.singleShot(0, self, lambda: self.saver.put([row]))
        if self._after and self._after[0] is row:
            _, act = self._after
            self._after = None
            act()

    def _tell(self) -> None:
        """The line of counts, and the one sentence that matters now."""
        saved, met, missed = counted(self.model.rows)
        drafts = sum(row.altered and row.state == DRAFT for row in self.model.rows)
        parts = [f"本次已录{saved}行，见到{met}户，未遇{missed}户"] if saved else [NOTHING_YET]
        parts += [f"草稿{drafts}行"] if drafts else []
        self.count.setText("；".join(parts))
        row = self._spoken_of()
        self.band.setVisible(row is not None)
        if row is not None:
            told = row.why or "".join(row.doubts) + "这行已保存，标为待核。"
            name = row.slip.name if row.slip.person and not told.startswith(row.slip.name) else ""
            which = f"第{self.model.number_of(row) + 1}行" + (f"（{name}）" if name else "")
            self.band.set_text(f"{which}：{told}")
            self.twin.setVisible(bool(row.twin))

    def _spoken_of(self) -> GridRow | None:
        """The row the keyboard is on when there is something to say of it, else the last doubtful one."""
        here = self.model.rows[min(self.table.row(), len(self.model.rows) - 1)]
        if here.why or here in doubted([here]):
            return here
        open_rows = [row for row in self.model.rows if row.why]
        return (open_rows or doubted(self.model.rows) or [None])[-1]

    def _show_twin(self) -> None:
        row = self._spoken_of()
        if row is not None and row.twin:
            self.full_wanted.emit(row.twin)

    # What keys ask for

    def _do(self, what: str) -> None:
        {
            "full": self._open_full,
            "undo": self.undo.undo,
            "delete": self.undo.delete,
            "save": lambda: self._entered(self.table.row()),
            "leave": self.finish_button.setFocus,
        }[what]()

    def _open_full(self) -> None:
        """F2: a row not saved yet is saved first."""
        row = self.model.rows[self.table.row()]
        if row.on_file is not None and not row.altered:
            self._show_full(row)
        elif row.touched:
            self._after = None if lacks(row.slip) else (row, lambda: self._show_full(row))
            self.saver.put([row])

    def _show_full(self, row: GridRow) -> None:
        """What is written there is not taken back with the row."""
        self.undo.forget(row)
        self.full_wanted.emit(row.id)

    # From a worksheet

    def _paste_copied(self) -> None:
        text = QGuiApplication.clipboard().text()
        if is_table(text):
            self.paste(text)
        else:
            messages.tell(self, NOTHING_COPIED)

    def paste(self, text: str) -> None:
        """Show what was understood of a copied table; nothing is written before it is confirmed."""
        self.table.commit()
        above = self.model.rows[-2].slip if len(self.model.rows) > 1 else None
        dialog = PasteDialog(self, self._desk, text, above)
        dialog.confirmed.connect(self.take_pasted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_pasted(self, slips: Sequence[tuple[Slip, str]]) -> None:
        """Slips of a confirmed paste, each with why it is not understood ('' when it is)."""
        rows = []
        above = self.model.rows[-2].slip if len(self.model.rows) > 1 else Slip()
        for slip, why in slips:
            row = self.model.fresh()
            own = {name for name in CARRIED if getattr(slip, name) != getattr(above, name)}
            row.slip, row.typed, row.state, row.why = slip, frozenset({"person", *own}), DRAFT, why
            rows.append(row)
            above = slip
        if not rows:
            return
        first = self.model.add(rows)
        self.table.size_columns()
        self._drafts.keep()
        self.saver.put([row for row in rows if not row.why])
        self.table.setFocus()
        unread = next((at for at, row in enumerate(rows, start=first) if row.why), -1)
        if unread < 0:
            self.table.go(len(self.model.rows) - 1, "person")
        else:
            self.table.go(unread, LACKING.get(lacks(self.model.rows[unread].slip), "day"))
        self._tell()

    # What others do

    def on_changes(self, changes: Changes) -> None:
        """Visits of the table may have been changed elsewhere; told often while many rows are saved."""
        if changes.touches("visit", "presence", "person", "case") and not self._news.isActive():
            self._news.start()

    def _read_again(self) -> None:
        """What is on file and not being typed in, as it stands now."""
        rows = [row for row in self.model.told() if row.on_file and not row.altered and row.state != SAVING]
        if self.saver.busy:
            self._news.start()
        elif rows:
            desk, ids = self._desk, [row.id for row in rows]
            jobs.start(
                self,
                lambda _task: read_slips(desk, ids),
                done=lambda found: self._reread(rows, found),
                failed=lambda _problem: None,  # one of them may be somebody else's to see by now
                key="news",
            )

    def _reread(self, rows: Sequence[GridRow], found: Mapping[str, SavedSlip]) -> None:
        for row in rows:
            number = self.model.number_of(row)
            if number < 0 or row.altered or row.state == SAVING:
                continue
            if row.id in found:
                row.take(found[row.id])
                self.model.tell(number)
            else:
                self.model.remove(row)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hints.setVisible(self.height() >= px(ROOM_FOR_HINTS))

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self.table.set_compact(width)

"""What goes into the cell in front: what its labels suggest, all there is to choose from, one's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from sgz_desktop.actions.bureau_values import OWN, Source
from sgz_desktop.domain.bureau_form import Mapped
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Column, DataTable
from sgz_desktop.gui.widgets.inputs import Tick
from sgz_desktop.gui.widgets.labels import Elided, paragraph
from sgz_desktop.gui.widgets.search_box import SearchBox

COLUMNS = (Column("可以填", 0), Column("现在是", 76, "body_bold"))
OWN_WORDS = "固定文字"
LONGEST = 24  # characters of a suggestion's button


class BureauSide(Card):
    """`chosen(Source, after)` for the cell in front, `cleared` to leave it empty, `figure` to see what is
    behind its number, `left` back to the form."""

    chosen = Signal(object, bool)
    cleared = Signal()
    figure = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(margin=14)
        self._known: Sequence[Source] = ()
        self._suggested: Source | None = None
        self.place = Elided("", "section")
        self.back = link("返回表样", self.left.emit)
        self.now = paragraph("", "body", "plain")
        self.behind = link("看数字背后的记录", self.figure.emit)
        self.use = button("", "tonal", on_click=self._use)
        self.after = Tick("接在原来的字后面")
        self.box = SearchBox("找要填的，或写固定文字")
        self.table = DataTable("可以填的内容", COLUMNS)
        self.clear_button = button("这一格不填", small=True, on_click=self.cleared.emit)
        for part in (self.back, self.place, self.now, self.behind, self.use, self.after, self.box):
            self.add(part)
        self.add(self.table, 1)
        self.add(self.clear_button)
        self.body.setAlignment(self.clear_button, Qt.AlignmentFlag.AlignLeft)
        self.setMinimumHeight(px(300))
        self.box.asked.connect(self._narrow)
        self.box.entered.connect(self._first)
        self.box.moved.connect(self._into)
        self.table.opened.connect(self._choose)

    def show_sources(self, known: Sequence[Source]) -> None:
        """Everything there is to choose from this month."""
        self._known = known
        self._narrow(self.box.text().strip())

    def show_cell(
        self, words: str, text: str, mapped: Mapped | None, value: Source | None, suggested: Source | None
    ) -> None:
        """The cell in front: its labels, what stands in it, what it is filled with, what is suggested."""
        self.place.setText(words)
        self.now.setText(_now(text, mapped, value))
        self.behind.setVisible(bool(value and value.figure))
        self._suggested = suggested if not mapped or mapped.source != suggested_name(suggested) else None
        self.use.setVisible(self._suggested is not None)
        if self._suggested:
            self.use.setText(f"填“{self._suggested.words[:LONGEST]}”")
        self.after.setVisible(bool(text.strip()))
        blocked = self.after.blockSignals(True)
        self.after.set_value(mapped.after if mapped else bool(text.strip()))
        self.after.blockSignals(blocked)
        self.clear_button.setVisible(mapped is not None)

    def take_keyboard(self) -> None:
        """The suggestion takes the keyboard, or the search."""
        (self.use if self.use.isVisible() else self.box).setFocus(Qt.FocusReason.TabFocusReason)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        found = [one for one in self._known if all(word in one.words.casefold() for word in words)]
        if text:
            found.append(Source(OWN + text, f"{OWN_WORDS}：{text}", text))
        ids, rows = [one.name for one in found], [(one.words, " ".join(one.text.split())) for one in found]
        self._shown = {one.name: one for one in found}
        self.table.set_rows(ids, rows)
        if ids:
            self.table.set_current(ids[0], tell=False)

    def _first(self) -> None:
        name = self.table.current_id()
        if name is not None:
            self._choose(name)

    def _into(self, step: int) -> None:
        if step > 0:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _use(self) -> None:
        if self._suggested:
            self.chosen.emit(self._suggested, self._after())

    def _choose(self, name: str) -> None:
        self.chosen.emit(self._shown[name], self._after())

    def _after(self) -> bool:
        return not self.after.isHidden() and self.after.value()


def suggested_name(source: Source | None) -> str:
    """The name of a source; '' of none."""
    return source.name if source else ""


def _now(text: str, mapped: Mapped | None, value: Source | None) -> str:
    if mapped is None:
        return f"表样里写着“{text.strip()[:40]}”。" if text.strip() else "这一格还没有选填什么。"
    said = value.text.strip() if value else ""
    shown = said if len(said) <= 40 else f"{said[:40]}…"
    return f"填{mapped.words}" + (f"：{shown}" if shown else "，这个月没有内容。")

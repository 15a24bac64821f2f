"""Beside the genogram: the relatives as rows, and the households somebody belongs and belonged to."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter

from sgz_desktop.actions.family import FamilyView, KinLine, Stay
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_text

MOST = 8
SOURCES = {"other": "对方资料里登记", "home": "家庭里登记"}


class KinRows(PaintedRows[KinLine]):
    """亲属: what they are to the person, and where it is written down."""

    def __init__(self) -> None:
        super().__init__("亲属", 34)

    def words(self, row: KinLine) -> str:
        said = (row.relation, row.name, *row.facts, SOURCES.get(row.source, ""))
        return "，".join(one for one in said if one)

    def paint_row(self, painter: QPainter, row: KinLine, rect: QRectF) -> None:
        taken = draw_text(painter, rect, row.name, "body_bold")
        facts = "·".join((row.relation, *row.facts))
        draw_text(painter, rect.adjusted(taken + px(10), 0, -px(48), 0), facts, "second", "plain")
        if row.id:
            draw_text(painter, rect, "打开", "second", "brand", right=True)


class KinCard(Card):
    """`opened(person id)`, `wanted("kin")`."""

    opened = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("亲属", action=link("编辑亲属", lambda: self.wanted.emit("kin")))
        self.rows = KinRows()
        self.rows.opened.connect(self._open)
        self.more = link("", lambda: self._fill(len(self._kin)))
        self._kin: tuple[KinLine, ...] = ()
        self.add(self.rows)
        self.add(self.more)

    def show_family(self, found: FamilyView) -> None:
        """Show the relatives of another person."""
        self._kin = found.kin
        self._fill(MOST)
        self.set_title("亲属", f"{len(found.kin)}人" if found.kin else "")
        self.setVisible(bool(found.kin))

    def _fill(self, most: int) -> None:
        self.rows.set_rows(self._kin[:most])
        self.more.setText(f"全部{len(self._kin)}人")
        self.more.setVisible(len(self._kin) > most)

    def _open(self, number: int) -> None:
        if id := self.rows.rows[number].id:
            self.opened.emit(id)


class StayRows(PaintedRows[Stay]):
    """Whose household, as what, from when to when."""

    def __init__(self) -> None:
        super().__init__("所在家庭", 34)

    def words(self, row: Stay) -> str:
        parts = (row.words, row.relation, row.when, "现在" if row.now else "以前", *_away(row))
        return "，".join(part for part in parts if part)

    def paint_row(self, painter: QPainter, row: Stay, rect: QRectF) -> None:
        taken = draw_text(
            painter, rect, row.words, "body" if row.now else "second", "text" if row.now else "plain"
        )
        facts = "·".join(part for part in (row.relation, row.when, *_away(row)) if part)
        draw_text(painter, rect.adjusted(taken + px(10), 0, -px(48), 0), facts, "second", "plain")
        draw_text(
            painter,
            rect,
            "现在" if row.now else "以前",
            "second",
            "hover" if row.now else "muted",
            right=True,
        )


def _away(row: Stay) -> tuple[str, ...]:
    return ("不同住",) if row.now and row.lives_in is False else ()


class StaysCard(Card):
    """住过的家庭, and who has left this one; `opened(household id)`, `wanted("move")`."""

    opened = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("住过的家庭", action=link("搬到另一户", lambda: self.wanted.emit("move")))
        self.rows = StayRows()
        self.rows.opened.connect(lambda number: self.opened.emit(self.rows.rows[number].household))
        self.add(self.rows)
        self.note = paragraph("", "second", "plain")
        self.add(self.note)

    def show_family(self, found: FamilyView) -> None:
        """Show the households of another person; the only one they are in is told elsewhere."""
        self.rows.set_rows(found.stays)
        self.note.setText(found.former)
        self.note.setVisible(bool(found.former))
        now = sum(stay.now for stay in found.stays)
        self.setVisible(len(found.stays) > 1 or bool(found.former) or (bool(found.stays) and not now))

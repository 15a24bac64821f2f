"""类别与待遇 on a person's page: what goes on, and what has ended folded under 以前."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter

from sgz_desktop.actions import categories
from sgz_desktop.actions.categories import CategoryLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_text, text_width

ROW, LINE = 52, 24
NO_MONEY = "—"


class CategoryRows(PaintedRows[CategoryLine]):
    """Category, amount and whose it is; under it since when, number and which list."""

    def __init__(self, name: str) -> None:
        super().__init__(name, ROW)

    def words(self, row: CategoryLine) -> str:
        return "，".join(part for part in (row.name, row.whose, _money(row), *_facts(row)) if part)

    def paint_row(self, painter: QPainter, row: CategoryLine, rect: QRectF) -> None:
        top = QRectF(rect.left(), rect.top() + px(3), rect.width(), px(LINE))
        taken = draw_text(
            painter, top.adjusted(0, 0, -px(110), 0), row.name, "body_bold", "text" if row.now else "plain"
        )
        beside = top.adjusted(taken + px(8), 0, -px(110), 0)
        fits = text_width(row.whose, "second") <= beside.width()
        if fits:
            draw_text(painter, beside, row.whose, "second", "plain")
        draw_text(painter, top, _money(row) or NO_MONEY, "body", "text" if row.now else "plain", right=True)
        below = top.translated(0, px(LINE - 2))
        facts = "·".join(_facts(row)) or "起止和来源还没有登记"
        facts = facts if fits else f"{row.whose}·{facts}"
        draw_text(painter, below.adjusted(0, 0, -px(60), 0), facts, "second", "plain")
        draw_text(
            painter,
            below,
            "停止" if row.now else "已停止",
            "second",
            "brand" if row.now else "muted",
            right=True,
        )


def _money(row: CategoryLine) -> str:
    return f"每月{row.amount}" if row.amount else ""


def _facts(row: CategoryLine) -> tuple[str, ...]:
    if row.since and row.until:
        when = f"{row.since}至{row.until}"
    else:
        when = f"{row.since}起" if row.since else f"到{row.until}" if row.until else ""
    return tuple(part for part in (when, row.number, row.source, row.note if not row.now else "") if part)


class CategoriesCard(Card):
    """`read(person)` fills it; `wanted("benefits")` opens the form, `stop(CategoryLine)` asks to end one."""

    wanted = Signal(str)
    stop = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("类别与待遇", action=link("登记变动", lambda: self.wanted.emit("benefits")))
        self._desk = desk
        self.rows, self.before = CategoryRows("类别与待遇"), CategoryRows("以前的类别与待遇")
        self.rows.opened.connect(lambda number: self.stop.emit(self.rows.rows[number]))
        self.before.opened.connect(lambda _number: self.wanted.emit("benefits"))
        self.nothing = paragraph("还没有登记类别和待遇。", "body", "muted")
        self.fold = link("", self._turn)
        for part in (self.rows, self.nothing, self.fold, self.before):
            self.add(part)
        for part in (self.fold, self.before):
            part.hide()

    def read(self, person: str) -> None:
        """Read the categories of a person."""
        desk = self._desk
        jobs.start(
            self, lambda _task: categories.category_lines(desk, person), done=self.show_lines, key="spells"
        )

    def show_lines(self, lines: tuple[CategoryLine, ...]) -> None:
        """Show what was read; what has ended is folded."""
        now = [line for line in lines if line.now]
        self.rows.set_rows(now)
        self.before.set_rows([line for line in lines if not line.now])
        self.rows.setVisible(bool(now))
        self.nothing.setVisible(not now)
        self.before.hide()
        self._say()

    def _turn(self) -> None:
        self.before.setVisible(self.before.isHidden())
        self._say()

    def _say(self) -> None:
        count = len(self.before.rows)
        self.fold.setVisible(bool(count))
        self.fold.setText(f"以前{count}项" if self.before.isHidden() else "收起以前的")

"""From a record that holds several values somewhere to its rows on 数据核对单, and back."""

from __future__ import annotations

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.gui.page import page_of
from sgz_desktop.gui.theme import C
from sgz_desktop.gui.ways import sheet_target
from sgz_desktop.gui.widgets.buttons import Button

SAYS = "到数据核对单，核对有两个值的{count}处"


class SheetLink(Button):
    """核对n处, for the head of a page; hidden until `offer` is given a record that has such places."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", "quiet", "alert")
        self.setStyleSheet(f"color: {C.warn};")
        self._may = allowed(desk.actor, "open_conflicts")
        self._ids: tuple[str, ...] = ()
        self.clicked.connect(lambda _on=False: self._go())
        self.hide()

    def offer(self, form: Form | None) -> None:
        """Lead to the rows of this record and of what belongs to it."""
        parts = [(form.id, form.conflicts)] if form else []
        parts += [(row.id, row.conflicts) for rows in (form.rows.values() if form else ()) for row in rows]
        self._ids = tuple(id for id, found in parts if found)
        count = sum(len(found) for _, found in parts)
        self.setText(f"\u2009核对{count}处")
        self.setAccessibleName(SAYS.format(count=count))
        self.setToolTip(self.accessibleName())
        self.setVisible(bool(count) and self._may)

    def _go(self) -> None:
        page = page_of(self)
        if page is not None:
            page.go.emit(*sheet_target(self._ids, page.section))

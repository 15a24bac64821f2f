"""The band on a person's page that says what their life asks for: death, moving, an age reached, a card."""

from __future__ import annotations

from PySide6.QtCore import Signal

from sgz_desktop.actions.people import PersonPage
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button

MOST = 2


class LifeBand(Band):
    """`asked(item)` to deal with the first thing, `left_open(tasks)` to decide on tasks about the dead."""

    asked = Signal(object)
    left_open = Signal(object)

    def __init__(self) -> None:
        self.act = button("去办理", small=True)
        self.decide = button("处理待办", small=True)
        super().__init__("", "tint", icon="cal", actions=(self.decide, self.act))
        self._page: PersonPage | None = None
        self.act.clicked.connect(lambda _on=False: self._act())
        self.decide.clicked.connect(lambda _on=False: self._decide())
        self.hide()

    def _act(self) -> None:
        if self._page and self._page.asks.items:
            self.asked.emit(self._page.asks.items[0])

    def _decide(self) -> None:
        if self._page:
            self.left_open.emit(self._page.asks.left_open)

    def show_page(self, page: PersonPage) -> None:
        """Show what another person's life asks for; nothing, no band."""
        self._page = page
        items = page.asks.items
        self.setVisible(bool(items))
        self.decide.setVisible(bool(items and page.asks.left_open))
        if items:
            told = "；".join(item.what for item in items[:MOST])
            self.set_text(f"有{len(items)}件事要办：{told}。", second_line(page))


def second_line(page: PersonPage) -> str:
    """What else a death leaves to be decided."""
    if not page.line.dead:
        return ""
    tasks = len(page.asks.left_open)
    parts = ["走访已停", f"原有{tasks}件待办请选完成或保留" if tasks else ""]
    return "；".join(part for part in parts if part) + "。"

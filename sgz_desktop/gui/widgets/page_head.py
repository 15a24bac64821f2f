"""Head of a page: title, one grey line of facts, actions at the right with the primary last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.buttons import icon_button, way_back
from sgz_desktop.gui.widgets.labels import Elided


class PageHead(QWidget):
    """`back` adds ‹ before the title; `add_action` appends at the right end."""

    def __init__(self, title: str, facts: str = "", *, back: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(px(40))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(10))
        self.back: QWidget | None = None
        if back:
            arrow = self.back = way_back(icon_button("left", "返回", back, kind="quiet", small=True))
            arrow.setShortcut("Alt+Left")
            arrow.setToolTip("返回（Esc或Alt+←）")
            self._row.addWidget(arrow)
        self.title = Elided(title, "title")  # a table of an evaluator has a long name
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self.title)
        self._badges = QHBoxLayout()
        self._badges.setSpacing(px(Space.S))
        self._row.addLayout(self._badges)
        self.facts = Elided(facts, "body", "plain")
        self._row.addWidget(self.facts, 1)
        self._row.addStretch(0)

    def set_title(self, title: str, facts: str = "") -> None:
        """Another title and facts line."""
        self.title.setText(title)
        self.facts.setText(facts)

    def set_facts(self, facts: str) -> None:
        """Another facts line."""
        self.facts.setText(facts)

    def set_badges(self, badges: Sequence[tuple[str, str]]) -> None:
        """Badges after the title, as (words, tone)."""
        while item := self._badges.takeAt(0):
            item.widget().deleteLater()
        for words, tone in badges:
            self._badges.addWidget(Badge(words, tone))

    def add_action(self, action: QWidget) -> None:
        """Add a button (or any small widget) at the right end; the primary one last."""
        self._row.addWidget(action)

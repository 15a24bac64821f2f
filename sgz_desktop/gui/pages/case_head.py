"""The head of the page of a case: whose it is, how it stands, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.lifecycle import TRANSFERRED
from sgz_desktop.domain.local_words import in_use
from sgz_desktop.gui.pages.case_moves import RESTING
from sgz_desktop.gui.sheet_link import SheetLink
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import Button, button, menu_button
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.tab_order import tab_through

RISKS = {"high": ("高风险", "danger"), "mid": ("中风险", "warn"), "low": ("低风险", "plain")}
Entries = list[tuple[str, Callable[[], None]]]


class CaseHead(PageHead):
    """The signals ask for what is to be done with the case; `do(button, ask)` asks once it may be done."""

    paper_wanted = Signal(str, str)
    visit_wanted = Signal()
    file_wanted = Signal()
    copy_wanted = Signal(str)
    transfer_wanted = Signal()
    again_wanted = Signal()

    def __init__(
        self, desk: Desk, back: Callable[[], object], do: Callable[[Button, Callable[[], None]], None]
    ) -> None:
        super().__init__("个案", back=back)
        self._desk = desk
        self._page: CasePage | None = None
        self._stacked = False
        self._menu_place = QWidget()
        place = QHBoxLayout(self._menu_place)
        place.setContentsMargins(0, 0, 0, 0)
        self.edit_button = button("修改", "quiet", "edit", lambda: self.paper_wanted.emit("case", ""))
        self.sheet_link = SheetLink(desk)
        self.add_action(self.sheet_link)
        self.add_action(self.edit_button)
        self.add_action(self._menu_place)
        self.print_button = button("打印档案", icon="print", key="Ctrl+P")
        self.visit_button = button("记走访", icon="visit", key="F5")
        self.session_button = button(f"记一{in_use().session}", "primary", "edit", key="Ctrl+N")
        for one, ask in (
            (self.print_button, self.file_wanted.emit),
            (self.visit_button, self.visit_wanted.emit),
            (self.session_button, lambda: self.paper_wanted.emit("session", "")),
        ):
            one.clicked.connect(lambda _on=False, one=one, ask=ask: do(one, ask))
            self.add_action(one)

    def show_opening(self) -> None:
        """Another case is being read."""
        self._page = None
        self.set_title("正在打开")
        for verb in (self.visit_button, self.session_button):
            verb.setEnabled(True)

    def show_page(self, page: CasePage, moves: Entries) -> None:
        """Whose case it is; `moves` are lines of the menu."""
        self._page = page
        values = page.form.values
        badges = [RISKS[page.risk]] if page.risk in RISKS else []
        in_hand = page.open and page.stage not in RESTING
        at = "纸质档案" if values.get("on_paper") else page.stage_label
        badges.append(("在办", "info") if in_hand else (at, "plain"))
        if values.get("guardian_hidden"):
            badges.append(("对监护人保密", "warn"))
        self.sheet_link.offer(page.form)
        if page.form.conflicts and self.sheet_link.isHidden():
            badges.append((f"{len(page.form.conflicts)}处两个值", "warn"))
        if page.form.marks:
            badges.append((f"{len(page.form.marks)}处待核", "warn"))
        self.set_title(page.client_name, self._facts_words(page))
        self.set_badges(badges)
        for verb in (self.visit_button, self.session_button):
            verb.setEnabled(page.open)
            verb.setVisible(not values.get("on_paper"))
        self.edit_button.setVisible(page.stage != TRANSFERRED)
        self._make_menu([*self._copies(), *moves, *self._transfer(page)])

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self._stacked = width.stacked
        if self._page:
            self.set_title(self._page.client_name, self._facts_words(self._page))
        self.print_button.setVisible(not width.steps)

    def _facts_words(self, page: CasePage) -> str:
        values: dict[str, Any] = page.form.values
        worker, on_paper = values.get("worker"), values.get("on_paper")
        number = str(values.get("number") or "编号未给")
        if self._stacked:  # the stage bar below tells the days
            return "·".join(part for part in (number, f"主责{worker}" if worker else "") if part)
        opened = next((step.note for step in page.steps if step.note), "")
        parts = (
            f"个案{number}",
            f"主责{worker}" if worker else "",
            f"{opened.partition('（')[0]}接案" if opened and "还差" not in opened and not on_paper else "",
        )
        return "·".join(part for part in parts if part)

    def _make_menu(self, entries: Entries) -> None:
        place = self._menu_place.layout()
        while item := place.takeAt(0):
            item.widget().deleteLater()
        self.menu = menu_button("", entries)
        self.menu.setToolTip("给外面的副本，中止、转介、退回等")
        place.addWidget(self.menu)
        if self.back:
            tab_through((self.back, self.menu))

    def _copies(self) -> Entries:
        """Copies of the file for others, where the worker may make them."""
        if not allowed(self._desk.actor, "make_copy"):
            return []
        return [
            ("督导件…", lambda: self.copy_wanted.emit("supervision")),
            ("去标识件…", lambda: self.copy_wanted.emit("release")),
        ]

    def _transfer(self, page: CasePage) -> Entries:
        """The way to another station, where the worker may; of a case that has gone there, its file anew."""
        if not allowed(self._desk.actor, "send_case"):
            return []
        if page.stage == TRANSFERRED:
            return [("再写一次转出文件…", self.again_wanted.emit)]
        return [("转到别的社工站…", self.transfer_wanted.emit)]

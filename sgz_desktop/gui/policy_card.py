"""可能符合的政策: what somebody may apply for, why, and what is missing; read apart and always anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policy_panel import Offer, PolicyPanel, policy_panel
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.wording import BOX, CLOSING, TRUST
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.policy_offer import OfferFold
from sgz_desktop.gui.widgets.buttons import Button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.fold import Fold, column_of
from sgz_desktop.gui.widgets.labels import paragraph, rule
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.tab_order import tab_through
from sgz_desktop.gui.widgets.text_row import RowWords, TextRow

TITLE = "可能符合的政策"
READING = "正在比对。"
NO_PACK = "政策标准未安装，请在设置里导入政策包。"
NOT_READ = "政策没能比对，资料没有改动。"
UNLIKELY = f"按现有信息{BOX[Verdict.N]}"
NOTHING_LIKELY = "按现有信息，没有看到可能符合的项目。"


class PolicyCard(Card):
    """`fill(place)` and `go(section, target)` say what was pressed. The closing sentence stands in the card
    under a list that `scrolls`; else the page puts `closing` where it stays in sight."""

    fill = Signal(object)
    go = Signal(str, object)

    def __init__(self, desk: Desk, *, scrolls: bool = False, opened: bool = False) -> None:
        """`opened`: the first programme that is not settled stands open."""
        super().__init__(TITLE)
        self._desk, self._person, self._case = desk, "", ""
        self._care: Mapping[str, object] | None = None
        self.panel: PolicyPanel | None = None
        self._opened: set[str] = set()
        self._first_open = opened
        self.offers: list[OfferFold] = []
        self.unlikely: Fold | None = None
        self.closing = paragraph(CLOSING, "caption", "muted")
        self.state = paragraph(READING, "body", "muted")
        self.again = link("再比对一次", self.read_again)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.state, self.again):
            self.add(part)
        self.again.hide()
        if scrolls:
            self._column.addStretch(1)
            self.add(Scroll(self._list), 1)
            self.add(rule())
            self.add(self.closing)
        else:
            self.add(self._list)
        if not self.may_read:
            self.hide()

    @property
    def may_read(self) -> bool:
        """Whether this worker reads people at all."""
        return allowed(self._desk.actor, "policy_panel")

    def read(self, person: str, self_care: Mapping[str, object] | None = None, case: str = "") -> None:
        """Read for a person; `self_care` are answers that are not saved yet, `case` what an application
        belongs to."""
        if not self.may_read or not person:
            return
        if person != self._person:
            self._show(None)
            self._opened.clear()
            self.state.setText(READING)
            self.state.show()
        self._person, self._care, self._case = person, self_care, case
        desk = self._desk
        jobs.start(
            self,
            lambda _task: policy_panel(desk, person, self_care),
            done=self._show,
            failed=self._failed,
            key="policies",
        )

    def read_again(self) -> None:
        """Read again: something may have changed that is no record."""
        self.read(self._person, self._care, self._case)

    def _failed(self, problem: BaseException) -> None:
        self._show(None)
        self.state.setText(problem.message if isinstance(problem, AppError) else NOT_READ)
        self.state.show()
        self.again.setVisible(not isinstance(problem, AppError))
        if not isinstance(problem, AppError):
            messages.show_problem(problem, self)

    def _show(self, panel: PolicyPanel | None) -> None:
        if panel is not None and panel == self.panel:
            return
        held = self._held()
        self.panel = panel
        self._clear()
        self.again.hide()
        self.set_title(TITLE, _packs(panel))
        self.state.setVisible(panel is not None and not _likely(panel.offers))
        if panel is None:
            return
        self.state.setText(NOTHING_LIKELY if panel.offers else NO_PACK)
        self._fill_in(panel)
        self._hold(held)

    def _fill_in(self, panel: PolicyPanel) -> None:
        likely = _likely(panel.offers)
        rest = [one for one in panel.offers if one not in likely]
        self.offers = [self._offer(one, panel) for one in likely]
        for place, one in enumerate(self.offers):
            if place:
                self._put(rule())
            self._put(one)
        if rest:
            self._put(rule())
            self.unlikely = Fold(
                RowWords(f"{UNLIKELY}（{len(rest)}）", tone="plain"), lambda: self._rest(rest)
            )
            self.unlikely.turned.connect(self._turned)
            self._put(self.unlikely)
        self._open_again()
        self._order()

    def _put(self, part: QWidget) -> None:
        at = self._column.count()
        if at and self._column.itemAt(at - 1).spacerItem():
            at -= 1
        self._column.insertWidget(at, part)

    def _offer(self, one: Offer, panel: PolicyPanel) -> OfferFold:
        made = OfferFold(one, panel, self.fill.emit, self._apply)
        key = _key(one)
        made.turned.connect(lambda on: self._opened.add(key) if on else self._opened.discard(key))
        made.turned.connect(self._turned)
        return made

    def _rest(self, rest: Sequence[Offer]) -> QWidget:
        panel = self.panel
        assert panel is not None
        made = [self._offer(one, panel) for one in rest]
        self.offers += made
        return column_of(*made)

    def _open_again(self) -> None:
        """What stood open stands open; at first the one that needs a look."""
        if self._first_open and not self._opened and self.offers:
            self._opened.add(_key(self.offers[0].offer))
        for one in self.offers:
            one.open(_key(one.offer) in self._opened)

    def _turned(self, _on: bool) -> None:
        self._order()

    def _order(self) -> None:
        """Tab goes down the rows as they stand, also those made a moment ago."""
        tab_through((self._list, *_in_sight(self._list)))

    def _clear(self) -> None:
        self.offers, self.unlikely = [], None
        for at in reversed(range(self._column.count())):
            if old := self._column.itemAt(at).widget():
                self._column.takeAt(at)
                old.hide()
                old.deleteLater()

    def _held(self) -> str | None:
        """The programme in which the keyboard stands."""
        now = self.window().focusWidget()
        found = (one for one in self.offers if now is not None and one.isAncestorOf(now))
        return next((_key(one.offer) for one in found), None)

    def _hold(self, key: str | None) -> None:
        for one in self.offers:
            if _key(one.offer) == key:
                one.head.setFocus()

    def _apply(self, offer: Offer) -> None:
        panel = self.panel
        if offer.application:
            self.go.emit("aid", ("application", offer.application))
        elif panel:
            about = {"person": panel.person, "household": panel.household, "case": self._case}
            self.go.emit("aid", {"new": "application", "programme": offer.result.code, **about})


def _key(one: Offer) -> str:
    return f"{one.result.programme}:{one.result.subject}"


def _likely(offers: Sequence[Offer]) -> list[Offer]:
    return [one for one in offers if one.result.verdict is not Verdict.N]


def _packs(panel: PolicyPanel | None) -> str:
    """The pack and its trust, where all verdicts come from one."""
    found = {(one.result.pack, TRUST[one.result.trust]) for one in panel.offers} if panel else set()
    return "，".join(found.pop()) if len(found) == 1 else ""


def _in_sight(whole: QWidget) -> list[QWidget]:
    """What Tab may reach in a column, from top to bottom."""
    found: list[QWidget] = []
    layout = whole.layout()
    for at in range(layout.count() if layout else 0):
        if part := layout.itemAt(at).widget():
            found += [part] if isinstance(part, TextRow | Button) else _in_sight(part)
    return found

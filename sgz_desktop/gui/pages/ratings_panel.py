"""A person's scores over time, in a case, beside an assessment and on the person's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import ratings
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.ratings import Series
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.score_chart import DOTS, Dot, ScoreChart, Scores
from sgz_desktop.gui.widgets.scroll import Scroll

HINT = "分数只作提示，不是诊断；分数高时建议进一步评估。"


class RatingsPanel(QWidget):
    """A tab: charts, or how to begin. `opened(kind, id)` a score's record; `wanted` a new rating."""

    opened = Signal(str, str)
    wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._series: Sequence[Series] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        head = QHBoxLayout()
        head.addWidget(paragraph(HINT, "second", "plain"), 1)
        self.new = button("填量表", icon="plus", on_click=self.wanted.emit, small=True)
        if not allowed(desk.actor, "save_rating"):
            self.new.hide()
        head.addWidget(self.new)
        column.addLayout(head)
        self.charts = ScoreChart("量表得分")
        self.charts.opened.connect(self._open)
        self._scroll = Scroll()
        self._scroll.body.setContentsMargins(px(8), px(8), px(8), 0)  # room for the ring of the keyboard
        self._scroll.body.addWidget(self.charts)
        self._scroll.body.addStretch(1)
        self.empty = EmptyState("还没有用量表评过。", "chart", "评过两次，就能看出变化。")
        column.addWidget(self._scroll, 1)
        column.addWidget(self.empty, 1)

    def read(self, person: str) -> None:
        """Read the scores of a person."""
        read_into(self, self._desk, person, self._show)

    def _show(self, series: Sequence[Series]) -> None:
        self._series = series
        self.charts.set_rows([chart_of(one, self._desk.today()) for one in series])
        if not series and self.charts.hasFocus():
            self.new.setFocus()
        self._scroll.setVisible(bool(series))
        self.empty.setVisible(not series)

    def _open(self, number: int) -> None:
        last = self._series[number].points[-1]
        self.opened.emit(last.kind, last.id)


class RatingsCard(Card):
    """The same as a card that is there only when somebody was rated."""

    opened = Signal(str, str)
    wanted = Signal()

    def __init__(self, desk: Desk, *, fills: bool = True) -> None:
        self.fill = link("填量表", self._fill)
        super().__init__("量表", action=self.fill)
        if not fills or not allowed(desk.actor, "save_rating"):
            self.fill.hide()
        self._desk, self._person = desk, ""
        self._series: Sequence[Series] = ()
        self.charts = ScoreChart("量表得分")
        self.charts.opened.connect(self._open)
        self.add(self.charts)
        self.hide()

    def _fill(self) -> None:
        self.wanted.emit()

    @property
    def filled(self) -> bool:
        """Is there anything to show?"""
        return bool(self._series)

    def read(self, person: str) -> None:
        """Read the scores of a person; those of another are gone at once."""
        if person != self._person:
            self._person = person
            self._show(())
        read_into(self, self._desk, person, self._show)

    def _show(self, series: Sequence[Series]) -> None:
        self._series = series
        self.charts.set_rows([chart_of(one, self._desk.today()) for one in series])
        self.setVisible(bool(series))

    def _open(self, number: int) -> None:
        last = self._series[number].points[-1]
        self.opened.emit(last.kind, last.id)


def read_into(owner: QWidget, desk: Desk, person: str, show: Callable[[Sequence[Series]], None]) -> None:
    """Read a person's scores where this worker may see them."""
    if person and allowed(desk.actor, "ratings_of"):
        jobs.start(owner, lambda _task: ratings.ratings_of(desk, person), done=show, key="ratings")


def chart_of(series: Series, today: str) -> Scores:
    """The last scores of an instrument as a chart shows them."""
    points = series.points[-DOTS:]
    when = [days.to_date(days.earliest(point.day)).toordinal() for point in points]
    span = max(when[-1] - when[0], 1)
    places = [(at - when[0]) / span for at in when] if len(when) > 1 else [0.5]
    dots = tuple(
        Dot(days.short_day(point.day, today).partition("（")[0], place, point.total, point.grade)
        for point, place in zip(points, places, strict=True)
    )
    return Scores(series.title, series.unit, dots, _told(dots, series.unit))


def _told(dots: Sequence[Dot], unit: str) -> str:
    if len(dots) < 2:
        return "评过1次。"
    before, now = dots[-2], dots[-1]
    moved = now.value - before.value
    if not moved:
        return f"与{before.day}相同。"
    return f"比{before.day}{'多' if moved > 0 else '少'}{abs(moved)}{unit}。"

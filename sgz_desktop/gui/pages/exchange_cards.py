"""The cards of U盘交换: the stick with its one big action, what came, recent dealings, 数据核对单."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions.conflicts import Doubled
from sgz_desktop.actions.exchange import OnStick
from sgz_desktop.actions.exchange_dealings import Dealings
from sgz_desktop.actions.exchange_meet import Stranger
from sgz_desktop.actions.exchange_send import Outgoing
from sgz_desktop.gui import exchange_words as words
from sgz_desktop.gui.exchange_words import Line
from sgz_desktop.gui.sticks import Stick
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.buttons import Button, button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.circle_icon import CircleIcon
from sgz_desktop.gui.widgets.fact_line import FactLine
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label, paragraph, rule
from sgz_desktop.gui.widgets.progress import ProgressPanel
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.tab_order import tab_through
from sgz_desktop.gui.widgets.text_row import RowWords, TextRow

TITLE = "数据核对单"
START = "开始U盘交换：先收后送"
NO_STICK = "请插入U盘，或选择一个文件夹"
FOLDER_TOO = "单位只能用共享文件夹的，选一次就会记住。"
ALONE = "本站只有这一台电脑"
ALONE_TOO = "要和别的电脑交换，请先在“设备”里邀请新电脑。"
WAITING = "等待第一包"
WAITING_TOO = "请在原来的电脑上读入加入申请，再做一次U盘交换，把U盘拿来。"
HOW = (
    "把U盘插到这台电脑，等几秒，这里会认出它。",
    "按“开始U盘交换”：先收对方的，再送本机的。",
    "看到“可以拔出”再拔，拿到另一台电脑照样做一次。",
)
LOOKING = "正在看里面有什么"
MOST_DOUBLED = 4


@dataclass(frozen=True)
class Plan:
    """What an exchange at a place would do, and who says there who they are; `fault` says why there can be
    none."""

    place: Stick
    free: int = 0
    found: tuple[OnStick, ...] = ()
    going: tuple[Outgoing, ...] = ()
    met: tuple[Stranger, ...] = ()
    fault: str = ""

    def does_something(self, found: Dealings | None) -> bool:
        """Would it take, send, or make computers known to each other?"""
        fresh = any(one.fresh for one in self.found) or any(one.fresh for one in self.met)
        return not self.fault and (fresh or bool(self.going) or (found is not None and found.unknown))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while item := layout.takeAt(0):
        if made := item.widget():
            made.hide()
            made.deleteLater()


def fill(layout: QVBoxLayout, lines: Iterable[Line], otherwise: str) -> list[QWidget]:
    """Show lines instead of those that stand there; returns them."""
    clear(layout)
    made: list[QWidget] = [FactLine(one.icon, one.words, one.second, one.badge) for one in lines]
    for one in made or [paragraph(otherwise, "body", "plain")]:
        layout.addWidget(one)
    return made


def _headed(circle: CircleIcon, title: QWidget, second: QWidget) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(px(Space.M))
    head.addWidget(circle, 0, Qt.AlignmentFlag.AlignVCenter)
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(title)
    text.addWidget(second)
    head.addLayout(text, 1)
    return head


class StickCard(Card):
    """`started`, `cancelled`, `finished` (what came was read), `folder` (another place is wanted),
    `placed(n)` (another of the sticks)."""

    started = Signal()
    cancelled = Signal()
    finished = Signal()
    folder = Signal()
    placed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("U盘")
        self._stack = QStackedWidget()
        self.add(self._stack, 1)
        self._ready, self._working, self._done = self._make_ready(), self._make_working(), self._make_done()
        for part in (self._ready, self._working, self._done):
            self._stack.addWidget(part)
        self.show_none(None)

    def _make_ready(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.circle = CircleIcon("usb", across=44)
        self.title, self.second = paragraph("", "section"), paragraph("", "body", "plain")
        head = _headed(self.circle, self.title, self.second)
        self.room = Badge("", "ok")
        self.choose = button("选择文件夹", icon="up", on_click=self.folder.emit)
        for one in (self.room, self.choose):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        self.which = Choice([])
        self.which.setAccessibleName("用哪一个U盘")
        self.which.changed.connect(lambda: self.placed.emit(int(str(self.which.value() or 0))))
        column.addWidget(self.which)
        self.start = button(START, "primary", "usb", self.started.emit, big=True)
        self.start.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.start)
        self.plan = Scroll()
        two = QHBoxLayout()
        self.plan.body.addLayout(two)
        self.plan.body.addStretch(1)
        two.setSpacing(px(Space.L))
        self._comes, self._goes = QVBoxLayout(), QVBoxLayout()
        for title, place in (("将收到", self._comes), ("将送出", self._goes)):
            side = QVBoxLayout()
            side.setSpacing(0)
            side.addWidget(label(title, "body_bold"))
            side.addLayout(place)
            side.addStretch(1)
            two.addLayout(side, 1)
        column.addWidget(self.plan, 1)
        self._rest = QWidget()
        steps = QVBoxLayout(self._rest)
        steps.setContentsMargins(0, px(Space.M), 0, 0)
        self.how = [paragraph(f"{number}. {step}") for number, step in enumerate(HOW, 1)]
        for step in self.how:
            steps.addWidget(step)
        steps.addStretch(1)
        column.addWidget(self._rest, 1)
        self.note = paragraph("", "second", "plain")
        column.addWidget(self.note)
        return whole

    def _make_working(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        self.progress = ProgressPanel("正在交换")
        self.progress.cancelled.connect(self.cancelled)
        column.addWidget(label("正在交换，请不要拔出U盘", "section"))
        column.addWidget(self.progress)
        column.addWidget(paragraph("取消也不会损坏资料：收好的留着，没写完的不留。", "second", "plain"))
        column.addStretch(1)
        return whole

    def _make_done(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.done_circle = CircleIcon("check", across=44)
        self.outcome, self.summary = paragraph("", "section"), paragraph("", "body", "plain")
        head = _headed(self.done_circle, self.outcome, self.summary)
        self.close_report = button("看完了", "primary", on_click=self.finished.emit)
        head.addWidget(self.close_report, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addWidget(rule())
        self._report = Scroll()
        column.addWidget(self._report, 1)
        return whole

    def show_none(self, found: Dealings | None) -> None:
        """No stick, or nobody to exchange with."""
        alone = found is not None and found.alone
        waits = found is not None and found.waits
        title, second = (ALONE, ALONE_TOO) if alone else (NO_STICK, FOLDER_TOO)
        self._head(*((WAITING, WAITING_TOO) if waits else (title, second)), "")
        for one in (self.start, self.plan, self.which):
            one.hide()
        self._rest.show()
        self._tell_how(not alone and not waits)
        self.choose.setText("选择文件夹")
        self.choose.setVisible(not alone)
        self.note.setText(f"{NO_STICK}。" if waits else words.UNKNOWN if found and found.unknown else "")
        self._to(self._ready)

    def show_looking(self, place: Stick) -> None:
        """A place was found and is being read."""
        self._head(_title(place), LOOKING, "")
        self.start.setEnabled(False)
        self.start.show()
        self.choose.show()
        self._to(self._ready)

    def show_plan(self, plan: Plan, sticks: Sequence[Stick], found: Dealings | None) -> None:
        """What an exchange would do."""
        second = plan.fault or words.lies_there(plan.found, plan.met)
        new = any(one.fresh for one in plan.found)
        if found is not None and found.waits and not new and not plan.fault:
            second = f"{WAITING}：{WAITING_TOO}"
        room = f"剩余{words.size_words(plan.free)}" if plan.free else ""
        self._head(_title(plan.place), second, room)
        self.circle.set_tone("warn" if plan.fault else "brand")
        self.which.setVisible(len(sticks) > 1)
        self.which.set_options([(str(n), _title(one)) for n, one in enumerate(sticks)])
        if plan.place in sticks:
            self.which.set_value(str(sticks.index(plan.place)))
        self.start.show()
        self.start.setEnabled(plan.does_something(found))
        self.choose.setText("换一个文件夹")
        self.choose.show()
        self.plan.setVisible(not plan.fault)
        self._rest.setVisible(bool(plan.fault))
        self._tell_how(False)
        comes = fill(self._comes, words.coming(plan.found) + words.meeting(plan.met), "没有要收的")
        goes = fill(self._goes, words.going(plan.going), "没有要送的")
        tab_through([self.start, *comes, *goes])
        self.note.setText(words.UNKNOWN if found and found.unknown else words.STAYS + words.PULLED)
        self._to(self._ready)

    def _tell_how(self, shown: bool) -> None:
        for step in self.how:
            step.setVisible(shown)

    def _head(self, title: str, second: str, room: str) -> None:
        self.title.setText(title)
        self.second.setText(second)
        self.room.set_badge(room, "ok")
        self.room.setVisible(bool(room))

    def show_working(self) -> None:
        """The exchange is under way."""
        self.progress.stop.setEnabled(True)
        self.progress.step(0, 0, "正在开始")
        self._to(self._working)
        self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_report(self, outcome: str, summary: str, parts: Sequence[QWidget], *, good: bool) -> None:
        """What came and went; `parts` are its lines."""
        self.outcome.setText(outcome)
        self.summary.setText(summary)
        self.done_circle.set_tone("ok" if good else "warn")
        clear(self._report.body)
        for one in parts:
            self._report.body.addWidget(one)
        self._report.body.addStretch(1)
        lines = (one for part in parts for one in (part, *part.findChildren(Button)))
        tab_through([self.close_report, *lines])
        self._to(self._done)
        self.close_report.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reports(self) -> bool:
        """Is what came in front?"""
        return self._stack.currentWidget() is self._done

    @property
    def waits(self) -> bool:
        """Is the place still being read?"""
        return self._stack.currentWidget() is self._ready and self.second.text() == LOOKING

    def take_keyboard(self) -> bool:
        """The one action takes the keyboard; False when there is nothing to do here."""
        for one in (self.start, self.choose):
            if self._stack.currentWidget() is self._ready and not one.isHidden() and one.isEnabled():
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return self._stack.currentWidget() is not self._ready

    def _to(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)


def _title(place: Stick) -> str:
    return f"文件夹：{place.name}" if place.chosen else f"已插入U盘（{place.name}）"


class DealingsCard(Card):
    """最近往来."""

    def __init__(self) -> None:
        super().__init__("最近往来", "对方收到后，下次带回回执")
        self._scroll = Scroll()
        self._scroll.body.setSpacing(0)
        self.add(self._scroll, 1)
        self.lines: list[Line] = []

    def show_dealings(self, found: Dealings) -> None:
        """Show what went and came."""
        self.lines = [words.dealing(one) for one in found.rows]
        clear(self._scroll.body)
        for number, one in enumerate(self.lines):
            if number:
                self._scroll.body.addWidget(rule())
            self._scroll.body.addWidget(FactLine(one.icon, one.words, one.second, one.badge))
        if not self.lines:
            self._scroll.body.addWidget(
                paragraph("还没有往来。做一次U盘交换，这里会列出每一包。", "body", "plain")
            )
        self._scroll.body.addStretch(1)


class SheetCard(Card):
    """数据核对单: how many fields differ, and the way to it."""

    opened = Signal()

    def __init__(self) -> None:
        self.count = Badge("", "warn")
        super().__init__(TITLE, action=self.count)
        self.about = paragraph("", "body", "plain")
        self.add(self.about)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add(self._rows)
        self.open = button("打开核对单", "tonal", on_click=self.opened.emit)
        self.add(self.open)
        self.body.addStretch(1)

    def show_doubled(self, rows: Sequence[Doubled]) -> None:
        """Show what differs."""
        count = sum(len(row.pairs) for row in rows)
        self.count.set_badge(f"还有{count}处" if count else "都一致", "warn" if count else "ok")
        self.about.setText(
            "同一项在两台电脑上填得不同，都保留着，请选定。" if count else "各台电脑填得一样，没有要核对的。"
        )
        clear(self._rows)
        for row in rows[:MOST_DOUBLED]:
            fields = "、".join(pair.label for pair in row.pairs)
            line = TextRow(RowWords(row.about or row.title, "body_bold", second=fields))
            line.clicked.connect(lambda _on=False: self.opened.emit())
            self._rows.addWidget(line)
        if len(rows) > MOST_DOUBLED:
            self._rows.addWidget(link(f"还有{len(rows) - MOST_DOUBLED}份", self.opened.emit))
        self.open.setVisible(bool(count))

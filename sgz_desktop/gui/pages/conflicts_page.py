"""数据核对单: fields that hold several values after computers were brought together, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import conflicts, papers_conflicts
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.conflict_words import computer
from sgz_desktop.actions.conflicts import Chosen, Doubled, Key, Pair, Settled, Value
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.pick_dialog import form_target
from sgz_desktop.gui.dialogs.rule_dialog import RuleDialog
from sgz_desktop.gui.pages.form_stack import FormStack
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import key_hints
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.several_values import NOTHING, SeveralValues, Side
from sgz_desktop.gui.wording import moment_of

TITLE = papers_conflicts.TITLE
EMPTY = "没有要核对的，各台电脑填得一样。"
MOST = 40  # records shown at once
LONG = 200  # characters of a value
HIGHER = "较高，暂按此显示"
SETTLED = "已选定{count}项，其余的值留在修改历史里。"
KEYS = (("↑↓", "换一项"), ("←→", "换一个值"), ("空格", "选它"), ("Enter", "选定所选"))


class ConflictsPage(QWidget):
    """`closed` goes back; `go(section, target)` opens a record; `said(words, undo)`. The records `first`
    stand before the others."""

    closed = Signal()
    go = Signal(str, object)
    said = Signal(str, object)

    def __init__(self, desk: Desk, first: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._desk, self._ahead = desk, first
        self.rows: list[Doubled] = []
        self.boxes: dict[Key, SeveralValues] = {}
        self._pairs: dict[Key, Pair] = {}
        self._may = allowed(desk.actor, "settle_many")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, back=self.closed.emit)
        self.print_button = button("打印", icon="print", on_click=self._print, key="Ctrl+P")
        self.rule_button = button("按规则选", on_click=self._ask_rule)
        self.go_button = button("选定", "primary", on_click=self.settle, key="Ctrl+S")
        for one in (self.print_button, self.rule_button, self.go_button):
            self.head.add_action(one)
            may = allowed(desk.actor, "print_conflicts") if one is self.print_button else self._may
            one.setVisible(may)
        column.addWidget(self.head)
        self._body = QStackedWidget()
        self.stack = FormStack(self._body)
        column.addWidget(self.stack, 1)
        self._list = QWidget()
        self.empty = EmptyState(EMPTY, "check")
        for part in (self._list, self.empty):
            self._body.addWidget(part)
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(Space.S))
        self._scroll = Scroll()
        self._scroll.body.setSpacing(px(Space.S))
        inside.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.addWidget(key_hints(KEYS), 1)
        self.more = label("", "second", "plain")
        foot.addWidget(self.more)
        inside.addLayout(foot)

    def load(self) -> None:
        """Read what has to be settled; what was chosen and still stands stays chosen."""
        desk = self._desk
        jobs.start(self, lambda _task: conflicts.open_conflicts(desk), done=self._take, key="conflicts")

    def on_changes(self, _changes: Changes) -> None:
        """Whatever changed may have settled something, or set two values side by side. Who brings the page to
        the front loads it."""
        if self.isVisible():
            self.load()

    def _take(self, rows: list[Doubled]) -> None:
        first, chosen, at = not self.rows, self._chosen_values(), self._current()
        self.rows = rows = sorted(rows, key=lambda row: row.id not in self._ahead)
        self._clear()
        shown = rows[:MOST]
        for row in shown:
            self._scroll.body.addWidget(self._card(row, chosen))
        self._scroll.body.addStretch(1)
        count, pairs = len(rows), sum(len(row.pairs) for row in rows)
        self.head.set_facts(f"{count}份资料，{pairs}项" if rows else "")
        self.more.setText(f"还有{count - len(shown)}份，选定后接着列出" if count > len(shown) else "")
        self._body.setCurrentWidget(self._list if rows else self.empty)
        for one in (self.print_button, self.rule_button):
            one.setEnabled(bool(rows))
        self._count()
        if self.isVisible() and (first or at is not None):
            self._focus(at)

    def _clear(self) -> None:
        self.boxes, self._pairs = {}, {}
        while item := self._scroll.body.takeAt(0):
            if made := item.widget():
                made.hide()
                made.deleteLater()

    def _card(self, row: Doubled, chosen: dict[Key, Stamp]) -> Card:
        card = Card(row.title, row.about, self._opener(row))
        for pair in row.pairs:
            box = self.boxes[pair.key] = self._box(pair)
            self._pairs[pair.key] = pair
            box.choose(_place(pair, chosen.get(pair.key)))
            box.changed.connect(self._count)
            box.entered.connect(self.settle)
            box.moved.connect(lambda step, key=pair.key: self._step(key, step))
            card.add(box)
        return card

    def _opener(self, row: Doubled) -> QWidget | None:
        if row.opens is None:
            return None
        target = form_target(*row.opens)
        made = button("打开", "quiet", small=True, on_click=lambda: self.go.emit(*target))
        made.setAccessibleName(f"打开{row.title}{row.about}")
        return made

    def _box(self, pair: Pair) -> SeveralValues:
        today = self._desk.today()
        sides = [_side(one, today) for one in pair.values]
        fixed = not self._may or pair.kind in conflicts.MACHINES
        note = "由电脑登记决定" if pair.kind in conflicts.MACHINES else pair.note
        return SeveralValues(pair.label, sides, note, fixed=fixed)

    def _step(self, key: Key, step: int) -> None:
        keys = list(self.boxes)
        place = keys.index(key) + step
        if 0 <= place < len(keys):
            self.boxes[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _current(self) -> int | None:
        """The place of the field that has the keyboard."""
        return next((place for place, box in enumerate(self.boxes.values()) if box.hasFocus()), None)

    def _focus(self, at: int | None) -> None:
        boxes = list(self.boxes.values())
        if boxes:
            boxes[min(at or 0, len(boxes) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.head.back:
            self.head.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """The first field takes the keyboard."""
        self._focus(0)

    def chosen(self) -> list[Chosen]:
        """What was chosen so far."""
        return [conflicts.choose(pair, value) for pair, value in self._taken()]

    def _taken(self) -> Iterator[tuple[Pair, Value]]:
        for key, box in self.boxes.items():
            if box.chosen != NOTHING:
                pair = self._pairs[key]
                yield pair, pair.values[box.chosen]

    def _chosen_values(self) -> dict[Key, Stamp]:
        return {pair.key: value.choice for pair, value in self._taken()}

    def _count(self) -> None:
        count = len(self.chosen())
        self.go_button.setText(f"选定{count}项" if count else "选定")
        self.go_button.setEnabled(bool(count))

    def settle(self) -> None:
        """Write what was chosen."""
        self._write(self.chosen(), "")

    def _write(self, choices: Sequence[Chosen], reason: str) -> None:
        if not choices or not self.go_button.isVisibleTo(self):
            return
        desk = self._desk
        self.go_button.setEnabled(False)
        jobs.start(
            self,
            lambda _task: conflicts.settle_many(desk, choices, reason),
            done=self._settled,
            failed=self._failed,
            key="settle",
        )

    def _settled(self, done: Settled) -> None:
        words = SETTLED.format(count=done.count)
        if done.passed:
            words = f"已选定{done.count}项；{'、'.join(done.passed[:2])}刚有变化，没有动。"
        offer_undo(self, self._desk, self.said.emit, words, done.changes.edit, self.load)
        self.load()

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.load()

    def _ask_rule(self) -> None:
        dialog = RuleDialog(self, self.rows, self._write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _print(self) -> None:
        desk = self._desk
        view = PaperView(
            TITLE,
            papers_conflicts.INSIDE,
            f"{TITLE}-{desk.today()}.pdf",
            lambda progress: papers_conflicts.print_conflicts(desk, [], progress),
            lambda: papers_conflicts.unprintable_conflicts(desk, []),
        )
        view.closed.connect(self._close_paper)
        view.said.connect(self.said)
        self.head.hide()
        self.stack.put(view)
        view.take_keyboard()

    def _close_paper(self) -> None:
        self.stack.take()
        self.head.show()
        self._focus(0)


def _side(one: Value, today: str) -> Side:
    words = one.words if len(one.words) <= LONG else one.words[:LONG] + "…"
    where = computer(one.device) + ("（本机）" if one.ours else "")
    second = "　".join(part for part in (one.by, moment_of(one.at_ms, today), where) if part)
    return Side(words, second, HIGHER if one.higher else "")


def _place(pair: Pair, choice: Stamp | None) -> int:
    return next((place for place, one in enumerate(pair.values) if one.choice == choice), NOTHING)

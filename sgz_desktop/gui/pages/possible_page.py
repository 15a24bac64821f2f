"""政策找人: families on file who may qualify for something, by village; the station's own working list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import papers_possible, sweep
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.sweep import Found, Swept
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.policy.wording import CLOSING, MAY
from sgz_desktop.domain.workdays import workday_on_or_after
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.due_dialog import open_item
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.pages.form_stack import FormStack
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import keycap, label, paragraph
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.progress import ProgressPanel

TITLE = "政策找人"
WARNING = papers_possible.WARNING
COLUMNS = (
    Column("姓名或户", 130, "body_bold"),
    Column("村（居）", 150, tone="plain"),
    Column("组", 110, tone="plain"),
    Column("可能符合的项目", 0),
    Column("依据", 0, tone="plain"),
)
ALL, NO_VILLAGE, EVERY = "全部村（社区）", "没有填村（居）", "全部项目"
NOBODY = "没有新的可能符合的家庭。资料或政策标准有变动，会再比对。"
UNSET = "当地政策标准还没有填，低保、特困等比不出来。填好后再来看。"
STOPPED = "已停下，已比对的没有保留。再按“重新比对”从头开始。"


class PossiblePage(QWidget):
    """`closed` goes back; `go(section, target)` opens a person; `said(words, undo)`."""

    closed = Signal()
    go = Signal(str, object)
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._swept: Swept | None = None
        self._job: jobs.Job | None = None
        self._pending, self._following = Changes(), False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, back=self.closed.emit)
        self.print_button = button("打印名单", icon="print", on_click=self._print, key="Ctrl+P")
        self.again = button("重新比对", on_click=self._sweep)
        self.head.add_action(self.again)
        self.head.add_action(self.print_button)
        self.print_button.setVisible(allowed(desk.actor, "print_possible"))
        column.addWidget(self.head)
        column.addWidget(Band(f"{WARNING}。上门核实后再协助申请。", "warm", icon="lock"))
        self.stack = FormStack(self._make_card())
        column.addWidget(self.stack, 1)
        column.addWidget(paragraph(CLOSING, "second", "muted"))

    def _make_card(self) -> ListCard:
        self._body = QStackedWidget()
        self.table = DataTable(TITLE, COLUMNS)
        self.table.opened.connect(self._open_item)
        self.empty = EmptyState(NOBODY, "check")
        self.progress = ProgressPanel("正在比对在册人员")
        self.progress.cancelled.connect(self._stop)
        waiting = QWidget()
        inside = QVBoxLayout(waiting)
        inside.setContentsMargins(px(20), px(20), px(20), px(20))
        inside.addWidget(self.progress)
        inside.addStretch(1)
        for one in (self.table, self.empty, waiting):
            self._body.addWidget(one)
        card = ListCard(self._body)
        self.village = Choice([("*", ALL)], value="*")
        self.village.setAccessibleName("村（社区）")
        self.village.setMinimumWidth(px(220))
        self.village.changed.connect(self._show)
        self.programme = Choice([("*", EVERY)], value="*")
        self.programme.setAccessibleName("项目")
        self.programme.setMinimumWidth(px(220))
        self.programme.changed.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        row.addWidget(self.village)
        row.addWidget(self.programme)
        row.addStretch(1)
        self.tools = ListTools(self._desk, f"{TITLE}（{WARNING}）", self.table)
        self.tools.said.connect(self.said)
        row.addWidget(self.tools)
        card.top.addLayout(row)
        self.count = label("", "second", "plain")
        card.foot.addWidget(self.count, 1)
        for cap, says in (("Enter", "记待办或不用办"), ("Ctrl+O", "打开服务对象")):
            card.foot.addWidget(keycap(cap))
            card.foot.addWidget(label(says, "second", "plain"))
        self.open_button = button("打开服务对象", small=True, on_click=self._open_person, key="Ctrl+O")
        card.foot.addWidget(self.open_button)
        return card

    def load(self) -> None:
        """Compare everybody, or what has changed since."""
        self._sweep()

    def _sweep(self) -> None:
        self._body.setCurrentIndex(2)
        self.progress.stop.setEnabled(True)
        self.progress.step(0, 0, "正在比对在册人员")
        desk = self._desk
        self._job = jobs.start(
            self,
            lambda task: sweep.sweep(desk, task.step),
            done=self._take,
            failed=self._failed,
            progress=lambda done, total, _text: self.progress.step(done, total),
            key="sweep",
        )

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()
        self._body.setCurrentIndex(1)
        self.empty.set_text(STOPPED)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, problem: BaseException) -> None:
        self._body.setCurrentIndex(1)
        self.empty.set_text("这次没有比对完，资料没有变动。可以再比对一次。")
        messages.show_problem(problem, self)

    def on_changes(self, changes: Changes) -> None:
        """Only whom a change touches is looked at again."""
        if self._swept is None or not changes.touches(*sweep.KINDS):
            return
        self._pending = _both(self._pending, changes)
        if not self._following:
            self._follow()

    def _follow(self) -> None:
        """One change after the other, so that none is passed over."""
        before, changes, desk = self._swept, self._pending, self._desk
        if before is None or not changes:
            return
        self._pending, self._following = Changes(), True

        def taken(swept: Swept) -> None:
            self._following = False
            self._take(swept)
            self._follow()

        def failed(_problem: BaseException) -> None:
            self._following = False
            self._sweep()

        jobs.start(
            self,
            lambda task: sweep.sweep_again(desk, before, changes, task.step),
            done=taken,
            failed=failed,
        )

    def _take(self, swept: Swept) -> None:
        first = self._swept is None
        self._swept = swept
        counts = sweep.village_counts(swept.lines)
        total = sum(counts.values())
        self.village.set_options(
            [("*", f"{ALL} {total}"), *((name, f"{name or NO_VILLAGE} {n}") for name, n in counts.items())]
        )
        titles = Counter(one.title for one in swept.lines)
        self.programme.set_options(
            [("*", EVERY), *((title, f"{title} {n}") for title, n in titles.most_common())]
        )
        for choice in (self.village, self.programme):
            if choice.value() is None:
                choice.set_value("*")
        self.head.set_facts(f"比对{swept.looked_at:,}人，{total:,}户可能符合")
        self._show()
        if first and swept.lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lines(self) -> Sequence[Found]:
        village, title = self.village.value(), self.programme.value()
        every = self._swept.lines if self._swept else ()
        return [
            one for one in every if village in ("*", None, one.village) and title in ("*", None, one.title)
        ]

    def _show(self) -> None:
        lines = self._lines()
        self.table.set_rows([one.origin for one in lines], [_cells(one) for one in lines])
        self._body.setCurrentIndex(0 if lines else 1)
        self.empty.set_text(NOBODY if self._swept and self._swept.standards else UNSET)
        self.print_button.setEnabled(bool(lines))
        self.open_button.setEnabled(bool(lines))
        homes = len({one.household or one.person for one in lines})
        self.count.setText(f"{homes:,}户，{len(lines):,}项" if lines else "")
        if lines and self.table.current_id() is None:
            self.table.set_current(lines[0].origin, tell=False)

    def _line(self, origin: object) -> Found | None:
        return next((one for one in self._lines() if one.origin == origin), None)

    def _open_item(self, origin: object) -> None:
        line = self._line(origin)
        if line is None:
            return
        item = Item(
            origin=line.origin,
            kind="person",
            id=line.person,
            what=f"{line.title}：{MAY}。去核实",
            day=workday_on_or_after(self._desk.today()),
            name=line.name,
            person=line.person,
            household=line.household,
            more=f"依据{line.basis}。{CLOSING}",
        )
        open_item(self, self._desk, item, self.said.emit, self.go.emit)

    def _open_person(self) -> None:
        line = self._line(self.table.current_id())
        if line:
            self.go.emit("people", line.person)

    def _print(self) -> None:
        desk, lines = self._desk, list(self._lines())
        view = PaperView(
            papers_possible.TITLE,
            WARNING,
            f"{papers_possible.TITLE}-{desk.today()}.pdf",
            lambda progress: papers_possible.print_possible(desk, lines, progress),
            lambda: papers_possible.unprintable_possible(desk, lines),
        )
        view.closed.connect(self._close_paper)
        view.said.connect(self.said)
        self.stack.put(view)
        view.take_keyboard()

    def _close_paper(self) -> None:
        self.stack.take()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _both(one: Changes, other: Changes) -> Changes:
    kinds = {*one.ids, *other.ids}
    ids = {kind: one.ids.get(kind, frozenset()) | other.ids.get(kind, frozenset()) for kind in kinds}
    return Changes(ids, one.many or other.many)


def _cells(line: Found) -> Sequence[str | Cell]:
    return line.name, line.village or "—", line.village_group, line.title, line.basis

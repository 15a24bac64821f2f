"""What stands on a person's page: family, cases, last contacts, things to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions.people import PersonPage, Relative
from sgz_desktop.actions.taking_part import KINDS
from sgz_desktop.actions.timeline import CHECK, Event
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.due_rows import Due, DueRows, TallDueRows
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import IconLabel, paragraph, rule
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_text
from sgz_desktop.gui.widgets.timeline import Entry, Timeline
from sgz_desktop.gui.wording import day_only

MOST_CONTACTS = 60
NO_CONTACT = KINDS | {CHECK}  # an entrusted check is no contact of ours, nor is what many took part in
FEW = 4


class FamilyRows(PaintedRows[Relative]):
    """家庭: a row opens that person."""

    def __init__(self) -> None:
        super().__init__("家庭成员", 34)
        self.person = ""

    def words(self, row: Relative) -> str:
        return "，".join(one for one in (row.name, *self._facts(row)) if one)

    @staticmethod
    def _facts(row: Relative) -> tuple[str, ...]:
        away = "不同住" if row.lives_in is False else ""
        return row.relation, row.age, away, row.note

    def paint_row(self, painter: QPainter, row: Relative, rect: QRectF) -> None:
        here = row.id == self.person
        taken = draw_text(painter, rect, row.name, "body_bold", "hover" if here else "text")
        facts = "·".join(one for one in self._facts(row) if one)
        inner = rect.adjusted(taken + px(10), 0, -px(60), 0)
        draw_text(painter, inner, facts, "second", "plain")
        draw_text(
            painter, rect, "本页" if here else "打开", "second", "muted" if here else "brand", right=True
        )


class FamilyCard(Card):
    """`opened(person)`, `wanted(verb)`."""

    opened = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        self._act = link("添加成员", lambda: self.wanted.emit("members"))
        super().__init__("家庭", action=self._act)
        self.rows = FamilyRows()
        self.rows.opened.connect(self._open)
        self.nothing = paragraph("还没有登记在哪一户。", "body", "muted")
        self.add(self.rows)
        self.add(self.nothing)
        self._way = QWidget()
        line = QHBoxLayout(self._way)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(Space.S))
        line.addWidget(IconLabel("shield", "text2", 17))
        self.hint = paragraph("", "second", "plain")
        line.addWidget(self.hint, 1)
        self._rule = rule()
        self.add(self._rule)
        self.add(self._way)

    def _open(self, number: int) -> None:
        row = self.rows.rows[number]
        if row.id and row.id != self.rows.person:
            self.opened.emit(row.id)

    def show_page(self, page: PersonPage) -> None:
        """Show another person."""
        self.rows.person = page.line.id
        self.rows.set_rows(page.household_people)
        known = page.household is not None
        self.rows.setVisible(known)
        self.nothing.setVisible(not known)
        values = page.household.values if page.household else {}
        self.set_title("家庭", str(values.get("number") or ""))
        self._act.setText("添加成员" if known else "登记家庭")
        house = str(values.get("house_number") or "")
        way = str(values.get("way_there") or "")
        parts = [f"上门提示（只给社工看）：{page.hint}" if page.hint else "", house and f"门牌{house}", way]
        self.hint.setText("；".join(part.rstrip("。；") for part in parts if part))
        for part in (self._rule, self._way):
            part.setVisible(any(parts))


class ContactsCard(Card):
    """最近联系, newest first; `opened(event)`. In a column that scrolls as one it first shows a few."""

    opened = Signal(object)

    def __init__(self) -> None:
        self._all = link("", self._show_all)
        super().__init__("最近联系", action=self._all)
        self._events: tuple[Event, ...] = ()
        self._few = False
        self.list = Timeline("最近联系", lines=2)
        self.list.opened.connect(lambda number: self.opened.emit(self._events[number]))
        self.list.clicked.connect(lambda index: self.opened.emit(self._events[index.row()]))
        self.nothing = EmptyState("还没有联系记录，走访后会显示在这里。", "clock")
        self.add(self.list, 1)
        self.add(self.nothing, 1)

    def set_few(self, few: bool) -> None:
        """Only the last ones, or all of them in a list that scrolls."""
        self._few = few
        self.list.grow(MOST_CONTACTS if few else None)
        self._fill(FEW if few else MOST_CONTACTS)

    def _show_all(self) -> None:
        self._fill(MOST_CONTACTS)

    def show_page(self, page: PersonPage) -> None:
        """Show another person."""
        self._events = page.events
        self._fill(FEW if self._few else MOST_CONTACTS)
        total = sum(event.kind not in NO_CONTACT for event in page.events)
        self.set_title("最近联系", f"共{total}次" if total else "")

    def _fill(self, most: int) -> None:
        entries = [_entry(event, strong=number == 0) for number, event in enumerate(self._events[:most])]
        self.list.set_rows(list(range(len(entries))), entries)
        self.list.setVisible(bool(entries))
        self.nothing.setVisible(not entries)
        self._all.setText(f"全部{len(self._events)}次")
        self._all.setVisible(self._few and len(self._events) > len(entries))


def _entry(event: Event, *, strong: bool) -> Entry:
    badge = (event.tag, event.tone) if event.tag else None
    when = day_only(event.day_words)
    icon = "phone" if "电话" in event.title else event.icon
    return Entry(icon, event.title, when, event.worker, event.text, badge, strong)


class TasksCard(Card):
    """待办, what the person's life asks for first; `opened(task id)`, `asked(item)`, `wanted("task")`."""

    opened = Signal(str)
    asked = Signal(object)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("待办", action=link("添加", lambda: self.wanted.emit("task")))
        self._ids: list[str] = []
        self._items: tuple[Item, ...] = ()
        self.rows = TallDueRows("待办")
        self.rows.opened.connect(self._open)
        self.nothing = paragraph("没有待办。", "body", "muted")
        self.add(self.rows)
        self.add(self.nothing)

    def show_page(self, page: PersonPage, today: str) -> None:
        """Show another person."""
        self._items, self._ids = page.asks.items, [task.id for task in page.tasks]
        rows = [_due(item.what, item.day, today, item.paused) for item in self._items]
        rows += [_due(task.what, task.due_on, today, task.id in page.paused) for task in page.tasks]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _open(self, number: int) -> None:
        if number < len(self._items):
            self.asked.emit(self._items[number])
        else:
            self.opened.emit(self._ids[number - len(self._items)])


def _due(what: str | None, day: str | None, today: str, paused: bool) -> Due:
    if paused:
        return Due(_when(day, today), "cal", "", what or "（未写）", "已暂停")
    late = days.days_between(day, today) if day and days.is_whole(day) and day < today else 0
    note = f"已过{late}天" if late else ""
    return Due(_when(day, today), "cal", "", what or "（未写）", note, "danger" if late else "plain")


def _when(day: str | None, today: str) -> str:
    return day_only(days.short_day(day, today)) if day else "未定"


class CasesCard(Card):
    """个案 of this person or family; `opened(case id)`."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("个案")
        self._ids: list[str] = []
        self.rows = DueRows("个案")
        self.rows.opened.connect(lambda number: self.opened.emit(self._ids[number]))
        self.add(self.rows)

    def show_page(self, page: PersonPage, today: str) -> None:
        """Show another person."""
        self._ids = [case.id for case in page.cases]
        stages = code_list("case_stage")
        self.rows.set_rows(
            [
                Due(
                    case.number or "未编号",
                    "case",
                    case.client_name or "",
                    case.topic or "",
                    stages.label(case.stage) if case.stage else "",
                )
                for case in page.cases
            ]
        )
        self.setVisible(bool(self._ids))

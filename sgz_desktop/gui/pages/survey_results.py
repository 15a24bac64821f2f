"""What a survey says: a question at the left, at the right its bars and the same by village or group.

Each bar opens to its sheets. On the screen every cell is told: it is the station's own; in print small ones
are kept back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import papers_survey, surveys
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.surveys import Findings, figures_of
from sgz_desktop.domain import survey
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.survey import Sheet, Tally, one_decimal
from sgz_desktop.domain.survey_groups import Split
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.paper_dialog import show_paper
from sgz_desktop.gui.dialogs.pick_dialog import pick
from sgz_desktop.gui.pages.survey_rows import SORTS
from sgz_desktop.gui.sheets_view import sheets_view
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.bars import Bar, BarRows
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.segmented import Segmented

TITLE = "调研结果"
LIST_WIDTH, LIST_SHARE = 330, 30  # px at 标准, and of a hundred parts of the page at most
ROW, MOST_ROWS = 38, 9
KINDS = ("survey", "survey_question", "survey_sheet", "survey_answer")
NOTHING = "还没有录入问卷。"


class SurveyResults(QWidget):
    """`sheet_wanted(id)` opens a sheet."""

    closed = Signal()
    said = Signal(str, object)
    sheet_wanted = Signal(str)

    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__()
        self._desk, self._id = desk, id
        self.found: Findings | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, back=self.closed.emit)
        self.report = button("调研报告", "primary", "doc", self._show_report, key="Ctrl+P")
        self.report.setVisible(allowed(desk.actor, "survey_report"))
        self.head.add_action(self.report)
        column.addWidget(self.head)
        self._stack = QStackedWidget()
        self.empty = EmptyState(NOTHING, "edit")
        self._stack.addWidget(self._build())
        self._stack.addWidget(self.empty)
        column.addWidget(self._stack, 1)
        self.read()

    def _build(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.M))
        self.list = RecordList("题目")
        self.list.picked.connect(lambda _id: self._turn())
        row.addWidget(self.list)
        scroll = Scroll()
        scroll.body.setSpacing(px(Space.M))
        self.card = Card("")
        self.asked = paragraph("", "section")
        self.line = paragraph("", "body", "plain")
        self.bars = BarRows("回答")
        self.bars.opened.connect(self._open)
        for part in (self.asked, self.line, self.bars):
            self.card.add(part)
        scroll.body.addWidget(self.card)
        self.groups = Card("")
        self.by = Segmented([("by_village", "按村（居）"), ("by_whom", "按人群")])
        self.by.set_value("by_village")
        self.by.setAccessibleName("怎样分")
        self.by.changed.connect(self._turn_groups)
        self.groups.add(self.by)
        self._place = QVBoxLayout()
        self.groups.add(self._place)
        self.table: DataTable | None = None
        scroll.body.addWidget(self.groups)
        scroll.body.addStretch(1)
        row.addWidget(scroll, 1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The questions leave the table room for its columns, in large type too."""
        super().resizeEvent(event)
        self.list.setFixedWidth(min(px(LIST_WIDTH), self.width() * LIST_SHARE // 100))

    def read(self) -> None:
        """Count again."""
        desk, id = self._desk, self._id
        jobs.start(
            self,
            lambda _task: surveys.survey_findings(desk, id),
            done=self._show,
            failed=self._failed,
            key="read",
        )

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _show(self, found: Findings) -> None:
        first, self.found = self.found is None, found
        planned = found.survey.planned_sheets
        told = figures_of(found.sheets) + (f"，计划{planned}份" if planned else "")
        self.head.set_facts(f"{found.survey.title or ''}　{told}")
        double = survey.twice(found.sheets)
        self.head.set_badges([(f"问卷号重复：{'、'.join(map(str, double[:5]))}", "warn")] if double else [])
        self._stack.setCurrentIndex(0 if found.sheets and found.tallies else 1)
        rows = [
            ListRow(f"{at}. {one.question.text}", second=f"{SORTS[one.question.sort]}　{one.answered}人回答")
            for at, one in enumerate(found.tallies, start=1)
        ]
        self.list.set_rows(list(range(len(rows))), rows)
        if rows and self.list.current_id() is None:
            self.list.set_current(0)
        self._turn()
        if first:
            (self.list if rows else self.report).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def tally(self) -> Tally | None:
        """The question in front."""
        at = self.list.current_id()
        return (
            self.found.tallies[at] if self.found and at is not None and at < len(self.found.tallies) else None
        )

    def _turn(self) -> None:
        """Another question came to the front."""
        one = self.tally
        if one is None:
            return
        self.asked.setText(one.question.text)
        mean = f"，平均{one_decimal(one.mean)}" if one.mean is not None else ""
        more = "。可多选，占比合计可超过100%" if one.question.sort == survey.MANY else ""
        self.line.setText(f"{one.answered}人回答{mean}{more}。")
        if one.question.sort == survey.TEXT:
            self.line.setText("\n".join((f"{one.answered}人写了：", *one.words)))
        self.bars.set_rows(
            [
                Bar(
                    line.words,
                    line.count,
                    one.answered,
                    f"{line.count}人　{one.percent(line.count)}%",
                    "text",
                )
                for line in one.lines
            ]
            if one.answered
            else []
        )
        self.bars.setVisible(bool(self.bars.rows))
        self._turn_groups()

    def _turn_groups(self) -> None:
        found = self._split()
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        self.groups.setVisible(found is not None)
        if found is None:
            return
        self.table = table_of(found)
        self.table.setMinimumHeight(
            px(ROW) * (min(len(self.table.rows_shown()), MOST_ROWS) + 1) + px(Space.S)
        )
        self.table.opened.connect(self._open_cell)
        self._place.addWidget(self.table)

    def _split(self) -> Split | None:
        one = self.tally
        if self.found is None or one is None:
            return None
        found: Sequence[Split] = getattr(self.found, str(self.by.value() or "by_village"))
        return next((each for each in found if each.question.id == one.question.id), None)

    def _open(self, number: int) -> None:
        """The sheets behind a bar."""
        one = self.tally
        if one is not None and number < len(one.lines):
            self._pick(one.lines[number].words, one.lines[number].sheets)

    def _open_cell(self, id: object) -> None:
        """The sheets behind a line of the table; a mean has none."""
        if isinstance(id, tuple):
            self._pick("问卷", id[2])

    def _pick(self, title: str, sheets: Sequence[str]) -> None:
        """One of some sheets, to be opened."""
        if self.found is None:
            return
        known = {sheet.id: sheet for sheet in self.found.sheets}
        rows = [
            (id, ListRow(_called(known[id]), "　".join(filter(None, (known[id].village, known[id].whom)))))
            for id in sheets
        ]
        pick(self, f"{title}：{len(rows)}份", rows, self.sheet_wanted.emit)

    def _show_report(self) -> None:
        make = partial(papers_survey.survey_report, self._desk, self._id)
        view = sheets_view(self._desk, papers_survey.REPORT, ("survey", self._id), make)
        show_paper(self, view, self.said.emit)

    def on_changes(self, changes: Changes) -> None:
        """A sheet came in, perhaps from elsewhere."""
        if changes.touches(*KINDS):
            self.read()


def _called(sheet: Sheet) -> str:
    return f"第{sheet.number}份" if sheet.number is not None else "未编号"


def table_of(found: Split) -> DataTable:
    """A question by groups, one choice after another, so that its groups stand together."""
    chosen = found.question.sort in survey.CHOSEN
    group = Column("组", 110, "body_bold")
    if not chosen:
        made = DataTable(
            "分组结果", [group, Column("回答人数", 110, right=True), Column("平均", 0, right=True)]
        )
        rows = [
            [
                Cell(name),
                Cell(f"{one.answered}人"),
                Cell(one_decimal(one.mean) if one.mean is not None else "—"),
            ]
            for name, one in zip(found.groups, found.tallies, strict=True)
        ]
        made.set_rows(list(range(len(rows))), rows)
        return made
    made = DataTable(
        "分组结果",
        [Column("选项", 0), group, Column("人数", 80, right=True), Column("占这组回答", 104, right=True)],
    )
    rows, ids = [], []
    for place, words in enumerate(found.question.options):
        for at, (name, one) in enumerate(zip(found.groups, found.tallies, strict=True)):
            count = one.lines[place].count
            share = "—" if one.percent(count) is None else f"{one.percent(count)}%"
            rows.append([Cell(words), Cell(name), Cell(f"{count}/{one.answered}人"), Cell(share)])
            ids.append((place, at, one.lines[place].sheets))
    made.set_rows(ids, rows)
    return made

"""合并: two files of one person side by side, which value counts where they differ, and what goes over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import merging
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.merging import MergedFile, MergePreview
from sgz_desktop.actions.people import PersonLine
from sgz_desktop.actions.undoing import Undone
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.alike import alike
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.dialogs.person_dialog import PersonDialog
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import stayed_sentence
from sgz_desktop.gui.widgets.alike_rows import Alike, AlikeRows
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.two_values import LABEL_WIDTH, TwoValues
from sgz_desktop.gui.wording import moment_of

ASKS = "合并这两个人？两个编号以后都能查到。"
KEYS = "←→选用哪一边的，空格换一边；原来的值都留在修改历史里，合并后也能拆开。"
NO_REASON = "请写明为什么是同一个人。"
Merged = Callable[[Changes], object]


class MergeDialog(QDialog):
    """`merged(changes)` after the commit."""

    def __init__(self, owner: QWidget, desk: Desk, preview: MergePreview, merged: Merged) -> None:
        super().__init__(owner.window())
        self._desk, self._preview, self._merged = desk, preview, merged
        self.setWindowTitle("合并")
        window = owner.window()
        self.resize(min(px(900), window.width() - px(40)), min(px(640), window.height() - px(30)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(16), px(22), px(14))
        column.setSpacing(px(Space.S))
        column.addWidget(label(ASKS, "section"))
        column.addWidget(paragraph(KEYS, "second", "plain"))
        if preview.doubt:
            column.addWidget(Band(preview.doubt, "warm"))
        column.addLayout(_heads(preview))
        self.choices = {
            one.cell: TwoValues(one.label, one.keep, one.other, chosen=not one.asked)
            for one in preview.differing
        }
        scroll = Scroll()
        scroll.body.setSpacing(px(Space.XS))
        for row in self.choices.values():
            scroll.body.addWidget(row)
        if not self.choices:
            scroll.body.addWidget(paragraph("两份资料没有不同。", "body", "plain"))
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(paragraph(moves_words(preview), "body"))
        self.reason = LineEdit("例如：重复建档，本人已核对")
        self._frame = FieldFrame("原因", self.reason, required=True)
        column.addWidget(self._frame)
        self.go = button("合并", "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        next(iter(self.choices.values()), self.reason).setFocus()

    def submit(self) -> None:
        """Merge, once a reason is given."""
        reason = self.reason.text().strip()
        if not reason:
            self._frame.set_error(NO_REASON)
            self.reason.setFocus()
            return
        desk, preview = self._desk, self._preview
        taken = [cell for cell, row in self.choices.items() if row.right]
        self.go.set_busy("正在合并")
        jobs.start(
            self,
            lambda _task: merging.merge_people(
                desk, preview.keep.id, preview.other.id, reason, taken, preview.seen
            ),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, changes: Changes) -> None:
        self.accept()
        self._merged(changes)

    def _failed(self, problem: BaseException) -> None:
        self.go.set_busy("")
        messages.show_problem(problem, self)


def _heads(preview: MergePreview) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(px(6), 0, px(6) + px(10), 0)
    row.setSpacing(px(Space.S))
    corner = label("", "second")
    corner.setFixedWidth(px(LABEL_WIDTH))
    row.addWidget(corner)
    for says, line in (("保留", preview.keep), ("并入", preview.other)):
        words = QVBoxLayout()
        words.setContentsMargins(px(10), 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(paragraph(f"{says}：{line.name} {line.number}", "name"))
        words.addWidget(paragraph(line_words(line), "second", "plain"))
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
    return row


def line_words(line: PersonLine) -> str:
    """What tells people of one name apart."""
    return "·".join(filter(None, (line.sex, line.age, line.village + line.group)))


def moves_words(preview: MergePreview) -> str:
    """What goes over, counted."""
    if not preview.moves:
        return "没有别的记录要移过来。"
    counted = "、".join(f"{title}{count}条" for title, count in preview.moves)
    return f"移到“{preview.keep.name}”名下：{counted}。"


class PickOther(PersonDialog):
    """Who is the same person: those likely the same are offered, anybody can be looked for."""

    def __init__(self, owner: QWidget, desk: Desk, line: PersonLine, chosen: Callable[[str], None]) -> None:
        hint = f"哪一份档案和“{line.name} {line.number}”是同一个人？下一步可以逐项核对。"
        super().__init__(owner, desk, "合并", hint, "下一步", chosen)
        self.alike = AlikeRows("选这一份", "可能是同一个人：", opens=False)
        self.alike.taken.connect(self._take)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, self.alike)

    def _take(self, id: str, _name: str) -> None:
        self.accept()
        self._chosen(id)


def start_merge(
    owner: QWidget, desk: Desk, line: PersonLine, typed: dict[str, object], merged: Merged
) -> None:
    """Ask who is the same person as the one of `line`, then compare; `typed` are that person's fields."""
    dialog = PickOther(owner, desk, line, lambda other: compare(owner, desk, line.id, other, merged))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()

    def look() -> Sequence[Alike]:
        return alike(desk, typed, line.village, line.id)

    jobs.start(dialog, lambda _task: look(), done=dialog.alike.show_rows, key="alike")


def compare(owner: QWidget, desk: Desk, person: str, other: str, merged: Merged) -> None:
    """Show two files side by side, `person` being the one kept."""

    def show(preview: MergePreview) -> None:
        dialog = MergeDialog(owner, desk, preview, merged)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: merging.merge_preview(desk, person, other), done=show, key="merge")


Apart = Callable[[str, Undone], object]
"""(id of the file taken out, what was put back)"""


def start_unmerge(
    owner: QWidget, desk: Desk, person: str, nobody: Callable[[str], object], apart: Apart
) -> None:
    """Choose one of the files merged into a person's and take it out again, with a reason."""

    def show(found: list[MergedFile]) -> None:
        if not found:
            nobody("这份档案没有合并过别的档案。")
            return
        rows = [(one, _row(one, desk.today())) for one in found]
        dialog = PickDialog(owner, "拆开哪一份", rows, ask, "拆开")
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask(one: MergedFile) -> None:
        unmerge(owner, desk, one.id, one.name, apart)

    jobs.start(owner, lambda _task: merging.merged_files(desk, person), done=show, key="merged")


def _row(one: MergedFile, today: str) -> ListRow:
    second = "，".join(filter(None, (f"{moment_of(one.at_ms, today)}由{one.worker}合并", one.why)))
    return ListRow(one.name, one.number, second=second)


def unmerge(owner: QWidget, desk: Desk, id: str, name: str, apart: Apart) -> None:
    """Take a merged file out again, once a reason is given."""
    from sgz_desktop.gui.dialogs.reason_dialog import ask_reason

    hint = f"“{name}”会恢复成单独的档案，移过来的记录放回去；之后改过的不动。"

    def go(reason: str, _day: str) -> None:
        jobs.start(
            owner,
            lambda _task: merging.unmerge_people(desk, id, reason),
            done=lambda undone: apart(id, undone),
        )

    ask_reason(owner, "拆开合并的档案", hint, desk.today(), go, does="拆开", day=False)


def apart_sentence(undone: Undone) -> str:
    """That a file is one of its own again, and what was left."""
    return "已拆开，两份档案各自列出。" + stayed_sentence(undone.stayed)

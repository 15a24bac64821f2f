"""排序 and 导出 of the list of people: sorted by the store, written with progress, telephones when asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people_export import export_people
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress
from sgz_desktop.gui.list_tools import EXPORTED, KINDS
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.record_list import RecordList

ORDERS = (
    ("round", "按走访次序"),
    ("name", "按姓名"),
    ("oldest", "年龄大的在前"),
    ("youngest", "年龄小的在前"),
    ("seen", "最近联系在前"),
    ("unseen", "久未联系在前"),
)
TITLE = "服务对象"
PHONES = "导出的名单里要带电话吗？"
PHONES_HINT = "文件没有加密。带电话的导出会记入查阅记录。"


class PeopleTools(QWidget):
    """`changed` when another order is chosen; `said(sentence, None)` after an export."""

    changed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk, shown: RecordList) -> None:
        super().__init__()
        self._desk, self._shown = desk, shown
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        self.order = Choice(ORDERS, value=ORDERS[0][0])
        self.order.setAccessibleName("排序")
        self.order.changed.connect(self.changed)
        row.addWidget(self.order, 1)
        self.export_button = button("导出", icon="up", small=True, on_click=self.export)
        self.export_button.setAccessibleName(f"导出{TITLE}")
        self.export_button.setToolTip("把名单上的人存成Excel文件")
        row.addWidget(self.export_button)
        if not allowed(desk.actor, "export_people"):
            self.export_button.hide()

    def export(self) -> None:
        """Ask where to and whether with telephones, and write the people listed, in their order."""
        path = messages.ask_save_path(self, f"{TITLE}-{self._desk.today()}.xlsx", KINDS)
        if path is None:
            return
        desk, rids = self._desk, tuple(self._shown.rows.ids())
        phones = messages.ask(self, PHONES, PHONES_HINT, yes="带电话", no="不带电话", tone="info")
        run_with_progress(
            self,
            "正在导出名单",
            lambda task: export_people(desk, rids, path, phones, task.step),
            lambda rows: self.said.emit(EXPORTED.format(rows), None),
        )

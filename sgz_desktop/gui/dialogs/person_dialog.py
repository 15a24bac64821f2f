"""Who it is about: one field to find somebody, and a verb."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.person_picker import PersonPicker


class PersonDialog(QDialog):
    """`chosen(person id)` after the verb was pressed."""

    def __init__(
        self, owner: QWidget, desk: Desk, title: str, hint: str, does: str, chosen: Callable[[str], None]
    ) -> None:
        super().__init__(owner.window())
        self._chosen = chosen
        self.setWindowTitle(title)
        self.setMinimumSize(px(520), px(460))  # room for the names found under the field
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        column.addWidget(label(title, "section"))
        column.addWidget(paragraph(hint, "body", "plain"))
        self.picker = PersonPicker((), ask_people(self, desk))
        self.field = FieldFrame("服务对象", self.picker, required=True)
        column.addWidget(self.field)
        column.addStretch(1)
        self.go = button(does, "primary", on_click=self.submit)
        column.addLayout(foot(self, self.go))
        self.picker.picked.connect(lambda _id: self.go.setFocus())  # Enter finds, Enter goes on
        self.picker.setFocus()

    def submit(self) -> None:
        """Hand over whom was chosen."""
        person = self.picker.value()
        if not person:
            self.field.set_error("请输入姓名，再从列出的人里选一位。")
            self.picker.setFocus()
            return
        self.accept()
        self._chosen(person)


def ask_person(
    owner: QWidget, desk: Desk, title: str, hint: str, does: str, chosen: Callable[[str], None]
) -> PersonDialog:
    """Show the dialog over the window of `owner`."""
    dialog = PersonDialog(owner, desk, title, hint, does, chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog

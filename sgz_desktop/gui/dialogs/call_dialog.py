"""记电话: a call after the answer to a referral, what was said, and when one asks again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.actions import replies
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, draft_key, find_draft
from sgz_desktop.actions.replies import Awaited
from sgz_desktop.gui import jobs
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.dialogs.reply_dialog import Done
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label, paragraph

FIELDS = ("said", "spoke_to", "ask_again_on", "called_on", "called_time", "caller")
MOST_SHOWN = 3
NO_NUMBER = "没有登记电话，可在转介表里补上。"


class CallDialog(QDialog):
    """`done(sentence, undo)` after the commit."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        asked: Awaited,
        form: Form,
        options: Mapping[str, list[tuple[str, str]]],
        done: Done,
        draft: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._owner, self._told = desk, owner, done
        self.setWindowTitle("记电话")
        self.setMinimumWidth(px(660))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.S))
        column.addWidget(
            label(f"{asked.receiver}　{asked.whom}" if asked.whom else asked.receiver, "section")
        )
        if not asked.whom:
            column.addWidget(paragraph(NO_NUMBER, "body", "plain"))
        for words in asked.calls[:MOST_SHOWN]:
            column.addWidget(paragraph(words, "body", "plain"))
        layout = (("询问回执", FIELDS),)
        choices = Choices(options, today=desk.today())
        self.form = RecordForm(desk, form, choices, layout=layout, draft=draft, home=self)
        self.form.saved.connect(self._saved)
        self.form.setMinimumHeight(px(340))
        column.addWidget(self.form, 1)
        self.save = button("保存", "primary", "check", self.form.save, key="Ctrl+S")
        column.addLayout(foot(self, self.save))
        self.form.focus_field("said")

    def _saved(self, saved: Saved) -> None:
        self.accept()
        offer_undo(self._owner, self._desk, self._told, f"电话已记下。{CAN_UNDO}", saved.changes.edit)


def log_call(owner: QWidget, desk: Desk, referral: str, done: Done) -> None:
    """Write down a call about a referral, in a dialog over the window of `owner`."""

    def load() -> tuple[Awaited, Form, dict[str, list[tuple[str, str]]], Mapping[str, Any] | None]:
        form = replies.new_call(desk, referral)
        draft = find_draft(desk, form.kind, draft_key(form))
        return replies.awaited(desk, referral), form, form_choices(desk, form), draft.body if draft else None

    def show(found: tuple[Awaited, Form, Any, Any]) -> None:
        asked, form, options, draft = found
        dialog = CallDialog(owner, desk, asked, form, options, done, draft)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: load(), done=show, key="call")

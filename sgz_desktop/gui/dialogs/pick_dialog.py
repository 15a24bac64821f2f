"""One of some records, to be opened: drafts, tasks, records that hold two values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.choices import record_words
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import list_drafts
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.wording import moment

Go = Callable[[str, object], None]
MOST_SHOWN = 6
SLIPS = "visit_slips"
ABOUT = {"person": "person", "case": "case", "household": "household"}


class PickDialog(QDialog):
    """Enter, a double press or 打开 calls `chosen` with the value of the row."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        rows: Sequence[tuple[Any, ListRow]],
        chosen: Callable[[Any], None],
        does: str = "打开",
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self._values = [value for value, _ in rows]
        self._chosen = chosen
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.M))
        column.addWidget(label(title, "section"))
        self.list = RecordList(title)
        self.list.set_rows(list(range(len(rows))), [row for _, row in rows])
        self.list.grow(MOST_SHOWN)
        self.list.setMinimumWidth(px(480))
        self.list.opened.connect(self._take)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button(does, "primary", on_click=lambda: self._take(self.list.current_id()))
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.list.setFocus()
        if rows:
            self.list.set_current(0)

    def _take(self, number: Any) -> None:
        if number is not None:
            self.accept()
            self._chosen(self._values[number])


def pick(
    parent: QWidget,
    title: str,
    rows: Sequence[tuple[Any, ListRow]],
    chosen: Callable[[Any], None],
    does: str = "打开",
) -> None:
    """Let the person choose; a single row is taken at once."""
    if len(rows) == 1:
        chosen(rows[0][0])
    elif rows:
        dialog = PickDialog(parent, title, rows, chosen, does)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def named_drafts(desk: Desk) -> list[tuple[Any, str]]:
    """A worker's drafts, each with whom it is about where that is known; not for the GUI thread."""
    drafts = list_drafts(desk)
    words = record_words(desk, [ref for draft in drafts for ref in _about(draft)])
    return [(draft, next((words[id] for _, id in _about(draft) if id in words), "")) for draft in drafts]


def _about(draft: Any) -> list[tuple[str, str]]:
    values = draft.body.get("values") or {}
    refs = [(kind, values.get(name)) for name, kind in ABOUT.items()]
    refs += [(draft.form, draft.record)] if draft.form in ABOUT.values() else []
    return [(kind, str(id)) for kind, id in refs if id]


def pick_draft(parent: QWidget, drafts: Sequence[tuple[Any, str]], go: Go) -> None:
    """Go on with one of the drafts."""
    rows = [(draft, ListRow(_title(draft), about, second=moment(draft.at_ms))) for draft, about in drafts]
    pick(parent, "没写完的草稿", rows, lambda draft: go(*draft_target(draft)), "接着写")


def _title(draft: Any) -> str:
    if draft.form == SLIPS:
        return "走访补录表"
    return titled(draft.form)


EDITED_IN_PLACE = ("person", "household", "membership")  # their drafts open the form, not the page


def draft_target(draft: Any) -> tuple[str, object]:
    """The section that goes on with a draft, and what to show there."""
    if draft.form == SLIPS:
        return "visits", {"slips": True}
    if draft.record.startswith("new:"):
        return _begun(draft.form, dict(draft.body.get("values") or {}))
    if draft.form in EDITED_IN_PLACE:
        return "people", {draft.form: draft.record}
    return record_target(draft.form, draft.record)


def _begun(kind: str, values: dict[str, Any]) -> tuple[str, object]:
    """Where a record that is not on file yet is gone on with."""
    known = _known(values)
    sections = {"visit": "visits", "contact": "contacts", "mandatory_report": "urgent"}
    found: dict[str, tuple[str, object]] = {
        **{one: ("people", {"new": "", **known}) for one in EDITED_IN_PLACE},
        **{one: (section, {"new": True, **known}) for one, section in sections.items()},
        **{one: ("home", {one: ""}) for one in ("task", "diary")},
        "handover": ("cases", {"handover": True}),
    }
    if kind == "survey_sheet":
        return "station", {"tab": "survey"}
    if kind == "referral_call":
        return "aid", {"call": str(values.get("referral") or "")}
    if kind in ("household_check", "organisation"):
        return "aid", {"new": kind, **known}
    if kind in ("application", "referral") and not values.get("case"):
        return "aid", {"new": kind, **known}
    if kind == "rating" and not values.get("case"):
        return "people", {"rate": str(values.get("person") or "")}
    return found.get(kind, ("cases", {"case": values.get("case"), "new": kind}))


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("household", "person", "case") if values.get(name)}


def form_target(kind: str, id: str) -> tuple[str, object]:
    """The form of a record itself, where its values are settled."""
    if kind == "person":
        return "people", {"person": id}
    return ("cases", {"case": id, "new": "case"}) if kind == "case" else record_target(kind, id)

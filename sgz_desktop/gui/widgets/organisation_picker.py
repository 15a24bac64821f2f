"""A field that names an organisation of the address book; what is typed and not in it is left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.gui.widgets.person_picker import Ask, PersonPicker

TYPE_HERE = "打名称、拼音首字母或办理的事"


class OrganisationPicker(PersonPicker):
    """As a `PersonPicker`, but a name of nobody's book is no mistake: the form takes it over as text."""

    def __init__(self, near: Sequence[tuple[str, str]] = (), ask: Ask | None = None) -> None:
        super().__init__(near, ask)
        self.setPlaceholderText(TYPE_HERE)

    def problem(self) -> str:
        return ""

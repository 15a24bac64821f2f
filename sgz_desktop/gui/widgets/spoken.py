"""What a screen reader says of a control after its name: the sentence under it, then what is chosen in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

MESSAGE, CHOICE = "spoken_message", "spoken_choice"


def say_message(control: QWidget, text: str) -> None:
    """The hint, doubt or error of a field; what is chosen is still said."""
    _say(control, MESSAGE, text)


def say_choice(control: QWidget, text: str) -> None:
    """What is chosen and what can be; the field's message is still said."""
    _say(control, CHOICE, text)


def _say(control: QWidget, part: str, text: str) -> None:
    control.setProperty(part, text)
    parts = [str(control.property(one) or "") for one in (MESSAGE, CHOICE)]
    control.setAccessibleDescription("".join(parts))

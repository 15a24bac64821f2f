"""What may go wrong in words a worker can act on."""

from __future__ import annotations


class AppError(Exception):
    """Something the person at the desk can act on.

    `message` says what happened and that nothing is lost; `hint` says what to do. Both are Chinese
    sentences and carry no personal data. Anything that is neither this nor `Cancelled` is our bug.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message + self.hint


class Cancelled(Exception):
    """The person stopped a long job. Nothing needs to be said."""

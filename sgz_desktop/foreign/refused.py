"""Why a file from outside was not read."""

from __future__ import annotations


class Refused(Exception):
    """`why` is not_a_photo, heic, too_big, damaged, locked, slow: one word both sides know."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

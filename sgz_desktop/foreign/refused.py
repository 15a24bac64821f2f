"""Why a file from outside was not read."""

from __future__ import annotations


class Refused(Exception):
    """`why` is one word both sides know: not_a_photo, heic, no_table, web_page, text_code, too_big, damaged,
    locked, slow; of a form not_office, old_office, macros, links, gone, formula, too_long; of a PDF
    not_a_pdf, wrong_password, too_many."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

"""A bureau's blank form: shown cell by cell, or filled in.

The question is a line of JSON, {"ask": "show"} or {"ask": "fill", "cells": [{"sheet", "ref", "text", "after"
and, where it is one, "number" or "day"}, …]}, then the file. The answer is JSON, or the filled file.
"""

from __future__ import annotations

import json

from sgz_desktop.foreign.document_form import Text
from sgz_desktop.foreign.office_package import opened
from sgz_desktop.foreign.sheet_form import Book
from sgz_desktop.foreign.shut_in import shut_in


def read(data: bytes) -> bytes:
    """What was asked for. Raises Refused."""
    shut_in()
    asked, _, file = data.partition(b"\n")
    question = json.loads(asked)
    package = opened(file)
    form = Book(package) if package.sort == "xlsx" else Text(package)
    if question["ask"] == "show":
        found = {"sort": package.sort, "sheets": form.shown()}
        return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
    altered = form.filled(question["cells"])
    return package.with_parts(altered)

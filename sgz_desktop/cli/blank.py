"""Blank forms from the command line: no store is opened."""

from __future__ import annotations

from pathlib import Path

from sgz_desktop import files
from sgz_desktop.cli.session import report


def list_forms(as_json: bool) -> None:
    """Kind and title of every form."""
    from sgz_desktop.actions.papers_blank import blank_list

    found = blank_list()
    told = "\n".join(f"{kind:<18}{title}" for kind, title in found)
    report(as_json, {"forms": [{"form": kind, "title": title} for kind, title in found]}, told)


def write_form(form: str, out: Path, station: str, as_json: bool) -> None:
    """One form as a PDF."""
    from sgz_desktop.actions.papers_blank import print_blank

    data = print_blank(form, station)
    files.write_atomic(out, data)
    report(as_json, {"out": str(out), "bytes": len(data)}, f"空白表已写到 {out}")

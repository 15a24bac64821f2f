"""Commands that make reports to the bureau: the paper, the figures as JSON, or both."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sgz_desktop import files
from sgz_desktop.cli.session import opened, report, wants_json

if TYPE_CHECKING:
    from sgz_desktop.actions.figures import Compared, Span
    from sgz_desktop.actions.report_figures import Figures
    from sgz_desktop.actions.report_supplement import Corrected

COLUMNS = ("now", "before", "year_ago", "year", "target")


def make(sort: str, span: str, out: Path | None, store: Path | None, user: str | None, as_json: bool) -> None:
    """A report as a PDF, or by the file's ending as a Word document; its figures as JSON."""
    if out is None and not wants_json(as_json):
        raise typer.BadParameter("请写 --out 文件，或加 --json。")
    from sgz_desktop.actions.brief_word import word_brief
    from sgz_desktop.actions.papers_report import print_report
    from sgz_desktop.actions.report_figures import report_figures

    with opened(store, user) as station:
        found = report_figures(station.desk, sort, span)
        if out is not None:
            word = out.suffix.lower() == ".docx"
            paper = word_brief(station.desk, span, sort) if word else print_report(station.desk, sort, span)
            files.write_atomic(out, paper)
    words = {"monthly": "简报", "midterm": "中期报告", "final": "末期报告"}[sort]
    report(as_json, told(found, out), f"{words}已写到 {out}")
    sys.stdout.flush()


def told(found: Figures, out: Path | None) -> Mapping[str, Any]:
    """What --json says: days in ISO form, `columns` by name, null where a figure has none."""
    span = found.span
    return {
        "sort": span.sort,
        "month": span.name,
        "span": [span.now.first, span.now.last],
        "out": str(out) if out else None,
        "columns": _columns(span),
        "indicators": [_figure(one) for one in found.figures],
        "supplement": [row for one in found.corrected for row in _corrected(one)],
    }


def _columns(span: Span) -> dict[str, list[str]]:
    """The days each column counts."""
    periods = {name: span.of(name) for name in COLUMNS}
    return {name: [days.first, days.last] for name, days in periods.items() if days is not None}


def _figure(one: Compared) -> dict[str, Any]:
    from sgz_desktop.domain.indicator_words import rule_of

    now = one.now
    return {
        "code": now.code,
        "part": now.part,
        "title": now.title,
        "unit": now.unit,
        "value": now.value,
        "rule": rule_of(now.code),
        "columns": {name: one.value(name) for name in COLUMNS},
        "ids": list(now.ids),
    }


def _corrected(one: Corrected) -> list[dict[str, Any]]:
    return [
        {
            "span": [one.period.first, one.period.last],
            "code": it.code,
            "part": it.part,
            "title": it.title,
            "unit": it.unit,
            "reported": it.reported,
            "change": it.change,
            "now": it.now,
            "added": list(it.added),
            "gone": list(it.gone),
        }
        for it in one.figures
    ]

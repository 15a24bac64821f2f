"""The figures of a report as the page and scripts read them, each with the records behind every column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared, Span, compared, rules, told_to
from sgz_desktop.actions.papers_brief_tables import span_words
from sgz_desktop.actions.papers_report import named
from sgz_desktop.actions.report_supplement import Corrected, corrections, told_corrections
from sgz_desktop.store.behind import Behind, behind
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class Figures:
    """A report's figures; `corrected` what was entered later for days reported before."""

    span: Span
    words: str
    figures: tuple[Compared, ...]
    corrected: tuple[Corrected, ...]


@action
def report_figures(desk: Desk, sort: str, span: str) -> Figures:
    """The figures of a report. AppError when its days are none, to come, or too early."""
    of = named(sort, span, desk)

    def work(session: Reading) -> tuple[list[Compared], list[Corrected]]:
        return compared(session, of), corrections(session, of, rules(session))

    found, corrected = desk.read(work)
    told = told_corrections(corrected, desk)
    return Figures(of, span_words(of.now), tuple(told_to(found, desk)), told)


@action
def records_of_change(desk: Desk, ids: Sequence[str], code: str) -> list[Behind]:
    """The records behind a figure that was corrected, to be opened one by one."""
    return desk.read(lambda session: behind(session, code, list(dict.fromkeys(ids))))

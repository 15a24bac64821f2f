"""The whole file of a case read for print: its sheets, their numbers as printed now, its photos."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import case_file_values
from sgz_desktop.actions.papers_photos import photos
from sgz_desktop.actions.papers_reading import Dossier, dossier
from sgz_desktop.actions.signing import print_numbers
from sgz_desktop.reports.values import CaseFile
from sgz_desktop.store.session import Reading

Beside = Callable[[Reading, Dossier], None]


def whole_file(number_or_id: str, desk: Desk, beside: Beside | None = None) -> tuple[Dossier, CaseFile]:
    """A case by its printed number or its id, and its file; `beside` reads more of it on the same snapshot.
    AppError when there is none."""

    def work(session: Reading) -> tuple[Dossier, dict[str, str]]:
        file = dossier(session, desk, number_or_id)
        if beside:
            beside(session, file)
        return file, print_numbers(session, file)

    file, prints = desk.read_for_paper(work, number_or_id)
    return file, case_file_values(file, prints, photos(file, desk))

"""A case file printed whole: which of its papers are to be signed, and keeping them to wait for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import case_file_values
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_photos import photos
from sgz_desktop.actions.papers_reading import Dossier, dossier
from sgz_desktop.actions.signing import (
    ToSign,
    altered_since,
    keep,
    kind_of,
    print_numbers,
    print_of,
    signed_drafts,
    sources,
    state_of,
)
from sgz_desktop.domain.signing import SIGNED, SORTS
from sgz_desktop.reports.values import CaseFile
from sgz_desktop.store import papers
from sgz_desktop.store.session import Reading, Writing


@dataclass(frozen=True)
class ToKeep:
    """The papers of one case that wait for a signature once its file was printed, by their numbers. The file
    was read after the edit numbered `upto`."""

    case: str
    numbers: tuple[str, ...]
    upto: int


def to_keep(session: Reading, file: Dossier, only: Sequence[str] = ()) -> ToKeep:
    """The papers of a case file, or of `only` some of its sheets, that are to be signed and are not kept as
    they are now. None of a case without a number: its papers cannot be told apart when they come back."""
    found = _unkept(session, file) if file.case.number else ()
    numbers = tuple(number for _, _, number in found if not only or number in only)
    return ToKeep(str(file.case.id), numbers, papers.last_edit(session))


def _unkept(session: Reading, file: Dossier) -> Iterator[tuple[Draft, str, str]]:
    """Each paper to be signed that is not kept as it is now: draft, number, number of its next print."""
    for draft, base in signed_drafts(file):
        number, kept = print_of(session, draft, base)
        if kept is None and state_of(session, draft, base, file.today).state != SIGNED:
            yield draft, base, number


@action
def note_file_printed(desk: Desk, about: str, form: ToKeep) -> int:
    """After the file of the case `about` was printed or saved: keep those papers under their numbers, each
    with the pages it has in the file, in one transaction. Says how many; a paper whose record was altered in
    the meantime, or that was printed alone, is left out."""
    file, prints, found = desk.read_for_paper(lambda session: _to_keep(session, desk, about, form), about)
    value = case_file_values(file, prints, photos(file, desk))
    made = [_printed(file, value, draft, number, form.upto) for draft, number in found]

    def work(session: Writing) -> int:
        fresh = [one for one in made if papers.of_number(session, one.number) is None]
        for one in fresh:
            keep(session, one)
        return len(fresh)

    return desk.write(work)


def _to_keep(
    session: Reading, desk: Desk, case: str, form: ToKeep
) -> tuple[Dossier, dict[str, str], list[tuple[Draft, str]]]:
    """The file, the numbers it prints, and of the papers wanted those that are still the same."""
    file = dossier(session, desk, case)
    found = [
        (draft, number)
        for draft, _, number in _unkept(session, file)
        if number in form.numbers
        and not altered_since(session, SORTS[draft.sort], kind_of(draft), draft.record, form.upto)
    ]
    return file, print_numbers(session, file), found


def _printed(file: Dossier, value: CaseFile, draft: Draft, number: str, upto: int) -> ToSign:
    from sgz_desktop.reports.case_file import build

    data = build(value, None, [number])
    return ToSign(number, kind_of(draft), draft.record, draft.title, data, upto, tuple(sources(file)))

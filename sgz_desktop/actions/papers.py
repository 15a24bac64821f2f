"""Papers: the case file and the monthly brief, as values and as PDF bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.actions.papers_report import made, named, printed
from sgz_desktop.actions.papers_whole import whole_file
from sgz_desktop.actions.signing_file import ToKeep, to_keep
from sgz_desktop.domain.report_form import MONTHLY
from sgz_desktop.errors import AppError
from sgz_desktop.reports import values
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]


def _file(desk: Desk, number_or_id: str) -> values.CaseFile:
    return whole_file(number_or_id, desk)[1]


@action
def case_file(desk: Desk, number_or_id: str) -> values.CaseFile:
    """The whole file of a case, by its printed number or its id. AppError when there is none."""
    return _file(desk, number_or_id)


@action
def print_case_file(
    desk: Desk,
    number_or_id: str,
    progress: Progress | None = None,
    only: Sequence[str] = (),
    wait: list[ToKeep] | None = None,
) -> bytes:
    """The same as a PDF, or `only` some of its sheets by their numbers ("cover", "contents"), which keep the
    page numbers of the whole. `progress(done, total)` after each page may raise Cancelled; `wait` is given
    those of its papers that are to be signed."""
    from sgz_desktop.reports.case_file import build

    return build(_waiting(number_or_id, desk, wait, only), progress, only)


def _waiting(
    number_or_id: str, desk: Desk, wait: list[ToKeep] | None, only: Sequence[str] = ()
) -> values.CaseFile:
    """The file; what of it is to be signed goes to `wait`."""

    def beside(session: Reading, file: Dossier) -> None:
        if wait is not None:
            wait.append(to_keep(session, file, only))

    return whole_file(number_or_id, desk, beside)[1]


@action
def print_case_files(
    desk: Desk,
    ids: Sequence[str],
    progress: Progress | None = None,
    odd: list[str] | None = None,
    wait: list[ToKeep] | None = None,
) -> bytes:
    """The files of several cases in one PDF, one read after another. `progress(done, total)` counts cases;
    `odd` is given the characters that no font here can print, each once; `wait` the papers to be signed. To
    look at and to print: all of the PDF is held (2 kB a page)."""
    return b"".join(_many(desk, ids, progress, odd, wait))


@action
def save_case_files(
    desk: Desk,
    ids: Sequence[str],
    path: Path,
    progress: Progress | None = None,
    odd: list[str] | None = None,
    wait: list[ToKeep] | None = None,
) -> None:
    """The same into a file, written as it is made: whatever their number, one case file is held. AppError
    when it cannot be written; then, and when `progress` raises Cancelled, nothing of it is left."""
    files.write_atomic(path, _many(desk, ids, progress, odd, wait))


def _many(
    desk: Desk,
    ids: Sequence[str],
    progress: Progress | None,
    odd: list[str] | None,
    wait: list[ToKeep] | None,
) -> Iterator[bytes]:
    from sgz_desktop.reports.case_file import build_many
    from sgz_desktop.reports.fonts import unprintable

    if not ids:
        raise AppError("没有选个案，没有生成。", "请勾选后再打印。")

    def read(id: str) -> values.CaseFile:
        file = _waiting(id, desk, wait)
        if odd is not None:
            odd[:] = dict.fromkeys((*odd, *unprintable(file)))
        return file

    return build_many((read(id) for id in ids), len(ids), progress)


@action
def unprintable_in(desk: Desk, number_or_id: str) -> list[str]:
    """Characters of a case file that no font here can print, each once: name them before printing."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_file(desk, number_or_id))


@action
def monthly_brief(desk: Desk, month: str) -> values.Brief:
    """The brief of a month (YYYY-MM) for the bureau. AppError when it is no month."""
    return made(named(MONTHLY, month, desk), desk).value


@action
def print_brief(desk: Desk, month: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF, frozen once it is signed off. `progress(done, total)` after each page may raise
    Cancelled."""
    return printed(named(MONTHLY, month, desk), desk, progress)

"""去标识件: copies of a case file that leave the station for anybody but a supervisor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.coded_dossier import RELEASE, around, coded, finder_of, free_texts
from sgz_desktop.actions.coded_fields import Place, Tell
from sgz_desktop.actions.coded_known import Around
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import case_file_values
from sgz_desktop.actions.papers_reading import Dossier, dossier, own_day
from sgz_desktop.domain.deidentify_review import Review
from sgz_desktop.domain.local_words import titled
from sgz_desktop.errors import AppError
from sgz_desktop.reports import values
from sgz_desktop.store import settings

Progress = Callable[[int, int], None]
NOBODY = "没有写给谁，没有生成。"
NOTE = "已隐去姓名、证件、电话和住址；不得转给他人"
FIRST_RELEASE = "Q1"


@action
def release_review(desk: Desk, number_or_id: str) -> Review:
    """The free texts of a copy for anybody else, with what was decided of them before."""
    file, near = _read(desk, number_or_id)
    return _review(file, near, _kept(desk, file))


@action
def keep_review(desk: Desk, id: str, decided: Mapping[str, object]) -> None:
    """Keep what was decided for a case (its id), as `Review.decisions` gives it: the next copy asks only
    about what is new."""
    desk.write(lambda session: settings.put(session, f"{settings.REVIEWS}{id}", dict(decided)))


@action
def print_release(
    desk: Desk,
    number_or_id: str,
    recipient: str,
    copy_number: str = FIRST_RELEASE,
    progress: Progress | None = None,
) -> bytes:
    """A case file from which nobody can be told, as a PDF. AppError without a recipient, and while a free
    text of it was not looked at."""
    from sgz_desktop.reports.case_file import build

    return build(_released(desk, number_or_id, recipient, copy_number), progress)


@action
def unprintable_release(desk: Desk, number_or_id: str, recipient: str) -> list[str]:
    """Characters of a copy that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_released(desk, number_or_id, recipient, FIRST_RELEASE))


def _read(desk: Desk, number_or_id: str) -> tuple[Dossier, Around]:
    return desk.read_for_paper(
        lambda session: (dossier(session, desk, number_or_id), around(session)), number_or_id
    )


def _kept(desk: Desk, file: Dossier) -> Mapping[str, Any]:
    kept = desk.read(lambda session: settings.get(session, f"{settings.REVIEWS}{file.case.id}", {}))
    return kept if isinstance(kept, dict) else {}


def _released(desk: Desk, number_or_id: str, recipient: str, copy_number: str) -> values.CaseFile:
    file, near = _read(desk, number_or_id)
    review = _review(file, near, _kept(desk, file))
    if review.unseen:
        raise AppError(f"还有{review.unseen}段文字没看过，没有生成。", "看完每一段再生成。")
    told = coded(file, RELEASE, near, _teller(file, near, review), review.marked())
    return _values(told, recipient, copy_number)


def _review(file: Dossier, near: Around, kept: Mapping[str, Any]) -> Review:
    finder = finder_of(file, RELEASE, near)
    told = []
    records = {(one.KIND, str(one.id)): one for one in _papers(file)}
    for place, question, text in free_texts(file):
        spans = finder.find(text)
        if spans or any(map(str.isalnum, text)):
            record = records.get((place.kind, place.id))
            head = "　".join(filter(None, (titled(place.kind), own_day(record) if record else "")))
            told.append((_key(place), head, question.ask.label, text, spans))
    return Review(told, kept)


def _papers(file: Dossier) -> list[Any]:
    return [*(one for found in file.papers.values() for one in found), *file.visits]


def _key(place: Place) -> str:
    return ":".join(place)


def _teller(file: Dossier, near: Around, review: Review) -> Tell:
    told, finder = review.told(), finder_of(file, RELEASE, near)
    return lambda place, text: told[_key(place)] if _key(place) in told else finder.cleaned(text)


def _values(file: Dossier, recipient: str, copy_number: str) -> values.CaseFile:
    """A coded file as the copy with a number for somebody."""
    whom = recipient.strip()
    if not whom:
        raise AppError(NOBODY, "请写明给哪位或哪个单位。")
    words = f"{RELEASE.name}　仅供{whom}使用"
    made = case_file_values(file)
    return replace(
        made,
        number=f"{made.number}-{copy_number}",
        sheets=tuple(replace(sheet, number=f"{sheet.number}-{copy_number}") for sheet in made.sheets),
        title=f"个案{RELEASE.name}",
        note=NOTE,
        watermark=words,
        footer=words,
    )

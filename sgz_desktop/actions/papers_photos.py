"""照片: the photos of a case file, where the person agreed to be photographed."""

from __future__ import annotations

from dataclasses import replace

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.actions.papers_reading import Dossier, attachments_of
from sgz_desktop.actions.report_photos import AGREED, Shown, shown
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.reports.values import Block, Note, Photos

PHOTO = "photo"
NOT_AGREED = "没有记下拍照的同意"


def photos(file: Dossier, desk: Desk) -> Shown:
    """The photos of a file as they are printed, and why others are not. Each is read in the child."""
    found = [one for one in attachments_of(file) if one.sort == PHOTO and not one.deleted]
    found.sort(key=lambda one: (one.taken_on or "9999", one.taken_time or "", str(one.id)))
    kept = [one for one in found if agreed(file, one)]
    told = shown([str(one.id) for one in kept], desk, lambda _: True)
    for id, one in {str(one.id): one for one in kept}.items():
        if id in told.pictures:
            told.pictures[id] = replace(told.pictures[id], caption=_caption(one))
    for _ in range(len(found) - len(kept)):
        told.leave_out(NOT_AGREED)
    return told


def agreed(file: Dossier, photo: Attachment) -> bool:
    """May a photo stand in the file? Where the last consent agrees to being photographed, or the photo's own
    does."""
    told = [one.ok_photo for one in file.of(Consent) if one.ok_photo]
    return photo.consent == AGREED or (bool(told) and told[-1] == AGREED)


def _caption(one: Attachment) -> str:
    return "　".join(part for part in (day_words(one.taken_on), one.caption or one.title or "") if part)


def photo_sheet(file: Dossier, told: Shown) -> tuple[Draft, ...]:
    """The sheet of photos; none where there are none."""
    if not told.pictures:
        return ()
    shown: tuple[Block, ...] = (Photos(tuple(told.pictures.values())),)
    return (Draft("photos", str(file.case.id), "照片", "INTERNAL", shown),)


def left_out(told: Shown | None) -> tuple[Note, ...]:
    """What is said below the list of attachments of photos that are not printed."""
    return tuple(Note(notice) for notice in told.notices) if told else ()

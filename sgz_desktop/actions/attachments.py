"""Photos, scans and documents: taken in from a folder or one by one, listed, shown in the program."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.photos import Occasion, caption
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.errors import AppError
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.store import blobs, occasions, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Progress = Callable[[int, int], None]
MOST_BYTES = 40 * 1024 * 1024  # of one file from outside
MOST_AT_ONCE = 300
PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
JPEG, PDF = "image/jpeg", "application/pdf"
WHY_NOT = {
    "not_a_photo": "不是照片（JPG、PNG、WEBP）或PDF",
    "heic": "是HEIC格式，请先转成JPG",
    "too_big": "太大，打不开",
    "damaged": "已经损坏",
    "locked": "有密码，请先去掉密码",
    "slow": "读得太久，停下了",
}


@dataclass(frozen=True)
class Photo:
    """A photo read and made small, not yet kept. `problem` says why there is none; then `data` is empty."""

    name: str
    data: bytes = b""
    taken_on: str = ""
    taken_time: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Placed:
    """A photo and the record it goes to, as the worker confirmed it."""

    photo: Photo
    parent: str
    caption: str = ""

    @property
    def id(self) -> str:
        """The record it goes to: what the worker is asked about."""
        return self.parent


@dataclass(frozen=True)
class FileLine:
    """An attachment in words. `here`: its bytes are on this computer."""

    id: str
    title: str
    sort: str
    caption: str
    day: str
    mime: str
    consent: str
    here: bool


@action
def read_photos(desk: Desk, folder: Path, progress: Progress | None = None) -> list[Photo]:
    """Every photo of a folder and of the folders in it, by the time it was taken.

    `progress(done, total)` may raise Cancelled. AppError when it cannot be read, holds none or too many.
    """
    paths = _photos_in(folder)
    found = []
    with Reader("photo") as reader:
        for done, path in enumerate(paths, start=1):
            found.append(_read(reader, path))
            if progress:
                progress(done, len(paths))
    return sorted(found, key=lambda one: (one.taken_on, one.taken_time, one.name))


def _photos_in(folder: Path) -> list[Path]:
    try:
        found = [*folder.iterdir(), *folder.glob("[!.]*/*")]  # DCIM holds Camera; .thumbnails is no album
        paths = sorted(path for path in found if path.suffix.lower() in PHOTOS)
    except OSError as fault:
        raise AppError("这个文件夹打不开。", "请换一个位置，或重新插上手机或U盘。") from fault
    if not paths:
        raise AppError("这个文件夹里没有照片。", "请选放照片的那个文件夹，一般叫DCIM或Camera。")
    if len(paths) > MOST_AT_ONCE:
        raise AppError(
            f"有{len(paths):,}张照片，一次最多{MOST_AT_ONCE}张。", "请先把要用的照片挑到一个文件夹里。"
        )
    return paths


def _read(reader: Reader, path: Path) -> Photo:
    try:
        head, small = small_picture(reader, files.read_whole(path, MOST_BYTES))
    except AppError as fault:
        return Photo(path.name, problem=fault.message)
    except Refused as refused:
        return Photo(path.name, problem=why_not(refused))
    day, _, time = str(head["taken"]).partition(" ")
    return Photo(path.name, small, day, time)


def small_picture(reader: Reader, data: bytes) -> tuple[dict[str, object], bytes]:
    """What the child says of a file, and the picture it made of it."""
    head, _, small = reader.read(data).partition(b"\n")
    return json.loads(head), small


def why_not(refused: Refused) -> str:
    """Why a file was not taken in, as a sentence."""
    return f"这个文件{WHY_NOT.get(refused.why, WHY_NOT['damaged'])}，没有放入。"


@action
def occasions_of(desk: Desk, on: Sequence[str]) -> list[Occasion]:
    """Visits and sessions on some days, for photos to be sorted onto."""
    return desk.read(lambda session: occasions.occasions_on(session, list(on)))


@action
def keep_photos(desk: Desk, photos: Sequence[Placed], progress: Progress | None = None) -> int:
    """Keep photos with the records they were confirmed for; how many are new there.

    Each is kept by itself: what was done before `progress` raised Cancelled stays.
    """
    kept = 0
    for done, one in enumerate(photos, start=1):
        kept += _keep(desk, one)
        if progress:
            progress(done, len(photos))
    return kept


def _keep(desk: Desk, one: Placed) -> bool:
    values: dict[str, Wire] = {
        "title": code_list("attachment_sort").label("photo"),
        "sort": "photo",
        "caption": one.caption or None,
        "taken_on": one.photo.taken_on or None,
        "taken_time": one.photo.taken_time or None,
        "taken_by": desk.user,
        "consent": "not_asked",
    }
    return _put(desk, one.parent, one.photo.data, JPEG, values) is not None


def _put(desk: Desk, parent: str, data: bytes, mime: str, values: dict[str, Wire]) -> Changes | None:
    """Bytes and their record in one transaction; None when the record has the same file already."""

    def work(session: Writing) -> Changes | None:
        digest = blobs.put(session, data, mime)
        held = read.of_parent(session, Attachment, "parent", parent)
        if any(one.sha256 == digest for one in held):
            return None
        own: dict[str, Wire] = {"parent": parent, "mime": mime, "size": len(data), "sha256": digest}
        own["identity"] = blobs.identity_of(session, digest)
        known = {name: value for name, value in values.items() if value is not None}
        desk.record(session, "", [Write("attachment", desk.ids(), {**own, **known})])
        return session.changes()

    return desk.write(work)


@action
def attach_file(desk: Desk, about: str, path: Path, sort: str = "") -> bool:
    """Take one photo or scanned PDF in for a record; False when the record has it already.

    AppError when it is no such file. The name it had outside is not kept: it may name somebody.
    """
    data = files.read_whole(path, MOST_BYTES)
    is_pdf = data.startswith(b"%PDF-")
    values: dict[str, Wire] = {"taken_by": desk.user}
    try:
        with Reader("scan" if is_pdf else "photo") as reader:
            head, small = small_picture(reader, _asked(data, PDF if is_pdf else JPEG, 0))
    except Refused as refused:
        raise AppError(why_not(refused), "请换一个文件。") from refused
    taken = str(head.get("taken") or "").partition(" ")
    kind = sort or ("signed_page" if is_pdf else "photo")
    values |= {
        "title": code_list("attachment_sort").label(kind),
        "sort": kind,
        "taken_on": taken[0] or desk.today(),
        "taken_time": taken[2] or None,
        "consent": "not_asked" if kind == "photo" else None,
    }
    kept = _put(desk, about, data if is_pdf else small, PDF if is_pdf else JPEG, values)
    return kept is not None


@action
def list_files(desk: Desk, about: str) -> list[FileLine]:
    """The files of a record, by the day they are of."""
    today = desk.today()

    def work(session: Reading) -> list[FileLine]:
        found = read.of_parent(session, Attachment, "parent", about)
        return [_line(session, one, today) for one in found]

    return sorted(desk.read(work), key=lambda line: line.id)


def _line(session: Reading, one: Attachment, today: str) -> FileLine:
    when = days.short_day(one.taken_on, today).partition("（")[0] if one.taken_on else ""
    return FileLine(
        id=str(one.id),
        title=one.title or "附件",
        sort=one.sort or "",
        caption=one.caption or "",
        day=f"{when} {one.taken_time}" if when and one.taken_time else when,
        mime=one.mime or "",
        consent=code_list("consent_state").label(one.consent) if one.consent else "",
        here=bool(one.sha256 and blobs.identity_of(session, one.sha256)),
    )


@action
def show_file(desk: Desk, id: str, page: int = 0) -> tuple[bytes, int]:
    """An attachment as a JPEG to be shown, and how many pages it has. AppError when it is not here."""
    data, mime = desk.read(lambda session: _held(session, id))
    try:
        with Reader("scan" if mime == PDF else "photo") as reader:
            head, picture = small_picture(reader, _asked(data, mime, page))
    except Refused as refused:
        words = WHY_NOT.get(refused.why, WHY_NOT["damaged"])
        raise AppError(f"这个附件{words}。", "原件还在，没有改动。") from refused
    pages = head.get("pages")
    return picture, pages if isinstance(pages, int) else 1


@action
def thumbnails(desk: Desk, ids: Sequence[str]) -> dict[str, bytes]:
    """Attachments as JPEGs to be shown small, by id, without those not here or not to be read."""
    found = {}
    with Reader("photo") as photos, Reader("scan") as scans:
        for id in ids:
            with suppress(AppError, Refused):
                data, mime = desk.read(lambda session, id=id: _held(session, id))  # type: ignore[misc]
                reader = scans if mime == PDF else photos
                found[id] = small_picture(reader, _asked(data, mime, 0))[1]
    return found


def _held(session: Reading, id: str) -> tuple[bytes, str]:
    one = read.get(session, Attachment, id)
    if one is None or not one.sha256:
        raise AppError("这个附件的文件不在本机。", "请从有它的电脑导入。")
    return blobs.get(session, one.sha256), one.mime or ""


def _asked(data: bytes, mime: str, page: int) -> bytes:
    return f"{page}\n".encode() + data if mime == PDF else data


def caption_of(photo: Photo, occasion: Occasion) -> str:
    """The words that will stand under a photo: day, village and what went on."""
    return caption(photo.taken_on or occasion.day, occasion.village, occasion.label)

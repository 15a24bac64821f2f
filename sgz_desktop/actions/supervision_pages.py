"""A copy that came back, read in the capped child and matched with what was given out."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from sgz_desktop.domain.notes import Note
from sgz_desktop.domain.supervising import (
    ALIKE,
    NUMBER,
    TITLE,
    Returned,
    alike,
    foot_number,
    numbers_on,
    page_number,
    page_words,
    pages_matched,
)
from sgz_desktop.errors import AppError
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.reports.pages import PRACTICE

DAMAGED = ("这个PDF已损坏，没有读入，资料没有改动。", "请向督导再要一份，或请对方另存后再发。")
SENTENCES = {
    "not_a_pdf": ("这不是PDF文件，没有读入。", "请选督导发回的那份PDF。"),
    "locked": ("这份PDF有密码，还没有读。", "请填打开这份督导件的密码。"),
    "wrong_password": ("密码不对，还没有读。", "请核对密码，分清大小写再试。"),
    "too_big": ("这份PDF太大，没有读入。", "请只留有批注的页，另存后再选。"),
    "too_many": ("批注太多，没有读入。", "请分成几份另存，再一份一份读。"),
    "slow": ("这份PDF半分钟没有读完，已停下。", "请对方用阅读器另存一份再发。"),
    "damaged": DAMAGED,
}
LOCKED = ("locked", "wrong_password")


class NeedsPassword(AppError):
    """The file is locked and the password is missing or wrong: ask for it."""


@dataclass(frozen=True)
class Read:
    """A PDF as the child read it."""

    title: str
    pages: tuple[Returned, ...]
    notes: tuple[Note, ...]
    scripts: int
    files: int


@dataclass(frozen=True)
class Matched:
    """Which page of the copy each page is (index → page from 1), and what is to be said about the file."""

    pages: Mapping[int, int]
    said: tuple[str, ...]


def read_pdf(data: bytes, password: str = "") -> Read:
    """Read a PDF in the capped child. AppError says why not; NeedsPassword when it is locked."""
    answer = orjson.loads(_asked(data, dict.fromkeys((unicodedata.normalize("NFKC", password), password))))
    return Read(
        title=answer["title"],
        pages=tuple(Returned(**page) for page in answer["pages"]),
        notes=tuple(Note(**note) for note in answer["notes"]),
        scripts=answer["scripts"],
        files=answer["files"],
    )


def _asked(data: bytes, passwords: Iterable[str]) -> bytes:
    """The child's answer with the first password that opens the file: ours are normalised."""
    with Reader("notes") as reader:
        for password in passwords:
            try:
                return reader.read(orjson.dumps({"password": password}) + b"\n" + data)
            except Refused as refused:
                last = refused
                if refused.why not in LOCKED:
                    break
    told = SENTENCES.get(last.why, DAMAGED)
    raise (NeedsPassword if last.why in LOCKED else AppError)(*told) from last


def number_of(found: Read) -> str:
    """The copy's number a file names: at the foot of its pages, else in its title. AppError for none."""
    here = numbers_on(found.pages)
    titled = NUMBER.search(found.title) if found.title.startswith(TITLE) else None
    number = here[0] if here else titled[0] if titled else ""
    if not number:
        raise AppError("这不是本程序打印的督导件，没有读入。", "意见可以照编号和批注号录入。")
    return number


def refuse_other_store(found: Read, practice: bool) -> None:
    """AppError for a copy from the practice station in a real one, or the other way round."""
    marked = any(PRACTICE in _close(page.text) for page in found.pages)
    told = any(page.text.strip() for page in found.pages)
    if marked and not practice:
        raise AppError("这是练习站的督导件，没有读入。", "请在练习站里读这一份。")
    if practice and told and not marked:
        raise AppError("这不是练习站的督导件，没有读入。", "请在正式的社工站里读这一份。")


def _close(text: str) -> str:
    return text.replace("\r", "").replace("\n", " ")


def match(number: str, found: Read, data: bytes, total: int, ours: bytes | None) -> Matched:
    """Which pages came back. `total` is how many pages there were as far as the marks tell, `ours` the bytes
    that were kept. AppError when the file says something else than what was given out."""
    kept = read_pdf(ours) if ours else None
    total = len(kept.pages) if kept else total
    pages = pages_matched(number, found.pages, total)
    if not pages:
        raise AppError("认不出这份督导件的页，没有读入。", "意见可以照编号和批注号录入。")
    said = list(_pages_said(number, found, pages, total))
    if kept and not (ours and data.startswith(ours)):
        said += _altered(found, kept, pages)
    if found.scripts:
        said.append("文件里有脚本，没有运行。")
    if found.files:
        said.append("文件里有附件，没有打开。")
    return Matched(pages, tuple(said))


def _altered(found: Read, kept: Read, pages: Mapping[int, int]) -> Iterator[str]:
    """Pages whose words are not those given out; AppError when that is most of them."""
    shares = {
        own: alike(kept.pages[own - 1].text, found.pages[at].text)
        for at, own in pages.items()
        if own <= len(kept.pages) and found.pages[at].text.strip()
    }
    other = [own for own, share in shares.items() if share < ALIKE]
    if other and 2 * len(other) > len(shares):
        raise AppError("内容和给出的督导件不同，没有读入。", "可能是别站的同号文件，请核对来处。")
    if other:
        yield f"{page_words(other)}的文字与给出的不同，请核对。"


def _pages_said(number: str, found: Read, pages: Mapping[int, int], total: int) -> Iterator[str]:
    """What was taken out of the file, put into it, or belongs to another copy."""
    told = max((page_number(page.text)[1] for page in found.pages), default=0)
    missing = sorted(set(range(1, max(told, total) + 1)) - set(pages.values()))
    if missing:
        yield f"少了{_pages(missing)}，这些页的批注没有读到。"
    strange = [at for at in range(len(found.pages)) if at not in pages]
    other = [at for at in strange if foot_number(found.pages[at].text) not in ("", number)]
    if other:
        yield f"{_pages([at + 1 for at in other])}是别的督导件，没有读。"
    added = [at + 1 for at in strange if at not in other]
    if added:
        yield f"{_pages(added)}不是给出的页，批注照样列出。"


def _pages(pages: Sequence[int]) -> str:
    """第2、3、5页; many are counted."""
    return page_words(pages) if len(pages) <= 6 else f"{len(pages)}页"


def is_ours(data: bytes, sha256: str) -> bool:
    """Are these the very bytes that were given out?"""
    return hashlib.sha256(data).hexdigest() == sha256

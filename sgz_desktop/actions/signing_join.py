"""Scans of signed pages: taken in, joined to their paper by its number, and taken apart again."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions import attachments
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.attachments import JPEG, MOST_BYTES, why_not
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, checked, load_form
from sgz_desktop.actions.papers_case_file import other_letters
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.signing import PaperState, prints_of, signed_drafts, state_of
from sgz_desktop.actions.signing_about import about_of
from sgz_desktop.actions.signing_alone import Standing
from sgz_desktop.actions.signing_reports import Issue, issue_in, issue_of, issue_state
from sgz_desktop.actions.signing_sorts import of_number, signs_of
from sgz_desktop.domain import days, signing
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.lifecycle import ORAL
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.signing import ON_PAPER, SORTS
from sgz_desktop.errors import AppError
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.store import blobs, papers, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

SORT = "signed_page"
NOT_A_NUMBER = "这不是文件编号，还没有归入。"
NOT_OURS, CHECK_IT = "没有编号{}的待签文书，没有归入。", "请核对页脚的文件编号。"
UNTOUCHED = "这是打印时的原件，上面没有签字，没有归入。"
NOT_JOINED = "这个附件没有归入文书，没有改动。"


@dataclass(frozen=True)
class Scan:
    """A scan read and not yet kept. `picture` is its first page; `number` what is printed on it, '' where
    that cannot be read."""

    name: str
    data: bytes
    mime: str
    picture: bytes
    pages: int = 1
    number: str = ""


@dataclass(frozen=True)
class Found:
    """The paper of a number: its record `kind` and `id`, whose it is, how it stands. `fills`: joining may
    fill in the day of signing, which the record lacks; `note` is said beside it."""

    kind: str
    id: str
    number: str
    title: str
    name: str
    state: str
    fills: bool
    note: str = ""


@action
def read_scan(desk: Desk, path: Path) -> Scan:
    """Read one photo or PDF in the capped child; a PDF that was saved tells its number. AppError when it is
    no such file."""
    try:
        return _read(desk, files.read_whole(path, MOST_BYTES), path.name)
    except Refused as refused:
        raise AppError(why_not(refused), "请换一个文件。") from refused


def _read(desk: Desk, data: bytes, name: str) -> Scan:
    if not data.startswith(b"%PDF-"):
        with Reader("photo") as reader:
            _, small = attachments.small_picture(reader, data)
        return Scan(name, small, JPEG, small)
    with Reader("scan") as reader:
        head, picture = attachments.small_picture(reader, b"0\n" + data)
    with Reader("text") as reader:
        text = reader.read(data).decode("utf-8", "replace")
    number = signing.printed_number(text) or desk.read(lambda session: issue_in(session, text))
    pages = head.get("pages")
    return Scan(name, data, papers.PDF, picture, pages if isinstance(pages, int) else 1, number)


@action
def find_paper(desk: Desk, text: str) -> Found:
    """The paper a number names. AppError with what is wrong with it: none such, another station's."""
    number = signing.tidy_number(text)
    return desk.read(lambda session: _found(session, desk, number))


def _found(session: Reading, desk: Desk, number: str) -> Found:
    if issue := issue_of(session, number):
        return _found_report(session, desk, issue)
    if not signing.case_of(number) and not any(signing.alone_of(number)):
        raise AppError(NOT_A_NUMBER, "请照页脚的文件编号输入，例如2026-A001-04-1。")
    case = signing.case_of(number)
    if case and not read.of_parent(session, Case, "number", case):
        raise AppError(f"本站没有个案{case}，没有归入。", "请核对编号；别站的文书请交给那个站。")
    state, name = _state(session, desk, number)
    printed = prints_of(session, state.kind, state.id, signing.base_of(number))
    known = {one.number for one in printed} | {signing.base_of(number)}
    if number not in known:
        raise AppError(f"没有打印过{number}，没有归入。", CHECK_IT)
    signs = signs_of(state.sort)
    one = read.get(session, BY_KIND[state.kind], state.id)
    fills = bool(signs.day) and one is not None and getattr(one, signs.day) is None
    note = _note(state, number, [one.number for one in printed])
    return Found(state.kind, state.id, number, state.title, name, state.state, fills, note)


def _state(session: Reading, desk: Desk, number: str) -> tuple[PaperState, str]:
    """How the paper of a number stands, and whose it is."""
    if any(signing.alone_of(number)):
        if found := of_number(session, number):
            one = Standing(*found, signing.base_of(number))
            return one.state(session, desk.today()), about_of(session, one.record).name
        raise AppError(NOT_OURS.format(number), CHECK_IT)
    file, base = dossier(session, desk, signing.case_of(number)), signing.base_of(number)
    for draft, own in (*signed_drafts(file), *other_letters(file)):
        if own == base:
            return state_of(session, draft, own, desk.today()), file.client_name
    raise AppError(NOT_OURS.format(number), CHECK_IT)


def _found_report(session: Reading, desk: Desk, issue: Issue) -> Found:
    state, number = issue_state(session, issue, desk.today()), issue.number
    printed = [issue.report.number or number] if papers.of_number(session, number) else []
    note = _note(state, number, printed)
    return Found(state.kind, state.id, number, state.title, signing.STATION, state.state, False, note)


@action
def numbered_state(desk: Desk, text: str) -> PaperState | None:
    """How the paper stands that a number names; None when there is none such yet."""
    number = signing.tidy_number(text)

    def work(session: Reading) -> PaperState | None:
        if issue := issue_of(session, number):
            return issue_state(session, issue, desk.today())
        with suppress(AppError):
            return _state(session, desk, number)[0]
        return None

    return desk.read(work)


def _note(state: PaperState, number: str, printed: list[str]) -> str:
    """What the worker should know before joining: a page already there, an older print, none kept here."""
    back = [page for page in state.pages if page.number == number]
    if back:
        day = days.show_day(back[0].signed_on) + "签" if back[0].signed_on else "签字日期没写"
        return f"已有{len(back)}份签字页（{day}），再归入一份也会留着。"
    if not printed:
        return "这份没有在本机打印过，扫描件照样归入。"
    if number != printed[0]:
        return f"这是旧的一份，后来重印为{printed[0]}。"
    return "打印后有改动，请核对签的是哪一份。" if state.altered else ""


@action
def join_scan(
    desk: Desk, about: str, scan: Scan, text: str, signed_on: str = "", fill: bool = True
) -> Changes:
    """Keep a scan with the record `about` as the signed page of the paper numbered `text`. `signed_on`: the
    day as written on it; with `fill` the record's own day and way of signing are filled where it lacks them.

    One edit, so that one undo takes it back. AppError when the bytes are those that were printed.
    """
    tidy, today = signing.tidy_number(text), desk.today()
    if signed_on and days.is_whole(signed_on) and signed_on > today:
        raise AppError("签字日期还没有到，没有归入。", "请照纸上写的日期填。")

    def work(session: Writing) -> Changes:
        found = _found(session, desk, tidy)
        number = found.number
        if found.id != about:
            raise AppError(NOT_A_NUMBER, CHECK_IT)
        printed = papers.of_number(session, number)
        if printed and printed.sha256 == hashlib.sha256(scan.data).hexdigest():
            raise AppError(UNTOUCHED, "请选签好字以后扫描的文件。")
        writes = [_page(session, desk, about, scan, number, signed_on)]
        if fill and found.fills and signed_on:
            writes += _filled(session, desk, found, signed_on)
        desk.record(session, "", writes)
        return session.changes()

    return desk.write(work)


def _page(session: Writing, desk: Desk, about: str, scan: Scan, number: str, signed_on: str) -> Write:
    """The attachment: the one that holds these bytes already, or a new one."""
    digest = blobs.put(session, scan.data, scan.mime)
    values: dict[str, Wire] = {"paper_number": number, "sort": SORT}
    values |= {"signed_on": signed_on} if signed_on else {}
    for held in read.of_parent(session, Attachment, "parent", about):
        if held.sha256 == digest and held.id:
            return Write("attachment", held.id, values)
    return Write(
        "attachment",
        desk.ids(),
        {
            **values,
            "parent": about,
            "title": code_list("attachment_sort").label(SORT),
            "mime": scan.mime,
            "size": len(scan.data),
            "sha256": digest,
            "identity": blobs.identity_of(session, digest),
            "taken_on": desk.today(),
            "taken_by": desk.user,
        },
    )


def _filled(session: Reading, desk: Desk, found: Found, day: str) -> list[Write]:
    """The record's own day and way of signing; nothing where the gate has something against it."""
    signs = next(one for one in SORTS.values() if one.kind == found.kind and one.day)
    form = load_form(session, BY_KIND[found.kind], found.id, desk.today())
    if form is None:
        return []
    typed = {signs.day: day}
    if form.values.get(signs.mode) in (None, "pending", ORAL):
        typed[signs.mode] = ON_PAPER
    with suppress(FormRefused):
        return checked(desk, form, typed, {})[1]
    return []


@action
def take_apart(desk: Desk, id: str) -> Changes:
    """Take a signed page off the paper it was joined to; the scan stays with the record. AppError when it
    is joined to none."""

    def work(session: Writing) -> Changes:
        one = read.get(session, Attachment, id)
        if one is None or one.deleted or not one.paper_number:
            raise AppError(NOT_JOINED, "请重新打开这份文书看一看。")
        desk.record(session, "", [Write("attachment", id, {"paper_number": None, "signed_on": None})])
        return session.changes()

    return desk.write(work)

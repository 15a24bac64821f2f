"""局发表样: the bureau's own blank forms, kept here, mapped once by clicking, filled in each month.

They are settings of this computer's store, the file itself a blob beside it. It is read and written only in
the child process, which sees nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.bureau_values import Source, sources, usual, value_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import compare, month_named
from sgz_desktop.domain.bureau_form import (
    Cell,
    Form,
    Mapped,
    Sheet,
    Words,
    carried,
    labels,
)
from sgz_desktop.domain.bureau_labels import proposals, suggested
from sgz_desktop.domain.file_names import safe_name
from sgz_desktop.domain.printed_text import tidy
from sgz_desktop.errors import AppError
from sgz_desktop.exports.escapes import escaped
from sgz_desktop.foreign import forms
from sgz_desktop.store import blobs, settings
from sgz_desktop.store.session import Reading, Writing

FORMS = "bureau_forms"
MOST_FORMS, MOST_CELLS = 40, 2_000
MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
GONE = ("这份表样已经不在了。", "请重新打开局发表样。")


@dataclass(frozen=True)
class Offer:
    """A blank form about to be put in. With `replaces` its cells were found again by their labels, but those
    that are `lost`."""

    name: str
    data: bytes
    sort: str
    sheets: tuple[Sheet, ...]
    replaces: Form | None
    carried: tuple[Mapped, ...]
    lost: tuple[Mapped, ...]


@dataclass(frozen=True)
class OpenForm:
    """A kept form with its cells to be seen; `lost` are mapped cells this version does not have."""

    form: Form
    sheets: tuple[Sheet, ...]
    lost: tuple[Mapped, ...]


@dataclass(frozen=True)
class Filled:
    """One cell and what it gets this month."""

    cell: Mapped
    value: Source


@action
def bureau_forms(desk: Desk) -> tuple[Form, ...]:
    """The forms kept here, by name."""
    return desk.read(lambda session: tuple(sorted(_forms(session), key=lambda one: one.name)))


@action
def offer_bureau_form(desk: Desk, path: Path) -> Offer:
    """A bureau's blank form in a file, beside the one of that name which it would replace. AppError says why
    a file is not taken."""
    data = forms.taken(path)
    sort, sheets = forms.shown(data)
    name = safe_name(path.stem, "表样")
    before = next((one for one in desk.read(_forms) if one.name == name and one.sort == sort), None)
    kept, lost = carried(before.cells, sheets) if before else ((), ())
    return Offer(name, data, sort, sheets, before, kept, lost)


@action
def keep_bureau_form(desk: Desk, offer: Offer) -> Form:
    """Keep a form; one of that name is replaced, and its cells go on where their labels are now. Those that
    were lost stay on its list until they are clicked anew or cleared."""

    def work(session: Writing) -> Form:
        others = [one for one in _forms(session) if offer.replaces is None or one.id != offer.replaces.id]
        if len(others) >= MOST_FORMS:
            raise AppError(f"表样最多{MOST_FORMS}份，没有放入。", "请先移除不用的。")
        old = offer.replaces
        sha256 = blobs.put(session, offer.data, MIMES[offer.sort])
        id, version = (old.id, old.version + (old.sha256 != sha256)) if old else (desk.ids(), 1)
        cells = (*offer.carried, *offer.lost)
        made = Form(id, offer.name, offer.sort, sha256, version, desk.today(), cells)
        _keep(session, [*others, made])
        if old and old.sha256 != sha256 and all(one.sha256 != old.sha256 for one in others):
            blobs.drop_free(session, old.sha256)
        return made

    return desk.write(work)


@action
def open_bureau_form(desk: Desk, id: str) -> OpenForm:
    """A form and its cells. AppError when it is not here any more."""
    form, data = desk.read(lambda session: _with_data(session, id))
    _, sheets = forms.shown(data)
    return OpenForm(form, sheets, carried(form.cells, sheets)[1])


@action
def map_bureau_form(desk: Desk, id: str, cells: Sequence[Mapped]) -> Form:
    """Keep what goes into the cells of a form, all of them. AppError when there are too many."""
    if len(cells) > MOST_CELLS:
        raise AppError(f"一份表样最多对应{MOST_CELLS:,}格。", "请清除不用的。")

    def work(session: Writing) -> Form:
        known = _forms(session)
        old = _named(known, id)
        made = replace(old, cells=tuple(cells))
        _keep(session, [made if one.id == id else one for one in known])
        return made

    return desk.write(work)


@action
def drop_bureau_form(desk: Desk, id: str) -> None:
    """Take a form out, with its file."""

    def work(session: Writing) -> None:
        known = _forms(session)
        old = _named(known, id)
        left = [one for one in known if one.id != id]
        _keep(session, left)
        if all(one.sha256 != old.sha256 for one in left):
            blobs.drop_free(session, old.sha256)

    desk.write(work)


@action
def bureau_sources(desk: Desk, month: str) -> tuple[Source, ...]:
    """What may go into a cell, with what it is this month."""
    named, counted = month_named(month), compare(desk, month)
    return tuple(desk.read_for_paper(lambda session: sources(session, desk, named, counted)))


@action
def bureau_values(desk: Desk, id: str, month: str) -> tuple[Filled, ...]:
    """What every mapped cell of a form gets for a month."""
    named, counted = month_named(month), compare(desk, month)

    def work(session: Reading) -> tuple[Filled, ...]:
        known = {one.name: one for one in sources(session, desk, named, counted)}
        return tuple(_filled(cell, known) for cell in _named(_forms(session), id).cells)

    return desk.read_for_paper(work)


@action
def save_bureau_form(desk: Desk, id: str, month: str, path: Path) -> int:
    """Fill a form in and write it; how many cells were filled. AppError, and nothing written, when a cell is
    not there any more or cannot take its value.

    What is written is plain: no passphrase protects it any longer.
    """
    named, counted = month_named(month), compare(desk, month)

    def work(session: Reading) -> tuple[Form, bytes, dict[str, Source]]:
        known = {one.name: one for one in sources(session, desk, named, counted)}
        return *_with_data(session, id), known

    form, data, known = desk.read_for_paper(work)
    if not form.cells:
        raise AppError("这份表样还没有对应，没有生成。", "请先点要填的格，选填什么。")
    _, sheets = forms.shown(data)
    lost = carried(form.cells, sheets)[1]
    if lost:
        raise AppError(f"表样里找不到“{lost[0].label[:10]}”，没有生成。", "请重新点选这一格，或清除它。")
    given = [told(form.sort, _filled(cell, known)) for cell in form.cells]
    files.write_atomic(path, forms.filled(data, given))
    return len(given)


def suggestion(cell: Cell, beside: tuple[Words, Words], known: Sequence[Source]) -> Source | None:
    """What the labels beside a cell speak of; None when they speak of nothing there is."""
    if cell.sort == "formula":
        return None
    return usual(suggested(cell.text, *beside), {one.name: one for one in known})


def proposed(sheets: Sequence[Sheet], known: Sequence[Source]) -> tuple[Mapped, ...]:
    """Every empty cell whose labels say what goes there."""
    by_name = {one.name: one for one in known}
    return tuple(
        mapped(sheet, cell.ref, source, after)
        for sheet in sheets
        if not sheet.hidden
        for cell, name, after in proposals(sheet)
        if (source := usual(name, by_name)) is not None
    )


def mapped(sheet: Sheet, ref: str, source: Source, after: bool) -> Mapped:
    """A cell of a sheet with what goes into it. AppError for one that a formula works out."""
    cell = sheet.at(ref)
    if cell is None:
        raise AppError(*GONE)
    if cell.sort == "formula":
        raise AppError("这一格由公式计算，不用填。", "请选别的格。")
    left, above = labels(sheet, cell)
    return Mapped(sheet.name, ref, left, above, source.name, source.words, after)


def _filled(cell: Mapped, known: dict[str, Source]) -> Filled:
    value = value_of(cell.source, cell.words, known)
    return Filled(cell, value or Source(cell.source, cell.words, ""))


def told(sort: str, one: Filled) -> forms.Value:
    """A value as the child is told it; a workbook reads escapes in its texts, which a document does not."""
    cell, value = one.cell, one.value
    text = tidy(value.text).encode("utf-8", "ignore").decode().replace("\ufffe", "").replace("\uffff", "")
    shown = escaped(text) if sort == "xlsx" else text
    return forms.Value(cell.sheet, cell.ref, shown, value.number, value.day, cell.after)


def _forms(session: Reading) -> list[Form]:
    kept = settings.get(session, FORMS, [])
    return [_read(one) for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []


def _read(kept: dict[str, Any]) -> Form:
    cells = (
        Mapped(**{**one, "left": tuple(one["left"]), "above": tuple(one["above"])}) for one in kept["cells"]
    )
    return Form(**{**kept, "cells": tuple(cells)})


def _keep(session: Writing, kept: Sequence[Form]) -> None:
    settings.put(session, FORMS, [asdict(one) for one in kept])


def _named(known: Sequence[Form], id: str) -> Form:
    found = next((one for one in known if one.id == id), None)
    if found is None:
        raise AppError(*GONE)
    return found


def _with_data(session: Reading, id: str) -> tuple[Form, bytes]:
    form = _named(_forms(session), id)
    return form, blobs.get(session, form.sha256)

"""Sheets in no case file made ready to be signed: as they were printed before, or anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_names import refs
from sgz_desktop.actions.signing import ToSign, next_number, print_of
from sgz_desktop.actions.signing_sorts import signs_of, sort_of_number
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record, row_fields
from sgz_desktop.domain.signing import Signs, base_of
from sgz_desktop.reports.values import Brief, Handouts, Sheet
from sgz_desktop.store import papers, read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
Make = Callable[[], Handouts | Brief]
"""Reads what is printed"""
Named = Iterable[tuple[str, str]]
"""Kinds and ids of records"""


@dataclass(frozen=True)
class _Prints:
    """A sheet's prints: the number and bytes of the last one where nothing of its record was altered since,
    the number of the next, and who signs it; None when it is no paper that waits for that."""

    number: str
    kept: bytes
    fresh: str
    signs: Signs | None


@action
def sheets_to_sign(
    desk: Desk,
    id: str,
    kind: str,
    make: Make,
    progress: Progress | None = None,
    told: Named = (),
) -> list[ToSign]:
    """The sheets that `make` reads of a record, each to be printed and signed under its number; one that
    nobody signs is handed out as it is. `told`: further records that stand on them."""
    upto = desk.read(papers.last_edit)
    made = make()
    named = [(kind, id), *told]
    sources = tuple(desk.read(lambda session: [*sources_of(session, _records(session, named))]))
    form = ToSign("", kind, id, "", b"", upto, sources)
    return [_ready(desk, made, sheet, form, progress) for sheet in _sheets(made)]


def _sheets(made: Handouts | Brief) -> Sequence[Sheet | Brief]:
    return made.sheets if isinstance(made, Handouts) else (made,)


def _ready(
    desk: Desk, made: Handouts | Brief, sheet: Sheet | Brief, form: ToSign, progress: Progress | None
) -> ToSign:
    """One of them. What tells of many records is the same paper while it says the same."""
    from sgz_desktop.reports import brief, handouts

    form = replace(form, title=sheet.title)
    known = desk.read(lambda session: _prints(session, sheet, form))

    def built(number: str) -> bytes:
        own = replace(sheet, number=number)
        if isinstance(own, Brief):
            return brief.build(own, progress)
        assert isinstance(made, Handouts)
        return handouts.build(replace(made, title=own.title, sheets=(own,)), progress)

    if known.signs is None:
        return replace(form, number=sheet.number, data=built(sheet.number), again=True)
    if known.kept and (not known.signs.gathered or built(known.number) == known.kept):
        return replace(form, number=known.number, data=known.kept, again=True)
    return replace(form, number=known.fresh, data=built(known.fresh))


def _prints(session: Reading, sheet: Sheet | Brief, form: ToSign) -> _Prints:
    sort, base = sort_of_number(sheet.number, form.kind), base_of(sheet.number)
    if not sort:
        return _Prints("", b"", "", None)
    signs, draft = signs_of(sort), Draft(sort, form.id, sheet.title, "INTERNAL", (), kind=form.kind)
    number, last = print_of(session, draft, base, signs)
    kept = papers.data(session, number) if last else b""
    return _Prints(number, kept, next_number(session, form.kind, form.id, base), signs)


def _records(session: Reading, named: Named) -> list[Record]:
    """The records that are here, a query for each kind."""
    ids: dict[str, dict[str, None]] = {}
    for kind, id in named:
        if kind in BY_KIND and id:
            ids.setdefault(kind, {})[id] = None
    return [one for kind, some in ids.items() for one in read.of_parent(session, BY_KIND[kind], "id", *some)]


def sources_of(session: Reading, records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Records, their rows, and whom they name: what is erased of them must not stand on a kept paper."""
    found = list(records)
    for record in found:  # it grows: rows have rows of their own
        for rows in row_fields(type(record)).values():
            found += read.of_parent(session, rows.kind, rows.parent, str(record.id))
    yield from ((one.KIND, str(one.id)) for one in found)
    yield from ((kind, id) for kind, ids in refs(found).items() for id in ids if kind in BY_KIND)


def in_one(made: Sequence[ToSign]) -> bytes:
    """Papers one after another in one PDF."""
    from sgz_desktop.reports.joined import joined

    return joined([(f"{one.title}　{one.number}", one.data) for one in made])

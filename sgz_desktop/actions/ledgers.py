"""台账: the ledgers a station keeps, filled in from its records, as Excel, CSV or PDF.

A ledger lies about and is handed in: nothing kept from a guardian is in one, whoever makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import HEAD, action, allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import rules
from sgz_desktop.domain import days
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.ledger import Cell, Head, Ledger, Sheet, Sort, filled, head_of, is_numbered, kind_at
from sgz_desktop.domain.ledgers import BY_NAME, LEDGERS
from sgz_desktop.domain.round_order import place_key, village_key
from sgz_desktop.errors import AppError
from sgz_desktop.store import ledger_rows, settings
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
FORMS = {"xlsx": "Excel工作簿", "csv": "CSV（UTF-8）", "csv-gb": "CSV（GB18030）"}
HEADS_ONLY = "这份台账只有站长能做，资料没有改动。"
NO_SUCH = "没有这份台账，请重新选择。"
NO_PERIOD = "台账的起止日期不对，请重新选择。"
PLACE = Head("序号", 13, Sort.NUMBER, fixed=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ledger: its name, the first and last day where it is of a period, one village or all ("");
    telephone and identity numbers only with `numbers`."""

    ledger: str
    since: str = ""
    until: str = ""
    village: str = ""
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A ledger as it is chosen: is it of a period, of villages, and are there numbers to ask for?"""

    name: str
    title: str
    by_period: bool
    by_village: bool
    has_numbers: bool


def ledgers_for(actor: Actor) -> tuple[LedgerLine, ...]:
    """The ledgers a worker may make, in their order."""
    return tuple(
        LedgerLine(
            one.name,
            one.title,
            one.by_period,
            bool(one.village),
            any(is_numbered(one, column) for column in one.columns),
        )
        for one in LEDGERS
        if allowed(actor, "print_ledger") and _may(actor, one)
    )


@action
def count_ledger(desk: Desk, wanted: Wanted) -> int:
    """How many rows a ledger has. AppError as `ledger_sheet`."""
    return len(_read(desk, wanted)[1])


@action
def ledger_sheet(desk: Desk, wanted: Wanted) -> Sheet:
    """A ledger filled in. AppError when there is none of the name, or it is not for this worker."""
    return _sheet(desk, wanted)


@action
def print_ledger(desk: Desk, wanted: Wanted, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.ledger import build

    return build(_sheet(desk, wanted), progress)


@action
def unprintable_ledger(desk: Desk, wanted: Wanted) -> list[str]:
    """Characters of a ledger that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_sheet(desk, wanted))


@action
def export_ledger(desk: Desk, wanted: Wanted, path: Path, form: str) -> int:
    """Write a ledger in one of `FORMS`; how many rows it has. AppError when it cannot be written.

    What is written is plain text: no passphrase protects it any longer.
    """
    from sgz_desktop.exports import ledger_csv, ledger_xlsx

    sheet = _sheet(desk, wanted)
    if form == "xlsx":
        files.write_atomic(path, ledger_xlsx.written(sheet))
    else:
        files.write_atomic(path, ledger_csv.written(sheet, "gb18030" if form == "csv-gb" else "utf-8"))
    return len(sheet.rows)


def _may(actor: Actor, ledger: Ledger) -> bool:
    return not ledger.heads_only or HEAD in actor.roles


def _read(desk: Desk, wanted: Wanted) -> tuple[Ledger, list[tuple[Cell, ...]], str, str]:
    """The ledger wanted, its rows, and the days it is of."""
    ledger = BY_NAME.get(wanted.ledger)
    if ledger is None or not _may(desk.actor, ledger):
        raise AppError(HEADS_ONLY if ledger else NO_SUCH)
    today = desk.today()
    since, until = (wanted.since, min(wanted.until, today)) if ledger.by_period else ("", today)
    if ledger.by_period and not (days.is_whole(since) and days.is_whole(until) and since <= until):
        raise AppError(NO_PERIOD)
    return (
        ledger,
        desk.read_for_paper(lambda session: _rows(session, ledger, wanted, since, until)),
        since,
        until,
    )


def _sheet(desk: Desk, wanted: Wanted) -> Sheet:
    ledger, rows, since, until = _read(desk, wanted)
    if wanted.numbers and any(is_numbered(ledger, column) for column in ledger.columns):
        desk.note_access("reveal_phone", "", "done")
    return Sheet(
        title=ledger.title,
        station=desk.station,
        number=f"TZ-{ledger.code}-{until.replace('-', '')}",
        line=_line(ledger, wanted, since, until, len(rows), desk.today()),
        heads=(PLACE, *(head_of(ledger, column) for column in ledger.shown(wanted.numbers))),
        rows=tuple((place, *row) for place, row in enumerate(rows, start=1)),
        practice=desk.practice,
    )


def _line(ledger: Ledger, wanted: Wanted, since: str, until: str, count: int, today: str) -> str:
    """What stands under the title: period, count, what is not counted, order, day of print."""
    period = _period(since, until) if since else f"截至{days.show_day(until)}"
    parts = [period, *([wanted.village] if wanted.village and ledger.village else []), f"共{count:,}条"]
    return "　".join([*parts, ledger.left_out, ledger.order_words, f"{days.show_day(today)}打印"])


def _period(since: str, until: str) -> str:
    """A month, a year, or from day to day."""
    if since[:7] == until[:7] and since == days.earliest(since[:7]) and until == days.latest(since[:7]):
        return days.show_day(since[:7])
    if since[:4] == until[:4] and since == days.earliest(since[:4]) and until == days.latest(since[:4]):
        return days.show_day(since[:4])
    return f"{days.show_day(since)}至{days.show_day(until)}"


def _rows(session: Reading, ledger: Ledger, wanted: Wanted, since: str, until: str) -> list[tuple[Cell, ...]]:
    """The rows of all sources, in the ledger's order."""
    columns, years = ledger.shown(wanted.numbers), rules(session).retention_years
    village_order = settings.get(session, "village_order", []) or []
    found: list[tuple[list[tuple[object, ...]], tuple[Cell, ...]]] = []
    for source in ledger.sources:
        sorts = len(ledger.order)
        paths = [*ledger.order, *(path for column in columns for path in column.paths)]
        kinds = [kind_at(source.kind, path) for path in paths[sorts:]]
        village = (ledger.village, wanted.village)
        for values in ledger_rows.rows(session, source, paths, since, until, village):
            pairs = zip(ledger.order, values[:sorts], strict=True)
            key = [_place(path, value, village_order) for path, value in pairs]
            given, cells, at = values[sorts:], list[Cell](), 0
            for column in columns:
                end = at + len(column.paths)
                cells.append(filled(kinds[at:end], given[at:end], column, until, years))
                at = end
            found.append((key, tuple(cells)))
    found.sort(key=lambda one: one[0])
    return [cells for _, cells in found]


def _place(path: str, value: object, village_order: Sequence[str]) -> tuple[object, ...]:
    """What a row is sorted by: villages and groups as somebody walks them, all else as it is written."""
    text, name = str(value or ""), path.rpartition(".")[2]
    if name == "village":
        return value is None, village_key(text, village_order)
    return (value is None, place_key(text), text) if name == "village_group" else (value is None, text)

"""T19, tables: no text of ours becomes a formula in Excel or WPS, and every text comes out as it went in.

Each character that begins a formula stands first in every text column of every kind, as a peer may have sent
it; hostile texts stand in two of them. The workbook and the CSV files a store exports are read back without
their writers. With an escape off the same check goes red.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import ledgers
from sgz_desktop.actions.allowed import ADMIN, HEAD
from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.actions.records_tables import export_tables
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.fields import DayKind, RefKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.registry import ref_kinds
from sgz_desktop.exports import csv_lines, ledger_xlsx, tables, xlsx
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from tests.exports import reading
from tests.proofs.conftest import Tally
from tests.proofs.hostile import FORMULA_LEADS, hostile
from tests.proofs.sizes import SEED, size

Written = list[tables.Entry]
TEXTS = size(300, 3_000)
COLUMNS = {
    table: [column.name for column in table.columns[1:-1] if column.kind.wire is str]
    for table in tables.tables()
    if table is not tables.UNKNOWN
}


@pytest.fixture
def desk(store: Store) -> Desk:
    ids = (f"01970000-0000-7000-8000-{n:012x}" for n in range(10**6))
    roles = frozenset({HEAD, ADMIN})
    return Desk(store, Actor("worker-1", roles), "试验甲", Device("device-1", 1, "A"), lambda: next(ids))


def put(desk: Desk, records: Written) -> None:
    """Write records as a peer sends them: past the gate, whatever they hold."""
    writes = [Write(kind, id, dict(values)) for kind, id, values in records]  # type: ignore[arg-type]
    for start in range(0, len(writes), 100):
        desk.write(
            lambda session, at=start: desk.doing("save_form").record(session, "", writes[at : at + 100])
        )


def leading() -> Iterator[tables.Entry]:
    """A record for each kind and each character a formula begins with, in all its text columns."""
    for table, names in COLUMNS.items():
        for n, lead in enumerate(FORMULA_LEADS):
            yield table.name, f"lead-{n:02}", {name: f"{lead}1+{place}" for place, name in enumerate(names)}


def hostile_notes() -> Iterator[tables.Entry]:
    """One person for each hostile text."""
    for n, text in enumerate(hostile(TEXTS, SEED)):
        yield "person", f"text-{n:05}", {"name": text[:200], "note": text}


def as_workbook(desk: Desk, folder: Path) -> bytes:
    export_tables(desk, folder / "out.xlsx", "xlsx")
    return (folder / "out.xlsx").read_bytes()


def as_csv(desk: Desk, folder: Path) -> dict[str, bytes]:
    export_tables(desk, folder / "out", "csv")
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def differing(found: Written, wanted: Written) -> list[tuple[str, str]]:
    """Which records did not come out as they went in."""
    came = {entry[:2]: entry[2] for entry in found}
    gone = [entry[:2] for entry in wanted if came.pop(entry[:2], None) != entry[2]]
    return gone + list(came)


def test_every_text_column_of_every_kind(desk: Desk, tmp_path: Path, tally: Tally) -> None:
    records = sorted([*leading(), *hostile_notes()])
    put(desk, records)
    book, files = as_workbook(desk, tmp_path), as_csv(desk, tmp_path)
    active = reading.active_in_workbook(book) + [
        hit for data in files.values() for hit in reading.active_in_csv(data)
    ]
    differ = differing(reading.workbook_records(book), records) + differing(
        reading.csv_records(files), records
    )
    columns = sum(map(len, COLUMNS.values()))
    assert (active, differ) == ([], [])
    assert columns > 350
    assert len(COLUMNS) == len(files) - 1 == 79
    tally(
        "exports: tables",
        seed=SEED,
        kinds=len(COLUMNS),
        columns=columns,
        leads=len(FORMULA_LEADS),
        formats=2,
        cells=columns * len(FORMULA_LEADS) * 2,
        strings=TEXTS,
        mismatches=len(differ),
        active=len(active),
    )


def small(desk: Desk) -> Written:
    records = sorted(entry for entry in leading() if entry[0] == "person")
    records.append(("person", "text", {"note": "甲\0乙\r_x0041_", "contact_name": "字" * 40_000}))
    put(desk, records)
    return records


def without_guard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(csv_lines, "guarded", lambda text: text)


def test_control_csv_without_its_guard_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(desk)
    assert reading.active_in_csv(as_csv(desk, tmp_path)["服务对象.csv"]) == []
    (tmp_path / "out").rename(tmp_path / "safe")
    without_guard(monkeypatch)
    found = reading.active_in_csv(as_csv(desk, tmp_path)["服务对象.csv"])
    assert len(found) > len(FORMULA_LEADS)


def test_control_csv_read_without_taking_the_guard_away_differs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = small(desk)
    files = as_csv(desk, tmp_path)
    assert differing(reading.csv_records(files), records) == []
    monkeypatch.setattr(csv_lines, "unguarded", lambda text: text)
    assert len(differing(reading.csv_records(files), records)) >= len(FORMULA_LEADS) - 2


def typed(place: str, cell: Any, style: int) -> str:
    """A cell as a writer that guesses types makes it: openpyxl, for one."""
    text = xlsx.escape(xlsx.escaped(str(cell)))
    if str(cell).startswith("="):
        return f'<c r="{place}"><f>{text[1:]}</f></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def test_control_a_workbook_that_guesses_types_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(desk)
    assert reading.active_in_workbook(as_workbook(desk, tmp_path)) == []
    monkeypatch.setattr(xlsx, "_cell", typed)
    found = reading.active_in_workbook(as_workbook(desk, tmp_path))
    assert any("<f>" in hit for hit in found)
    assert sum(": f" in hit for hit in found) > 10


def test_control_a_workbook_without_escapes_loses_text(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, [("person", "text", {"note": "甲\r乙_x0041_"})])
    monkeypatch.setattr(xlsx, "escaped", lambda text: text)
    found = reading.workbook_records(as_workbook(desk, tmp_path))
    assert differing(found, [("person", "text", {"note": "甲\r乙_x0041_"})]) == [("person", "text")]


# Ledgers


def as_ledgers(desk: Desk, folder: Path) -> tuple[list[bytes], list[bytes]]:
    """Every ledger with all its columns, of all time: workbooks, and CSV files in both encodings as UTF-8."""
    books, files = [], []
    for line in ledgers.ledgers_for(desk.actor):
        wanted = ledgers.Wanted(line.name, "1900-01-01", desk.today(), numbers=True)
        for form in ledgers.FORMS:
            path = folder / f"{line.name}.{form}"
            ledgers.export_ledger(desk, wanted, path, form)
            data = path.read_bytes()
            if form == "xlsx":
                books.append(data)
            else:
                files.append(data.decode("gb18030").encode() if form == "csv-gb" else data)
    return books, files


def dated(entries: Written) -> Written:
    """The records as a ledger finds them: of a day, on file, and belonging to one another."""
    found = []
    for kind, id, values in entries:
        record = BY_KIND[kind]
        more: dict[str, Any] = {}
        for name, question in questions(record).items():
            if isinstance(question.kind, DayKind):
                more[name] = None if name in GONE else "2026-06-15"
            elif isinstance(question.kind, RefKind):
                parts = ref_kinds(question.kind)
                more[name] = id if len(parts) == 1 and parts[0] != kind else None
        found.append((kind, id, {**values, **more}))
    return found


GONE = {"died_on", "moved_on", "closed_on", "to_day"}


def test_no_text_of_a_ledger_acts(desk: Desk, tmp_path: Path, tally: Tally) -> None:
    put(desk, dated(list(leading())))
    books, files = as_ledgers(desk, tmp_path)
    active = [hit for book in books for hit in reading.active_in_ledger(book)]
    active += [hit for data in files for hit in reading.active_in_csv(data)]
    assert active == []
    texts = sum(book_cell.sort == "inlineStr" for book in books for row in rows_of(book) for book_cell in row)
    assert texts > 1_500
    tally("exports: ledgers", ledgers=len(books), forms=3, cells=texts, active=len(active))


def rows_of(book: bytes) -> list[list[reading.XlsxCell]]:
    ((_, rows),) = reading.sheets(book).items()
    return rows[3:]


def test_control_a_ledger_that_guesses_types_or_guards_nothing_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, dated([entry for entry in leading() if entry[0] in ("person", "household")]))
    monkeypatch.setattr(ledger_xlsx, "_text", typed)
    without_guard(monkeypatch)
    books, files = as_ledgers(desk, tmp_path)
    assert any("<f>" in hit for book in books for hit in reading.active_in_ledger(book))
    assert sum(len(reading.active_in_csv(data)) for data in files) > len(FORMULA_LEADS)

"""Is everything here what it was? Pages, log, state, search, attachments, access log, the heads kept outside.

Nothing is changed. Each kind of damage is one Chinese sentence with how much and where it begins; `ADVICE`
is the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from sgz_desktop.domain.graver import shown_of
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, attached, blobs, log, missing, state
from sgz_desktop.store.check_log import Findings, check_edits, check_tables
from sgz_desktop.store.check_search import check_search
from sgz_desktop.store.missing import StateHead
from sgz_desktop.store.schema import GREATEST, STANDING
from sgz_desktop.store.session import Reading

ADVICE = "请先停用这份资料，从最近一份好的备份恢复，再导入之后的U盘文件；不要删除现在的文件夹。"
Progress = Callable[[int, int, str], None]


@dataclass
class Report:
    """`problems` are sentences; `figures` hold digest, history, edits, open_conflicts, changes, records, gaps
    (edits of other computers that have not come yet), blobs, wanted (attachments that have not), orphans,
    access_lines."""

    problems: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)


def check(
    session: Reading, blob_folder: Path, state_head: StateHead | None, progress: Progress | None = None
) -> Report:
    """Check all there is. `state_head` is None where the state folder knows nothing of this store.

    `progress` may raise Cancelled. Damage never raises; it is told.
    """
    say = progress or (lambda done, total, text: None)
    report = Report()
    parts: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("正在检查文件", lambda: _pages(session)),
        ("正在检查修改记录", lambda: _log(session, state_head, report, say)),
        ("正在检查各项资料", lambda: _state(session)),
        ("正在检查查找目录", lambda: check_search(session, lambda n: say(n, 0, "正在检查查找目录"))),
        ("正在检查查阅记录", lambda: _access(session, report)),
        ("正在检查附件", lambda: _blobs(session, blob_folder, report, say)),
        ("正在核对本机记录", lambda: _heads(session, state_head)),
    )
    for place, (text, part) in enumerate(parts):
        say(place, len(parts), text)
        try:
            report.problems.extend(part())
        except (AppError, driver.Error, ValueError, TypeError):  # damage can put anything anywhere
            report.problems.append(f"{text}时读不下去，资料文件已损坏。")
    return report


# FTS5 notices at a query, not at quick_check, that another connection has merged its segments; it would look
# for the older ones, find none and call the index damaged.
LOOK_AFRESH = "SELECT rowid FROM search_text LIMIT 1"


def _pages(session: Reading) -> Iterator[str]:
    run = session.connection.execute
    if damaged := run("PRAGMA cipher_integrity_check").fetchall():
        yield f"资料文件有{len(damaged)}页已损坏或被改动。"
    run(LOOK_AFRESH).fetchone()
    verdict = [row[0] for row in run("PRAGMA integrity_check(100)")]  # the quick one passes over indexes
    if verdict != ["ok"]:
        yield f"资料文件的结构有{len(verdict)}处错误。"


def _log(session: Reading, head: StateHead | None, report: Report, say: Progress) -> Iterator[str]:
    figures = log.counts(session)
    total, found = figures["edits"], Findings()
    more = check_edits(
        session, head.device if head else "", found, lambda n: say(n, total, "正在检查修改记录")
    )
    yield from found.sentences()
    yield from check_tables(session, more)
    run = session.connection.execute
    more["records"] = run("SELECT count(*) FROM entity").fetchone()[0]
    report.figures |= {"digest": log.digest(session), "history": log.history_digest(session)} | figures | more


KINDS = "SELECT DISTINCT kind FROM entity"
ENTITIES = "SELECT rid, id, station FROM entity WHERE kind = ? ORDER BY rid"
HEADS = f"""SELECT h.rid, f.cell, c.value FROM {STANDING} JOIN entity n ON n.rid = h.rid
 JOIN cell_name f ON f.fid = h.fid WHERE n.kind = ? ORDER BY h.rid, h.fid, {GREATEST}"""


def _state(session: Reading) -> Iterator[str]:
    """The record tables against what the heads say. Most kinds have no record, and no heads to look for."""
    run = session.connection.execute
    told = {row[0] for row in run(KINDS)}
    for kind in RECORDS:
        rows = run(f"SELECT * FROM r_{kind.KIND} ORDER BY rid")
        columns = [column[0] for column in rows.description]
        expected = _expected(session, kind.KIND) if kind.KIND in told else ()
        if wrong := _unlike(rows, (tuple(row.get(name) for name in columns) for row in expected)):
            yield f"“{kind.TITLE}”有{wrong}条与修改记录不符。"


def _unlike(rows: Iterable[tuple[Any, ...]], wanted: Iterable[tuple[Any, ...]]) -> int:
    """How many rows are wrong, missing or too many; both come in the order of their numbers."""
    there, wrong = iter(rows), 0
    row = next(there, None)
    for want in wanted:
        while row and row[0] < want[0]:
            wrong, row = wrong + 1, next(there, None)
        if row and row[0] == want[0]:
            wrong, row = wrong + (row != want), next(there, None)
        else:
            wrong += 1
    return wrong + (row is not None) + sum(1 for _ in there)


def _expected(session: Reading, kind: str) -> Iterator[dict[str, Any]]:
    """The rows a record table must hold, by column; columns left out are empty."""
    heads = groupby(session.connection.execute(HEADS, (kind,)), key=lambda row: row[0])
    following = next(heads, None)
    for rid, id, station in session.connection.execute(ENTITIES, (kind,)):
        row: dict[str, Any] = {"rid": rid, "id": id, "station": station}
        if following and following[0] == rid:
            for cell, lines in groupby(following[1], key=lambda line: line[1]):
                texts = [bytes(line[2]) for line in lines if line[2] is not None]
                row.update(state.columns(kind, cell, shown_of(kind, cell, texts)))
            following = next(heads, None)
        yield row


def _access(session: Reading, report: Report) -> Iterator[str]:
    report.figures["access_lines"] = access.count(session)
    if place := access.broken_at(session):
        yield f"查阅记录从第{place}条起被改动或缺失。"


def _blobs(session: Reading, folder: Path, report: Report, say: Progress) -> Iterator[str]:
    rows = session.connection.execute("SELECT sha256, file, identity FROM blob ORDER BY file").fetchall()
    missing = broken = 0
    for place, (digest, name, identity) in enumerate(rows):
        say(place, len(rows), "正在检查附件")
        if not (folder / name).is_file():
            missing += 1
            continue
        try:
            blobs.opened(folder / name, identity, digest)
        except AppError:
            broken += 1
    named = {row[1] for row in rows}
    here = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    report.figures |= {"blobs": len(rows), "wanted": attached.count_wanted(session)}
    report.figures |= {"orphans": len(here - named)}
    if missing:
        yield f"有{missing}个附件的文件不见了。"
    if broken:
        yield f"有{broken}个附件的文件已损坏。"


def _heads(session: Reading, head: StateHead | None) -> Iterator[str]:
    """What this computer remembers against what is here, and what it found missing before and still is."""
    for known in filter(None, [head, *missing.remembered(session)]):
        yield from _edits_missing(session, known)
        yield from _lines_missing(session, known)
    if ms := missing.altered_ms(session):
        yield f"资料文件在关闭期间被改动过（{datetime.fromtimestamp(ms / 1000):%Y-%m-%d}发现）。"


def _edits_missing(session: Reading, known: StateHead) -> Iterator[str]:
    """The store may be further on, never behind."""
    found = log.hash_at(session, known.device, known.seq) if known.seq else known.hash
    if found is None:
        last = log.top(session, known.device)
        fewer = known.seq - (last[0].seq if last else 0)
        yield f"资料比本机上次见到的旧，少了{fewer}笔修改，像是从旧文件放回的。"
    elif found != known.hash:
        yield "资料与本机上次见到的不是同一份，像是另一份副本。"


def _lines_missing(session: Reading, known: StateHead) -> Iterator[str]:
    if known.lines and access.hash_at(session, known.lines) != known.line_hash:
        yield f"查阅记录不到本机上次见到的第{known.lines}条，后面的被删去或换过。"

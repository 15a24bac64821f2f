"""Is the log whole? Every header, link, commitment, base and head, worked out from the bytes received."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sgz_desktop.domain.edits import NO_HASH, BadEdit, Edit, read_edit
from sgz_desktop.domain.who_counts import limits
from sgz_desktop.store import enrolment
from sgz_desktop.store.schema import CHANGE_BITS, changes_of
from sgz_desktop.store.session import Reading

EVERY = 500  # edits between two words of progress
MASK = (1 << 128) - 1
_TORN = (BadEdit, ValueError, KeyError, TypeError, AttributeError, IndexError)

HEADER = "有{n}笔修改的原文被改动（{place}起）。"
VALUE = "有{n}笔修改的内容与当时不符（{place}起）。"
ROWS = "有{n}笔修改的登记与原文不符（{place}起）。"
LINK = "修改记录的先后链条有{n}处断开（{place}起）。"
LOST = "本机的修改记录缺了{n}笔（{place}起）。"
WIPED = "本机写下的内容有{n}处不见了（{place}起），没有清除记录。"
ERASED = "应当清除的内容还有{n}处没有清除（{place}起）。"
CLAIM = "有{n}条记录的所属社工站登记有误（{place}起）。"
TOPS = "各电脑修改进度的登记有{n}处不对（{place}起）。"


@dataclass
class Findings:
    """What is wrong, counted by sentence; the place is where it was met first."""

    counted: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, sentence: str, place: str = "", count: int = 1) -> None:
        self.counted[sentence] = self.counted.get(sentence, 0) + count
        self.first.setdefault(sentence, place)

    def sentences(self) -> list[str]:
        return [text.format(n=count, place=self.first[text]) for text, count in self.counted.items()]


@dataclass(slots=True)
class _Row:
    """One line of the change table, with the names its numbers stand for."""

    rid: int
    fid: int
    salt: bytes | None
    value: bytes | None
    kind: str
    record: str
    cell: str
    station: str
    claim: tuple[int, int, int]
    erased: bool


EDITS = """SELECT e.eid, r.did, r.device, e.epoch, e.seq, e.clock, e.at_ms, a.worker, e.action,
 e.why_salt, e.why, e.hash, e.header, EXISTS(SELECT 1 FROM erased x WHERE x.device = r.device
  AND x.seq = e.seq AND x.kind = 'edit' AND x.record = '' AND x.cell = 'why')
FROM edit e LEFT JOIN replica r ON r.did = e.did LEFT JOIN author a ON a.wid = e.wid ORDER BY e.did, e.seq"""
CHANGES = f"""SELECT c.rid, c.fid, c.salt, c.value, n.kind, n.id, f.cell, n.station,
 n.claim_clock, n.claim_did, n.claim_seq, EXISTS(SELECT 1 FROM erased x
  WHERE x.device = ? AND x.seq = ? AND x.kind = n.kind AND x.record = n.id AND x.cell = f.cell)
FROM change c LEFT JOIN entity n ON n.rid = c.rid LEFT JOIN cell_name f ON f.fid = c.fid
WHERE c.cid {changes_of("?")} ORDER BY c.cid"""


def check_edits(session: Reading, device: str, found: Findings, say: Callable[[int], None]) -> dict[str, int]:
    """Every edit by itself, then its device's chain. `device` is this computer's. Returns figures."""
    run = session.connection.execute
    tops = {did: (seq, digest) for did, seq, digest in run("SELECT did, top_seq, top_hash FROM replica")}
    dids = dict(run("SELECT device, did FROM replica").fetchall())
    figures = {"changes": 0, "gaps": 0, "_bases": 0, "_claims": 0, "_torn": 0}
    count = 0
    for (did, name), lines in groupby(run(EDITS), key=lambda line: (line[1], line[2])):
        chain = _Chain(name or "", name == device, found)
        for line in lines:
            rows = [_row(row) for row in run(CHANGES, (line[2], line[4], line[0], line[0]))]
            figures["changes"] += len(rows)
            edit = _check_edit(line, rows, chain, found)
            if edit:
                figures["_bases"] = (figures["_bases"] + _bases(edit, rows, did, dids)) & MASK
                figures["_claims"] += _check_claims(edit, rows, did, chain, found)
            else:
                figures["_torn"] += 1
            chain.follow(line[4], edit.prev if edit else None, line[11])
            count += 1
            if count % EVERY == 0:
                say(count)
        figures["gaps"] += chain.gaps
        seq, digest = tops.pop(did, (0, None))
        if (seq, digest or NO_HASH) != chain.top:
            found.add(TOPS, chain.place(chain.top[0]))
    for seq, _ in tops.values():
        if seq:
            found.add(TOPS, "缺少的电脑")
    return figures


def _row(row: Any) -> _Row:
    rid, fid, salt, value, kind, record, cell, station, clock, did, seq, erased = row
    return _Row(rid, fid, salt, value, kind, record, cell, station, (clock, did, seq), bool(erased))


class _Chain:
    """One device's edits, met in order."""

    def __init__(self, device: str, own: bool, found: Findings) -> None:
        self.own, self.gaps = own, 0
        self.top = (0, NO_HASH)
        self._name = "本机" if own else f"电脑{device[:8]}"
        self._found = found
        self._last = (0, NO_HASH)
        self._whole = True

    def place(self, seq: int) -> str:
        return f"{self._name}第{seq}笔"

    def follow(self, seq: int, prev: bytes | None, digest: bytes) -> None:
        missing = seq - self._last[0] - 1
        if missing:
            self.gaps += missing
            self._whole = False
            if self.own:
                self._found.add(LOST, self.place(self._last[0] + 1), missing)
        elif prev is not None and prev != self._last[1]:
            self._whole = False
            self._found.add(LINK, self.place(seq))
        self._last = (seq, digest)
        if self._whole:
            self.top = self._last


def _check_edit(line: Any, rows: list[_Row], chain: _Chain, found: Findings) -> Edit | None:
    """The edit as its header says it, or None when it cannot be read."""
    _, _, device, epoch, seq, clock, at_ms, worker, action, why_salt, why, digest, header, why_erased = line
    place = chain.place(seq)
    if not isinstance(header, bytes) or hashlib.sha256(header).digest() != digest:
        found.add(HEADER, place)
        return None
    try:
        bare = read_edit(header, None, [None] * len(rows))
    except _TORN:
        found.add(ROWS, place)
        return None
    try:
        read_edit(header, _pair(why_salt, why), [_pair(row.salt, row.value) for row in rows])
    except _TORN:
        found.add(VALUE, place)
    columns = (device, epoch, seq, clock, at_ms, worker, action)
    told = (bare.device, bare.epoch, bare.seq, bare.clock, bare.at_ms, bare.who, bare.action)
    named = [(row.kind, row.record, row.cell) for row in rows]
    if columns != told or named != [(c.kind, c.record, c.cell) for c in bare.changes]:
        found.add(ROWS, place)
        return None
    present = [(row.value is not None, row.erased) for row in rows] + [(why is not None, bool(why_erased))]
    for here, erased in present:
        if here and erased:
            found.add(ERASED, place)
        elif chain.own and not here and not erased:
            found.add(WIPED, place)
    return bare


def _pair(salt: bytes | None, text: bytes | None) -> list[str] | None:
    if salt is None and text is None:
        return None
    return [bytes(salt or b"").hex(), bytes(text or b"").decode()]


def _bases(edit: Edit, rows: list[_Row], did: int, dids: dict[str, int]) -> int:
    """The sum of the marks of every base line the edit must have, each line once."""
    lines = {
        (row.rid, row.fid, dids.get(base.device), base.seq, did, edit.seq)
        for row, change in zip(rows, edit.changes, strict=True)
        for base in change.bases
    }
    return sum(map(_mark, lines))


def _mark(line: Iterable[object]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(tuple(line)).encode(), digest_size=16).digest())


def _check_claims(edit: Edit, rows: list[_Row], did: int, chain: _Chain, found: Findings) -> int:
    """How many records name this edit as the one that says whose they are."""
    stations = {
        (change.kind, change.record): (change.station, row.claim)
        for row, change in zip(rows, edit.changes, strict=True)
    }
    mine = {
        key: station for key, (station, claim) in stations.items() if claim == (edit.clock, did, edit.seq)
    }
    standing = {(row.kind, row.record): row.station for row in rows}
    for key, station in mine.items():
        if standing[key] != station:
            found.add(CLAIM, chain.place(edit.seq))
    if any(claim[0] < edit.clock for _, claim in stations.values()):
        found.add(CLAIM, chain.place(edit.seq))
    return len(mine)


HEADS = """SELECT c.rid, c.fid, c.cid FROM change c JOIN edit e ON e.eid = c.eid
 WHERE NOT EXISTS (SELECT 1 FROM base b
  WHERE b.rid = c.rid AND b.fid = c.fid AND b.did = e.did AND b.seq = e.seq)"""
EDITED = "SELECT rid, min(cid), max(cid) FROM change GROUP BY eid, rid"
EDITED_TABLE = "SELECT rid, first, last FROM edited"
HEAD_TABLE = "SELECT rid, fid, cid FROM head"
CONFLICTS = """SELECT h.rid, h.fid FROM head h JOIN change c ON c.cid = h.cid WHERE c.value IS NOT NULL
 GROUP BY h.rid, h.fid HAVING count(DISTINCT c.value) > 1"""
CONFLICT_TABLE = "SELECT rid, fid FROM conflict"
BASES = """SELECT b.rid, b.fid, b.did, b.seq, e.did, e.seq FROM base b LEFT JOIN change c ON c.cid = b.cid
 LEFT JOIN edit e ON e.eid = c.eid"""


FORKED = """SELECT count(*) OVER (), r.device, f.seq FROM forked f JOIN replica r USING(did)
 LEFT JOIN device_limit l USING(device) WHERE l.last IS NULL OR f.seq <= l.last
 ORDER BY r.device, f.seq LIMIT 1"""


def check_tables(session: Reading, figures: dict[str, int]) -> Iterator[str]:
    """What was drawn from the log: bases, heads, conflicts and whose each record is."""
    run = session.connection.execute
    bases, claims, torn = (figures.pop(name) for name in ("_bases", "_claims", "_torn"))
    if not torn:  # else what follows from the unreadable edits cannot be known
        if sum(map(_mark, run(BASES))) & MASK != bases:
            yield "修改之间的依据关系被改动。"
        if run("SELECT count(*) FROM entity").fetchone()[0] != claims:
            yield "有记录的来历对不上修改记录。"
    if count := run(f"SELECT count(*) FROM change WHERE cid >> {CHANGE_BITS} IS NOT eid").fetchone()[0]:
        yield f"有{count}处内容的编号与所属的修改不符。"
    if count := _differences(session, EDITED, EDITED_TABLE):
        yield f"各条记录的修改目录有{count}处与修改记录不符。"
    if count := _differences(session, HEADS, HEAD_TABLE):
        yield f"各项当前值的登记有{count}处与修改记录不符。"
    if twice := run(FORKED).fetchone():
        count, device, seq = twice
        yield f"有{count}笔修改与同一编号的另一笔不同（电脑{device[:8]}第{seq}笔起），像是整机复制。"
    if count := _differences(session, CONFLICTS, CONFLICT_TABLE):
        yield f"待核对的登记有{count}处与修改记录不符。"
    founder = enrolment.founder(session)
    if enrolment.limits(session) != limits(enrolment.facts(session), founder):
        yield "停用电脑的登记与修改记录不符。"
    stray = "SELECT count(*) FROM change WHERE eid NOT IN (SELECT eid FROM edit)"
    if count := run(stray).fetchone()[0]:
        yield f"有{count}处内容不属于任何一笔修改。"


def _differences(session: Reading, wanted: str, there: str) -> int:
    query = "SELECT count(*) FROM (SELECT * FROM ({0}) EXCEPT SELECT * FROM ({1}))"
    run = session.connection.execute
    return int(
        run(query.format(wanted, there)).fetchone()[0] + run(query.format(there, wanted)).fetchone()[0]
    )

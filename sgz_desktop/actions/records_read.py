"""A file of records, read line by line and checked: what each line would write, or why it cannot be taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sgz_desktop.domain.edits import Value, canonical
from sgz_desktop.domain.fields import CodesKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import (
    BASE_CELLS,
    Record,
    Refused,
    Surface,
    cells,
    gate,
    parent_field,
    questions,
)
from sgz_desktop.errors import AppError
from sgz_desktop.exports.ndjson import (
    MAX_LINE,
    STORES,
    BadLine,
    Digest,
    Header,
    Line,
    read_header,
    read_line,
)
from sgz_desktop.store.session import Reading
from sgz_desktop.store.standing import Shown, shown
from sgz_desktop.store.write import Write

MAX_TOLD = 100
UNREADABLE = "读不出这个文件，没有导入任何资料；"
TWICE = "同一条资料在文件里出现了两次。"
OTHER = "已有这条资料，内容不同；要以文件为准请用 --merge。"


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with one line of the file, counted from 1."""

    line: int
    sentence: str


class ImportRefused(AppError):
    """Nothing was imported: `problems` holds the first of them, `count` how many there are."""

    def __init__(self, problems: list[LineProblem], count: int) -> None:
        first = problems[0]
        more = f"（共{count}处）" if count > 1 else ""
        super().__init__(
            f"文件第{first.line}行：{first.sentence}{more}没有导入任何资料。", "请改好文件再导入。"
        )
        self.problems = tuple(problems)
        self.count = count


class Complaints:
    """Collects what is wrong, and refuses the file when anything was."""

    def __init__(self) -> None:
        self.problems: list[LineProblem] = []
        self.count = 0

    def add(self, line: int, sentence: str) -> None:
        """Note one problem; beyond `MAX_TOLD` they are only counted."""
        self.count += 1
        if len(self.problems) < MAX_TOLD:
            self.problems.append(LineProblem(line, sentence))

    def settle(self) -> None:
        """Raise ImportRefused when there is anything to complain of."""
        if self.problems:
            raise ImportRefused(self.problems, self.count)


@dataclass(frozen=True)
class Survey:
    """What the first reading found. `exact` = untouched since a store wrote it; `sha256` of the bytes."""

    header: Header
    records: int
    exact: bool
    sha256: str


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines of a file. AppError when it cannot be read."""
    try:
        with open(path, "rb") as file:
            number = 0
            while raw := file.readline(MAX_LINE + 1):
                number += 1
                yield number, raw
    except OSError as fault:
        raise AppError(UNREADABLE, "请确认它还在原处。") from fault


def survey(path: Path, store: str) -> Survey:
    """Read the whole file once: its header, its shape, ids given twice. Raises AppError or ImportRefused."""
    bad, digest, bytes_read = Complaints(), Digest(), hashlib.sha256()
    header: Header | None = None
    known: set[tuple[str, str]] = set()
    for number, raw in raw_lines(path):
        bytes_read.update(raw)
        try:
            if header is None:
                header = read_header(raw)
                _fits(header, store)
            elif raw.strip():
                line = read_line(raw)
                if (line.kind, line.id) in known:
                    raise BadLine(TWICE)
                known.add((line.kind, line.id))
                digest.add(line.kind, line.id, line.values)
        except BadLine as wrong:
            bad.add(number, str(wrong))
            if header is None:
                break
    if header is None and not bad.problems:
        bad.add(1, "文件是空的。")
    bad.settle()
    assert header is not None
    return Survey(header, len(known), header.digest == digest.hex(), bytes_read.hexdigest())


def _fits(header: Header, store: str) -> None:
    if header.store != store:
        raise AppError(
            f"这是{STORES[header.store]}的资料，不能导入{STORES[store]}，没有导入任何资料。", "请换一个文件。"
        )


def lines(path: Path, told: Survey) -> Iterator[tuple[int, Line]]:
    """The records of a surveyed file. AppError when the file was changed in between."""
    bytes_read = hashlib.sha256()
    for number, raw in raw_lines(path):
        bytes_read.update(raw)
        if number > 1 and raw.strip():
            yield number, read_line(raw)
    if bytes_read.hexdigest() != told.sha256:
        raise AppError("文件在导入时被改动了，没有导入任何资料。", "请关闭别的程序后再导入一次。")


def write_of(session: Reading, line: Line, *, exact: bool, merge: bool, today: str) -> Write | None:
    """What a line asks to be written; None when all of it stands already. Raises BadLine.

    Values pass the gate as if typed; an `exact` file is taken as it stands, like a peer's bundle.
    """
    kind = BY_KIND.get(line.kind)
    if kind is not None and Surface.NDJSON in kind.LACKS:
        raise BadLine("这种资料只由程序自己记，不能从文件导入。")
    standing = shown(session, line.kind, line.id)
    given = dict(line.values)
    if kind is not None:
        _no_group_as_field(kind, given, exact)
        if not exact:
            given = _gated(kind, given, standing, today)
    if standing is None:
        given = {name: value for name, value in given.items() if value is not None}
    wanted = _differing(given, standing)
    if not wanted:
        return None
    if standing is not None and standing.values and not merge:
        raise BadLine(OTHER)
    return _write(line, kind, wanted, standing)


def _no_group_as_field(kind: type[Record], given: Mapping[str, Value], exact: bool) -> None:
    """Fields stand by their own names; a group's name may only hold what a newer version made of it."""
    for name in _groups_given(kind, given):
        members = cells(kind)[name]
        if isinstance(given[name], dict) or (not exact and any(one.name in given for one in members)):
            raise BadLine(f"{name} 是一组字段，请逐项写。")


def _groups_given(kind: type[Record], given: Mapping[str, Value]) -> list[str]:
    return [name for name, members in cells(kind).items() if name in given and members[0].name != name]


def _gated(
    kind: type[Record], given: dict[str, Value], standing: Shown | None, today: str
) -> dict[str, Value]:
    """The values as the gate leaves them; fields this version does not know stay as given."""
    asked = questions(kind)
    known = {name: value for name, value in given.items() if name in asked}
    deleted = given.get("deleted")
    if deleted is not None and not isinstance(deleted, bool):
        raise BadLine("deleted 应当是 true 或 false。")
    for name, value in known.items():
        _typed_like(kind, name, value)
    before = {n: v for n, v in standing.values.items() if n in asked} if standing else {}
    if deleted:
        return given  # what was taken out of the lists need not be whole
    try:
        record = gate(kind, known, today, before)
    except Refused as refused:
        problem = refused.problems[0]
        raise BadLine(f"{problem.field}：{problem.sentence}") from None
    parent = parent_field(kind)
    if parent and getattr(record, parent) is None:
        raise BadLine(f"{parent}：没有写明这条资料属于谁。")
    return {**given, **{name: getattr(record, name) for name in known}}


def _typed_like(kind: type[Record], name: str, value: Value) -> None:
    """What a person could have typed: text or a whole number, yes or no for a yes-or-no field."""
    field = questions(kind)[name].kind
    listed = isinstance(field, CodesKind) and isinstance(value, list)
    flagged = isinstance(value, bool) and field.wire is not bool
    if isinstance(value, dict) or (isinstance(value, list) and not listed) or flagged:
        raise BadLine(f"{name} 的内容不是这一项应有的类型。")


def _differing(given: Mapping[str, Value], standing: Shown | None) -> dict[str, Value]:
    if standing is None:
        return dict(given)
    return {
        name: value
        for name, value in given.items()
        if canonical(value) != canonical(standing.values.get(name))
    }


def _write(line: Line, kind: type[Record] | None, wanted: dict[str, Value], standing: Shown | None) -> Write:
    seen = standing.seen if standing else {}
    own = {*questions(kind), *BASE_CELLS} if kind is not None else set()
    for name in _groups_given(kind, line.values) if kind is not None else ():
        own -= {one.name for one in cells(kind)[name]}  # beside a group's own cell they came as cells too
    values = {name: cast(Wire, value) for name, value in wanted.items() if name in own}
    extra = {name: value for name, value in wanted.items() if name not in own}
    return Write(line.kind, line.id, values, seen, extra)

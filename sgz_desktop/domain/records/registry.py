"""What must hold of every declared kind of record; checked once, when the program starts."""

import re
from collections.abc import Collection, Sequence

from sgz_desktop.domain.codes import code_list_names
from sgz_desktop.domain.fields import CodeKind, RefKind
from sgz_desktop.domain.records.base import (
    BASE_CELLS,
    Question,
    Record,
    Rows,
    Surface,
    cells,
    questions,
    row_fields,
    sections,
)

_NAME = re.compile(r"[a-z][a-z0-9_]{1,63}")
ANY = "*"


def validate(records: Sequence[type[Record]]) -> None:
    """TypeError with the kind and field where a declaration is wrong."""
    kinds = {record.KIND: record for record in records}
    if len(kinds) != len(records):
        raise TypeError("two kinds of record have one name")
    lists = frozenset(code_list_names())
    for record in records:
        _named(record)
        for question in questions(record).values():
            _asked(record, question, kinds.keys(), lists)
        _celled(record)
        _laid_out(record)
        for name, rows in row_fields(record).items():
            _has_rows(record, name, rows)


def _named(record: type[Record]) -> None:
    if not _NAME.fullmatch(record.KIND) or not record.TITLE or not (record.__doc__ or "").strip():
        raise TypeError(f"{record.KIND}: a kind needs a plain name, a TITLE and a docstring")


def _asked(record: type[Record], question: Question, kinds: Collection[str], lists: Collection[str]) -> None:
    where = f"{record.KIND}.{question.name}"
    if not _NAME.fullmatch(question.name) or not question.ask.label:
        raise TypeError(f"{where}: a field needs a plain name and a label")
    if record.model_fields[question.name].default is not None:
        raise TypeError(f"{where}: nothing is known before it is asked, so the default is None")
    if isinstance(question.kind, CodeKind) and question.kind.codes not in lists:
        raise TypeError(f"{where}: there is no code list {question.kind.codes}")
    if isinstance(question.kind, RefKind) and not set(ref_kinds(question.kind)) <= set(kinds):
        raise TypeError(f"{where}: there is no kind {question.kind.kind}")


def _celled(record: type[Record]) -> None:
    """A group is two or more fields, and its name is no field's name, so cells never collide."""
    for name, members in cells(record).items():
        groups = {member.ask.group for member in members}
        alone = len(members) == 1 and groups == {""}
        together = len(members) > 1 and groups == {name} and name not in questions(record)
        if name in BASE_CELLS or not (alone or together):
            raise TypeError(f"{record.KIND}: cell {name} is taken, or is a group of one")


def _laid_out(record: type[Record]) -> None:
    """Every field and every table of rows has a place on form and paper."""
    placed = {name for _, names in sections(record) for name in names}
    missing = (set(questions(record)) | set(row_fields(record))) - placed
    if missing and Surface.FORM not in record.LACKS:
        raise TypeError(f"{record.KIND}: SECTIONS leaves out {', '.join(sorted(missing))}")


def _has_rows(record: type[Record], name: str, rows: Rows[Record]) -> None:
    question = questions(rows.kind).get(rows.parent)
    if question is None or not isinstance(question.kind, RefKind):
        raise TypeError(f"{record.KIND}.{name}: {rows.kind.KIND} has no reference {rows.parent}")
    if question.kind.kind != ANY and record.KIND not in ref_kinds(question.kind):
        raise TypeError(f"{record.KIND}.{name}: {rows.kind.KIND}.{rows.parent} does not point here")


def ref_kinds(kind: RefKind) -> tuple[str, ...]:
    """The kinds a reference may point to; () when to any ("*")."""
    return () if kind.kind == ANY else tuple(kind.kind.split("|"))

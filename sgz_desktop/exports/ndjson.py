"""Records as lines of JSON: one header, then one record a line, sorted, each line in one spelling only.

    {"digest":"<sha256>","format":1,"store":"station"}
    {"id":"…","record":"person","values":{"name":"…","sex":"2"}}

`digest` is that of the store the file was written from, so an untouched file proves itself. Lines may be
written by hand too: the digest may then be missing, and the order is free. Floats have no place in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from sgz_desktop.domain.edits import MAX_TEXT_ID, MAX_VALUE, Value, canonical

FORMAT = 1
STORES = {"station": "社工站", "practice": "练习站", "county": "县级"}
MAX_LINE = 16 * 1024 * 1024
MAX_DEPTH = 64
BOM = b"\xef\xbb\xbf"
NOT_JSON = "不是完整的一行JSON。"
NO_HEADER = '缺少文件头，例如 {"format":1,"store":"station"}。'


class BadLine(ValueError):
    """A line that cannot be taken: a Chinese sentence without the line's values."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the sort of store, and its digest ('' where none is given)."""

    store: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its kind, its id and its values by field name. Values may be any JSON without floats."""

    kind: str
    id: str
    values: dict[str, Value]


class Digest:
    """SHA-256 over records fed in order of kind and id; the same as the store's own digest."""

    def __init__(self) -> None:
        self._total = hashlib.sha256()

    def add(self, kind: str, id: str, values: dict[str, Value]) -> None:
        """Feed one record."""
        for name in sorted(values):
            self._total.update(canonical([kind, id, name, values[name]]) + b"\n")

    def hex(self) -> str:
        """The digest so far, in hex."""
        return self._total.hexdigest()


def written(header: Header, records: Iterable[tuple[str, str, dict[str, Any]]]) -> Iterator[bytes]:
    """The lines of a file, each with its line feed. `records` come sorted by kind and id."""
    head: dict[str, Value] = {"format": FORMAT, "store": header.store}
    if header.digest:
        head["digest"] = header.digest
    yield canonical(head) + b"\n"
    for kind, id, values in records:
        yield canonical({"record": kind, "id": id, "values": values}) + b"\n"


def read_header(raw: bytes) -> Header:
    """The first line. BadLine when it is no header, or a newer program's."""
    body = _loaded(raw.removeprefix(BOM))
    if not isinstance(body, dict) or "format" not in body or "store" not in body:
        raise BadLine(NO_HEADER)
    if type(body["format"]) is not int:
        raise BadLine(NO_HEADER)
    if body["format"] != FORMAT:
        raise BadLine("文件由更新的版本写成，请先更新程序。")
    if body["store"] not in STORES:
        raise BadLine("文件头里的资料种类不认识。")
    digest = body.get("digest")
    return Header(str(body["store"]), digest if isinstance(digest, str) else "")


def read_line(raw: bytes) -> Line:
    """One record. BadLine says what is wrong, never with which value."""
    body = _loaded(raw)
    if not isinstance(body, dict) or set(body) != {"record", "id", "values"}:
        raise BadLine("应当只有 record、id 和 values 三项。")
    kind, id, values = body["record"], body["id"], body["values"]
    if not _is_name(kind) or not _is_name(id):
        raise BadLine(f"record 和 id 应当是1至{MAX_TEXT_ID}个字。")
    if not isinstance(values, dict) or not values:
        raise BadLine("values 里没有内容。")
    for name, value in values.items():
        if not _is_name(name):
            raise BadLine(f"字段名应当是1至{MAX_TEXT_ID}个字。")
        _check_value(name, value)
    return Line(kind, id, values)


def _loaded(raw: bytes) -> Any:
    if len(raw) > MAX_LINE:
        raise BadLine("这一行太长。")
    try:
        return orjson.loads(raw)
    except ValueError:
        raise BadLine(NOT_JSON) from None


def _is_name(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= MAX_TEXT_ID


def _check_value(name: str, value: Value) -> None:
    if _depth(value) > MAX_DEPTH:
        raise BadLine(f"{name} 的内容层次太深。")
    try:
        size = len(canonical(value))
    except TypeError:
        raise BadLine(f"{name} 是小数或超出范围的数；金额请用整数分。") from None
    if size > MAX_VALUE:
        raise BadLine(f"{name} 的内容太长。")


def _depth(value: Value) -> int:
    """How deep lists and objects are nested, without recursion: the text may be anybody's."""
    depth, level = 0, [value]
    while level:
        inner = [item for item in level if isinstance(item, dict | list)]
        level = [child for item in inner for child in (item.values() if isinstance(item, dict) else item)]
        depth += bool(inner)
    return depth

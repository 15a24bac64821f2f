"""Screening facts that come as a file, without any store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sgz_desktop.domain.policy.numbers import decimal, whole
from sgz_desktop.domain.policy.pack import Pack, Trust
from sgz_desktop.domain.policy.reading import MAX_BYTES, read_pack
from sgz_desktop.domain.policy.refusal import PackRefused
from sgz_desktop.domain.policy.screen_file import ScreenRefused
from sgz_desktop.domain.policy.screen_results import screen
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.errors import AppError

MOST_BYTES = 64 << 20


def screen_file(file: Path, pack: Path | None = None) -> dict[str, Any]:
    """Verdicts for everybody in a JSON file, by the packs shipped and one more. AppError."""
    packs = (*shipped_packs(), *((read_pack_file(pack),) if pack else ()))
    try:
        return screen(_table(file), packs)
    except ScreenRefused as refused:
        raise AppError(f"这个文件不能比对：{refused}", "改好后再试。") from None


def _table(file: Path) -> Any:
    data = _bytes(file, MOST_BYTES)
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_float=decimal,
            parse_int=whole,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except _Twice as twice:
        raise AppError(f"文件里“{twice}”在一处写了两次，没有比对。", "请留下对的那一个。") from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise AppError("这个文件不是JSON，或有太大的数字，没有比对。", "请检查文件内容。") from None


class _Twice(ValueError):
    """A name stands twice in one object: nobody knows which is meant."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1)[:20])
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)


def read_pack_file(file: Path) -> Pack:
    """A policy pack of this place. AppError with the line that is wrong."""
    try:
        return read_pack(_bytes(file, MAX_BYTES + 1), Trust.LOCAL)
    except PackRefused as refused:
        raise AppError(str(refused), "改好这一行再导入；原有的政策照常使用。") from None


def _bytes(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError:
        raise AppError(f"打不开文件 {file.name}。", "请检查路径和文件名。") from None
    if len(data) > most:
        raise AppError("这个文件太大，没有读取。", "请分成几个文件。")
    return data

"""`case-file --for-supervisor`: a coded, locked copy without the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from sgz_desktop.cli.session import opened, report
from sgz_desktop.errors import AppError

VARIABLE = "SGZ_COPY_PASSWORD"


def write_copy(
    number: str, out: Path, whom: str, store: Path | None, user: str | None, as_json: bool
) -> None:
    """Write the copy of a case for a supervisor, under the password of the environment or one typed twice."""
    from sgz_desktop import files
    from sgz_desktop.actions import copy_locks, supervision_copy
    from sgz_desktop.domain.supervising import TITLE

    password = _password()
    if sentence := copy_locks.refused(password, password):
        raise AppError(copy_locks.REFUSED, sentence)
    with opened(store, user) as station:
        made = supervision_copy.make_copy(station.desk, number, supervision_copy.CopyWish(whom))
        files.write_atomic(out, copy_locks.lock(made.data, f"{TITLE} {made.number}", password))
        supervision_copy.note_copy(station.desk, made)
    told = {"out": str(out), "bytes": out.stat().st_size, "number": made.number}
    report(as_json, told, f"督导件{made.number}已写到 {out}，打开要密码。")


def _password() -> str:
    given = os.environ.pop(VARIABLE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise AppError("没有副本的密码，什么也没有做。", f"请设置环境变量 {VARIABLE}，或在终端里运行。")
    return str(typer.prompt("副本的密码", hide_input=True, confirmation_prompt=True, err=True))

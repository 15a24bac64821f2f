"""What every command shares: which store, who, the passphrase, and how it answers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sgz_desktop import files, places
from sgz_desktop.errors import AppError
from sgz_desktop.sync.reasons import Refused
from sgz_desktop.vault import slot_file
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.unfinished import holds_station

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation

VARIABLE = "SGZ_PASSPHRASE"
NO_CARD = "没有做恢复卡：忘记密码就打不开了。"


def written(option: str, help: str) -> Any:
    """An option that names what is to be written: in the folder of a store it is refused at once, before
    the store is even opened."""
    return typer.Option(option, help=help, callback=_out_of_stores)


def _out_of_stores(path: Path | None) -> Path | None:
    if path is not None:
        files.refuse_in_store(path)
    return path


StoreOption = Annotated[Path | None, typer.Option("--store", help="资料文件夹。")]
UserOption = Annotated[str | None, typer.Option("--user", help="使用者姓名。")]
OutOption = Annotated[Path, written("--out", "写到哪个文件。")]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个JSON对象。")]


@dataclass(frozen=True)
class Screen:
    """The window, handed in by whoever may know Qt: `window(store, user, station)` gives an exit code,
    `picture(station, path)` False where no picture can be made."""

    window: Callable[[Path, str, OpenStation], int]
    picture: Callable[[OpenStation, Path], bool]


@dataclass
class Given:
    """What stood before the command, and the passphrase, which no option may carry."""

    passphrase: str = ""
    store: Path | None = None
    user: str | None = None
    as_json: bool = False
    screen: Screen | None = None


_given: ContextVar[Given] = ContextVar("given")


@contextmanager
def session(passphrase: str = "", screen: Screen | None = None) -> Iterator[None]:
    """One run of the command line. A passphrase still in the environment leaves it here."""
    mark = _given.set(Given(os.environ.pop(VARIABLE, "") or passphrase, screen=screen))
    try:
        yield
    finally:
        _given.reset(mark)


def remember(store: Path | None, user: str | None, as_json: bool) -> None:
    """Keep what stood before the command."""
    given = _given.get()
    given.store, given.user, given.as_json = store, user, as_json


def screen() -> Screen | None:
    """The window, where there is one to show."""
    return _given.get().screen


def folder_of(store: Path | None, otherwise: Path | None = None) -> Path:
    """The store's folder: as given after or before the command, else the usual one."""
    return store or _given.get().store or otherwise or places.default_store()


def passphrase(new: bool = False) -> str:
    """From the environment, else asked for on the terminal, twice for a new one."""
    given = _given.get().passphrase
    if given:
        return given
    if not sys.stdin.isatty():
        raise AppError("没有密码，什么也没有做。", f"请设置环境变量 {VARIABLE}，或在终端里运行。")
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt=new, err=True))


def passphrase_or(otherwise: str) -> tuple[str, bool]:
    """The passphrase of the environment, else `otherwise`; and whether it was given."""
    given = _given.get().passphrase
    return (given, True) if given else (otherwise, False)


def user_of(slots: Slots, user: str | None) -> str:
    """Who works: as given, else the only user; in the practice station its first."""
    named = user or _given.get().user
    if named:
        return named
    if len(slots.workers) == 1 or (slots.kind == "practice" and slots.workers):
        return slots.workers[0].user
    raise AppError("这份资料有几位使用者，不知道是哪一位。", "请用 --user 写明姓名。")


@contextmanager
def opened(store: Path | None, user: str | None) -> Iterator[OpenStation]:
    """The station, open; closed whatever happens. What it has to say goes to stderr."""
    folder = folder_of(store)
    if not holds_station(folder):
        raise AppError("这个文件夹里没有社工站的资料。", "请用 --store 指明，或先用 init 新建。")
    slots = slot_file.read_slots(folder)
    name, secret = user_of(slots, user), passphrase()
    station = open_any(folder, slots, name, secret)
    try:
        for notice in station.notices:
            print(notice, file=sys.stderr)
        yield station
    finally:
        station.close()


def open_any(folder: Path, slots: Slots, user: str, secret: str) -> OpenStation:
    """Open a station or a practice station, each at its own time."""
    from sgz_desktop.actions import practice
    from sgz_desktop.actions.station import open_station

    opener = practice.open_practice if slots.kind == "practice" else open_station
    return opener(folder, user, secret)


def wants_json(as_json: bool) -> bool:
    """Was --json given, before or after the command?"""
    return as_json or _given.get().as_json


def report(as_json: bool, facts: dict[str, Any], words: str) -> None:
    """Answer: one JSON object, or words."""
    print(json.dumps(facts, ensure_ascii=False, sort_keys=True) if wants_json(as_json) else words)


@contextmanager
def reasons(as_json: bool) -> Iterator[None]:
    """With --json a refusal is also told as its code; the sentence goes to stderr either way."""
    try:
        yield
    except Refused as refused:
        if wants_json(as_json):
            report(True, {"refused": refused.reason.value}, "")
        raise

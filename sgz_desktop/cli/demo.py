"""demo: the practice station, in its window or, without a display, as papers and a picture."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sgz_desktop import files, places
from sgz_desktop.cli.session import (
    folder_of,
    open_any,
    passphrase_or,
    report,
    screen,
    user_of,
    wants_json,
)
from sgz_desktop.errors import AppError
from sgz_desktop.vault import slot_file
from sgz_desktop.vault.unfinished import holds_station

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation

PAPERS = "papers"
NO_PICTURE = "这台电脑缺少窗口组件，没有生成窗口截图。"


def demo(store: Path | None, user: str | None, headless: bool, as_json: bool) -> int:
    """Build the practice station where there is none, then show it. Returns the exit code."""
    from sgz_desktop.actions import practice

    folder = folder_of(store, places.practice_store())
    secret, given = passphrase_or(practice.PASSPHRASE)
    quiet = wants_json(as_json)
    station = _opened_or_built(folder, user, secret, quiet)
    try:
        if not given and not quiet:
            print(f"练习站的密码：{secret}")
        shown = screen()
        if not headless and shown is not None:
            return shown.window(folder, station.desk.user, station)
        _answer(folder, _papers(station, folder.parent / PAPERS), as_json, secret, given)
    finally:
        station.close()
    return 0


def _opened_or_built(folder: Path, user: str | None, secret: str, quiet: bool) -> OpenStation:
    from sgz_desktop.actions import practice

    if holds_station(folder):
        slots = slot_file.read_slots(folder)
        if slots.kind != "practice":
            raise AppError("这个文件夹里是正式的社工站，没有打开。", "请给练习站另选一个文件夹。")
        station = open_any(folder, slots, user_of(slots, user), secret)
        if practice.is_told(station):
            return station
        station.close()  # a build that was killed half-way: all of it is invented, so it is made anew
        files.drop_folder(folder)
    return _built(folder, secret, quiet)


def _built(folder: Path, secret: str, quiet: bool) -> OpenStation:
    from sgz_desktop.actions import practice

    def say(told: str) -> None:
        if not quiet:
            print(told, flush=True)

    say("第一次打开，正在建立练习站（半分钟左右）……")
    station = practice.build_practice(folder, secret, say)
    try:
        _peer(station, folder, secret, say)
    except BaseException:
        station.close()
        raise
    return station


def _peer(station: OpenStation, folder: Path, secret: str, say: Callable[[str], None]) -> None:
    """A second laptop to exchange with, beside the store; one left by an earlier practice station goes."""
    from sgz_desktop.actions import practice_peer

    place = folder.absolute().parent / practice_peer.PLACE
    if holds_station(place) and slot_file.read_slots(place).kind == "practice":
        files.drop_folder(place)
    elif place.exists() and any(place.iterdir()):
        return
    practice_peer.build_peer(station, place, secret, say).close()


def _papers(station: OpenStation, folder: Path) -> list[Path]:
    """The case files of both stories, the month's brief and a picture of the window. File names hold numbers
    and dates, never a name."""
    from sgz_desktop.actions import papers, practice

    files.private_folder(folder)
    made = []
    for number in practice.WHOLE_CASES:
        made.append(folder / f"case-{number}.pdf")
        files.write_atomic(made[-1], papers.print_case_file(station.desk, number))
    made.append(folder / f"brief-{practice.MONTH}.pdf")
    files.write_atomic(made[-1], papers.print_brief(station.desk, practice.MONTH))
    made.append(folder / "window.png")
    if not _picture(station, made[-1]):
        made.pop()
    return made


def _picture(station: OpenStation, path: Path) -> bool:
    shown = screen()
    taken = shown is not None and shown.picture(station, path)
    if not taken:  # Qt's system libraries are not here; papers need none of them
        print(NO_PICTURE, file=sys.stderr)
    return taken


def _answer(folder: Path, made: list[Path], as_json: bool, secret: str, given: bool) -> None:
    facts = {"store": str(folder), "files": [str(path) for path in made]}
    if not given:
        facts["passphrase"] = secret
    report(as_json, facts, "\n".join(["已写出：", *(f"  {path}" for path in made)]))

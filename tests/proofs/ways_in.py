"""Every way to try a passphrase or a card on a store, and the judge who knows how long it truly has been."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sgz_desktop import app
from sgz_desktop.actions import keeping, recovery, workers
from sgz_desktop.actions.station import LOCK, OpenStation, create_station, open_station
from sgz_desktop.cli import session as cli_session
from sgz_desktop.errors import AppError
from sgz_desktop.vault import members, unlocking
from sgz_desktop.vault.card import Card, make_card
from sgz_desktop.vault.keys import Key
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.tries import FILE, TWIN, TooManyTries, WrongSecret
from tests.vault.fake_machine import Machine

CHEAP = Argon2Params(32, 1, 1)
USER, RIGHT, WRONG = "李小禾", "river lantern seventeen", "five tall blue lamps"
WAITS = (60, 300, 900, 3600)  # the promise itself, not what the product says of it


def promised_wait(wrong: int) -> int:
    """Seconds, after so many tries in vain in a row."""
    return 0 if wrong < 5 else WAITS[min(wrong, 8) - 5]


class Made:
    """A station with a card and a backup, shut; copied for each sequence."""

    def __init__(self, base: Path) -> None:
        self.base, self.card, self.other_card = base, make_card(), make_card()
        station = create_station(
            base / "store", "青禾镇社工站", USER, RIGHT, params=CHEAP, recovery=self.card.recipient
        )
        self.store_id = station.slots.store_id
        keeping.back_up(station.desk, station, base / "backup")
        station.close()


class Judge:
    """Counts what was let through, by true time."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.wrong, self.last = 0, 0.0
        self.tries = self.early = self.refused = 0

    def let_through(self, right: bool) -> None:
        """A secret was compared: was that too early?"""
        self.tries += 1
        waited_ms = round((self._machine.real - self.last) * 1000)
        if waited_ms < promised_wait(self.wrong) * 1000:
            self.early += 1
        if right:
            self.wrong = 0
        else:
            self.wrong, self.last = self.wrong + 1, self._machine.real


class Ways:
    """One store on one computer, and all its doors. `stretched` counts the guesses that were paid for."""

    def __init__(self, made: Made, place: Path, machine: Machine, patch: pytest.MonkeyPatch) -> None:
        self.made, self.place, self.machine, self.judge = made, place, machine, Judge(machine)
        self.folder, self.state = place / "store", place / "state" / made.store_id
        shutil.copytree(made.base / "store", self.folder)
        shutil.copytree(made.base / "state", place / "state")
        patch.setenv("SGZ_STATE", str(place / "state"))
        self.session: OpenStation | None = None
        self.killing, self.stretched = False, 0
        real = unlocking.stretch

        def stretch(passphrase: str, salt: bytes, params: Argon2Params) -> Key:
            self.stretched += 1
            if self.killing:
                raise KeyboardInterrupt  # the process is gone before it could note anything more
            return real(passphrase, salt, params)

        patch.setattr(unlocking, "stretch", stretch)
        patch.setattr(os, "fsync", lambda _handle: None)  # what a power cut leaves is another proof's matter
        for name in ("change_passphrase", "recover"):
            self._cheap(name, patch)

    @property
    def records(self) -> tuple[Path, Path, Path]:
        """Where the count is kept."""
        return self.state / FILE, self.state / TWIN, self.folder / FILE

    @property
    def card(self) -> Card:
        return self.made.card

    def doors(self) -> dict[str, Callable[[bool], None]]:
        """Each takes whether what is typed is right."""
        return {
            "window": self.window,
            "stranger": self.stranger,
            "command line": self.command_line,
            "card": self.by_card,
            "card reset": self.card_reset,
            "restore": self.restore,
            "restore by card": self.restore_by_card,
            "copied folder": self.copied_folder,
            "change": self.change,
        }

    def knock(self, door: str, right: bool) -> str:
        """Try a door; says what happened: let in, wrong, wait or nothing (another reason, no guess made)."""
        paid = self.stretched
        try:
            self.doors()[door](right)
        except TooManyTries:
            self.judge.refused += 1
            assert self.stretched == paid, "a guess was paid for though it was refused"
            return "wait"
        except (WrongSecret, KeyboardInterrupt):
            self.judge.let_through(right=False)
            return "wrong"
        except AppError:
            assert self.stretched == paid
            return "nothing"
        self.judge.let_through(right=True)
        return "let in"

    def window(self, right: bool) -> None:
        root = cast(Any, SimpleNamespace(folder=self.folder))
        app.Root._unlock(root, USER, RIGHT if right else WRONG).close()

    def stranger(self, right: bool) -> None:
        """A name that is not on the list: never right."""
        open_station(self.folder, USER if right else "没有这个人", RIGHT).close()

    def command_line(self, right: bool) -> None:
        with cli_session.session(RIGHT if right else WRONG), cli_session.opened(self.folder, USER):
            pass

    def by_card(self, right: bool) -> None:
        recovery.check_card(self.folder, (self.card if right else self.made.other_card).text)

    def card_reset(self, right: bool) -> None:
        """Right only up to the new passphrase, which is refused: so the store stays as it is."""
        if right:
            self.by_card(True)
        else:
            recovery.reset_with_card(self.folder, self.made.other_card.text, USER, RIGHT, self.card.recipient)

    def restore(self, right: bool) -> None:
        target = self.place / "restored"
        try:
            keeping.restore(self.made.base / "backup", target, USER, RIGHT if right else WRONG).close()
        finally:
            shutil.rmtree(target, ignore_errors=True)

    def restore_by_card(self, right: bool) -> None:
        target = self.place / "restored"
        card = self.card if right else self.made.other_card
        try:
            keeping.restore_with_card(self.made.base / "backup", target, card.text)
        finally:
            shutil.rmtree(target, ignore_errors=True)

    def copied_folder(self, right: bool) -> None:
        """The whole folder carried to another place on this computer, without its count."""
        copy = self.place / "copy"
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns(FILE, LOCK))
        try:
            open_station(copy, USER, RIGHT if right else WRONG).close()
        finally:
            shutil.rmtree(copy)

    def change(self, right: bool) -> None:
        """The dialog of an open station asks for the passphrase in use."""
        if self.session is None:
            raise AppError("没有打开")
        old = RIGHT if right else WRONG
        workers.change_passphrase(self.session.desk, self.session, old, RIGHT)

    def open_session(self) -> None:
        """Somebody works; opening was itself a try."""
        if self.session is None:

            def enter(_right: bool) -> None:
                self.session = open_station(self.folder, USER, RIGHT)

            paid = self.stretched
            with suppress(TooManyTries):
                enter(True)
                self.judge.let_through(right=True)
                return
            assert self.stretched == paid

    def end(self) -> None:
        """Every program is closed."""
        if self.session is not None:
            self.session.close()
            self.session = None

    def slip(self) -> None:
        """A card with a slip of the pen: no guess, and no way round the count."""
        with suppress(AppError):
            recovery.check_card(self.folder, self.card.text[:30])

    def killed(self) -> str:
        """The power goes while a passphrase is tried."""
        self.killing = True
        try:
            return self.knock("window", right=False)
        finally:
            self.killing = False

    def _cheap(self, name: str, patch: pytest.MonkeyPatch) -> None:
        real = getattr(members, name)

        def cheap(*given: Any, **more: Any) -> Any:
            return real(*given, **{"params": CHEAP, **more})

        patch.setattr(members, name, cheap)


SPOILT = b'"wrong": 0, "wrong": '


def spoil(path: Path) -> None:
    """Somebody writes into a record by hand."""
    with suppress(FileNotFoundError):
        path.write_bytes(path.read_bytes().replace(b'"wrong": ', SPOILT).replace(b'"at": ', b'"at": -'))

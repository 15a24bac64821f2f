"""What the first-run wizard asks for, and what it asks of the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgz_desktop.gui.jobs import Task
from sgz_desktop.gui.wizard_card_steps import CardText


@dataclass(frozen=True)
class Answers:
    """What the person gave for a new station."""

    station: str
    worker: str
    passphrase: str


@dataclass(frozen=True)
class Invited:
    """What an invitation says; `handle` is the composition root's own object."""

    station: str
    letter: str
    fingerprint: str
    workers: tuple[str, ...]
    handle: object = None


@dataclass(frozen=True)
class Joined:
    """The open, empty store of a computer that joined, and the fingerprint of its request."""

    station: Any
    fingerprint: str


@dataclass(frozen=True)
class WizardCalls:
    """What the wizard asks of the composition root; all but `check` and `rehearse` run off the GUI thread."""

    check: Callable[[str, tuple[str, ...]], str]
    """(密码, words a guesser knows) → a sentence, "" when it is good."""
    make_card: Callable[[], CardText]
    rehearse: Callable[[CardText, str], None]
    """(card, what was typed back); AppError names the group that is wrong."""
    card_pdf: Callable[[CardText, Answers], bytes]
    save: Callable[[Path, bytes], None]
    print_pdf: Callable[[bytes], None] | None
    """On the GUI thread; None = no printing here."""
    create: Callable[[Answers, CardText, Task], Any]
    backup: Callable[[Any, Path, Task], None]
    practice: Callable[[Task], Any]
    restore: Callable[[Path, str, str, Task], Any]
    """(backup file, worker's name, 密码 or card) → an open station, None (shut) after a card."""
    read_invitation: Callable[[Path], Invited]
    join: Callable[[Invited, Answers, str, CardText, Path, Task], Joined]
    """(invitation, answers, the computer's name, card, where its request goes)"""

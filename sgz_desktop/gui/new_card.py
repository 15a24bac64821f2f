"""A fresh recovery card, made, put on paper, typed back: at the first run, and when the old one is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.gui.wizard_card_steps import CardText
from sgz_desktop.vault import card as cards


def make_card() -> CardText:
    """A card nobody has seen yet."""
    made = cards.make_card()
    return CardText(made.groups, made.number, made)


def rehearse(card: CardText, typed: str) -> None:
    """Is this what the card says? AppError names the group that is wrong."""
    handle: Any = card.handle
    if cards.read_card(typed) != cards.read_card(handle.text):
        raise AppError("和刚才的恢复卡不一样，请对照卡片再输一次。")


def recipient(card: CardText) -> str:
    """The card's public key."""
    handle: Any = card.handle
    return str(handle.recipient)


def card_pdf(card: CardText, station: str, worker: str) -> bytes:
    """The card on paper."""
    from sgz_desktop.actions.cards import recovery_card_pdf

    return recovery_card_pdf(station, worker, card.number, card.groups)


def save(path: Path, data: bytes) -> None:
    """Put the paper into a file of this user's alone."""
    files.write_atomic(path, data)

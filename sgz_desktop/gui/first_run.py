"""What the first-run wizard does: the vault's card, a new station, the practice station, a restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.gui.jobs import Task
from sgz_desktop.gui.wizard_calls import Answers, WizardCalls
from sgz_desktop.gui.wizard_card_steps import CardText
from sgz_desktop.vault.card import make_card, read_card
from sgz_desktop.vault.passphrase import refused


def first_run_calls(folder: Path) -> WizardCalls:
    """The wizard's calls for a store folder. Everything heavy is imported when it is called."""

    def create(answers: Answers, card: CardText, task: Task) -> Any:
        from sgz_desktop.actions import station

        handle: Any = card.handle
        return station.create_station(
            folder, answers.station, answers.worker, answers.passphrase, recovery=handle.recipient
        )

    def practice(task: Task) -> Any:
        from sgz_desktop.actions.practice import PASSPHRASE, build_practice

        return build_practice(folder, PASSPHRASE)

    def restore(backup: Path, worker: str, secret: str, task: Task) -> Any:
        from sgz_desktop.actions import keeping

        return keeping.restore(backup, folder, worker, secret, task.step)

    def back_up(station: Any, target: Path, task: Task) -> None:
        from sgz_desktop.actions import keeping

        keeping.back_up(station.desk, station, target, task.step)

    return WizardCalls(
        check=refused,
        make_card=_make_card,
        rehearse=_rehearse,
        card_pdf=_card_pdf,
        save=_save,
        print_pdf=None,
        create=create,
        backup=back_up,
        practice=practice,
        restore=restore,
    )


def _make_card() -> CardText:
    card = make_card()
    return CardText(card.groups, card.number, card)


def _rehearse(card: CardText, typed: str) -> None:
    handle: Any = card.handle
    if read_card(typed) != read_card(handle.text):
        raise AppError("和刚才的恢复卡不一样，请对照卡片再输一次。")


def _card_pdf(card: CardText, answers: Answers) -> bytes:
    from sgz_desktop.actions.cards import recovery_card_pdf

    return recovery_card_pdf(answers.station, answers.worker, card.number, card.groups)


def _save(path: Path, data: bytes) -> None:
    files.write_atomic(path, data)

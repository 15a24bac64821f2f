"""What the first-run wizard does: the vault's card, a new station, the practice station, a restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sgz_desktop.gui import new_card
from sgz_desktop.gui.jobs import Task
from sgz_desktop.gui.wizard_calls import Answers, Invited, Joined, WizardCalls
from sgz_desktop.gui.wizard_card_steps import CardText
from sgz_desktop.vault.card import is_card
from sgz_desktop.vault.passphrase import refused


def first_run_calls(folder: Path) -> WizardCalls:
    """The wizard's calls for a store folder. Everything heavy is imported when it is called."""

    def create(answers: Answers, card: CardText, task: Task) -> Any:
        from sgz_desktop.actions import station

        recovery = new_card.recipient(card)
        return station.create_station(
            folder, answers.station, answers.worker, answers.passphrase, recovery=recovery,
            last=lambda _made: task.step(0, 0, "正在建立社工站"),
        )  # fmt: skip

    def practice(task: Task) -> Any:
        from sgz_desktop.actions.practice import PASSPHRASE, build_practice

        return build_practice(folder, PASSPHRASE, lambda words: task.step(0, 0, words))

    def restore(backup: Path, worker: str, secret: str, task: Task) -> Any:
        from sgz_desktop.actions import keeping

        if is_card(secret):
            return keeping.restore_with_card(backup, folder, secret, task.step)
        return keeping.restore(backup, folder, worker, secret, task.step)

    def back_up(station: Any, target: Path, task: Task) -> None:
        from sgz_desktop.actions import keeping

        keeping.back_up(station.desk, station, target, task.step)

    def read_invitation(path: Path) -> Invited:
        from sgz_desktop.actions import exchange_join

        told = exchange_join.read_invitation(path)
        names = tuple(one.name for one in told.workers if one.name)
        return Invited(told.station, told.letter, told.fingerprint, names, told)

    def join(
        invited: Invited, answers: Answers, name: str, card: CardText, request: Path, task: Task
    ) -> Joined:
        from sgz_desktop.actions import exchange_join, practice

        told: Any = invited.handle
        clock = {"now": practice.clock()} if told.kind == "practice" else {}
        station, asked = exchange_join.join(
            folder, told, answers.worker, answers.passphrase, name, request,
            recovery=new_card.recipient(card), say=lambda words: task.step(0, 0, words), **clock,
        )  # fmt: skip
        return Joined(station, asked.fingerprint)

    return WizardCalls(
        check=refused,
        make_card=new_card.make_card,
        rehearse=new_card.rehearse,
        card_pdf=lambda card, answers: new_card.card_pdf(card, answers.station, answers.worker),
        save=new_card.save,
        print_pdf=None,
        create=create,
        backup=back_up,
        practice=practice,
        restore=restore,
        read_invitation=read_invitation,
        join=join,
    )

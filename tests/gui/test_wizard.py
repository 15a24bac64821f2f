"""The first run, from the choice to an open station; nothing is created before the card was typed back."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from gallery_pages import CARD, FINGERPRINT, INVITED, sample_calls
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.wizard import Wizard
from sgz_desktop.gui.wizard_calls import Answers, Joined, WizardCalls

GOOD = "溪水边的大榕树下有只白鹭"


class Desk:
    """Keeps what the wizard asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.problem: Exception | None = None

    def calls(self) -> WizardCalls:
        def keep(name: str, answer: Any) -> Any:
            def call(*given: Any) -> Any:
                if self.problem:
                    raise self.problem
                self.asked.append((name, *[g for g in given if not isinstance(g, jobs.Task)]))
                return answer

            return call

        def rehearse(card: Any, text: str) -> None:
            if text.split() != list(card.groups):
                raise AppError("第3组不对，请核对。")

        return dataclasses.replace(
            sample_calls(),
            rehearse=rehearse,
            create=keep("create", "open"),
            backup=keep("backup", None),
            practice=keep("practice", "practice"),
            restore=keep("restore", "restored"),
            join=keep("join", Joined("joined", FINGERPRINT)),
            card_pdf=keep("card_pdf", b"%PDF"),
            save=keep("save", None),
            print_pdf=keep("print", None),
        )

    def names(self) -> list[str]:
        return [asked[0] for asked in self.asked]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def wizard(qtbot: QtBot, desk: Desk) -> Wizard:
    made = Wizard(desk.calls())
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    return made


def rest(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.busy())


def to_card(wizard: Wizard, qtbot: QtBot) -> None:
    wizard.start.ways["new"].click()
    qtbot.keyClicks(wizard.names.station, "Liuxi")
    qtbot.keyClicks(wizard.names.worker, "Jia")
    qtbot.keyClick(wizard.names.worker, Qt.Key.Key_Return)
    wizard.passphrase.first.setText(GOOD)
    wizard.passphrase.again.setText(GOOD)
    wizard.forward.click()
    rest(qtbot)


def test_new_station_from_choice_to_first_backup(
    wizard: Wizard, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    to_card(wizard, qtbot)
    assert wizard.step() is wizard.card
    wizard.forward.click()
    wizard.rehearse.typed.set_value(" ".join(CARD.groups))
    assert desk.names() == []
    wizard.forward.click()
    rest(qtbot)
    assert desk.asked == [("create", Answers("Liuxi", "Jia", GOOD), CARD)]
    assert wizard.step() is wizard.backup
    assert wizard.forward.hasFocus()  # Enter goes on here too
    assert wizard.passphrase.first.value() == wizard.passphrase.again.value() == ""
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "b.sgzbackup")
    with qtbot.waitSignal(wizard.finished) as caught:
        wizard.forward.click()
    assert caught.args == ["open"]
    assert desk.asked[-1] == ("backup", "open", tmp_path / "b.sgzbackup")


def test_a_computer_joins_once_its_invitation_was_compared(
    wizard: Wizard, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: tmp_path / "a.sgzjoin")
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "r.sgzrequest")
    wizard.start.ways["join"].click()
    wizard.forward.click()
    assert wizard.invitation.chosen.text() == "请先选择邀请文件。"
    qtbot.keyClick(wizard.invitation.choose, Qt.Key.Key_Return)
    rest(qtbot)
    assert wizard.invitation.fingerprint.digits == FINGERPRINT
    wizard.forward.click()
    assert wizard.step() is wizard.invitation  # not before somebody says that both are the same
    assert wizard.invitation.wrong.isVisible()
    qtbot.keyClick(wizard.invitation.same, Qt.Key.Key_Space)
    wizard.forward.click()
    qtbot.keyClicks(wizard.own.worker, "Yi")
    qtbot.keyClicks(wizard.own.computer, "2")
    qtbot.keyClick(wizard.own.computer, Qt.Key.Key_Return)
    wizard.passphrase.first.setText(GOOD)
    wizard.passphrase.again.setText(GOOD)
    wizard.forward.click()
    rest(qtbot)
    wizard.forward.click()
    wizard.rehearse.typed.set_value(" ".join(CARD.groups))
    wizard.forward.click()
    assert wizard.step() is wizard.request
    assert desk.names() == []
    wizard.forward.click()
    rest(qtbot)
    answers = Answers(INVITED.station, "Yi", GOOD)
    assert desk.asked == [("join", INVITED, answers, "2", CARD, tmp_path / "r.sgzrequest")]
    assert wizard.step() is wizard.joined
    assert wizard.joined.fingerprint.digits == FINGERPRINT
    with qtbot.waitSignal(wizard.finished) as caught:
        wizard.forward.click()
    assert caught.args == ["joined"]


def test_first_backup_may_wait(wizard: Wizard, desk: Desk, qtbot: QtBot) -> None:
    to_card(wizard, qtbot)
    wizard.forward.click()
    wizard.rehearse.typed.set_value(" ".join(CARD.groups))
    wizard.forward.click()
    rest(qtbot)
    with qtbot.waitSignal(wizard.finished):
        wizard.backup.later.click()
    assert desk.names() == ["create"]


def test_a_slip_in_the_card_is_named_and_nothing_is_created(wizard: Wizard, desk: Desk, qtbot: QtBot) -> None:
    to_card(wizard, qtbot)
    wizard.forward.click()
    wizard.rehearse.typed.set_value("01ABC1 02ABC2")
    wizard.forward.click()
    assert wizard.step() is wizard.rehearse
    assert wizard.rehearse._field.message() == "第3组不对，请核对。"
    assert wizard.rehearse.typed.value() == "01ABC1 02ABC2"
    assert desk.names() == []


def test_going_back_keeps_the_same_card_and_what_was_typed(wizard: Wizard, qtbot: QtBot) -> None:
    to_card(wizard, qtbot)
    wizard.back.click()
    assert wizard.step() is wizard.passphrase
    assert wizard.passphrase.first.value() == GOOD
    wizard.back.click()
    assert wizard.names.station.value() == "Liuxi"


@pytest.mark.parametrize(
    ("first", "again", "says"),
    [
        ("短", "短", "密码至少12个字，可以写一句好记的话。"),
        (GOOD, GOOD[:-1] + "鹤", "两次输入的不一样，请核对。"),
        (GOOD, "", "两次输入的不一样，请核对。"),
    ],
)
def test_password_is_checked_before_going_on(wizard: Wizard, first: str, again: str, says: str) -> None:
    wizard.show_step(wizard.passphrase)
    wizard.passphrase.first.setText(first)
    wizard.passphrase.again.setText(again)
    wizard.forward.click()
    assert wizard.step() is wizard.passphrase
    assert says in (wizard.passphrase._first.message(), wizard.passphrase._again.message())


def test_checker_speaks_while_typing_and_then_agrees(wizard: Wizard) -> None:
    wizard.show_step(wizard.passphrase)
    wizard.passphrase.first.setText("短")
    assert wizard.passphrase._first.message() == "密码至少12个字，可以写一句好记的话。"
    assert wizard.passphrase._first.state == "hint"
    wizard.passphrase.first.setText(GOOD)
    assert wizard.passphrase._first.state == "ok"


@pytest.mark.parametrize("missing", ["station", "worker"])
def test_names_are_asked_for(wizard: Wizard, missing: str) -> None:
    wizard.start.ways["new"].click()
    for name in {"station", "worker"} - {missing}:
        getattr(wizard.names, name).set_value("有")
    wizard.forward.click()
    assert wizard.step() is wizard.names
    assert getattr(wizard.names, f"_{missing}").message().startswith("请填")


def test_card_is_saved_where_the_person_says(
    wizard: Wizard, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    suggested: list[str] = []
    monkeypatch.setattr(
        messages, "ask_save_path", lambda _w, name: suggested.append(name) or tmp_path / "k.pdf"
    )
    to_card(wizard, qtbot)
    wizard.card.save_button.click()
    rest(qtbot)
    assert desk.names() == ["card_pdf", "save"]
    assert desk.asked[-1] == ("save", tmp_path / "k.pdf", b"%PDF")
    assert wizard.card.said.text() == "恢复卡已存好。"
    assert "Jia" not in suggested[0]


def test_card_can_be_printed(wizard: Wizard, desk: Desk, qtbot: QtBot) -> None:
    to_card(wizard, qtbot)
    wizard.card.print_button.click()
    rest(qtbot)
    assert desk.names() == ["card_pdf", "print"]


def test_practice_station_opens_at_once(wizard: Wizard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wizard.finished) as caught:
        wizard.start.ways["practice"].click()
    assert caught.args == ["practice"]


def test_restore_asks_for_file_and_password(wizard: Wizard, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    wizard.start.ways["restore"].click()
    wizard.forward.click()
    assert wizard.restore.chosen.text() == "请先选择备份文件。"
    assert wizard.restore.chosen.property("tone") == "danger"
    wizard.restore.set_path(tmp_path / "b.sgzbackup")
    assert wizard.restore.chosen.property("tone") == "plain"
    wizard.restore.worker.set_value("Jia")
    wizard.forward.click()
    assert wizard.restore.field.message() == "请输入密码，或恢复卡上的字。"
    wizard.restore.password.setText(GOOD)
    with qtbot.waitSignal(wizard.finished) as caught:
        wizard.forward.click()
    assert caught.args == ["restored"]
    assert desk.asked == [("restore", tmp_path / "b.sgzbackup", "Jia", GOOD)]


def test_a_problem_is_one_line_and_the_step_can_be_tried_again(
    wizard: Wizard, desk: Desk, qtbot: QtBot
) -> None:
    desk.problem = AppError("这个文件夹不能写入，请换一个位置。")
    wizard.start.ways["practice"].click()
    rest(qtbot)
    assert wizard.said.text() == "这个文件夹不能写入，请换一个位置。"
    assert wizard.stack.isEnabled()
    desk.problem = None
    with qtbot.waitSignal(wizard.finished):
        wizard.start.ways["practice"].click()


def test_type_size_is_offered_on_the_first_step_only(wizard: Wizard, qtbot: QtBot) -> None:
    assert wizard.sizes.isVisible()
    with qtbot.waitSignal(wizard.scale_chosen):
        wizard.sizes.set_value(1.15)
    assert wizard.step() is wizard.start
    wizard.start.ways["new"].click()
    assert not wizard.sizes.isVisible()

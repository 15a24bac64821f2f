"""Between stations: a case sent away and taken in again, and the county's key, by the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyrage
import pytest
from case_helpers import choose_move
from PySide6.QtWidgets import QMenu, QWidget
from sample_station import CHEAP, PASSPHRASE, at_rest, dialog_of, press, save, write

from sgz_desktop.actions import cases, county
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.actions.transfer_card import read_card, write_card
from sgz_desktop.actions.transfer_receive import receive_case
from sgz_desktop.actions.transfer_send import send_case
from sgz_desktop.domain import lifecycle
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.digits_dialog import HEARD, DigitsDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.handover_page import HandoverPage
from sgz_desktop.gui.pages.settings import SettingsPage
from sgz_desktop.gui.paper_pane import FOR_COUNTY, PDF, PaperPane
from sgz_desktop.vault.identity_file import read_identity

pytest_plugins = ["case_fixtures"]

PAPER = b"%PDF-1.4 a paper"
Answers = dict[str, Any]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What a person chooses in the system's dialogs, and what they were told."""
    given: Answers = {"told": []}
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    monkeypatch.setattr(
        messages, "tell", lambda _parent, text, hint="", **_: given["told"].append(text + hint)
    )
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: given["open"])
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: given["save"])
    monkeypatch.setattr(messages, "ask_save_kind", lambda *_: (given["save"], given["kind"]))
    return given


def compare(window: MainWindow, qtbot: Any, digits: str) -> DigitsDialog:
    """Type what the other side reads."""
    dialog = dialog_of(window, DigitsDialog, qtbot)
    dialog.fields[HEARD].control.clear()
    write(dialog.fields[HEARD].control, digits)
    press(dialog.go, qtbot)
    at_rest(qtbot)
    return dialog


def entries(button: QWidget) -> dict[str, Any]:
    """The lines of a menu by their words."""
    return {one.text(): one for one in button.findChild(QMenu).actions()}


def test_a_case_goes_away_and_comes_back(
    case_page: CasesPage,
    opened: tuple[OpenStation, str],
    window: MainWindow,
    answers: Answers,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    station, case = opened
    other = create_station(tmp_path / "other", "白河镇社工站", "乙社工", PASSPHRASE, params=CHEAP)
    card, file, back = tmp_path / "a.sgzcard", tmp_path / "a.sgzcase", tmp_path / "b.sgzcase"
    told = write_card(other.desk, other, card)
    save(
        station.desk,
        "consent",
        {"case": case, "ok_share_referral": "agreed", "told_on": "2026-06-20", "signed_on": "2026-06-20"},
    )
    answers |= {"open": card, "save": file}
    choose_move(case_page, "转到别的社工站…")
    at_rest(qtbot)
    dialog = compare(window, qtbot, "1" * 20)
    assert "指纹对不上" in dialog.fields[HEARD].message()
    assert not file.exists()
    compare(window, qtbot, told.fingerprint)
    assert "转出指纹" in answers["told"][-1]
    shown = case_page.case.page
    assert (shown.stage, shown.open) == (lifecycle.TRANSFERRED, False)
    assert not case_page.case.head.session_button.isEnabled()
    assert "转到别的社工站…" not in entries(case_page.case.head.menu)
    file.unlink()
    entries(case_page.case.head.menu)["再写一次转出文件…"].trigger()
    at_rest(qtbot)
    compare(window, qtbot, told.fingerprint)
    assert "已再写一次" in answers["told"][-1]

    receive_case(other.desk, other, file)
    own = write_card(station.desk, station, tmp_path / "own")
    sent = send_case(other.desk, case, other, read_card(tmp_path / "own"), own.fingerprint, back)
    other.close()
    case_page.show_handover()
    at_rest(qtbot)
    assert isinstance(case_page.leaf, HandoverPage)
    answers["open"] = back
    entries(case_page.leaf.others)["接收转来的个案…"].trigger()
    at_rest(qtbot)
    compare(window, qtbot, sent.fingerprint)
    assert cases.case_page(station.desk, case).open
    assert case_page.case.case == case


def test_the_county_is_enrolled_and_papers_are_sealed_to_it(
    window: MainWindow, station: OpenStation, answers: Answers, tmp_path: Path, qtbot: Any
) -> None:
    public, secret = tmp_path / "county.txt", tmp_path / "county.key"
    made = county.make_county("青山县民政局", public, secret)
    pane = PaperPane()
    found = window.go("settings")
    assert isinstance(found, SettingsPage)
    at_rest(qtbot)
    found.layout().addWidget(pane)
    pane.data = PAPER
    answers |= {"open": public, "save": tmp_path / "a", "kind": FOR_COUNTY}
    pane.save("a.pdf")
    at_rest(qtbot)
    assert (tmp_path / "a.pdf").read_bytes() == PAPER  # nobody enrolled: no choice
    press(found.county.enrol_button, qtbot)
    at_rest(qtbot)
    assert "指纹对不上" in compare(window, qtbot, "2" * 20).fields[HEARD].message()
    compare(window, qtbot, made.fingerprint)
    assert found.county.state.text() == "已登记：青山县民政局"
    for kind, name in ((FOR_COUNTY, "b.pdf.age"), (PDF, "c.pdf")):
        answers |= {"save": tmp_path / name[0], "kind": kind}
        pane.save("b.pdf")
        at_rest(qtbot)
        assert (tmp_path / name).exists()
    identity = pyrage.x25519.Identity.from_str(read_identity(secret))
    assert pyrage.decrypt((tmp_path / "b.pdf.age").read_bytes(), [identity]) == PAPER
    assert (tmp_path / "c.pdf").read_bytes() == PAPER

"""来访来电 (F4): a call is found and written down in few keys, and owed answers come first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from sample_station import at_rest, save, window_on, write

from sgz_desktop.actions import contacts, people
from sgz_desktop.actions.find import find_people
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.band import Band

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MOST_KEYS_TO_FIND, MOST_KEYS_TO_LOG = 6, 20


@pytest.fixture
def window(station: OpenStation, qtbot: Any) -> Iterator[MainWindow]:
    made = window_on(station, qtbot)
    made.go("home")
    at_rest(qtbot)
    yield made
    at_rest(qtbot)


class Pressed:
    """Keys as a hand presses them, counted; Han by input method count as their letters and a space."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        self.window, self.qtbot, self.count = window, qtbot, 0
        window.activateWindow()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        at_rest(self.qtbot)

    def letters(self, text: str) -> None:
        for letter in text:
            self.count += 1
            QTest.keyClicks(QApplication.focusWidget(), letter)
        at_rest(self.qtbot)

    def han(self, text: str, pinyin: str) -> None:
        self.count += len(pinyin) + 1
        write(QApplication.focusWidget(), text)
        at_rest(self.qtbot)


def test_a_villager_calls(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    """Found with benefits, last contact and to-dos in ≤ 6 keys; the call is logged in ≤ 20."""
    keys = Pressed(window, qtbot)
    keys.key(KEY.Key_K, CTRL)
    keys.letters("lbj")
    keys.key(KEY.Key_Return)
    page = window.page("people").view.page  # type: ignore[attr-defined]
    assert page.line.name == "梁丙菊"
    assert page.events
    assert page.tasks
    assert keys.count <= MOST_KEYS_TO_FIND
    keys.count = 0
    keys.key(KEY.Key_F4)
    keys.key(KEY.Key_Space)  # the first matter: 政策咨询
    keys.key(KEY.Key_Tab)
    keys.han("问低保", "wdb")
    keys.key(KEY.Key_Tab)
    keys.han("已告知", "ygz")
    keys.key(KEY.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(contacts.list_contacts(station.desk)))
    at_rest(qtbot)
    assert keys.count <= MOST_KEYS_TO_LOG
    (line,) = contacts.list_contacts(station.desk)
    assert (line.who, line.subject, line.answer) == ("梁丙菊", "政策咨询", "已告知")
    assert not line.open
    shown = window.page("contacts")
    assert shown.band.isVisible()  # type: ignore[attr-defined]
    keys.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: window.current == "people")
    at_rest(qtbot)
    events = window.page("people").view.page.events  # type: ignore[attr-defined]
    assert ("contact", "来电", "问低保") in [(one.kind, one.title, one.text) for one in events]


def test_somebody_not_on_file_calls(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    window.begin("contacts")
    at_rest(qtbot)
    form = _form(window)
    assert form.body.boxes["person"].typed() in (None, "")
    form.body.all_boxes()["caller_name"].put("过路客甲")
    form.body.boxes["matter"].put("问救助站在哪里")
    form.body.boxes["outcomes"].put("callback")
    form.body.boxes["answer_due_on"].put("2026-07-01")
    form.save()
    at_rest(qtbot)
    (line,) = contacts.list_contacts(station.desk)
    assert (line.who, line.subject, line.open) == ("过路客甲", "问救助站在哪里", True)
    assert line.state == "待回复，明天前回复"


def test_a_draft_is_offered_in_sight(window: MainWindow, qtbot: Any) -> None:
    """Scrolled away, the form looked empty and saving it dropped what was typed before."""
    window.resize(1366, 696)
    window.begin("contacts")
    at_rest(qtbot)
    _form(window).body.boxes["matter"].put("话没说完")
    window.page("contacts").stack.over.leave()  # type: ignore[attr-defined]
    at_rest(qtbot)
    window.begin("contacts")
    at_rest(qtbot)
    (band,) = (one for one in _form(window).findChildren(Band) if "没写完" in one.text())
    for place in (0, _form(window).body.verticalScrollBar().maximum()):
        _form(window).body.verticalScrollBar().setValue(place)
        assert band.visibleRegion().boundingRect() == band.rect()
    QTest.mouseClick(band.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert _form(window).body.boxes["matter"].typed() == "话没说完"


def _form(window: MainWindow) -> Any:
    over = window.page("contacts").stack.over  # type: ignore[attr-defined]
    assert isinstance(over, RecordPage)
    return over.form


def test_what_is_owed_comes_first_until_it_is_answered(station: OpenStation) -> None:
    desk = station.desk
    person = find_people(desk, "梁丙菊")[0].id
    owed = save(desk, "contact", {"date": "2026-06-01", "person": person, "outcomes": "transferred"}).id
    for day in ("2026-06-20", "2026-06-29"):
        save(desk, "contact", {"date": day, "matter": "问路", "outcomes": "answered"})
    lines = contacts.list_contacts(desk)
    assert [line.open for line in lines] == [True, False, False]
    assert (lines[0].id, lines[0].who) == (owed, "梁丙菊")
    from sgz_desktop.actions import forms

    forms.save_form(desk, forms.form(desk, owed, "contact"), {"answered_on": "2026-06-30"})
    assert not any(line.open for line in contacts.list_contacts(desk))


def test_an_answer_promised_for_a_day_gone_by_says_how_long_ago(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    call = {"date": "2026-06-01", "matter": "问路", "outcomes": "transferred"}
    save(station.desk, "contact", call | {"answer_due_on": "2026-06-26"})
    save(station.desk, "contact", call | {"answer_due_on": "2026-06"})
    late, vague = sorted(contacts.list_contacts(station.desk), key=lambda line: not line.late)
    assert (late.state, late.late, vague.late) == ("转办，已过4天", True, False)
    table = window.go("contacts").table  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: table.current_id() is not None)  # Enter opens at once
    assert "danger" in {row[4].tone for row in table.rows_shown()}


def test_an_answer_before_the_call_is_refused(station: OpenStation) -> None:
    from sgz_desktop.actions.forms import FormRefused

    with pytest.raises(FormRefused) as refused:
        save(station.desk, "contact", {"date": "2026-06-20", "answered_on": "2026-06-19"})
    assert [problem.field for problem in refused.value.problems] == ["answered_on"]


def test_it_opens_from_the_list_and_from_the_person(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    desk = station.desk
    person = find_people(desk, "梁丙菊")[0].id
    id = save(desk, "contact", {"date": "2026-06-29", "person": person, "matter": "问路"}).id
    event = next(one for one in people.person_page(desk, person).events if one.kind == "contact")
    assert event.id == id
    window.go("people", person)
    at_rest(qtbot)
    window.page("people")._open_event(event)  # type: ignore[attr-defined]
    at_rest(qtbot)
    assert window.current == "contacts"
    assert _form(window).form.id == id

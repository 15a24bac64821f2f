"""数据核对单 by keyboard: values side by side, chosen, settled and taken back; a rule with its ticks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from desks import Keys, open_desk, peer, person, register, settle
from PySide6.QtCore import Qt

from sgz_desktop.actions import conflicts, forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.rule_dialog import RuleDialog
from sgz_desktop.gui.pages.conflicts_page import EMPTY, ConflictsPage


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("conflicts")) as desk:
        yield desk


@pytest.fixture
def pairs(desk: Desk) -> str:
    """A person whose phone and identity number stand twice."""
    typed = {"phone": "13900000001", "id_number": "330102195001010038"}
    (id,) = register(desk, person("陈大山", **typed)).people
    peer(desk, "person", id, phone="13900000002")
    peer(desk, "person", id, id_number="330102195001010046")
    return id


@pytest.fixture
def page(desk: Desk, pairs: str) -> Iterator[ConflictsPage]:
    made = ConflictsPage(desk)
    made.resize(1000, 600)
    made.show()
    made.load()
    settle()
    yield made
    settle()
    for row in conflicts.open_conflicts(desk):
        conflicts.settle_many(desk, [conflicts.choose(pair, pair.values[0]) for pair in row.pairs])
    made.close()
    made.deleteLater()


def phone(desk: Desk, id: str) -> object:
    return forms.form(desk, id, "person").values["phone"]


def test_two_values_are_settled_and_taken_back_by_keyboard(
    page: ConflictsPage, desk: Desk, pairs: str
) -> None:
    said: list[tuple[str, Any]] = []
    page.said.connect(lambda *told: said.append(told))
    keys = Keys(page)
    boxes = list(page.boxes.values())
    assert [box.hasFocus() for box in boxes] == [True, False]
    assert not page.go_button.isEnabled()
    keys.press(Qt.Key.Key_Down)
    assert boxes[1].hasFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        keys.press(key)
    assert page.go_button.text() == "选定1项"
    assert "已选：13900000001" in boxes[1].accessibleDescription()
    assert phone(desk, pairs) == "13900000002"  # nothing is written before Enter
    keys.press(Qt.Key.Key_Return)
    assert phone(desk, pairs) == "13900000001"
    assert [pair.cell for row in page.rows for pair in row.pairs] == ["id_number"]
    words, undo = said[-1]
    assert words.startswith("已选定1项")
    undo()
    settle()
    assert len(page.boxes) == 2


def test_a_rule_ticks_what_it_may_and_writes_what_is_ticked(
    page: ConflictsPage, desk: Desk, pairs: str
) -> None:
    page._ask_rule()
    dialog = page.window().findChild(RuleDialog)
    dialog.rule.set_value("ours")
    assert [key[2] for key in dialog.list.rows.ids()] == ["id_number", "phone"]
    assert [key[2] for key in dialog.list.chosen()] == ["phone"]  # the number has to be named
    dialog.list.setFocus()
    keys = Keys(dialog)
    keys.press(Qt.Key.Key_Space)
    assert dialog.go.text() == "选定2项"
    dialog.submit()
    settle()
    values = forms.form(desk, pairs, "person")
    assert (values.values["phone"], values.values["id_number"]) == ("13900000001", "330102195001010038")
    assert not values.conflicts
    assert page._body.currentWidget() is page.empty
    assert page.empty.accessibleName() == EMPTY
    assert not page.rule_button.isEnabled()


def test_it_fits_beside_the_rail_in_large_type(every_scale: float, desk: Desk, page: ConflictsPage) -> None:
    page.resize(900, 560)  # 1366×768 at 125 %, less the rail
    settle()
    assert page._scroll.widget().width() <= page._scroll.viewport().width()


def test_what_was_chosen_is_kept_while_others_change_things(
    page: ConflictsPage, desk: Desk, pairs: str
) -> None:
    box = page.boxes["person", pairs, "phone"]
    box.choose(1)
    peer(desk, "person", pairs, nickname="山哥")
    page.load()
    settle()
    assert page.boxes["person", pairs, "phone"].chosen == 1
    assert [one.choice for one in page.chosen()] == [page.rows[0].pairs[1].values[1].choice]

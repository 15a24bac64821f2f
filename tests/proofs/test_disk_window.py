"""A form saved on a failing disk, through the window: never called saved when it is not, its words kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from sgz_desktop.actions import forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import messages
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.people import PeoplePage, people_page
from sgz_desktop.gui.record_page import RecordPage
from tests.gui import conftest as screen
from tests.gui.desks import close_windows, open_desk, person, register, settle
from tests.proofs.conftest import Tally
from tests.proofs.faulty_disk import FAILING, FAULTS, FULL, Case, FaultyDisk
from tests.proofs.sizes import LONG

themed = screen.themed
CASES = (
    [Case(fault, lasting) for fault in FAULTS for lasting in (False, True)]
    if LONG
    else [
        Case(FULL),
        Case(FAILING, True),
    ]
)
SAVED = "已保存"
OURS = "程序出了一点问题"


class Window:
    """The window at one person's form, and all that it says."""

    def __init__(self, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.person = register(desk, person("梁甲菊", "02")).people[0]
        self.dialogs: list[str] = []
        patch.setattr(messages.Dialog, "exec", _reader(self.dialogs))
        self.window = MainWindow({"people": lambda: people_page(desk)}, station="柳溪镇", user="甲社工")
        self.window.resize(1366, 768)
        self.window.show()
        messages.install()
        page = self.window.go("people")
        assert isinstance(page, PeoplePage)
        self.page = page
        page.show_person(self.person)
        settle()

    def edit(self) -> RecordPage:
        """The form, opened as 编辑资料 opens it."""
        self.window.toast._text.clear()
        self.page.forms.edit("person", "note")
        settle()
        form = self.page.stack.over
        assert isinstance(form, RecordPage)
        assert form.form is not None
        form.form.body.build_all()
        return form

    def says(self) -> str:
        """Every text in sight, and those of the dialogs shown since the last look."""
        labels = [one.text() for top in QApplication.topLevelWidgets() for one in top.findChildren(QLabel)]
        said = "\n".join([*labels, *self.dialogs])
        self.dialogs.clear()
        return said.replace("草稿已保存", "")  # which is true, and another matter

    def stored(self) -> str:
        return str(forms.form(self.desk, self.person, "person").values.get("note") or "")


def _reader(said: list[str]) -> Callable[[messages.Dialog], int]:
    def read(dialog: messages.Dialog) -> int:
        said.append(dialog.text.text() + dialog.hint.text())
        return 1

    return read


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Window, FaultyDisk]]:
    with FaultyDisk().at_work(tmp_path) as disk, open_desk(tmp_path) as desk:
        yield Window(desk, monkeypatch), disk
        close_windows()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_was_not_saved_is_not_called_saved(
    window: tuple[Window, FaultyDisk], tally: Tally, case: Case
) -> None:
    shown, disk = window
    places = told = 0
    for at in count(1, 1 if LONG else 5):
        page, words, before = shown.edit(), f"第{at}次走访", shown.stored()
        assert page.form is not None
        page.form.body.boxes["note"].put(words)
        shown.says()
        with disk.fails(case, at) as run:
            page.save()
            settle()
        said = shown.says()
        assert OURS not in said, said
        if shown.page.stack.over is page:
            told += 1
            assert run.refused
            assert SAVED not in said
            assert any(words in said for words in ("磁盘", "文件夹", "资料"))
            assert page.form.body.boxes["note"].typed() == words
            assert page.save_button.isEnabled()
            assert shown.stored() == before
            page.save()
            settle()
            said = shown.says()
        assert SAVED in said
        assert shown.page.stack.over is None
        assert shown.stored() == words
        if not run.refused:
            break
        places += 1
    assert told
    tally(f"disk faults: window, {case}", places=places, told=told, wrongly_told_saved=0, lost=0)

"""导入照片, the files below a form, and the viewer: by keyboard, in memory, nothing kept unconfirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sample_station import at_rest, press, window_on

from sgz_desktop.actions import attachments, forms, visits
from sgz_desktop.actions.attachments import Photo
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.photos import Occasion
from sgz_desktop.gui.dialogs.file_viewer import FileViewer
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.photo_import import PhotoImport, placed_at_first
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.thumb import Thumb
from tests.foreign.photos import EXE, photo

DAY = "2026-06-26"


@pytest.fixture
def window(station: OpenStation, qtbot: Any) -> Iterator[MainWindow]:
    made = window_on(station, qtbot)
    made.go("visits")
    at_rest(qtbot)
    yield made
    at_rest(qtbot)


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(photo("2026:06:26 09:41:20"))
    (folder / "2.jpg").write_bytes(photo("", size=(400, 300)))
    (folder / "3.jpg").write_bytes(EXE)
    return folder


def visit_of(station: OpenStation, day: str) -> str:
    desk = station.desk
    rows = visits.visit_rows(desk, visits.list_visits(desk, day, day))
    return next(row.id for row, _ in rows.values() if row.date == day)


def test_a_folder_is_sorted_confirmed_and_kept(
    window: MainWindow, station: OpenStation, phone: Path, qtbot: Any
) -> None:
    page = PhotoImport(station.desk)
    window.page("visits").stack.put(page)  # type: ignore[attr-defined]
    page.read_folder(phone)
    at_rest(qtbot)
    assert page.problems.text().startswith("有1张没有读进来：3.jpg")
    assert page.keep.text().strip() == "放入1张"
    thumbs = page.findChildren(Thumb)
    assert [(one.text(), one.isChecked()) for one in thumbs] == [("09:41", True), ("时间不知道", False)]
    assert all(one.pictured for one in thumbs)
    move = next(one for one in page.findChildren(QPushButton) if one.text().strip() == "勾选的放到这次")
    where = next(one for one in page.findChildren(Choice) if one.accessibleName() == "放到哪次服务")
    assert not move.isEnabled()  # nothing ticked, nothing chosen
    where.set_value(visit_of(station, DAY))
    assert not move.isEnabled()
    thumbs[1].setFocus()
    QTest.keyClick(thumbs[1], Qt.Key.Key_Space)
    assert move.isEnabled()
    page._move([page.items[0], page.items[1]], visit_of(station, DAY))
    assert page.keep.text().strip() == "放入2张"
    press(page.keep, qtbot)
    at_rest(qtbot)
    assert len(attachments.list_files(station.desk, visit_of(station, DAY))) == 2
    assert page.items == []


def test_what_is_unticked_is_not_kept(
    window: MainWindow, station: OpenStation, phone: Path, qtbot: Any
) -> None:
    page = PhotoImport(station.desk)
    window.page("visits").stack.put(page)  # type: ignore[attr-defined]
    page.read_folder(phone)
    at_rest(qtbot)
    page.findChildren(Thumb)[0].setChecked(False)
    assert not page.keep.isEnabled()
    page.keep_ticked()
    at_rest(qtbot)
    assert attachments.list_files(station.desk, visit_of(station, DAY)) == []


def test_a_visit_where_somebody_refused_is_not_ticked_at_first() -> None:
    photos = [Photo("a", b"x", DAY, "09:00"), Photo("b", problem="damaged")]
    (item,) = placed_at_first(photos, [Occasion("visit", "v", DAY, refused=True)])
    assert (item.occasion is not None, item.ticked) == (True, False)
    (item,) = placed_at_first(photos, [Occasion("visit", "v", DAY)])
    assert item.ticked


def test_files_stand_below_the_form_and_open_in_the_program(
    window: MainWindow, station: OpenStation, tmp_path: Path, qtbot: Any
) -> None:
    visit = visit_of(station, DAY)
    window.go("visits", {"visit": visit})
    at_rest(qtbot)
    card = window.page("visits").stack.over.files  # type: ignore[attr-defined]
    assert card.empty.text().startswith("还没有照片和附件")
    (tmp_path / "a.jpg").write_bytes(photo())
    card.take_in(tmp_path / "a.jpg")
    at_rest(qtbot)
    (id,) = card.thumbs
    assert card.thumbs[id].pictured
    card.open_file(id)
    at_rest(qtbot)
    viewer = next(one for one in window.findChildren(FileViewer))
    assert not viewer.picture.pixmap().isNull()
    viewer.caption.set_value("6月26日·竹林坳村·走访")
    viewer.consent.set_value("agreed")
    viewer.save()
    at_rest(qtbot)
    values = forms.form(station.desk, id, "attachment").values
    assert (values["caption"], values["consent"]) == ("6月26日·竹林坳村·走访", "agreed")


def test_a_file_that_is_no_photo_says_so_and_the_form_stays(
    window: MainWindow, station: OpenStation, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(
        "sgz_desktop.gui.messages.show_problem", lambda problem, _=None: shown.append(problem)
    )
    window.go("visits", {"visit": visit_of(station, DAY)})
    at_rest(qtbot)
    (tmp_path / "a.jpg").write_bytes(EXE)
    card = window.page("visits").stack.over.files  # type: ignore[attr-defined]
    card.take_in(tmp_path / "a.jpg")
    at_rest(qtbot)
    assert [getattr(one, "message", "") for one in shown] == [
        "这个文件不是照片（JPG、PNG、WEBP）或PDF，没有放入。"
    ]
    assert card.add_button.isEnabled()
    assert not card.thumbs


def test_a_deleted_file_is_gone_from_the_card(
    window: MainWindow, station: OpenStation, tmp_path: Path, qtbot: Any
) -> None:
    visit = visit_of(station, DAY)
    (tmp_path / "a.jpg").write_bytes(photo())
    attachments.attach_file(station.desk, visit, tmp_path / "a.jpg")
    (line,) = attachments.list_files(station.desk, visit)
    form = forms.form(station.desk, line.id, "attachment")
    forms.delete_record(station.desk, line.id, "attachment", "重复", form.seen)
    assert attachments.list_files(station.desk, visit) == []

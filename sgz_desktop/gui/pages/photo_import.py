"""导入照片: a telephone's folder at once, each photo with its visit, confirmed by the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import attachments
from sgz_desktop.actions.attachments import Photo, Placed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.photos import Occasion, sorted_onto
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.thumb import Thumb, small_picture

HINT = "照片会缩小存在本机，拍摄地点和手机型号会去掉。"
REFUSED = "在场有人不同意拍照存档，先没有勾选，请和本人确认。"
NOWHERE = "没有对上走访的照片"
ASK = "请选是哪一次"
Found = tuple[list[Photo], list[Occasion], dict[str, QImage]]
"""photos, what they may be of, and small pictures by the photo's name"""


@dataclass
class Item:
    """A photo on the page: where it goes, if anywhere, and whether it is ticked."""

    photo: Photo
    occasion: Occasion | None
    ticked: bool


def placed_at_first(photos: Sequence[Photo], occasions: Sequence[Occasion]) -> list[Item]:
    """Photos as they are proposed: on the occasion of their time, ticked unless somebody there refused."""
    items = []
    for photo in photos:
        if photo.problem:
            continue
        occasion = sorted_onto(photo.taken_on, photo.taken_time, occasions)
        items.append(Item(photo, occasion, occasion is not None and not occasion.refused))
    return items


class PhotoImport(QWidget):
    """`kept(number)` after photos were kept; `closed` for 返回."""

    kept = Signal(int)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.items: list[Item] = []
        self._occasions: list[Occasion] = []
        self._pictures: Mapping[str, QImage] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("导入照片", HINT, back=self.closed.emit)
        self.choose = button("选文件夹", icon="up", on_click=self.ask_folder)
        self.keep = button("放入照片", "primary", "check", self.keep_ticked, key="Ctrl+S")
        self.head.add_action(self.choose)
        self.head.add_action(self.keep)
        column.addWidget(self.head)
        self.problems = label("", "second", "warn", wrap=True)
        self.problems.hide()
        column.addWidget(self.problems)
        self._scroll = Scroll()
        self._scroll.body.setSpacing(px(Space.M))
        column.addWidget(self._scroll, 1)
        self._show()

    def ask_folder(self) -> None:
        """Ask which folder, then read it."""
        folder = messages.ask_folder(self)
        if folder:
            self.read_folder(folder)

    def read_folder(self, folder: Path) -> None:
        """Read every photo of a folder, with progress and 取消."""
        desk = self._desk

        def work(task: jobs.Task) -> Found:
            photos = attachments.read_photos(
                desk, folder, lambda done, total: task.step(done, total, f"正在看第{done}张，共{total}张")
            )
            on = sorted({photo.taken_on for photo in photos if photo.taken_on})
            pictures = {photo.name: small_picture(photo.data) for photo in photos if photo.data}
            return photos, attachments.occasions_of(desk, on), pictures

        run_with_progress(self, "正在看照片", work, self.show_found)

    def show_found(self, found: Found) -> None:
        """Show what was read, each photo on the occasion of its time."""
        photos, self._occasions, self._pictures = found
        self.items = placed_at_first(photos, self._occasions)
        unread = [photo for photo in photos if photo.problem]
        self.problems.setText(
            f"有{len(unread)}张没有读进来：{unread[0].name}，{unread[0].problem}" if unread else ""
        )
        self.problems.setVisible(bool(unread))
        self._show()

    def _show(self) -> None:
        """Cards by occasion, then by day what goes nowhere."""
        while (item := self._scroll.body.takeAt(0)) is not None:
            if item.widget():
                item.widget().deleteLater()
        if not self.items:
            self._scroll.body.addWidget(
                EmptyState("选手机照片所在的文件夹。", "up", "手机用数据线连上，或先拷到U盘。"), 1
            )
        for occasion in self._occasions:
            own = [one for one in self.items if one.occasion == occasion]
            if own:
                self._scroll.body.addWidget(self._occasion_card(occasion, own))
        for day in dict.fromkeys(one.photo.taken_on for one in self.items if one.occasion is None):
            left = [one for one in self.items if one.occasion is None and one.photo.taken_on == day]
            self._scroll.body.addWidget(self._rest_card(day, left))
        if self.items:
            self._scroll.body.addStretch(1)
        self._count()

    def _count(self) -> None:
        ticked = sum(one.ticked and one.occasion is not None for one in self.items)
        self.keep.setText("\u2009" + (f"放入{ticked}张" if ticked else "放入照片"))
        self.keep.setEnabled(bool(ticked))

    def _occasion_card(self, occasion: Occasion, own: Sequence[Item]) -> Card:
        card = Card(words_of(occasion), f"{len(own)}张")
        if occasion.refused:
            card.add(label(REFUSED, "second", "warn", wrap=True))
        card.add(self._thumbs(own, self._ticked))
        return card

    def _rest_card(self, day: str, left: Sequence[Item]) -> Card:
        today = self._desk.today()
        when = days.short_day(day, today) if day else "拍摄时间不知道"
        card = Card(NOWHERE, f"{when}，{len(left)}张")
        same = [one for one in self._occasions if one.day == day] or self._occasions
        where = Choice([("", ASK), *((one.id, words_of(one)) for one in same)], value="")
        where.setAccessibleName("放到哪次服务")
        move = button(
            "勾选的放到这次", small=True, on_click=lambda: self._move(left, str(where.value() or ""))
        )

        def ready() -> None:
            move.setEnabled(bool(where.value()) and any(one.ticked for one in left))

        def ticked(item: Item, on: bool) -> None:
            item.ticked = on
            ready()

        where.changed.connect(ready)
        card.add(self._thumbs(left, ticked))
        ready()
        row = QHBoxLayout()
        row.addWidget(where, 1)
        row.addWidget(move)
        if same:
            card.add(row)
        else:
            card.add(label("这几天没有走访记录，可以先记走访，再导入照片。", "second", "plain", wrap=True))
        return card

    def _thumbs(self, items: Sequence[Item], ticked: Callable[[Item, bool], None]) -> QWidget:
        place = QWidget()
        flow = Flow(place, gap=10)
        for item in items:
            thumb = Thumb(item.photo.taken_time or "时间不知道", item.photo.name, checkable=True)
            thumb.setChecked(item.ticked)
            thumb.set_picture(self._pictures[item.photo.name])
            thumb.toggled.connect(lambda on, item=item: ticked(item, on))
            flow.addWidget(thumb)
        return place

    def _ticked(self, item: Item, on: bool) -> None:
        item.ticked = on
        self._count()

    def _move(self, items: Sequence[Item], occasion: str) -> None:
        """Ticked photos that had no place go to the occasion chosen."""
        chosen = next((one for one in self._occasions if one.id == occasion), None)
        for item in items:
            if item.ticked and chosen:
                item.occasion = chosen
        self._show()

    def keep_ticked(self) -> None:
        """Keep what is ticked, with progress and 取消."""
        desk = self._desk
        chosen = [
            Placed(one.photo, one.occasion.id, attachments.caption_of(one.photo, one.occasion))
            for one in self.items
            if one.ticked and one.occasion
        ]

        def work(task: jobs.Task) -> int:
            return attachments.keep_photos(
                desk, chosen, lambda done, total: task.step(done, total, f"已放入{done}张，共{total}张")
            )

        run_with_progress(self, "正在放入照片", work, self._kept)

    def _kept(self, new: int) -> None:
        self.items = [one for one in self.items if not (one.ticked and one.occasion)]
        self._show()
        self.kept.emit(new)


def words_of(occasion: Occasion) -> str:
    """An occasion as a card and a choice name it: 6月26日 09:00 上溪村 梁丙菊 走访."""
    when = days.show_day(occasion.day)[5:] if days.is_whole(occasion.day) else occasion.day
    return " ".join(
        part for part in (when, occasion.start, occasion.village, occasion.who, occasion.label) if part
    )

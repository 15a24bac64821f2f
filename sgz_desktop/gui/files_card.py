"""照片和附件 of a record: small pictures to open, and a button to add one. No other program opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import attachments
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.attachments import FileLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.file_viewer import FileViewer
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.thumb import Thumb, small_picture

KINDS = "照片和扫描件 (*.jpg *.jpeg *.png *.webp *.pdf)"
EMPTY = "还没有照片和附件。照片放进来会缩小，拍摄地点和手机型号会去掉。"


class FilesCard(Card):
    """The files of the record `about`; `load` reads them again."""

    def __init__(self, desk: Desk, about: str) -> None:
        self.add_button = button("添加照片或扫描件", icon="plus", small=True, on_click=self.add_file)
        super().__init__("照片和附件", action=self.add_button)
        self.add_button.setVisible(allowed(desk.actor, "attach_file"))
        self._desk, self._about = desk, about
        self.lines: Sequence[FileLine] = ()
        self.thumbs: dict[str, Thumb] = {}
        self.empty = label(EMPTY, "second", "plain", wrap=True)
        self.add(self.empty)
        self._place = QWidget()
        self._flow = Flow(self._place, gap=10)
        self.add(self._place)
        self.load()

    def load(self) -> None:
        """Read which files there are; their pictures follow."""
        desk, about = self._desk, self._about
        jobs.start(self, lambda _task: attachments.list_files(desk, about), done=self._show, key="files")

    def _show(self, lines: Sequence[FileLine]) -> None:
        self.lines = lines
        while item := self._flow.takeAt(0):
            item.widget().deleteLater()
        self.thumbs = {}
        for line in lines:
            thumb = Thumb(
                line.caption.partition("·")[2] or line.title, line.day if line.here else "文件不在本机"
            )
            thumb.clicked.connect(lambda _on=False, id=line.id: self.open_file(id))
            self.thumbs[line.id] = thumb
            self._flow.addWidget(thumb)
        self.empty.setVisible(not lines)
        self._place.setVisible(bool(lines))
        self._place.updateGeometry()
        desk, ids = self._desk, [line.id for line in lines if line.here]
        if ids:
            jobs.start(self, lambda _task: _pictures(desk, ids), done=self._pictured, key="thumbs")

    def _pictured(self, pictures: Mapping[str, QImage]) -> None:
        for id, picture in pictures.items():
            if id in self.thumbs:
                self.thumbs[id].set_picture(picture)

    def add_file(self) -> None:
        """Ask for a photo or a scanned PDF and take it in."""
        path = messages.ask_open_path(self, KINDS)
        if path:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Take one file in."""
        desk, about = self._desk, self._about
        self.add_button.set_busy("正在放入")
        jobs.start(
            self,
            lambda _task: attachments.attach_file(desk, about, path),
            done=self._taken,
            failed=self._failed,
        )

    def _taken(self, new: bool) -> None:
        self.add_button.set_busy("")
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.facts.setText("已放入" if new else "这个文件已经在里面了")
        self.load()

    def _failed(self, problem: BaseException) -> None:
        self.add_button.set_busy("")
        messages.show_problem(problem, self)

    def open_file(self, id: str) -> None:
        """Show a file large, with its caption and consent."""
        viewer = FileViewer(self, self._desk, self.lines, id)
        viewer.changed.connect(self.load)
        viewer.finished.connect(viewer.deleteLater)
        viewer.open()


def _pictures(desk: Desk, ids: Sequence[str]) -> dict[str, QImage]:
    return {id: small_picture(data) for id, data in attachments.thumbnails(desk, ids).items()}

"""One file shown large, in memory only: its caption, whether it may be used in public, ‹ › and 删除."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sgz_desktop.actions import attachments, forms
from sgz_desktop.actions.attachments import PDF, FileLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button, icon_button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.segmented import Segmented

PUBLIC = "用于宣传"
PUBLIC_HINT = "逐张问过本人再选；没有同意的只存档，不印入简报。"


class Picture(QLabel):
    """A picture as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(px(320), px(200))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setProperty("kind", "canvas")

    def show_bytes(self, data: bytes) -> None:
        """JPEG bytes; what cannot be read says so."""
        self._whole = QPixmap()
        if not self._whole.loadFromData(data):
            self.setText("这个附件打不开，原件还在。")
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        room = QSize(max(self.width(), 1), max(self.height(), 1)) * self.devicePixelRatioF()
        fitted = self._whole.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(fitted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class FileViewer(QDialog):
    """`changed` after something was written."""

    changed = Signal()

    def __init__(self, owner: QWidget, desk: Desk, lines: Sequence[FileLine], id: str) -> None:
        super().__init__(owner.window())
        self._desk, self._lines = desk, list(lines)
        self._at = next((n for n, line in enumerate(self._lines) if line.id == id), 0)
        self._page, self._pages = 0, 1
        self._form: Form | None = None
        self.setWindowTitle("照片和附件")
        self.resize(min(px(900), owner.window().width() - px(60)), owner.window().height() - px(60))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(Space.M))
        column.addLayout(self._head())
        self.picture = Picture()
        column.addWidget(self.picture, 1)
        column.addLayout(self._fields())
        column.addLayout(self._foot())
        for keys, by in (("Left", -1), ("Right", 1)):
            key = QShortcut(QKeySequence(keys), self.picture)
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(lambda by=by: self.step(by))
        self.show_file()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.title = label("", "section")
        self.facts = label("", "second", "plain")
        row.addWidget(self.title)
        row.addWidget(self.facts, 1)
        self.before = icon_button("left", "上一张", lambda: self.step(-1), small=True)
        self.after = icon_button("right", "下一张", lambda: self.step(1), small=True)
        row.addWidget(self.before)
        row.addWidget(self.after)
        return row

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.L))
        self.caption = LineEdit("日期·村居·活动，不写姓名")
        row.addWidget(FieldFrame("图注", self.caption), 1)
        self.consent = Segmented([(item.code, item.label) for item in code_list("consent_state")])
        self._consent_frame = FieldFrame(PUBLIC, self.consent, hint=PUBLIC_HINT)
        row.addWidget(self._consent_frame, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.delete = button("删除", "quiet", on_click=self._delete)
        row.addWidget(self.delete)
        row.addStretch(1)
        row.addWidget(button("返回", on_click=self.reject))
        self.save_button = button("保存", "primary", "check", self.save, key="Ctrl+S")
        row.addWidget(self.save_button)
        return row

    @property
    def line(self) -> FileLine:
        """The file in front."""
        return self._lines[self._at]

    def step(self, by: int) -> None:
        """To the next page, then to the next file."""
        if 0 <= self._page + by < self._pages:
            self._page += by
        elif 0 <= self._at + by < len(self._lines):
            self._at, self._page = self._at + by, 0
        else:
            return
        self.show_file()

    def show_file(self) -> None:
        """Read the file in front and what is written of it."""
        desk, line, page = self._desk, self.line, self._page
        self.title.setText(line.title)
        self._consent_frame.setVisible(line.mime != PDF)
        self.picture.setText("正在打开" if line.here else "这个附件的文件不在本机，请从有它的电脑导入。")
        if line.here:
            jobs.start(
                self,
                lambda _task: attachments.show_file(desk, line.id, page),
                done=self._shown,
                failed=lambda problem: self.picture.setText(getattr(problem, "message", "这个附件打不开。")),
                key="file",
            )
        jobs.start(
            self, lambda _task: forms.form(desk, line.id, "attachment"), done=self._written, key="form"
        )

    def _shown(self, found: tuple[bytes, int]) -> None:
        data, self._pages = found
        self.picture.show_bytes(data)
        place = f"第{self._at + 1}个，共{len(self._lines)}个"
        page = f"·第{self._page + 1}页，共{self._pages}页" if self._pages > 1 else ""
        self.facts.setText("·".join(one for one in (self.line.day, place + page) if one))
        self.before.setEnabled(self._at > 0 or self._page > 0)
        self.after.setEnabled(self._at + 1 < len(self._lines) or self._page + 1 < self._pages)

    def _written(self, form: Form) -> None:
        self._form = form
        self.caption.set_value(str(form.values.get("caption") or ""))
        self.consent.set_value(form.values.get("consent"))

    def save(self) -> None:
        """Keep caption and consent."""
        form = self._form
        if form is None:
            return
        typed = {"caption": self.caption.value(), "consent": self.consent.value()}
        desk = self._desk
        self.save_button.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: forms.save_form(desk, form, typed),
            done=lambda _saved: self._done(),
            failed=self._failed,
        )

    def _done(self) -> None:
        self.changed.emit()
        self.accept()

    def _failed(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        messages.show_problem(problem, self)

    def _delete(self) -> None:
        if self._form is None:
            return
        dialog = DeleteDialog(self, self._desk, self._form, "附件")
        dialog.deleted.connect(self._done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

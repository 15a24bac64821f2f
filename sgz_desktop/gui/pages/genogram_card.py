"""家系图 as a card: the drawing, how to read it, who is not in it, and what cannot be so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import family
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.family import FamilyView
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.genogram_view import GenogramView
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.page_head import PageHead

READING = "方为男，圆为女，菱形为性别不详，叉为已去世，双框为本人；点线为推定。"
TIES = "双线亲密，点线疏远，锯齿有矛盾，断线已断绝来往；单斜线分居，双斜线离异，虚横线同居。"
EMPTY = "还没有登记亲属。在“编辑”的“亲属”里添加，家系图会自己画好。"
LARGE = ("放大看", "genogram")
ACTS = (LARGE, ("补充亲属", "kin"))
Acts = Sequence[tuple[str, str]]


class GenogramCard(Card):
    """`read(person)` fills it; `opened(person id)`, `wanted(verb)`: kin to edit, genogram to see it large."""

    opened = Signal(str)
    wanted = Signal(str)
    told = Signal(object)

    def __init__(self, desk: Desk, acts: Acts = ACTS, *, most: int = 440) -> None:
        super().__init__("家系图", action=_links(self, acts))
        self._desk = desk
        self.person = ""
        self.found: FamilyView | None = None
        self.view = GenogramView(most)
        self.view.opened.connect(self._open)
        self.doubts = paragraph("", "second", "warn")
        self.note = paragraph("", "second", "plain")
        self.key = paragraph(READING, "caption", "muted")
        for part in (self.view, self.doubts, self.note, self.key):
            self.add(part)
        self.doubts.hide()

    def read(self, person: str) -> None:
        """Read the family of a person."""
        if person != self.person:
            self.view.hide()
        self.person, desk = person, self._desk
        if person:
            jobs.start(self, lambda _task: family.family_view(desk, person), done=self.show_family, key="kin")

    def show_family(self, found: FamilyView) -> None:
        """Show what was read; `told` hands it on."""
        self.found = found
        alone = len(found.drawing.symbols) < 2
        on_file = frozenset(one.id for one in found.kin if one.id)
        self.view.show_drawing(found.drawing, found.spoken, on_file)
        self.view.setVisible(not alone)
        self.key.setText(READING + (TIES if _has_ties(found) else ""))
        self.key.setVisible(not alone)
        self.note.setText(EMPTY if alone and not found.aside else found.aside)
        self.note.setVisible(bool(self.note.text()))
        self.doubts.setText("待核：" + "".join(found.doubts))
        self.doubts.setVisible(bool(found.doubts))
        self.told.emit(found)

    def _open(self, id: str) -> None:
        if id != self.person:
            self.opened.emit(id)


def _has_ties(found: FamilyView) -> bool:
    return any(
        stroke.kind not in ("couple", "descent") or stroke.style == "dashed"
        for stroke in found.drawing.strokes
    )


def _links(card: GenogramCard, acts: Acts) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(Space.M))
    for words, verb in acts:
        row.addWidget(link(words, lambda verb=verb: card.wanted.emit(verb)))
    return box


class GenogramPage(QWidget):
    """The drawing on a page of its own; `opened(person id)`, `closed`."""

    opened = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, person: str, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        head = PageHead("家系图", name, back=self.closed.emit)
        for words, step, key in (("缩小", -1, "Ctrl+-"), ("放大", 1, "Ctrl+=")):
            head.add_action(button(words, on_click=lambda step=step: self.card.view.set_zoom(step), key=key))
        column.addWidget(head)
        self.card = GenogramCard(desk, (), most=0)
        self.card.title.hide()  # the page is called so already
        self.card.opened.connect(self.opened)
        column.addWidget(self.card, 1)
        self.card.read(person)

    def take_keyboard(self) -> None:
        """Put the keyboard on the person of the page."""
        self.card.view.sheet.setFocus()

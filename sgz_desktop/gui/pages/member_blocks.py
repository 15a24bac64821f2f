"""The people of a household being registered: a block of fields each, added one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.people import MemberInput
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.id_fills import IdFills
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.alike_rows import AlikeRows
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label, rule

HEAD = "02"
OF_PERSON = ("name", "sex", "born", "id_number", "phone")
RELATION = "relation_to_head"


ON_FILE = "on_file"  # in a draft: (id, name) of somebody on file who stands for the fields


class MemberBlock(QFrame):
    """One person: name, relation to the head, sex, birth, id number, phone; or somebody on file instead."""

    changed = Signal()
    removed = Signal(object)
    named = Signal()

    def __init__(self, *, head: bool) -> None:
        super().__init__()
        self.head = head
        asked = {name: questions(Person)[name] for name in OF_PERSON}
        self.boxes = {name: FieldBox(asked[name], Choices(), in_row=True) for name in OF_PERSON}
        cells = [self.boxes["name"]]
        if not head:
            self.boxes[RELATION] = FieldBox(questions(Membership)[RELATION], Choices(), in_row=True)
            cells.append(self.boxes[RELATION])
        cells += [self.boxes[name] for name in ("id_number", "sex", "born", "phone")]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.XS))
        line = QHBoxLayout()
        self.title = label("户主" if head else "", "body_bold")
        line.addWidget(self.title, 1)
        if not head:
            column.addWidget(rule())
            self._remove = button("移除", "quiet", on_click=lambda: self.removed.emit(self), small=True)
            line.addWidget(self._remove)
        column.addLayout(line)
        self._grid = FieldGrid([(box, False) for box in cells], 3)
        column.addWidget(self._grid)
        self.on_file: tuple[str, str] | None = None
        again = button("改为新建", small=True, on_click=lambda: self.use(None))
        self._used = Band("", icon="check", actions=(again,))
        self._used.hide()
        column.addWidget(self._used)
        self.alike = AlikeRows("就用这份档案")
        self.alike.taken.connect(lambda id, name: self.use((id, name)))
        column.addWidget(self.alike)
        for box in cells:
            box.changed.connect(self.changed)
        IdFills(self.boxes["id_number"], lambda: self.boxes)
        self.boxes["name"].control.left.connect(self.named)

    def set_number(self, number: int) -> None:
        """Say which member it is."""
        self.title.setText(f"成员{number}")
        self._remove.setAccessibleName(f"移除成员{number}")

    def use(self, on_file: tuple[str, str] | None) -> None:
        """Somebody on file, as (id, name), is meant; None: the fields are, after all. What is typed stays."""
        self.on_file = on_file
        for name, box in self.boxes.items():
            box.setEnabled(on_file is None or name == RELATION)
        self.alike.setVisible(on_file is None and bool(self.alike.rows))
        self._used.setVisible(on_file is not None)
        if on_file:
            self._used.set_text(f"用在册的“{on_file[1]}”，不另外建档；资料可以保存后再改。")
        self.changed.emit()

    def typed(self) -> dict[str, object]:
        """What stands in the block; {} when nothing does."""
        return {name: box.typed() for name, box in self.boxes.items() if box.filled}

    def input(self) -> MemberInput:
        """The member as `register_household` takes it."""
        typed = self.typed()
        relation = HEAD if self.head else str(typed.pop(RELATION, "") or "")
        return MemberInput(relation, {}, self.on_file[0]) if self.on_file else MemberInput(relation, typed)


class MemberBlocks(QWidget):
    """The head of household, unless `joining` a household on file, and any number of others."""

    changed = Signal()
    added = Signal(object)

    def __init__(self, *, joining: bool = False) -> None:
        super().__init__()
        self.blocks: list[MemberBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.M))
        line = QHBoxLayout()
        line.addWidget(button("添加家庭成员", "secondary", "plus", self.add, small=True, key="Alt+N"))
        line.addStretch(1)
        self._column.addLayout(line)
        self._put(head=not joining)

    def add(self) -> MemberBlock:
        """One more person, with the keyboard in the name."""
        block = self._put(head=False)
        block.boxes["name"].control.setFocus()
        return block

    def _put(self, *, head: bool) -> MemberBlock:
        block = MemberBlock(head=head)
        block.changed.connect(self.changed)
        block.removed.connect(self._remove)
        self.blocks.append(block)
        self.added.emit(block)
        self._column.insertWidget(self._column.count() - 1, block)
        self._number()
        return block

    def _remove(self, block: MemberBlock) -> None:
        self.blocks.remove(block)
        block.hide()
        block.deleteLater()
        self._number()
        self.changed.emit()

    def _number(self) -> None:
        for number, block in enumerate((one for one in self.blocks if not one.head), start=1):
            block.set_number(number)

    def filled(self) -> list[MemberBlock]:
        """The blocks in which something stands, in the order of `people.n`."""
        return [block for block in self.blocks if block.typed()]

    def drafted(self) -> list[dict[str, object]]:
        """What a draft keeps."""
        return [{"head": block.head, ON_FILE: block.on_file, **block.typed()} for block in self.filled()]

    def restore(self, drafted: Sequence[Mapping[str, Any]]) -> None:
        """Bring back what a draft kept."""
        for kept in drafted:
            heads = [block for block in self.blocks if block.head]
            block = heads[0] if kept.get("head") and heads else self._empty() or self._put(head=False)
            for name, value in kept.items():
                if name in block.boxes:
                    block.boxes[name].put(value)
            if on_file := kept.get(ON_FILE):
                block.use((str(on_file[0]), str(on_file[1])))

    def _empty(self) -> MemberBlock | None:
        return next((block for block in self.blocks if not block.head and not block.typed()), None)

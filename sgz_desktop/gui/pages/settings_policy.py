"""政策标准: what the law leaves to this place, with the document it stands in, and the packs in force."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from sgz_desktop.actions import policies
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import Local
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain import days
from sgz_desktop.domain.counties import county
from sgz_desktop.domain.policy.compare import plain, shown
from sgz_desktop.domain.policy.pack import NATION, Param
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.pages.settings_brief import ONLY_KEEPERS
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.fold import Fold
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.text_row import RowWords

HINT = "法律留给地方定的数填在这里，写明出自哪份文件；没填的，有关项目会说信息不全。"
EXAMPLES = {"yuan": "例如800", "number": "例如60%", "day": "例如2026-12-31"}
EXAMPLE_OF_UNIT = {"元/年": "例如25000", "倍": "例如1.5", "岁": "例如80", "个月": "例如6", "级": "例如2"}
SAVED = "政策标准已保存，各页会重新比对。10秒内可以撤销。"
NO_COUNTY = "没有查到这个代码，可以照填。"
WHOLE_NATION = "没填时只按国家规定比对。"


class StandardsCard(Card):
    """Saved as a whole; what cannot be kept says so under its field."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("政策标准")
        self._desk = desk
        self._kept: Local | None = None
        self._shown: dict[str, str] | None = None
        self.region = FieldFrame("行政区划代码", LineEdit("例如350627"), note="6位")
        self.source = FieldFrame("标准出自哪份文件", LineEdit("例如县民政局2026年3号"))
        self.fields: dict[str, FieldFrame] = {}
        self.others: Fold | None = None
        self._rest: list[str] = []
        self.region.control.changed.connect(self._name_county)
        self.add(paragraph(HINT, "second", "plain"))
        self._place = QVBoxLayout()
        self._place.setSpacing(px(Space.S))
        self.add(self._place)
        self.save_button = button("保存政策标准", icon="check", on_click=self.save)
        self.add(self.save_button)
        self.body.setAlignment(self.save_button, Qt.AlignmentFlag.AlignLeft)
        if not allowed(desk.actor, "change_local_standards"):
            self.save_button.hide()
            self.add(paragraph(ONLY_KEEPERS, "second", "plain"))

    def read(self, focus: str = "") -> None:
        """Read what is kept; `focus` names a standard to go to."""
        desk = self._desk

        def show(found: tuple[Local, tuple[Param, ...]]) -> None:
            self._show(*found)
            self.focus_on(focus)

        jobs.start(self, lambda _task: policies.local_standards(desk), done=show, key="standards")

    def focus_on(self, name: str) -> None:
        """Give a standard the keyboard."""
        if name in self.fields:
            if self.others and name in self._rest:
                self.others.open()
            self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, local: Local, params: Sequence[Param]) -> None:
        if set(self.fields) != {param.name for param in params}:
            self._build(params)
        if self._shown not in (None, self._typed()):
            return  # being edited
        self._kept = local
        self.region.control.set_value("" if local.region == NATION else local.region)
        self.source.control.set_value(local.source)
        for name, frame in self.fields.items():
            frame.control.set_value((local.values or {}).get(name, ""))
        self._shown = self._typed()
        self._name_county()

    def _build(self, params: Sequence[Param]) -> None:
        """What has no national value comes first; what has one is folded away."""
        while item := self._place.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        self.fields = {param.name: _field(param) for param in params}
        first = [param.name for param in params if param.value is None]
        self._rest = rest = [param.name for param in params if param.value is not None]
        frames = (self.region, *(self.fields[name] for name in first))
        self._place.addWidget(FieldGrid([*((frame, False) for frame in frames), (self.source, True)]))
        self.others = None
        if rest:
            grid = FieldGrid([(self.fields[name], False) for name in rest])
            words = RowWords(f"国家有规定、当地另有标准的（{len(rest)}）", tone="plain")
            self.others = Fold(words, lambda: grid)
            self._place.addWidget(self.others)

    def _name_county(self) -> None:
        code = days.plain(str(self.region.control.value()))
        found = county(code, int(self._desk.today()[:4])) if len(code) == 6 else ""
        whole = WHOLE_NATION if not code else ""
        self.region.set_error("")
        self.region.set_hint(found or whole or (NO_COUNTY if len(code) == 6 else ""))

    def _typed(self) -> dict[str, str]:
        frames = {"region": self.region, "source": self.source, **self.fields}
        return {name: str(frame.control.value()) for name, frame in frames.items()}

    def save(self) -> None:
        """Check and keep."""
        for frame in (self.region, self.source, *self.fields.values()):
            frame.set_error("")
        desk, typed, before = self._desk, self._typed(), self._kept
        region, source = typed.pop("region"), typed.pop("source")
        self.save_button.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: policies.change_local_standards(desk, region, typed, source),
            done=lambda _: self._saved(before),
            failed=self._refused,
        )

    def _saved(self, before: Local | None) -> None:
        self.save_button.set_busy("")
        self._shown = None
        self.said.emit(SAVED, (lambda: self._undo(before)) if before else None)
        self.read()

    def _undo(self, before: Local) -> None:
        desk = self._desk
        jobs.start(
            self,
            lambda _task: policies.change_local_standards(
                desk, before.region, before.values or {}, before.source
            ),
            done=lambda _: self._undone(),
        )

    def _undone(self) -> None:
        self._shown = None
        self.said.emit("已撤销。", None)
        self.read()

    def _refused(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        frames = {"region": self.region, "source": self.source, **self.fields}
        if isinstance(problem, SettingRefused) and problem.field in frames:
            frames[problem.field].set_error(problem.message)
            self.focus_on(problem.field)
            frames[problem.field].control.setFocus()
        else:
            messages.show_problem(problem, self)


def _field(param: Param) -> FieldFrame:
    """A field whose placeholder is the national value, else what is common, else an example."""
    if param.value is not None:
        example = f"全国{shown(param, param.value)}"
    elif param.usual is not None:
        example = f"常见{plain(param.usual)}{param.unit}"
    else:
        example = EXAMPLE_OF_UNIT.get(param.unit, EXAMPLES[param.kind])
    frame = FieldFrame(param.title, LineEdit(example), note=param.unit)
    frame.setToolTip(f"{param.source}{param.clause}")
    return frame

"""The verbs of the tab 迎检自查: go through a table, make one from a file or a 六有 checklist, its papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from sgz_desktop.actions import case_sample, papers_self_check, self_check
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.case_sample import CALLERS
from sgz_desktop.actions.forms import Saved
from sgz_desktop.actions.handover_sheet import Handouts
from sgz_desktop.actions.self_check import Imported
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.paper_dialog import show_paper
from sgz_desktop.gui.dialogs.pick_dialog import pick
from sgz_desktop.gui.dialogs.sample_dialog import ask_sample
from sgz_desktop.gui.pages.check_page import CheckPage
from sgz_desktop.gui.paper_pane import Make, PaperView
from sgz_desktop.gui.sheets_view import sheets_view
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.record_list import ListRow

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.station_hub import StationHub

NONE = "请先选一张评估表，或新建一张。"
FILES = "表格 (*.xlsx *.xls *.csv)"


def check_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """For the table in front, and for a new one."""

    def check() -> None:
        if id := hub.current_id():
            show_check(hub, id)
        else:
            hub.said.emit(NONE, None)

    made = [
        button("六有清单", icon="box-check", on_click=lambda: choose_checklist(hub)),
        button("从表格导入", icon="up", on_click=lambda: import_table(hub)),
    ]
    if not allowed(hub.desk.actor, "import_evaluation"):
        made = []
    return (*made, button("逐项自查", "tonal", "check", check, key="Alt+K"))


def show_check(hub: StationHub, id: str) -> None:
    """A table item by item, in the place of the list."""
    page = CheckPage(hub.desk, id)
    page.closed.connect(hub.back)
    page.said.connect(hub.said)
    page.go.connect(hub.go)
    page.paper_wanted.connect(lambda which: _paper(hub, id, which))
    hub.stack.put(page)


def choose_checklist(hub: StationHub) -> None:
    """A table from one of the checklists, at once."""
    rows = [(one.id, ListRow(one.title, second=one.source)) for one in self_check.checklists()]
    desk = hub.desk

    def done(saved: Saved) -> None:
        hub.read()
        show_check(hub, saved.id)

    def make(name: str) -> None:
        jobs.start(hub, lambda _task: self_check.make_checklist(desk, name), done=done, failed=_failed(hub))

    pick(hub, "按哪一份六有清单", rows, make, "新建")


def import_table(hub: StationHub) -> None:
    """A table from an evaluator's workbook."""
    path = messages.ask_open_path(hub, FILES)
    if path is not None:
        take_file(hub, path)


def take_file(hub: StationHub, path: Path) -> None:
    """Read a workbook and go through its items."""
    desk = hub.desk

    def work(_task: jobs.Task) -> Imported:
        return self_check.import_evaluation(desk, self_check.read_evaluation(desk, path), path.stem)

    def done(made: Imported) -> None:
        hub.read()
        hub.said.emit(_told(made), None)
        show_check(hub, made.id)

    jobs.start(hub, work, done=done, failed=_failed(hub))


def _told(made: Imported) -> str:
    rows = "、".join(str(one) for one in made.doubts[:3])
    more = f"等{len(made.doubts)}行" if len(made.doubts) > 3 else "行"
    return f"已读入{made.items}项。" + (f"第{rows}{more}的分值没读出，请补填。" if made.doubts else "")


def _failed(hub: StationHub) -> Callable[[BaseException], None]:
    return lambda problem: messages.show_problem(problem, hub)


def _paper(hub: StationHub, id: str, which: str) -> None:
    desk = hub.desk
    if which == "materials":
        make = partial(papers_self_check.material_list, desk, id)
        _to_sign(hub, papers_self_check.TITLE, id, make)
    elif which == "calls":
        rows = [(caller, ListRow(f"由{words}打电话")) for caller, words in CALLERS.items()]
        pick(hub, "谁来回访", rows, lambda caller: _calls(hub, id, caller), "生成")
    else:
        ask_sample(hub, desk.today(), lambda seed, size: draw(hub, id, seed, size))


def _calls(hub: StationHub, id: str, caller: str) -> None:
    desk = hub.desk
    _show(hub, case_sample.CALLS, lambda on: case_sample.print_call_list(desk, id, caller, on))


def draw(hub: StationHub, id: str, seed: int, size: int) -> None:
    """Draw cases, write down how, and show them."""
    desk = hub.desk

    def show(_drawn: object) -> None:
        _to_sign(hub, case_sample.SAMPLE, id, partial(case_sample.sample_paper, desk, id, seed, size))

    jobs.start(
        hub, lambda _task: case_sample.draw_cases(desk, id, seed, size), done=show, failed=_failed(hub)
    )


def _to_sign(hub: StationHub, title: str, id: str, make: Callable[[], Handouts]) -> None:
    show_paper(hub, sheets_view(hub.desk, title, ("evaluation_table", id), make), hub.said.emit)


def _show(hub: StationHub, title: str, make: Make) -> None:
    show_paper(hub, PaperView(title, "", f"{title}-{hub.desk.today()}.pdf", make), hub.said.emit)

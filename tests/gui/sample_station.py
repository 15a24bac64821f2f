"""A small station with one open case, made through actions: invented people, a clock that stands still."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from sgz_desktop.actions import cases, people, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, Saved, Typed, form, new_form, save_form
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.actions.station import OpenStation, create_station, open_station
from sgz_desktop.app import make_window
from sgz_desktop.gui import jobs
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.vault.stretch import Argon2Params

D = TypeVar("D", bound=QDialog)
CHEAP = Argon2Params(1024, 1, 1)
PASSPHRASE = "溪水边的大榕树下有只白鹭"
TODAY = datetime(2026, 6, 30, 9, 0)


def clock() -> Callable[[], int]:
    """30 June 2026, nine in the morning, a millisecond further at every look."""
    state = {"ms": int(TODAY.timestamp() * 1000)}

    def now() -> int:
        state["ms"] += 1
        return state["ms"]

    return now


def open_sample(folder: Path, name: str = "柳溪镇社会工作服务站") -> OpenStation:
    """An empty station, open, with a cheap passphrase."""
    return create_station(folder / "store", name, "甲社工", PASSPHRASE, params=CHEAP, now=clock())


def household(desk: Desk, village: str, head: str, born: str, *others: tuple[str, str, str]) -> Registered:
    """A household; `others` are (relation, name, born)."""
    members = [MemberInput("02", {"name": head, "born": born, "phone": "13900000217"})]
    members += [MemberInput(relation, {"name": name, "born": day}) for relation, name, day in others]
    typed = {"village": village, "village_group": "三组", "categories": ["dibao"]}
    return people.register_household(desk, typed, members)


def save(desk: Desk, kind: str, typed: Typed, rows: dict[str, list[RowInput]] | None = None) -> Saved:
    """A new record as its form would save it."""
    return save_form(desk, new_form(desk, kind), typed, rows)


def paper(
    desk: Desk, case: str, kind: str, typed: Typed, rows: dict[str, list[RowInput]] | None = None
) -> str:
    """A case's next paper; returns its id."""
    return save_form(desk, cases.new_paper(desk, case, kind), typed, rows).id


def visit(desk: Desk, home: str, day: str, facts: str, case: str = "", met: bool = True) -> str:
    """A visit to a household."""
    opened = visits.new_visit(desk, household=home)
    typed: dict[str, object] = {"date": day, "facts": facts, "met": met, "case": case or None}
    if not met:
        typed["not_met_reason"] = "out"
    return save_form(desk, opened, typed).id


def open_case(desk: Desk, family: Registered, day: str = "2026-03-12") -> str:
    """A case for the second person of the family, at intake, with nothing written."""
    found = visit(desk, family.household, day, "政策上门时发现，父亲一人照护。")
    return cases.open_case(
        desk, visit=found, person=family.people[1], typed={"topic": "重度残疾，照护只有父亲一人"}
    )


def write_intake(desk: Desk, case: str) -> None:
    """What the intake and the consent need before 预估."""
    intake = cases.case_page(desk, case).papers["intake"][0]
    words = {"decision": "accept", "problem_own_words": "想坐起来看看院子。", "urgency": "soon"}
    save_form(desk, form(desk, intake, "intake"), words)
    consent = {"ok_service": "agreed", "signed_on": "2026-03-12", "sign_mode": "guardian"}
    paper(
        desk, case, "consent", {"told_on": "2026-03-12", "service_scope": "上门探访，协助申请。", **consent}
    )


def write_plan(desk: Desk, case: str) -> None:
    """Assessment and plan, with two goals and a step."""
    needs = [RowInput("", {"sort": "care", "description": "每日照护", "priority": "first"})]
    words = {"assessed_on": "2026-03-20", "conclusion": "自理6项中5项不能完成。", "risk": "high"}
    paper(desk, case, "assessment", words, {"needs": needs})
    goals = [
        RowInput(
            "", {"place": 1, "description": "三个月内无新压疮", "measure": "每周查看", "due_on": "2026-06-30"}
        ),
        RowInput("", {"place": 2, "description": "父亲每周能休息半天", "due_on": "2026-08-31"}),
    ]
    steps = [
        RowInput("", {"place": 1, "action": "教翻身和防压疮手法", "due_on": "2026-04-20", "state": "doing"})
    ]
    plan = {
        "made_on": "2026-04-02",
        "overall_goal": "稳住照护，再谈安置",
        "client_confirmed_on": "2026-04-02",
    }
    paper(desk, case, "plan", plan, {"goals": goals, "steps": steps})


def sample(folder: Path) -> tuple[OpenStation, str]:
    """A station of three households and a case in 介入 with some records; returns it and the case's id."""
    station = open_sample(folder)
    desk = station.desk
    family = household(desk, "竹林坳村", "覃甲田", "1962-05-01", ("32", "覃乙月", "1991-03-02"))
    other = household(desk, "上溪村", "梁丙菊", "1948-03-07")
    household(desk, "石桥头村", "罗丁根", "1960-01-01")
    case = open_case(desk, family)
    write_intake(desk, case)
    cases.move_case(desk, case, "assessment", on="2026-03-20")
    write_plan(desk, case)
    cases.move_case(desk, case, "plan", on="2026-03-28")
    cases.move_case(desk, case, "intervention", on="2026-04-02")
    paper(desk, case, "session", {"date": "2026-05-15", "mode": "office", "facts": "父亲已会翻身手法。"})
    visit(desk, family.household, "2026-06-26", "见到本人和父亲。愿意坐轮椅到院里。", case)
    visit(desk, other.household, "2026-06-16", "药盒使用正常。")
    filed = {
        "programme": "tekun",
        "filed_on": "2026-06-11",
        "accepted_on": "2026-06-12",
        "accepted_by": "柳溪镇人民政府",
    }
    paper(desk, case, "application", filed)
    tasks = (
        {"what": "补同意书扫描件", "due_on": "2026-06-26", "case": case},
        {"what": "询问转介回执", "due_on": "2026-06-30", "person": other.people[0]},
    )
    for task in tasks:
        save(desk, "task", task)
    return station, case


_template: dict[str, object] = {}


def copy_of_sample(folder: Path) -> tuple[OpenStation, str]:
    """A copy of the sample, made once a run, open in `folder`; the case's id with it. SGZ_STATE is the
    caller's to set."""
    if not _template:
        place = Path(tempfile.mkdtemp(prefix="sgz-sample-"))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        station, case = sample(place)
        station.close()
        _template.update(place=place / "store", case=case)
    shutil.copytree(str(_template["place"]), folder / "store")
    return open_station(folder / "store", "甲社工", PASSPHRASE, now=clock()), str(_template["case"])


class _Bridge(QObject):
    changed = Signal(object)


def window_on(station: OpenStation, qtbot: Any = None) -> MainWindow:
    """The main window on a station, told of every commit as the program tells it. Without `qtbot`, whose life
    is one test's, who asked closes it."""
    window = make_window(station)
    bridge = _Bridge(window)
    bridge.changed.connect(window.broadcast)
    station.desk.store.listen(bridge.changed.emit)
    if qtbot:
        qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


def at_rest(qtbot: Any) -> None:
    """Wait until no job is under way and all that was posted has arrived."""
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=20_000)
    for _ in range(3):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=20_000)


def dialog_of(window: MainWindow, kind: type[D], qtbot: Any) -> D:
    """The dialog of a kind that is open over the window."""
    found: list[D] = []

    def there() -> bool:
        found[:] = [one for one in window.findChildren(kind) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there, timeout=10_000)
    return found[-1]


def press(button: QAbstractButton, qtbot: Any) -> None:
    """A click with the mouse, on a button that is there to be clicked."""
    assert button.isVisible(), button.text()
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(widget: QWidget, text: str) -> None:
    """Chinese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)

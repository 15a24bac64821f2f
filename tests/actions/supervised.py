"""A case with papers enough for a supervisor's copy, and copies of it that came back."""

from __future__ import annotations

from pathlib import Path

from sgz_desktop.actions import cases, forms, supervision_copy
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_copy import Copy, CopyWish
from sgz_desktop.domain.supervising import Mark
from tests.actions.papers_station import family, paper, visit

FILES = Path(__file__).parent / "supervision_files"
WHO = "周明远"
FACTS = "血压162/94，村医当场登记。\n药盒里28、29日两格未动。\n孙女放学后独自做作业。"


def supervised_case(desk: Desk) -> str:
    """A case of 陈小雨 with an intake, a plan with two goals and two sessions."""
    case = cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-02"))
    of = forms.form(desk, case, "case")
    forms.save_form(desk, of, {"supervisor": WHO, "topic": "陈小雨放学后没有人照看", "risk": "mid"})
    paper(desk, case, "intake", {"intake_on": "2026-06-03", "problem_seen": "父亲白天做工，孩子独自在家。"})
    plan = {"made_on": "2026-06-05", "overall_goal": "放学有人接"}
    paper(desk, case, "plan", plan, goals=[{"description": "放学有人照看"}, {"description": "按时服药"}])
    for day in ("2026-06-10", "2026-06-17"):
        paper(desk, case, "session", {"date": day, "start_time": "9:00", "end_time": "9:40", "facts": FACTS})
    return case


def given(desk: Desk, case: str, question: str = "是否同意计划", only: tuple[str, ...] = ()) -> Copy:
    """A copy made and written down."""
    made = supervision_copy.make_copy(desk, case, CopyWish(WHO, question, only))
    supervision_copy.note_copy(desk, made)
    return made


def mark_of(copy: Copy, kind: str, place: int = 0) -> Mark:
    """A mark that leads to a record of a kind."""
    return [mark for mark in copy.marks if mark.kind == kind][place]


def written(folder: Path, data: bytes, name: str = "回来的.pdf") -> Path:
    """A file with the bytes."""
    path = folder / name
    path.write_bytes(data)
    return path

"""A survey and an evaluator's table for the proofs of rights, beside the station's cases."""

from __future__ import annotations

from typing import Any

from sgz_desktop.actions import case_sample, papers_self_check, papers_survey, self_check, surveys
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.fields import Wire
from sgz_desktop.store.write import Write
from tests.proofs.roles_station import ADULTS, DAY, HIDDEN, MINORS, owner

NAMED = tuple(f"{id}-session" for id in (MINORS, ADULTS))
SURVEY, TABLE = "survey-1", "table-1"
AGREED: dict[str, Wire] = {"signed_on": DAY, "ok_service": "agreed", "ok_share_civil": "agreed"}


def at_work(desk: Desk) -> Desk:
    """The desk, of a station with a survey and a table whose one item is proven by a record of each case.
    Every client agreed that the bureau may have their number."""
    parts = [
        Write("survey", SURVEY, {"title": "需求调研", "year_plan": "就医陪同"}),
        Write(
            "survey_question", "question-1", {"survey": SURVEY, "place": 1, "text": "要什么", "sort": "text"}
        ),
        Write("survey_sheet", "sheet-1", {"survey": SURVEY, "number": 1, "village": "上溪村"}),
        Write("evaluation_table", TABLE, {"title": "年度评估"}),
        Write("evaluation_item", "item-1", {"table": TABLE, "text": "个案", "proof": "cases"}),
        *(
            Write("evaluation_evidence", f"proof-{id}", {"item": "item-1", "about": id})
            for id in (HIDDEN, MINORS, ADULTS)
        ),
        *(Write("consent", f"{id}-agreed", {"case": id, **AGREED}) for id in (HIDDEN, MINORS, ADULTS)),
    ]
    desk.store.write(lambda session: owner(desk.store).doing("save_form").record(session, "", parts))
    return desk


def sample_of_all(desk: Desk) -> Any:
    """Every case a lot may fall on, drawn by several seeds."""
    return [case_sample.sample_paper(at_work(desk), TABLE, seed, 50) for seed in (1, 2)]


READINGS = {
    "survey_findings": lambda desk: surveys.survey_findings(at_work(desk), SURVEY),
    "year_plans": lambda desk: surveys.year_plans(at_work(desk)),
    "survey_report": lambda desk: papers_survey.survey_report(at_work(desk), SURVEY),
    "name_records": lambda desk: self_check.name_records(at_work(desk), [*NAMED]),
    "evaluation_page": lambda desk: self_check.evaluation_page(at_work(desk), TABLE),
    "sample_paper": sample_of_all,
    "call_list": lambda desk: [
        case_sample.call_list(at_work(desk), TABLE, caller) for caller in case_sample.CALLERS
    ],
    "material_list": lambda desk: papers_self_check.material_list(at_work(desk), TABLE),
}
PAPERS = ("survey_report", "sample_paper", "call_list", "material_list")

"""Rights in groups, activities, volunteers, contract, staff, surveys, what is to be done."""

from __future__ import annotations

from sgz_desktop.actions.rights.grants import (
    CASE_KEEPING,
    COUNTING,
    ENTERING,
    PRINTING,
    READING,
    STATION_WIDE,
    Rule,
)

RULES = {
    "agenda": Rule(READING),
    "catalogue_poster": Rule(PRINTING),
    "contract_year": Rule(COUNTING),
    "diary_day": Rule(READING),
    "diary_days": Rule(READING),
    "enter_handouts": Rule(ENTERING),
    "enter_services": Rule(ENTERING),
    "enter_sign_ins": Rule(ENTERING),
    "evaluation_page": Rule(READING),
    "finish_item": Rule(ENTERING),
    "finish_tasks": Rule(ENTERING),
    "group_roll": Rule(READING),
    "handout_list": Rule(READING),
    "helpers_on": Rule(READING),
    "import_evaluation": Rule(CASE_KEEPING),
    "list_station": Rule(READING),
    "list_tasks": Rule(READING),
    "make_checklist": Rule(CASE_KEEPING),
    "mark_attendance": Rule(ENTERING),
    "move_item": Rule(ENTERING),
    "name_records": Rule(READING),
    "people_called": Rule(READING),
    "print_catalogue": Rule(PRINTING, logged=True),
    "read_evaluation": Rule(STATION_WIDE),
    "service_records": Rule(READING),
    "services_done": Rule(COUNTING),
    "sign_in_list": Rule(READING),
    "staff_standing": Rule(COUNTING),
    "survey_entry": Rule(ENTERING),
    "survey_findings": Rule(READING),
    "take_over": Rule(ENTERING),
    "year_plans": Rule(READING),
}

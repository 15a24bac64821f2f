"""The contract year, September 2025 to August 2026: what a station does beside visits and cases.

Told after visits and cases are planned, so that a worker's other hours are known. What lies after the story's
last day is planned only.
"""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.town import (
    year_activities,
    year_contract,
    year_groups,
    year_records,
    year_resources,
    year_volunteers,
)
from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Home
from sgz_desktop.actions.town.rounds import Agenda
from sgz_desktop.actions.town.words import told, villages
from sgz_desktop.actions.town.year_diary import Diary
from sgz_desktop.actions.town.year_people import Crowd

FIRST = ("contract", "contract_target", "contract_budget", "spending", "service_item")
BEFORE = (
    "staff",
    "training",
    "learning",
    "supervision_agreement",
    "supervision",
    "inspection",
    "room",
    "equipment",
    "policy_text",
)
AFTER = ("room_use", "publication")
OPENED = ("2023-09-01", "2024-03-01", "2024-09-01")


def write(book: Book, homes: Sequence[Home], agenda: Agenda) -> None:
    """All of it, put into the book."""
    diary, crowd = Diary(book, agenda), Crowd(Chance("青禾镇的人群"), homes)
    contract, station = told("year_contract"), told("year_station")
    year_records.write(diary, contract, *FIRST)
    year_records.write(diary, station, *BEFORE)
    _service_points(diary, crowd)
    year_activities.write(diary, crowd)
    year_groups.write(diary, crowd)
    year_volunteers.write(diary, crowd)
    year_resources.write(diary, crowd)
    year_contract.money(diary)
    year_contract.survey(diary)
    year_records.write(diary, contract, "evaluation_table")
    year_contract.self_checks(diary)
    year_records.write(diary, station, *AFTER)


def _service_points(diary: Diary, crowd: Crowd) -> None:
    """One in each village, with somebody of the village to ask."""
    for n, place in enumerate(villages()):
        liaison = crowd.other(place.name, (29, 54), "2025-09-01")
        typed = {
            "name": f"{place.name}社工室" if place.town else f"{place.name}服务点",
            "village": place.name,
            "address": f"{place.name}{place.spots[0]}旁",
            "liaison": liaison.name,
            "phone": crowd.telephone(),
            "opened_on": OPENED[n % 3],
            "hours": "周一至周五" if place.town else ("逢圩日上午", "每周二上午", "每周四下午")[n % 3],
            "worker": place.worker("2025-09-01"),
        }
        diary.add("service_point", typed, "2025-09-01", name=f"@{place.name}")

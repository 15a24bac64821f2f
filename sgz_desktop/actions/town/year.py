"""Two contract years, September 2024 to August 2026: what a station does beside visits and cases.

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
from sgz_desktop.actions.town.seasons import BEGUN
from sgz_desktop.actions.town.words import told, villages
from sgz_desktop.actions.town.year_diary import HEAD, Diary
from sgz_desktop.actions.town.year_people import Crowd

FIRST = ("contract_target", "contract_budget", "spending")
BEFORE = (
    "staff",
    "supervision_agreement",
    "inspection",
    "room",
    "equipment",
    "policy_text",
)
TAUGHT = ("training", "learning", "supervision")  # when the workers are free
AFTER = ("room_use", "publication")
SHORT = {  # records of the year before that stand in rows
    "supervision": (
        *("date", "start_time", "end_time", "mode", "side", "supervisor", "place", "attendees", "head_count"),
        *("topics", "advice", "carried_out"),
    ),
    "training": (
        *("date", "start_time", "end_time", "duration", "title", "organiser", "trainer", "place", "mode"),
        *("head_count", "content"),
    ),
}
PHONES_BEFORE = 9600  # telephones of those who came in the year before
OPENED = ("2023-09-01", "2024-03-01", "2024-09-01")


def begin(book: Book, agenda: Agenda) -> Diary:
    """The contracts and what is offered under them: told first, for visits and calls name what they were."""
    diary, contract, before = Diary(book, agenda), told("year_contract"), told("year_before")
    year_records.write(diary, contract, "contract", *FIRST)
    year_records.write(diary, before, *FIRST, since=BEGUN)
    year_records.write(diary, contract, "service_item", since=BEGUN)
    over = contract["over"]
    diary.change("contract", diary.names["@first"], over, over["closed_on"], HEAD)
    return diary


def write(diary: Diary, homes: Sequence[Home]) -> None:
    """All else of both years, put into the book."""
    crowd, contract, station = (
        Crowd(Chance("青禾镇的人群"), homes),
        told("year_contract"),
        told("year_station"),
    )
    year_records.write(diary, station, *BEFORE)
    _service_points(diary, crowd)
    _year_before(diary, homes)
    year_activities.write(diary, crowd)
    year_groups.write(diary, crowd, "year_groups")
    year_volunteers.write(diary, crowd)
    year_records.write(diary, station, *TAUGHT)
    year_resources.write(diary, crowd, "year_people")
    year_contract.money(diary, "year_contract")
    year_contract.survey(diary, "year_contract")
    year_records.write(diary, contract, "evaluation_table")
    year_contract.self_checks(diary)
    year_records.write(diary, station, *AFTER)


def _year_before(diary: Diary, homes: Sequence[Home]) -> None:
    """What was done in the year before, told shorter."""
    crowd = Crowd(Chance("上一年的人群"), homes, phone=PHONES_BEFORE)
    year_activities.write_before(diary, crowd)
    year_groups.write(diary, crowd, "year_before")
    for kind, fields in SHORT.items():
        for typed in year_records.rows(told("year_before")[f"{kind}s"], *fields):
            diary.add(kind, year_records.timed(diary, kind, typed), typed["date"])
    year_resources.write(diary, crowd, "year_before")
    year_contract.money(diary, "year_before")
    year_contract.survey(diary, "year_before")


def _service_points(diary: Diary, crowd: Crowd) -> None:
    """One in each village, with somebody of the village to ask."""
    for n, place in enumerate(villages()):
        liaison = crowd.other(place.name, (29, 54), BEGUN)
        typed = {
            "name": f"{place.name}社工室" if place.town else f"{place.name}服务点",
            "village": place.name,
            "address": f"{place.name}{place.spots[0]}旁",
            "liaison": liaison.name,
            "phone": crowd.telephone(),
            "opened_on": OPENED[n % 3],
            "hours": "周一至周五" if place.town else ("逢圩日上午", "每周二上午", "每周四下午")[n % 3],
            "worker": place.worker(BEGUN),
        }
        diary.add("service_point", typed, BEGUN, name=f"@{place.name}")

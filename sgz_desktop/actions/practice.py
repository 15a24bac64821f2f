"""The practice station: an invented town, told through the same actions everybody uses.

Its ids are fixed and it has a clock of its own, so every build holds the same records: equal digest, equal
export. Nothing in it may be taken for a real person, place or number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions import (
    policies,
    practice_story_door,
    practice_story_following,
    practice_story_garden,
    practice_story_reports,
    practice_story_village,
    settings,
    workers,
)
from sgz_desktop.actions.allowed import WORKER
from sgz_desktop.actions.desk import Desk, setting
from sgz_desktop.actions.practice_story_teller import StoryClock, StoryIds, Teller
from sgz_desktop.actions.practice_story_village import Filed
from sgz_desktop.actions.station import OpenStation, create_station, open_station
from sgz_desktop.actions.town import telling
from sgz_desktop.actions.town.words import villages
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import id_of, uuid7
from sgz_desktop.store import settings as kept
from sgz_desktop.store.store import Clock
from sgz_desktop.store.write import Write

STATION = "青禾镇社工站"
FIRST_WORKER, SECOND_WORKER, THIRD_WORKER, GONE_WORKER = "李小禾", "周望川", "秦望舒", "顾行远"
PASSPHRASE = "lianxi-qinghe-xiaozhen"  # what is invented needs no secret; shown wherever it is asked for
TODAY = "2026-06-30"
MONTH = TODAY[:7]
GONE_WORKER_ID = "019b0000-0000-7000-8000-00000000f0f2"  # of one who left: their name is on old papers
WHOLE_CASES = ("2026-A001", "2026-A002")  # the two told at length
STORE_ID = "019b0000-0000-7000-8000-00000000f0f0"
WORKER_ID = "019b0000-0000-7000-8000-00000000f0f1"
TOLD = "practice_told"
VILLAGES = ["上溪村", "石桥头村", "柳湾村", "竹园村", "东坡村", "青禾社区"]
BRIEF = {
    "send_to": "云岭县民政局",
    "copy_to": "青禾镇人民政府",
    "first_issue": "2026-01",
    "contract_from": "2026-01-01",
}
TOWN_BRIEF = {**BRIEF, "first_issue": "2024-09", "contract_from": "2024-09-01"}  # of three contract years
CONTRACT: Mapping[str, Wire] = {
    "number": "LX-2026-01",
    "title": "青禾镇社工站服务项目（练习）",
    "mode": "purchase",
    "buyer": "云岭县民政局",
    "signed_on": "2025-12-25",
    "first_on": "2026-01-01",
    "last_on": "2026-12-31",
    "amount": 25_000_000,
}
TARGETS = {"V01.households": 240, "C01.new": 8, "C02.sessions": 18, "P02": 420}
REGION = "359999"
STANDARDS = {"dibao_std": "785", "income_per_capita_prev_year": "30000", "rigid_ratio": "60%"}
TOWN_RHYTHM = {  # days between calls that three workers can keep up
    **dict.fromkeys(("person.tekun", "household.tekun"), "91"),
    **dict.fromkeys(("person.left_child", "person.child_in_need"), "122"),
    **dict.fromkeys(("person.living_alone", "person.advanced_age", "age.80"), "182"),
    **dict.fromkeys(("person.severely_disabled", "person.disabled_elder"), "182"),
    **dict.fromkeys(("person.dibao", "household.dibao", "household.dibao_margin"), "365"),
    **dict.fromkeys(("person.empty_nest", "person.disabled", "other"), "365"),
}

Progress = Callable[[str], None]


def clock() -> Clock:
    """The practice station's time: always on 30 June 2026, at the time of day it is."""

    def now() -> int:
        time_of_day = datetime.now().strftime("%H:%M:%S.%f")
        return int(datetime.fromisoformat(f"{TODAY}T{time_of_day}").timestamp() * 1000)

    return now


def open_practice(folder: Path, user: str, passphrase: str) -> OpenStation:
    """Open a practice station at its own time. Raises as `open_station`."""
    return open_station(folder, user, passphrase, now=clock())


def build_practice(
    folder: Path,
    passphrase: str = PASSPHRASE,
    progress: Progress = lambda told: None,
    *,
    town: bool = True,
) -> OpenStation:
    """A new practice station in an empty folder, open, told to the end. AppError as `create_station`.

    All its workers have the passphrase. Without the `town`, only the two stories and a small village around
    them: a second or two instead of some fifteen.
    """
    time = StoryClock("2025-12-01")
    station = create_station(
        folder,
        STATION,
        FIRST_WORKER,
        passphrase,
        kind="practice",
        now=time,
        ids=StoryIds(time),
        store_id=STORE_ID,
        worker_id=WORKER_ID,
    )
    try:
        for worker in (SECOND_WORKER, *([THIRD_WORKER] if town else [])):
            workers.add_worker(station.desk, station, worker, passphrase, [WORKER])
        _tell(station, time, progress, town)
        station.desk.store.write(lambda session: kept.put(session, TOLD, True))
    except BaseException:
        station.close()
        files.drop_folder(folder)
        raise
    station.desk.store.now = clock()
    station.desk = replace(station.desk, ids=uuid7)
    return station


def is_told(station: OpenStation) -> bool:
    """Was the story told to its end? A build that was killed is not, and may be thrown away."""
    return bool(setting(station.desk, TOLD, False))


def _tell(station: OpenStation, time: StoryClock, progress: Progress, town: bool) -> None:
    first = station.desk
    policies.change_local_standards(first, REGION, STANDARDS, "云岭县练习标准（虚构）")
    names = [SECOND_WORKER, *([THIRD_WORKER] if town else [])]
    story = Teller([first, *(_other(station, name) for name in names)], time)
    settings.change_settings(first, TOWN_BRIEF if town else BRIEF)
    if not town:  # the town's own year signs its contracts
        _sign_contract(first, TARGETS)
    order = [place.name for place in villages()] if town else VILLAGES
    first.store.write(lambda session: kept.put(session, "village_order", order))
    progress("办理两个家庭的个案……")
    practice_story_garden.tell(story)
    practice_story_door.tell(story.by(FIRST_WORKER))
    progress("登记六个村居的家庭和走访……")
    filed = _tell_town(story, progress) if town else practice_story_village.tell(story)
    practice_story_following.tell(story, filed)
    if town:
        practice_story_reports.tell_years(story)
    practice_story_reports.tell(story)


def _sign_contract(desk: Desk, targets: Mapping[str, int]) -> None:
    id = id_of("practice:contract")
    asked = [
        Write(
            "contract_target",
            id_of(f"practice:contract:{key}"),
            {"contract": id, "indicator": key, "goal": goal},
        )
        for key, goal in targets.items()
    ]
    writes = [Write("contract", id, CONTRACT), *asked]
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))


def _tell_town(story: Teller, progress: Progress) -> list[Filed]:
    settings.change_visit_rhythm(story.desks[FIRST_WORKER], TOWN_RHYTHM)
    gone = Actor(GONE_WORKER_ID, frozenset({WORKER}))
    story.desks[GONE_WORKER] = replace(story.desk, actor=gone, user=GONE_WORKER)
    filed = practice_story_village.settle(story)
    practice_story_village.desk_work(story, filed)
    telling.tell(story, filed, progress)
    return filed


def _other(station: OpenStation, name: str) -> Desk:
    """The same desk with another worker at it."""
    slot = station.slots.worker(name)
    assert slot is not None
    return replace(station.desk, actor=Actor(slot.worker_id, frozenset({WORKER})), user=name)

"""The contract's money, the survey of needs, and the tables the station checks itself by."""

from __future__ import annotations

from typing import Any

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.seasons import LAST, workday
from sgz_desktop.actions.town.words import told, village, villages
from sgz_desktop.actions.town.year_diary import Diary, Typed, pick
from sgz_desktop.actions.town.year_records import contract_of, rows
from sgz_desktop.domain.days import add_days, add_months

MONTHS = {"year_before": ("2024-09", 12), "year_contract": ("2025-09", 10)}  # from when on, how many
MOST_CHOICES = 3
AGES = ((22, 39), (40, 59), (60, 69), (70, 79), (80, 91))  # of the survey's first question
WHOM = (
    ("resident", "family"),
    ("resident", "family", "woman"),
    ("elder",),
    ("elder", "left_behind_elder"),
    ("elder",),
)
ITEM = ("section", "text", "points", "state", "scored", "where_kept", "note", "proof", "evidence")


def money(diary: Diary, file: str) -> None:
    """What is paid every month of a year, and a number on each voucher."""
    first, count = MONTHS[file]
    for one in told(file)["monthly"]:
        for month in (add_months(first, n) for n in range(count)):
            day = workday(f"{month}-{one['day']:02d}", min(f"{month}-28", LAST))
            typed: Typed = {
                "contract": contract_of(day),
                "date": day,
                **pick(one, "category", "what", "payee", "amount"),
            }
            diary.add("spending", typed, day)


def survey(diary: Diary, file: str) -> None:
    """The survey of a year with its questions, and the sheets that came back, as many as were planned."""
    one, chance = told(file)["survey"], Chance("青禾镇的调研")
    begun = add_days(one["first_on"], -4)
    fields = ("title", "first_on", "last_on", "area", "method", "planned_sheets")
    id = diary.add("survey", {**pick(one, *fields), "contract": contract_of(one["first_on"])}, begun)
    questions = []
    for place, (sort, text, options, weights) in enumerate(one["questions"], start=1):
        typed: Typed = {"survey": id, "place": place, "text": text, "sort": sort, "options": options}
        typed |= {"most": weights} if sort == "scale" else {}
        questions.append((diary.add("survey_question", typed, begun), sort, weights))
    for number in range(1, one["planned_sheets"] + 1):
        _sheet(diary, chance, one, id, questions, number)
    found = add_days(one["last_on"], 13)
    diary.change("survey", id, pick(one, "findings", "priorities", "year_plan"), found, "李小禾")


def _sheet(
    diary: Diary,
    chance: Chance,
    one: dict[str, Any],
    survey: str,
    questions: list[tuple[str, str, Any]],
    number: int,
) -> None:
    place = villages()[number % len(villages())].name
    day = workday(add_days(one["first_on"], chance.number(0, 17)), one["last_on"])
    worker = village(place).worker(day)
    band = _one(chance, questions[0][2])
    typed: Typed = {
        "survey": survey,
        "number": number,
        "date": day,
        "village": place,
        "whom": chance.pick(WHOM[band - 1]),
        "sex": chance.pick("女女男"),
        "age": chance.number(*AGES[band - 1]),
        "mode": "self" if number % 8 == 3 else "asked",
        "worker": worker,
    }
    sheet = diary.add("survey_sheet", typed, day, worker)
    for place_of, (question, sort, weights) in enumerate(questions):
        answer = {"choices": str(band)} if not place_of else _answer(chance, one, sort, weights, number)
        if answer:
            diary.add("survey_answer", {"sheet": sheet, "question": question, **answer}, day, worker)


def _answer(chance: Chance, one: dict[str, Any], sort: str, weights: Any, number: int) -> Typed:
    if sort == "text":
        words = one["words"]
        return {"words": words[number // 3]} if number % 3 == 1 and number // 3 < len(words) else {}
    if chance.share(0.03):
        return {}  # left open
    if sort == "scale":
        return {"score": 1 + chance.weighted([(n, w) for n, w in enumerate((0.05, 0.12, 0.28, 0.36, 0.19))])}
    if sort == "number":
        return {"score": chance.number(1, weights)}
    if sort == "one":
        return {"choices": str(_one(chance, weights))}
    some = [n for n, share in enumerate(weights[:-1], start=1) if chance.share(share / 100)][:MOST_CHOICES]
    return {"choices": ",".join(map(str, some or [len(weights)]))}


def _one(chance: Chance, weights: list[int]) -> int:
    """The place of a choice; 1 is the first."""
    return chance.weighted([(n, float(weight)) for n, weight in enumerate(weights, start=1)])


def self_checks(diary: Diary) -> None:
    """The lines of each table and the evidence named for them."""
    for one in told("year_contract")["item"]:
        day = "2026-02-25" if one["table"] == "@six" else "2026-03-02"
        for place, typed in enumerate(rows(one, *ITEM), start=1):
            evidence = typed.pop("evidence", "")
            given = {"table": one["table"], "place": place, "checked_on": day, **typed}
            item = diary.add("evaluation_item", given, day)
            if evidence:
                diary.add("evaluation_evidence", {"item": item, "about": evidence}, day)

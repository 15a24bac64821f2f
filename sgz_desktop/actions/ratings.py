"""Instruments at this station, ratings made with them, and how a person's scores moved over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, Typed, new_form, save_form
from sgz_desktop.domain import days, instruments
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.instruments import Instrument, InstrumentRefused
from sgz_desktop.domain.records.assessment import SELF_CARE
from sgz_desktop.domain.self_care import grade_of, undone
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, settings
from sgz_desktop.store.session import Reading

LOCAL = "instrument:"
SELF_CARE_ID, SELF_CARE_TOTAL = "self_care", "self_care6"  # from the six answers; a total typed in


@dataclass(frozen=True)
class Point:
    """One score: the record that holds it, its day as stored, and the hint it fell under ('' none)."""

    kind: str
    id: str
    day: str
    total: int
    grade: str = ""


@dataclass(frozen=True)
class Series:
    """The scores of one instrument, first to last. `most` 0 = not known; `case` the case of the last one."""

    id: str
    title: str
    unit: str
    most: int
    points: tuple[Point, ...] = field(default=())


@action
def instruments_here(desk: Desk) -> tuple[Instrument, ...]:
    """All instruments that can be filled in: the station's own first."""
    return desk.read(_instruments)


def _instruments(session: Reading) -> tuple[Instrument, ...]:
    own = {}
    for text in settings.starting(session, LOCAL).values():
        try:
            made = instruments.read_instrument(str(text).encode())
        except InstrumentRefused:
            continue  # kept by a newer version: not for this one
        own[made.id] = made
    return (*own.values(), *(one for one in instruments.shipped() if one.id not in own))


@action
def import_instrument(desk: Desk, path: Path) -> str:
    """Take in an instrument from a TOML file; its title. AppError when it is none.

    An own one replaces its earlier version, and a shipped one whose numbers are the station's to set.
    """
    data = files.read_whole(path, instruments.MAX_BYTES)
    try:
        made = instruments.read_instrument(data)
    except InstrumentRefused as refused:
        raise AppError(str(refused), "请改好文件再导入，原有的量表没有变动。") from None
    if any(one.id == made.id and not one.editable for one in instruments.shipped()):
        raise AppError("这份量表由程序提供，不能替换。", "请给自己的量表换一个编号。")
    text = data.decode("utf-8-sig")
    desk.store.write(lambda session: settings.put(session, LOCAL + made.id, text))
    return made.title


@action
def new_rating(desk: Desk, person: str, case: str = "") -> Form:
    """A rating of a person to be filled in, of today and by this worker."""
    values: dict[str, Wire] = {"person": person, "case": case or None}
    values |= {"rated_on": desk.today(), "worker": desk.user}
    return new_form(desk, "rating", {name: value for name, value in values.items() if value is not None})


@action
def save_rating(desk: Desk, form: Form, typed: Typed, answers: Mapping[str, str]) -> Saved:
    """Save a rating: with `answers` to an instrument that is here the total and the hint are counted, and
    kept only once every item is answered. Raises FormRefused; AppError without an instrument."""
    given = dict(typed)
    name = str(given.get("instrument") or form.values.get("instrument") or "").strip()
    if not name:
        raise AppError("还没有选量表，已填的内容还在。", "请选一份量表，或写上名称和总分。")
    found = next((one for one in desk.read(_instruments) if one.id == name), None)
    if found and (answers or not form.values.get("answers")):
        scored = instruments.score(found, answers)
        whole = scored.open == 0
        given |= {
            "instrument": found.id,
            "version": found.version,
            "answers": instruments.answers_text(answers) or None,
            "total": scored.total if whole else None,
            "grade": scored.grade or None,
        }
    return save_form(desk, form, given)


RATINGS = """SELECT id, instrument, rated_on, total, grade FROM r_rating
WHERE person = ? AND deleted IS NOT 1"""
SCALES = """SELECT a.id, s.instrument, coalesce(s.scored_on, a.assessed_on), s.score, s.note
FROM r_scale_score s JOIN r_assessment a ON a.id = s.assessment AND a.deleted IS NOT 1
JOIN r_case c ON c.id = a."case" AND c.deleted IS NOT 1 WHERE c.client = ? AND s.deleted IS NOT 1"""
CARED = f"""SELECT a.id, a.assessed_on, {", ".join("a." + name for name in SELF_CARE)} FROM r_assessment a
JOIN r_case c ON c.id = a."case" AND c.deleted IS NOT 1 WHERE c.client = ? AND a.deleted IS NOT 1"""


@action
def ratings_of(desk: Desk, person: str) -> tuple[Series, ...]:
    """Every instrument a person was rated with and the scores by day; self-care from the assessments."""

    def work(session: Reading) -> tuple[Series, ...]:
        titles = {one.id: one for one in _instruments(session)}
        found: dict[str, list[Point]] = {}
        cared = _self_care(session, person)
        answered = {point.id for point in cared}
        for kind, query in (("rating", RATINGS), ("assessment", SCALES)):
            for id, name, day, total, grade in queries.table(session, query, person):
                said_twice = name == SELF_CARE_TOTAL and id in answered
                if name and isinstance(total, int) and _is_day(day) and not said_twice:
                    found.setdefault(str(name), []).append(Point(kind, id, day, total, grade or ""))
        if cared:
            found[SELF_CARE_ID] = cared
        return tuple(_series(name, points, titles) for name, points in found.items())

    return desk.read(work)


def _self_care(session: Reading, person: str) -> list[Point]:
    return [
        Point("assessment", id, day, undone(answers), grade_of(undone(answers)))
        for id, day, *answers in queries.table(session, CARED, person)
        if _is_day(day) and None not in answers
    ]


def _is_day(day: object) -> bool:
    return isinstance(day, str) and days.is_day(day)


def _series(name: str, points: list[Point], known: Mapping[str, Instrument]) -> Series:
    ordered = tuple(sorted(points, key=lambda one: (days.earliest(one.day), one.id)))
    if name == SELF_CARE_ID:
        return Series(name, "生活自理：不能自主完成", "项", len(SELF_CARE), ordered)
    title = known[name].title if name in known else code_list("instrument").label(name)
    return Series(name, title, "分", known[name].most if name in known else 0, ordered)

"""What an evaluator of a case would ask about, found before they do: marks that help, never a grade.

Nothing here reads a store or a clock. Each rule looks at a case as it has come so far: what a later stage
should have is asked for once the case is there, so that writing down what lacks only ever takes marks away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.lifecycle import (
    ASSESSMENT,
    CLOSED,
    DECLINED,
    EVALUATION,
    FOLLOW_UP,
    INTERVENTION,
    LEAD,
    MAIN_WAY,
    ORAL,
    TRANSFERRED,
    MoveFact,
    backward_days,
    broken_way,
    in_order,
)
from sgz_desktop.domain.local_words import nth, sessions

SAME_FROM = 30  # characters; shorter sentences are alike by chance
DEAD = "dead"
AGREED = "agreed"
SPOKEN = ("aim", "facts", "judgement", "mood", "next_plan", "changes", "situation")

Values = Mapping[str, Wire]


@dataclass(frozen=True, slots=True)
class Limits:
    """The station's own numbers: sessions at least, days in which to write down, to sign after an oral
    consent, and to look in again after closing."""

    least_sessions: int = 3
    entry_days: int = 7
    oral_days: int = 7
    followup_days: int = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to look at: the rule, a sentence, and where it is put right (`id` '' = a new record)."""

    rule: str
    sentence: str
    kind: str
    id: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """One session of the case in the order they were held: kind, id and day ('' unknown)."""

    kind: str
    id: str
    day: str


@dataclass(frozen=True, slots=True)
class Told:
    """A text of a record of another case of the same worker: the case's number and the text folded."""

    number: str
    text: str


@dataclass(frozen=True)
class Review:
    """A case as plain values.

    `stage` is where it stands, `reached` the furthest stage of the main way it stands at or left from.
    `moves` are its moves between stages; `records` holds by kind the values of its records with "id";
    `entered` the day each was first written.
    """

    case: Values
    stage: str
    reached: str
    records: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    served: Sequence[Served] = ()
    entered: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Sequence[Told] = ()
    moves: Sequence[MoveFact] = ()

    def of(self, kind: str) -> Sequence[Values]:
        """The records of a kind."""
        return self.records.get(kind, ())

    def at_least(self, stage: str) -> bool:
        """Has the case come to a stage of the main way?"""
        return self.reached in MAIN_WAY and MAIN_WAY.index(self.reached) >= MAIN_WAY.index(stage)

    def last(self, kind: str, day: str) -> Values | None:
        """The record of a kind with the latest `day`."""
        found = self.of(kind)
        return max(found, key=lambda one: (str(one.get(day) or ""), str(one["id"])), default=None)

    @property
    def died(self) -> bool:
        """Did the case end with the client's death?"""
        return any(one.get("reason") == DEAD for one in self.of("closure"))


def marks(review: Review, limits: Limits, today: str) -> tuple[Mark, ...]:
    """All marks of a case in the order of the work. A case on paper, not taken, or gone to
    another station, has none."""
    if review.case.get("on_paper") or review.stage in (LEAD, DECLINED, TRANSFERRED):
        return ()
    return tuple(mark for rule in RULES for mark in rule(review, limits, today))


def _id(record: Values | None) -> str:
    return str(record["id"]) if record else ""


def _day(record: Values | None, name: str) -> str:
    value = record.get(name) if record else None
    return value if isinstance(value, str) and days.is_day(value) else ""


def _before(one: str, other: str) -> bool:
    """Does the first day surely lie before the second? Unknown days say nothing."""
    return bool(one and other) and days.latest(one) < days.earliest(other)


def late_consent(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Consent given later than the first service, or not at all while there was service."""
    first = min((one.day for one in review.served if one.day), default="")
    if not first:
        return
    agreed = [one for one in review.of("consent") if one.get("ok_service") == AGREED]
    given = [day for one in agreed if (day := _day(one, "signed_on") or _day(one, "told_on"))]
    if not given:
        told = review.last("consent", "told_on")
        yield Mark("consent", "已有服务记录，还没有同意服务的记录。", "consent", _id(told), "ok_service")
    elif _before(first, min(given)):
        earliest = min(agreed, key=lambda one: _day(one, "signed_on") or _day(one, "told_on") or "9")
        yield Mark(
            "consent", "知情同意晚于第一次服务，可补记口头同意的日期。", "consent", _id(earliest), "told_on"
        )


def vague_goals(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """A goal that nobody can tell is reached, or that has no day."""
    plan = review.last("plan", "made_on")
    for number, goal in enumerate(_goals(review), start=1):
        lacks = [
            words
            for name, words in (("measure", "怎样算达成"), ("due_on", "完成时限"))
            if goal.get(name) is None
        ]
        if lacks:
            yield Mark("goal", f"目标{number}还没有写{'和'.join(lacks)}。", "plan", _id(plan), "goals")


def _goals(review: Review) -> list[Values]:
    """The goals of the plan made last, as the page numbers them."""
    plan = review.last("plan", "made_on")
    found = [one for one in review.of("goal") if plan and one.get("plan") == plan["id"]]
    return sorted(found, key=lambda one: (_whole(one.get("place")), str(one["id"])))


def _whole(value: Wire) -> int:
    return value if isinstance(value, int) else 1 << 30


def broken_links(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Need → goal → session → result: where the chain does not hold."""
    plan = review.last("plan", "made_on")
    if review.at_least(INTERVENTION):
        answered = {goal.get("need") for goal in review.of("goal")}
        unanswered = [need for need in review.of("need") if need["id"] not in answered]
        if unanswered:
            yield Mark("need", f"{len(unanswered)}条需求还没有对应的目标。", "plan", _id(plan), "goals")
    if review.at_least(EVALUATION):
        worked = {row.get("goal") for row in review.of("goal_progress")}
        where = Mark("progress", "过程记录里没有目标{}的进度。", *_last_served(review), "progress")
        yield from _unlinked(review, worked, where)
    if review.at_least(CLOSED):
        rated = {row.get("goal") for row in review.of("goal_result")}
        found = review.last("evaluation", "evaluated_on")
        where = Mark("result", "评估表里没有目标{}的结果。", "evaluation", _id(found), "results")
        yield from _unlinked(review, rated, where)


def _last_served(review: Review) -> tuple[str, str]:
    return (review.served[-1].kind, review.served[-1].id) if review.served else ("session", "")


def _unlinked(review: Review, named: set[Wire], where: Mark) -> Iterator[Mark]:
    """One mark for each goal of the plan that is not `named`; its number goes into the sentence."""
    for number, goal in enumerate(_goals(review), start=1):
        if goal["id"] not in named:
            yield replace(where, sentence=where.sentence.format(number))


def no_comparison(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Neither words nor scores from before and after."""
    if not review.at_least(EVALUATION) or review.died or _compared(review):
        return
    found = review.last("evaluation", "evaluated_on")
    yield Mark("compare", "还没有服务前后的对比，写几句或填前后测分。", "evaluation", _id(found), "before")


def _compared(review: Review) -> bool:
    for one in review.of("evaluation"):
        if any(
            one.get(before) is not None and one.get(after) is not None
            for before, after in (("before", "after"), ("score_before", "score_after"))
        ):
            return True
    rated: dict[Wire, set[Wire]] = {}
    for kind, day in (("rating", "rated_on"), ("scale_score", "scored_on")):
        for one in review.of(kind):
            if one.get("instrument") and one.get(day):
                rated.setdefault(one["instrument"], set()).add(one[day])
    return any(len(on) > 1 for on in rated.values())


SUPERVISED = (
    (ASSESSMENT, "intake", "intake_on", ("supervisor_remark",), "接案表"),
    (INTERVENTION, "plan", "made_on", ("supervisor_remark", "supervisor_confirmed_on"), "服务计划"),
    (CLOSED, "closure", "closed_on", ("supervisor_remark", "supervisor_signed_on"), "结案报告"),
)


def no_supervision(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """No word of the supervisor at intake, plan or closing."""
    for stage, kind, day, names, title in SUPERVISED:
        told = any(one.get(name) is not None for one in review.of(kind) for name in names)
        if review.at_least(stage) and not told:
            yield Mark("supervisor", f"{title}还没有督导意见。", kind, _id(review.last(kind, day)), names[0])


def few_sessions(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Fewer sessions than the station asks for when the work comes to its end."""
    held = len(review.served)
    if review.at_least(EVALUATION) and held < limits.least_sessions and not review.died:
        yield Mark(
            "sessions",
            f"服务了{sessions(held)}，本站定为至少{sessions(limits.least_sessions)}，可在结案报告说明。",
            "session",
        )


def same_words(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """The same text in two records of the case, or in another case of the worker."""
    elsewhere = {one.text: one.number for one in review.elsewhere}
    first: dict[str, str] = {}
    by_id = {record["id"]: record for kind in ("session", "visit") for record in review.of(kind)}
    for number, one in enumerate(review.served, start=1):
        record = by_id.get(one.id, {})
        here = {text: name for name in SPOKEN if (text := comparable(record.get(name)))}
        name = nth(number)
        for text, of in here.items():
            if text in first:
                yield Mark(
                    "same", f"{name}与{first[text]}有一段文字相同，请看是否漏改。", one.kind, one.id, of
                )
            elif text in elsewhere:
                words = f"{name}与个案{elsewhere[text]}有一段文字相同，请看是否漏改。"
                yield Mark("same", words, one.kind, one.id, of)
            first.setdefault(text, name)


def comparable(text: Wire) -> str:
    """A text as it is compared: widths and case folded, letters and figures only; '' when it is short."""
    if not isinstance(text, str):
        return ""
    folded = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    return folded if len(folded) >= SAME_FROM else ""


def late_entries(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Written down many days after the service."""
    for number, one in enumerate(review.served, start=1):
        entered = review.entered.get(one.id, "")
        if not (one.day and entered and days.is_day(one.day)):
            continue
        after = days.days_between(days.latest(one.day), entered)
        if after > limits.entry_days:
            words = f"{nth(number)}在服务后第{after}天录入，本站定为{limits.entry_days}天内。"
            yield Mark("entry", words, one.kind, one.id, "date")


def no_followup(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Nobody looked in again by the day that was set, or within the station's days."""
    if review.stage not in (CLOSED, FOLLOW_UP) or review.of("followup") or review.died:
        return
    closure = review.last("closure", "closed_on")
    closed = _day(review.case, "closed_on") or _day(closure, "closed_on")
    due = _day(closure, "followup_due_on")
    if not due and closed:
        due = days.add_days(days.latest(closed), limits.followup_days)
    if _before(due, today):
        yield Mark("followup", "结案后还没有跟进记录。", "followup")


SIGNED = (
    (ASSESSMENT, "consent", "told_on", ("signed_on",), "知情同意书"),
    (INTERVENTION, "plan", "made_on", ("client_confirmed_on",), "服务计划"),
    (CLOSED, "closure", "closed_on", ("client_signed_on",), "结案报告"),
)


def unsigned(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Papers the client has not signed."""
    for stage, kind, day, names, title in SIGNED:
        if not review.at_least(stage) or (kind == "closure" and review.died):
            continue
        if any(one.get(name) is not None for one in review.of(kind) for name in names):
            continue
        oral = next((one for one in review.of(kind) if one.get("sign_mode") == ORAL), None)
        due = _day(oral, "paper_due_on")
        words = f"口头同意已记，请在{days.show_day(due)}前补签。" if due else f"{title}还没有签署。"
        yield Mark("signature", words, kind, _id(oral or review.last(kind, day)), names[0])


def odd_days(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """Days that contradict the case: kept as written, to be looked at."""
    opened, closed = _day(review.case, "opened_on"), _day(review.case, "closed_on")
    for number, one in enumerate(review.served, start=1):
        if _before(one.day, opened):
            yield Mark("days", f"{nth(number)}的日期早于开案日期，请核对。", one.kind, one.id, "date")
        elif _before(closed, one.day):
            yield Mark("days", f"{nth(number)}的日期晚于结案日期，请核对。", one.kind, one.id, "date")
    for kind, name, title in (
        ("assessment", "assessed_on", "需求评估"),
        ("plan", "made_on", "服务计划"),
        ("evaluation", "evaluated_on", "评估表"),
    ):
        for record in review.of(kind):
            day = _day(record, name)
            if _before(day, opened):
                yield Mark("days", f"{title}的日期早于开案日期，请核对。", kind, _id(record), name)
            elif _before(closed, day):
                yield Mark("days", f"{title}的日期晚于结案日期，请核对。", kind, _id(record), name)
    for record in review.of("closure"):
        day = _day(record, "closed_on")
        if day and closed and (_before(day, closed) or _before(closed, day)):
            words = "结案报告的日期与个案的结案日期不一致，请核对。"
            yield Mark("days", words, "closure", _id(record), "closed_on")
    for record in review.of("followup"):
        if _before(_day(record, "date"), closed):
            yield Mark("days", "跟进日期早于结案日期，请核对。", "followup", _id(record), "date")
    for move in backward_days(review.moves):
        words = f"进入“{code_list('case_stage').label(move.to_stage or '')}”的日期早于上一步，请核对。"
        yield Mark("days", words, "case_move", move.id, "moved_on")


def moved_apart(review: Review, limits: Limits, today: str) -> Iterator[Mark]:
    """The stage in force does not follow from the one before: two computers moved the case apart. The next
    move of a worker settles it."""
    last = in_order(review.moves)[-2:]
    if broken_way(last):
        words = f"两台电脑各自变动过阶段，现在算作“{code_list('case_stage').label(review.stage)}”，请核对。"
        yield Mark("moves", words, "case_move", last[-1].id)


Rule = Callable[[Review, Limits, str], Iterable[Mark]]
RULES: tuple[Rule, ...] = (
    odd_days,
    moved_apart,
    late_consent,
    vague_goals,
    broken_links,
    no_comparison,
    no_supervision,
    few_sessions,
    same_words,
    late_entries,
    unsigned,
    no_followup,
)

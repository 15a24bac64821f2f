"""What happened with a family, as one list: each event with its day, its words and the record behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sgz_desktop.actions.application_progress import WAITING, followed
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.instruments import shipped
from sgz_desktop.domain.lifecycle import ORAL
from sgz_desktop.domain.local_words import nth
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.application import Application
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

APPLICATION = Application.KIND


@dataclass(frozen=True)
class Event:
    """One event. `icon` names a drawn icon, `tag` a word in a badge with `tone` info, warn, ok or danger."""

    kind: str
    id: str
    day: str
    day_words: str
    title: str
    text: str
    worker: str
    icon: str
    tag: str = ""
    tone: str = "info"


def first_line(*texts: str | None) -> str:
    """The first text that says something, on one line."""
    found = next((text for text in texts if text), "")
    return " ".join(found.split())


def visit_event(row: queries.VisitRow, today: str, number: int = 0) -> Event:
    """A visit; `number` when it is the n-th session of a case."""
    missed = row.met == 0
    mode = code_list("visit_mode").label(row.mode) if row.mode else "走访"
    title = f"走访，{nth(number)}" if number else ("走访" if mode == "入户" else f"走访（{mode}）")
    reason = code_list("not_met_reason").label(row.not_met_reason) if row.not_met_reason else ""
    purposes = "、".join(code_list("visit_purpose").label(code) for code in split_codes(row.purposes))
    text = reason if missed else first_line(row.facts, row.changes, row.handling, purposes)
    return Event(
        kind="visit",
        id=row.id,
        day=row.date or "",
        day_words=days.short_day(row.date, today) if row.date else "日期未填",
        title=title,
        text=text,
        worker=row.worker or "",
        icon="visit",
        tag="未遇" if missed else "",
        tone="warn",
    )


@dataclass(frozen=True)
class _Shape:
    day: str
    icon: str
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    tag: Callable[[Any], tuple[str, str]] = lambda record: ("", "info")
    otherwise: str = ""  # the day where that one is not written


def _fixed(title: str) -> Callable[[Any], str]:
    return lambda record: title


def _texts(*names: str) -> Callable[[Any], str]:
    return lambda record: first_line(*(getattr(record, name) for name in names))


def _label(codes: str, code: str | None) -> str:
    return code_list(codes).label(code) if code else ""


def _signing(name: str) -> Callable[[Any], tuple[str, str]]:
    return lambda record: ("", "ok") if getattr(record, name) else ("待签", "warn")


def _consent_tag(record: Any) -> tuple[str, str]:
    if record.signed_on or record.sign_mode != ORAL or not days.is_day(record.paper_due_on or ""):
        return _signing("signed_on")(record)
    return f"{days.show_day(record.paper_due_on)}前补签", "warn"


def _application_tag(record: Any) -> tuple[str, str]:
    if record.result:
        return _label("application_result", record.result), "ok"
    return ("办理中", "info") if record.filed_on else ("准备材料", "warn")


AWAITED = "等回执"


def _referral_tag(record: Any) -> tuple[str, str]:
    if record.outcome not in (None, "waiting"):
        return _label("referral_result", record.outcome), "ok"
    if record.reply_on:
        return "已回复", "ok"
    return (AWAITED, "warn") if record.sent_on else ("未转出", "warn")


def _referral_text(record: Any) -> str:
    placed = (
        f"{days.show_day(record.placed_on)}安置到{record.placed_at or '接收单位'}" if record.placed_on else ""
    )
    job = f"{days.show_day(record.job_from)}上岗：{record.job_title or '岗位未填'}" if record.job_from else ""
    return first_line(record.outcome_note, placed, job, record.reason_note, record.receiver)


def check_state(record: Any) -> tuple[str, str]:
    """Of a check at somebody's home: signed by both checkers and the person, or waiting for it."""
    signed = record.signed_by_first and record.signed_by_second and record.person_signed
    return ("已签", "ok") if signed else ("待签", "warn")


def _rated(record: Any) -> str:
    known = {one.id: one.title for one in shipped()}
    return f"量表评定：{known.get(record.instrument, record.instrument or '量表未填')}"


def _rated_text(record: Any) -> str:
    total = "" if record.total is None else f"{record.total}分"
    return "，".join(part for part in (total, record.grade, record.note) if part) or "还没有填完"


CHECK = "household_check"
SHAPES: dict[str, _Shape] = {
    "intake": _Shape("intake_on", "case", _fixed("接案"), _texts("problem_seen", "problem_own_words")),
    "consent": _Shape(
        "signed_on", "doc", _fixed("知情同意书"), _texts("service_scope"), _consent_tag, "told_on"
    ),
    "assessment": _Shape("assessed_on", "doc", _fixed("需求评估"), _texts("conclusion", "facts")),
    "plan": _Shape(
        "made_on", "edit", _fixed("服务计划"), _texts("overall_goal"), _signing("client_confirmed_on")
    ),
    "session": _Shape("date", "talk", _fixed("会谈"), _texts("facts", "aim", "judgement")),
    "application": _Shape(
        "filed_on",
        "refer",
        lambda record: f"申请：{_label('programme', record.programme) or '项目未填'}",
        _texts("result_reason", "note", "accepted_by"),
        _application_tag,
    ),
    "referral": _Shape(
        "sent_on",
        "refer",
        lambda record: f"转介：{_label('referral_kind', record.sort) or '类别未填'}",
        _referral_text,
        _referral_tag,
    ),
    CHECK: _Shape(
        "date",
        "doc",
        _fixed(BY_KIND[CHECK].TITLE),
        _texts("housing", "living_there", "own_words", "entrusted_by"),
        check_state,
    ),
    "evaluation": _Shape("evaluated_on", "check", _fixed("目标达成评估"), _texts("after", "client_words")),
    "closure": _Shape("closed_on", "doc", _fixed("结案报告"), _texts("summary", "goals_reached")),
    "mandatory_report": _Shape("found_on", "alert", _fixed("强制报告"), _texts("facts", "result")),
    "followup": _Shape("date", "phone", _fixed("跟进"), _texts("situation")),
    "rating": _Shape("rated_on", "chart", _rated, _rated_text),
    "handover": _Shape(
        "handed_on",
        "people",
        lambda record: f"交接：{record.from_worker or '（未写）'}交给{record.to_worker or '（未写）'}",
        _texts("open_work", "risks", "note"),
    ),
}


def case_events(session: Reading, case: str, today: str, *, visits: bool = True) -> list[Event]:
    """Everything recorded for a case, newest first; sessions are numbered in the order they were held."""
    events = []
    for kind, shape in SHAPES.items():
        if kind == APPLICATION:
            continue
        for record in read.of_parent(session, BY_KIND[kind], "case", case):
            events.append(_event(kind, shape, record, today))
    events += application_events(session, read.of_parent(session, Application, "case", case), today)
    held = session_days(session, case)
    numbers = {id: place for place, (_, id, _) in enumerate(held, start=1)}
    if visits:
        rids = [rid for _, _, rid in held if rid] + _found_in(session, case)
        rows = queries.visits(session, list(dict.fromkeys(rids))).values()
        events += [visit_event(row, today, numbers.get(row.id, 0)) for row in rows]
    events = [_numbered(event, numbers) for event in events]
    return sorted(events, key=lambda event: (event.day, event.kind), reverse=True)


def application_events(session: Reading, found: Sequence[Application], today: str) -> list[Event]:
    """Applications; those under way say how far they have come."""
    waiting = {str(one.id) for one in found if one.result in WAITING}
    told = {row.id: one.words for row, one in followed(session, today, open_only=False)} if waiting else {}
    events = [_event(APPLICATION, SHAPES[APPLICATION], one, today) for one in found]
    return [
        replace(event, text=first_line(told.get(event.id), event.text)) if event.id in waiting else event
        for event in events
    ]


def applications_apart(session: Reading, person: str, household: str, today: str) -> list[Event]:
    """Applications of a person and their household that belong to no case."""
    found = read.of_parent(session, Application, "person", person)
    found += read.of_parent(session, Application, "household", household) if household else []
    apart = {str(one.id): one for one in found if one.case is None and one.person in (None, person)}
    return application_events(session, list(apart.values()), today)


def _found_in(session: Reading, case: str) -> list[int]:
    """The visit that led to the case: shown with it, and not one of its sessions."""
    found = queries.table(
        session, "SELECT v.rid FROM r_case c JOIN r_visit v ON v.id = c.found_in WHERE c.id = ?", case
    )
    return [row[0] for row in found]


def session_days(session: Reading, case: str) -> list[tuple[str, str, int]]:
    """(day, id, rid of a visit or 0) of every session of a case, first to last: session records and visits
    that serve the case and met somebody."""
    visits = queries.table(
        session,
        """SELECT date, id, rid, start_time FROM r_visit
        WHERE "case" = ? AND deleted IS NOT 1 AND met IS NOT 0""",
        case,
    )
    sessions = queries.table(
        session,
        """SELECT date, id, 0, start_time FROM r_session WHERE "case" = ? AND deleted IS NOT 1""",
        case,
    )
    held = sorted([*visits, *sessions], key=lambda row: (row[0] or "", row[3] or "", row[1]))
    return [(row[0] or "", row[1], row[2]) for row in held]


def check_events(session: Reading, person: str, household: str, today: str) -> list[Event]:
    """Entrusted checks of a person or their home, which are no visits, as events of the person's page."""
    kind, shape = BY_KIND[CHECK], SHAPES[CHECK]
    found = {one.id: one for one in read.of_parent(session, kind, "person", person)}
    if household:
        found |= {one.id: one for one in read.of_parent(session, kind, "household", household)}
    return [_event(CHECK, shape, one, today) for one in found.values()]


def _event(kind: str, shape: _Shape, record: Any, today: str) -> Event:
    day = getattr(record, shape.day) or getattr(record, shape.otherwise, None) or ""
    tag, tone = shape.tag(record)
    return Event(
        kind=kind,
        id=record.id,
        day=day,
        day_words=days.short_day(day, today) if day else "日期未填",
        title=shape.title(record),
        text=shape.text(record),
        worker=getattr(record, "worker", None) or "",
        icon=shape.icon,
        tag=tag,
        tone=tone,
    )


def _numbered(event: Event, numbers: dict[str, int]) -> Event:
    if event.kind != "session" or event.id not in numbers:
        return event
    return replace(event, title=f"会谈，{nth(numbers[event.id])}")

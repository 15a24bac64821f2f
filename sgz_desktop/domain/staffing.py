"""Are there enough people at the station, and are they what its rules ask for: met, at risk or missed.

Pure functions of plain values; the numbers are data with their source (`resources/forms/staffing.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sgz_desktop.domain import days
from sgz_desktop.resources import resource

Ids = tuple[str, ...]


class State(StrEnum):
    """How a rule stands. OPEN: what it needs is not on file."""

    MET = "met"
    RISK = "risk"
    MISSED = "missed"
    OPEN = "open"


STATE_WORDS: Mapping[State, str] = {
    State.MET: "达标",
    State.RISK: "有风险",
    State.MISSED: "未达标",
    State.OPEN: "待填",
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff. Days are YYYY-MM-DD or less exact; None is unknown."""

    id: str
    name: str
    post: str | None = None
    full_time: bool | None = None
    posted_on: str | None = None
    left_on: str | None = None
    qualification: str | None = None
    certified_on: str | None = None
    registered_until: str | None = None
    checked_on: str | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """When the contract of the year and its cycle began; `posts` full-time posts it asks for."""

    signed_on: str | None = None
    cycle_from: str | None = None
    posts: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule: `when` is the day by which it must be met or was missed ('' none), `words` why, `ids` whom it
    is about."""

    code: str
    title: str
    state: State
    words: str
    when: days.Day = ""
    ids: Ids = ()


@cache
def rules() -> Mapping[str, Any]:
    """The numbers as shipped, each table with the `article` it comes from."""
    return tomllib.loads(resource("forms", "staffing.toml").read_text(encoding="utf-8"))


def staffing(staff: Iterable[Member], signing: Signing, today: days.Day) -> list[Standing]:
    """Every rule as it stands today, the missed first."""
    known = list(staff)
    here = [one for one in known if _is_here(one, today)]
    own = [one for one in here if one.post not in rules()["outside"]["posts"]]
    gone = [one for one in known if one not in here and one.post not in rules()["outside"]["posts"]]
    found = [
        _full_time(own, signing, today),
        _one_qualified(own),
        _all_qualified(own, signing, today),
        *_posting(own, gone, signing, today),
        _offence_checks(here, today),
        *_registrations(own, today),
    ]
    order = (State.MISSED, State.RISK, State.OPEN, State.MET)
    return sorted(found, key=lambda one: order.index(one.state))


def is_qualified(member: Member) -> bool | None:
    """Does what is on file count as a qualification? None when nothing is on file."""
    return None if member.qualification is None else member.qualification in rules()["qualified"]["codes"]


def _is_here(member: Member, today: days.Day) -> bool:
    begun = _day(member.posted_on)
    gone = _day(member.left_on)
    return (begun is None or days.earliest(begun) <= today) and (gone is None or days.latest(gone) >= today)


def _was_here(member: Member, day: days.Day) -> bool:
    """Surely posted by a day and still there on it?"""
    begun, left = _day(member.posted_on), _day(member.left_on)
    return begun is not None and days.latest(begun) <= day and (left is None or days.earliest(left) >= day)


def _full_time(own: Sequence[Member], signing: Signing, today: days.Day) -> Standing:
    rule = rules()["full_time"]
    least, most = signing.posts or rule["least"], max(signing.posts or 0, rule["most"])
    full = [one for one in own if one.full_time is True]
    title, ids, limit = f"专职{least}人以上", _ids(full), _posting_limit(signing)
    if len(full) >= least:
        more = f"，多于通常的{most}人" if len(full) > most else ""
        return Standing("full_time", title, State.MET, f"现有专职{len(full)}人{more}", ids=ids)
    words = f"现有专职{len(full)}人，还缺{least - len(full)}人"
    if limit and today <= limit:
        return Standing("full_time", title, State.RISK, f"{words}，{_by(limit)}到岗", limit, ids)
    unsaid = [one for one in own if one.full_time is None]
    if len(full) + len(unsaid) >= least:
        return Standing("full_time", title, State.OPEN, f"{len(unsaid)}人没有填是否专职", ids=_ids(unsaid))
    return Standing("full_time", title, State.MISSED, words, limit, ids)


def _one_qualified(own: Sequence[Member]) -> Standing:
    least = rules()["qualified"]["least"]
    found = [one for one in own if is_qualified(one)]
    title = f"至少{least}人有资质"
    if len(found) >= least:
        return Standing("one_qualified", title, State.MET, f"有资质{len(found)}人", ids=_ids(found))
    unsaid = _ids(one for one in own if is_qualified(one) is None)
    state = State.OPEN if unsaid else State.MISSED
    words = f"{len(unsaid)}人没有填资质" if unsaid else "现在没有人有资质"
    return Standing("one_qualified", title, state, words, ids=unsaid or _ids(own))


def _all_qualified(own: Sequence[Member], signing: Signing, today: days.Day) -> Standing:
    rule, title = rules()["qualified"], "两个项目年度内全部有资质"
    without = [one for one in own if not is_qualified(one)]
    limit = _years_on(_day(signing.cycle_from) or _day(signing.signed_on), rule["all_within_years"])
    if not own:
        return Standing("all_qualified", title, State.OPEN, "还没有登记人员", limit)
    if not without:
        return Standing("all_qualified", title, State.MET, f"{len(own)}人都有资质", limit)
    names, ids = _names(without), _ids(without)
    if not limit:
        return Standing("all_qualified", title, State.OPEN, f"{names}还没有资质，合同周期没有填", ids=ids)
    if today > limit:
        return Standing("all_qualified", title, State.MISSED, f"{names}还没有资质", limit, ids)
    soon = days.days_between(today, limit) <= rule["soon_days"]
    words = f"{names}还没有资质，{_by(limit)}取得"
    return Standing("all_qualified", title, State.RISK if soon else State.MET, words, limit, ids)


def _posting(
    own: Sequence[Member], gone: Sequence[Member], signing: Signing, today: days.Day
) -> Iterator[Standing]:
    """Posted in time after the signing: of the full-time people the contract began with. Who left later was
    there in time all the same, and who came in their place is not late."""
    limit, title = _posting_limit(signing), f"签约后{rules()['posting']['within_days']}天内到岗"
    if not limit:
        yield Standing("posting", title, State.OPEN, "合同签订日期没有填")
        return
    least = signing.posts or rules()["full_time"]["least"]
    full = [one for one in own if one.full_time is True]
    full += [one for one in gone if one.full_time is True and _was_here(one, limit)]
    posted = sorted(days.latest(day) for one in full if (day := _day(one.posted_on)))
    unsaid = [one for one in full if _day(one.posted_on) is None]
    in_time = sum(day <= limit for day in posted)
    if in_time >= least:
        yield Standing("posting", title, State.MET, f"{in_time}人按时到岗", limit, _ids(full))
    elif today <= limit:
        yield Standing(
            "posting", title, State.RISK, f"{in_time}人已到岗，{_by(limit)}到齐", limit, _ids(full)
        )
    elif in_time + len(unsaid) >= least:
        words = f"{_names(unsaid)}没有填到岗日期"
        yield Standing("posting", title, State.OPEN, words, limit, _ids(unsaid))
    else:
        late = [one for one in full if (day := _day(one.posted_on)) and days.latest(day) > limit]
        words = f"{_names(late)}晚到岗" if late else f"期限内只有{in_time}人到岗"
        yield Standing("posting", title, State.MISSED, words, limit, _ids(late))


def _offence_checks(here: Sequence[Member], today: days.Day) -> Standing:
    """Everybody asked about in the police records before they began and every year."""
    rule, title = rules()["offence_check"], "犯罪记录每年查询"
    if not here:
        return Standing("offence_check", title, State.OPEN, "还没有登记人员")
    due = {one.id: _months_on(_day(one.checked_on), rule["every_months"]) for one in here}
    late = [one for one in here if not due[one.id] or due[one.id] < today]
    if late:
        first = min(due[one.id] for one in late)
        return Standing(
            "offence_check", title, State.MISSED, f"{_names(late)}要查犯罪记录", first, _ids(late)
        )
    first = min(due.values())
    near = [one for one in here if days.days_between(today, due[one.id]) <= rule["soon_days"]]
    if near:
        words = f"{_names(near)}要查犯罪记录"
        return Standing("offence_check", title, State.RISK, words, first, _ids(near))
    return Standing("offence_check", title, State.MET, f"下次{days.show_day(first)}前", first)


def _registrations(own: Sequence[Member], today: days.Day) -> Iterator[Standing]:
    """Registrations that run out, one line each; those that run on are no line."""
    for one in own:
        until = _day(one.registered_until)
        if until is None:
            continue
        last = days.latest(until)
        left = days.days_between(today, last)
        if left < 0:
            words, state = f"{one.name}的登记已过期", State.MISSED
        elif left <= rules()["registration"]["soon_days"]:
            words, state = f"{one.name}的登记还有{left}天", State.RISK
        else:
            continue
        yield Standing("registration", "资质登记有效", state, words, last, (one.id,))


def _posting_limit(signing: Signing) -> days.Day:
    signed = _day(signing.signed_on)
    return days.add_days(days.latest(signed), rules()["posting"]["within_days"]) if signed else ""


def _years_on(day: str | None, years: int) -> days.Day:
    """The last day of so many years from a day; '' from none."""
    begun = _months_on(day, 12 * years)
    return days.add_days(begun, -1) if begun else ""


def _months_on(day: str | None, months: int) -> days.Day:
    if day is None:
        return ""
    first = days.earliest(day)
    month = days.add_months(first[:7], months)
    return min(f"{month}-{first[8:]}", days.latest(month))


def _day(value: str | None) -> str | None:
    return value if value is not None and days.is_day(value) else None


def _by(day: days.Day) -> str:
    return f"{days.show_day(day)}前"


def _ids(members: Iterable[Member]) -> Ids:
    return tuple(one.id for one in members)


def _names(members: Sequence[Member]) -> str:
    """Two names, and how many more."""
    named = "、".join(one.name or "（姓名未填）" for one in members[:2])
    return named if len(members) <= 2 else f"{named}等{len(members)}人"

"""P: the people served and those on file. V: visits. D: calls and visits to the desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import compress
from typing import Any

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fact_columns import column, columns
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.indicator_facts import AT_HOME, Facts, FileFact, Period
from sgz_desktop.domain.indicators.figure import Indicator, each, figure
from sgz_desktop.domain.indicators.served import (
    activities,
    contacts,
    held,
    occasions,
    present,
    seen,
    served,
    signed,
    taking_part,
)
from sgz_desktop.domain.people_groups import codes_of, of_age, people_groups, visit_lists
from sgz_desktop.domain.units import Homes, HomeTimes, People, Percent, PersonTimes

UNKNOWN = "unknown"
VISITS = frozenset({"visit"})
UNKNOWN_ALONE = frozenset({UNKNOWN})


def p01(facts: Facts, period: Period) -> list[Indicator]:
    """People served: distinct over the period."""
    return [each("P01", "", "服务总人数", People, (who for who, _ in served(facts, period)))]


def p02(facts: Facts, period: Period) -> list[Indicator]:
    """Person-times: each person once on each occasion, and the heads counted at activities."""
    on_cases = [id for _, id in seen(facts, occasions(facts, period))]
    in_groups = [one.id for one in present(facts, held(facts, period))]
    shows = list(activities(facts, period))
    at_shows = PersonTimes.total(taking_part(facts, one) for one in shows)
    heads = [one.id for one in shows if (one.head_count or 0) > len(facts.signed_at.get(one.id, ()))]
    ids = (*on_cases, *in_groups, *(id for _, id in signed(facts, shows)), *heads)
    times = PersonTimes.of(on_cases) + PersonTimes.of(in_groups) + at_shows
    return [figure("P02", "", "服务人次", times, ids)]


def p03(facts: Facts, period: Period) -> list[Indicator]:
    """Files open at the end of the period, opened in it, and kept up in it."""
    found = []
    inside = period.among(day for _, day in facts.edits)
    edited = {record for record, day in facts.edits if day in inside}
    filed, closed = _begun(facts.files, period)
    within = period.among(filed)
    fields = ("id", "kind", "filed_on", "closed_on", "deleted")
    for kind, whom, unit in (("person", "服务对象", People), ("household", "家庭", Homes)):
        standing = [
            id
            for id, of, first, last, deleted in columns(facts.files, *fields)
            if of == kind and first in filed and last not in closed and not deleted
        ]
        new = _filed(facts, kind, within)
        old = edited.difference(new)
        updated = [id for id in _filed(facts, kind, filed) if id in old] if old else []
        found += [
            each("P03", f"open_{kind}", f"在册{whom}", unit, standing),
            each("P03", f"new_{kind}", f"新增建档（{whom}）", unit, new),
            each("P03", f"updated_{kind}", f"更新档案（{whom}）", unit, updated),
        ]
    return found


def _filed(facts: Facts, kind: str, days: Collection[str | None]) -> list[str]:
    """Ids of the files of a kind that were filed on some days."""
    fields = columns(facts.files, "id", "kind", "filed_on", "deleted") if days else ()
    return [id for id, of, day, deleted in fields if of == kind and day in days and not deleted]


def _begun(files: Sequence[FileFact], period: Period) -> tuple[frozenset[str | None], frozenset[str | None]]:
    """Days of filing by which a file was open by the end of the period, None among them; days by which it was
    closed. Many files, few days."""
    filed = period.begun_among(column(files, "filed_on"))
    return filed | {None}, period.begun_among(column(files, "closed_on"))


def p04(facts: Facts, period: Period) -> list[Indicator]:
    """People served by category and by group of people; somebody may count in several, in all once."""
    people = _known(facts, period)
    found = [each("P04", "total", "按类别服务人数（去重合计）", People, people)]
    of_code: dict[str, list[str]] = {}
    for who, (codes, _) in people.items():
        for code in codes or UNKNOWN_ALONE:
            of_code.setdefault(code, []).append(who)
    known = code_list("person_category")
    for code in sorted(of_code, key=lambda code: (code == UNKNOWN, known.order(code), code)):
        title = "类别未填" if code == UNKNOWN else known.label(code) or "其他类别"
        found.append(each("P04", code, f"其中：{title}", People, of_code[code]))
    kinds = set(people.values())
    for group in people_groups():
        inside = {kind for kind in kinds if group.holds(*kind, period.last)}
        ids = (who for who, kind in people.items() if kind in inside)
        found.append(each("P04", f"group.{group.id}", group.title, People, ids))
    return found


def _known(facts: Facts, period: Period) -> dict[str, tuple[frozenset[str], str | None]]:
    """Everybody served → categories and birth, as the file tells them, else where they are named."""
    files, found = facts.file_by_person, dict[str, tuple[frozenset[str], str | None]]()
    for who, category in dict.fromkeys(served(facts, period)):
        file = files.get(who)
        if file is not None:
            found[who] = codes_of(file.categories), file.born
        elif category or who not in found:
            found[who] = codes_of(category) | (found[who][0] if who in found else frozenset()), None
    return found


def v01(facts: Facts, period: Period) -> list[Indicator]:
    """Home visits: people seen, and households called on."""
    visits = occasions(facts, period, mode=AT_HOME, kind=VISITS)
    return [
        each("V01", "people", "入户探访", PersonTimes, (id for _, id in seen(facts, visits))),
        each("V01", "households", "入户探访", HomeTimes, (id for id, _ in visits)),
    ]


def v02(facts: Facts, period: Period) -> list[Indicator]:
    """People told of policies: those seen on visits that told of some, and who asked at the desk; apart from
    them, those at activities that did."""
    told = {codes for codes in set(column(facts.contacts, "policies")) if codes_of(codes)}
    visits = occasions(facts, period, policies=told, kind=VISITS)
    at_the_desk = _at_the_desk(facts, period, "policies", "subjects")
    asked = [id for id, policies, subjects in at_the_desk if _asked(policies, subjects)]
    shows = [one for one in activities(facts, period) if one.told_policy]
    there = PersonTimes.total(taking_part(facts, one) for one in shows)
    ids = [*(id for _, id in seen(facts, visits)), *asked]
    return [
        each("V02", "", "政策宣传与咨询", PersonTimes, ids),
        figure("V02", "activities", "活动中讲政策", there, (one.id for one in shows)),
    ]


@lru_cache(1 << 12)
def _asked(policies: str | None, subjects: str | None) -> bool:
    return bool(codes_of(policies)) or "policy" in split_codes(subjects)


def v03(facts: Facts, period: Period) -> list[Indicator]:
    """Of those on each list at the end of the period, how many were reached in it at least once."""
    met = [one for one in contacts(facts, period) if one.met != 0]
    people = {who for who, _ in seen(facts, ((one.id, one.met) for one in met))}
    homes = {one.household for one in met}
    lists = visit_lists()
    of_code: dict[str, list[str]] = {code: [] for code in lists.people}
    anybody: list[str] = []
    of_home: dict[str, list[str]] = {code: [] for code in lists.households}
    filed, closed = _begun(facts.files, period)
    gone = period.begun_among(column(facts.files, "gone_on"))
    aged = {
        code: {born for born in set(column(facts.files, "born")) if of_age(born, years, period.last)}
        for code, years in lists.older.items()
    }
    for file in facts.files:
        open_then = file.filed_on in filed and file.closed_on not in closed and file.gone_on not in gone
        if file.deleted or not open_then:
            continue
        codes = codes_of(file.categories)
        if file.kind == "household":
            for code in codes & of_home.keys():
                of_home[code].append(file.id)
            continue
        own = {code for code in codes if code in of_code}
        own.update(code for code, born in aged.items() if file.born in born and code in of_code)
        for code in own:
            of_code[code].append(file.id)
        if own:
            anybody.append(file.id)
    found = _rates("all", "重点人群", anybody, people, People)
    for code, ids in of_code.items():
        found += _rates(code, code_list("person_category").label(code), ids, people, People) if ids else []
    for code, ids in of_home.items():
        title = code_list("household_category").label(code)
        title += "（户）" if code in of_code else ""
        found += _rates(f"home.{code}", title, ids, homes, Homes) if ids else []
    return found


def _rates(
    part: str, title: str, ids: list[str], reached: Iterable[str | None], unit: type[People] | type[Homes]
) -> list[Indicator]:
    known = set(reached)
    there = [id for id in ids if id in known]
    found = [
        each("V03", f"{part}.listed", f"应探访：{title}", unit, ids),
        each("V03", f"{part}.reached", f"已探访：{title}", unit, there),
    ]
    rate = figure("V03", part, f"探访率：{title}", Percent.of_parts(len(there), len(ids)), there)
    return [*found, rate] if ids else found


def d01(facts: Facts, period: Period) -> list[Indicator]:
    """Calls and visits to the desk, each once."""
    found = _at_the_desk(facts, period, "way")
    came = [id for id, way in found if way in ("came", "brought")]
    called = [id for id, way in found if way in ("called", "message")]
    return [
        each("D01", "", "来访来电", PersonTimes, (id for id, _ in found)),
        each("D01", "came", "其中：来访", PersonTimes, came),
        each("D01", "called", "其中：来电", PersonTimes, called),
    ]


def _at_the_desk(facts: Facts, period: Period, *fields: str) -> list[tuple[Any, ...]]:
    """Id and some fields of each call and visit of the period."""
    dates = column(facts.desk, "date")
    inside = map(period.among(dates).__contains__, dates)
    return list(compress(columns(facts.desk, "id", *fields), inside))

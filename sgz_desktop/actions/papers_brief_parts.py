"""Parts of the brief that tell of single records: by surname, village, codes, months and counts only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from sgz_desktop.actions.figures import Compared, Span
from sgz_desktop.domain import days, local_words
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.surnames import COMPOUND
from sgz_desktop.reports.values import (
    Bar,
    BarChart,
    Block,
    Heading,
    Narrative,
    Side,
)
from sgz_desktop.store import facts
from sgz_desktop.store.facts import CaseBrief, VisitDay
from sgz_desktop.store.session import Reading

VILLAGES = 8
WEEK = 7
MONTHS, QUARTER = 6, 3


class Known(Protocol):
    """What the parts need of a report's span."""

    @property
    def this(self) -> str: ...

    @property
    def period(self) -> Period: ...

    def one(self, code: str, part: str = "", unit: str = "") -> Compared: ...

    def value(self, code: str, part: str = "", unit: str = "") -> int | float: ...


def somebody(name: str | None) -> str:
    """陈某, 欧阳某; 某服务对象 where the name does not start with a Han surname."""
    text = (name or "").strip()
    if len(text) > 2 and text[:2] in COMPOUND:
        return f"{text[:2]}某"
    return f"{text[0]}某" if text and "\u4e00" <= text[0] <= "\u9fff" and len(text) > 1 else "某服务对象"


def casework(session: Reading, known: Known) -> tuple[Block, ...]:
    """Casework of the span in report prose; nothing where there was nothing."""
    total = known.one("C01", "total").now
    if not total.ids:
        return ()
    sessions, hours = known.value("C02", "sessions"), known.value("C02", "hours")
    text = f"{known.this}服务个案{total.value}个，其中新增{known.value('C01', 'new')}个、"
    text += f"结案{known.value('C01', 'closed')}个，期末在跟进{known.value('C01', 'open')}个；"
    text += f"开展个案会谈{local_words.sessions(sessions)}" + (f"，计{hours}小时。" if hours else "。")
    new, closed = (set(known.one("C01", part).now.ids) for part in ("new", "closed"))
    lines = [_case_line(one, new, closed, known.this) for one in facts.case_briefs(session, total.ids)]
    return (Heading("个案服务"), Narrative("\n".join((text, *lines))))


def _case_line(one: CaseBrief, new: set[str], closed: set[str], this: str) -> str:
    natures = "、".join(code_list("case_nature").label(code) for code in split_codes(one.natures))
    state = "、".join(word for word, ids in ((f"{this}新增", new), (f"{this}结案", closed)) if one.id in ids)
    where = f"（{village_words(one.village)}）" if one.village else ""
    parts = (natures or "问题类别未填", state or "继续服务")
    return f"{somebody(one.name)}{where}：{'，'.join(parts)}。"


def village_words(village: str | None) -> str:
    """A village by its name only: whatever somebody wrote behind 村 or 社区 is left out."""
    text = (village or "").strip()
    for end in ("社区", "居委会", "村"):
        at = text.find(end)
        if at > 0:
            return text[: at + len(end)]
    return "" if any(mark.isdigit() for mark in text) else text


def visits(session: Reading, known: Known) -> tuple[Block, ...]:
    """Home visits of the span in report prose."""
    calls = facts.visit_days(session, known.period)
    if not calls:
        return ()
    villages = {village_words(one.village) for one in calls} - {""}
    missed = sum(1 for one in calls if not one.met)
    text = f"入户探访{len(calls)}户次，见到{known.value('V01', 'people')}人次"
    text += f"，覆盖{len(villages)}个村（居）" if villages else ""
    text += f"；其中{missed}户次未遇。" if missed else "。"
    return (Heading("入户探访"), Narrative(text))


def helped(session: Reading, known: Known) -> tuple[Block, ...]:
    """Applications and referrals of the span in report prose."""
    applied = [known.one("J01", "", unit).now for unit in ("人", "户")]
    words = "、".join(f"{one.value}{one.unit}" for one in applied if one.value)
    lines = [f"协助{words}申请救助，由乡镇（街道）受理、民政部门审核确认。"] if words else []
    sent, placed, jobs = (known.value("J03", part) for part in ("sent", "placed", "jobs"))
    moved = [f"转介{sent}人次"] * bool(sent) + [f"机构安置{placed}人"] * bool(placed)
    moved += [f"就业上岗{jobs}人"] * bool(jobs)
    lines += ["，".join(moved) + "。"] if moved else []
    return (Heading("救助协助与转介"), Narrative("\n".join(lines))) if lines else ()


def visit_charts(session: Reading, span: Span) -> tuple[Block, ...]:
    """Home visits by week beside the last month's, by month where the span is long, and by village; nothing
    without visits."""
    now = facts.visit_days(session, span.now)
    if not now:
        return ()
    met = sum(1 for one in now if one.met)
    right = BarChart(
        "各村（居）入户探访", f"见到{met}", f"未遇{len(now) - met}", _villages(now), paired=False
    )
    return (Side(_weekly(session, span, now) if span.before else _monthly(session, span, now), right),)


def _weekly(session: Reading, span: Span, now: Sequence[VisitDay]) -> BarChart:
    before = span.before or span.now
    then = facts.visit_days(session, before)
    weeks = _by_week(now, span.now), _by_week(then, before)
    bars = tuple(Bar(_week_label(at, span.now), weeks[0][at], weeks[1][at]) for at in range(_weeks(span.now)))
    return BarChart("每周入户探访", f"本月{len(now)}", f"上月{len(then)}", bars, unit="户次")


def _monthly(session: Reading, span: Span, now: Sequence[VisitDay]) -> BarChart:
    """By month; by quarter where a row of months would be too fine to read."""
    then = facts.visit_days(session, span.year_ago)
    here, ago = (Counter(one.day[:7] for one in found) for found in (now, then))
    count = days.months_between(span.now.first[:7], span.now.last[:7]) + 1
    months = [days.add_months(span.now.first[:7], at) for at in range(count)]
    each = 1 if count <= MONTHS else QUARTER
    parts = [months[at : at + each] for at in range(0, count, each)]
    bars = tuple(
        Bar(
            _months_label(part),
            sum(here[one] for one in part),
            sum(ago[days.add_months(one, -12)] for one in part),
        )
        for part in parts
    )
    name = "每月入户探访" if each == 1 else "每季入户探访"
    return BarChart(name, f"本期{len(now)}", f"去年同期{len(then)}", bars, unit="户次")


def _months_label(part: Sequence[str]) -> str:
    first, last = int(part[0][5:]), int(part[-1][5:])
    return f"{first}月" if first == last else f"{first}—{last}月"


def _weeks(period: Period) -> int:
    return -(-(days.days_between(period.first, period.last) + 1) // WEEK)


def _by_week(calls: Iterable[VisitDay], period: Period) -> Counter[int]:
    """Calls by week of the period; a day of which only the month is known stands in the first."""
    return Counter(max(0, days.days_between(period.first, days.earliest(one.day))) // WEEK for one in calls)


def _week_label(week: int, period: Period) -> str:
    first = days.add_days(period.first, week * WEEK)
    last = min(days.add_days(first, WEEK - 1), period.last)
    return f"{int(first[8:])}—{int(last[8:])}日" if first != last else f"{int(first[8:])}日"


def _villages(calls: Sequence[VisitDay]) -> tuple[Bar, ...]:
    """The villages visited most, the others as one."""
    met, missed = Counter[str](), Counter[str]()
    for one in calls:
        (met if one.met else missed)[village_words(one.village) or "村居未填"] += 1
    order = sorted({*met, *missed}, key=lambda name: (-met[name] - missed[name], name))
    few, others = order[:VILLAGES], order[VILLAGES:]
    bars = [Bar(name, met[name], missed[name]) for name in few]
    if others:
        bars.append(Bar("其他", sum(met[n] for n in others), sum(missed[n] for n in others)))
    return tuple(bars)


DUE = {
    "session": "个案会谈",
    "visit": "走访",
    "followup": "结案跟进",
    "group_session": "小组活动",
    "activity": "社区活动",
    "goal": "个案目标到期检视",
    "decision": "救助申请办理结果跟进",
    "review": "救助待遇复查",
    "reply": "转介回执跟进",
    "task": "其他待办",
}


def when(on: Sequence[str]) -> str:
    """7月3日、7月8日; 7月2日至24日 when there are more than two; 9月15日至次年7月8日 where a year ends."""
    shown = list(dict.fromkeys(days.show_day(day).partition("年")[2] or days.show_day(day) for day in on))
    if len(shown) <= 2:
        return "、".join(shown)
    first, last = shown[0], shown[-1]
    if on[0][:4] != on[-1][:4]:
        return f"{first}至次年{last}"
    month = first.partition("月")[0] + "月"
    return f"{first}至{last.removeprefix(month) or last}"

"""Parts of the brief that tell of single records: by surname, village, codes, months and counts only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from sgz_desktop.actions.figures import Compared, Rules
from sgz_desktop.domain import days, local_words
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.surnames import COMPOUND
from sgz_desktop.reports.values import (
    Bar,
    BarChart,
    Block,
    Column,
    Heading,
    Narrative,
    Side,
    Table,
)
from sgz_desktop.store import facts
from sgz_desktop.store.facts import CaseBrief, VisitDay
from sgz_desktop.store.session import Reading

VILLAGES = 8
WEEK = 7


class Known(Protocol):
    """What the parts need of a brief's month."""

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


def services(session: Reading, known: Known) -> tuple[Block, ...]:
    """Casework, visits and referrals of the month in report prose; nothing where there was nothing."""
    return (*_casework(session, known), *_visits(session, known), *_help(known))


def _casework(session: Reading, known: Known) -> tuple[Block, ...]:
    total = known.one("C01", "total").now
    if not total.ids:
        return ()
    sessions, hours = known.value("C02", "sessions"), known.value("C02", "hours")
    text = f"本月服务个案{total.value}个，其中新增{known.value('C01', 'new')}个、"
    text += f"结案{known.value('C01', 'closed')}个，期末在跟进{known.value('C01', 'open')}个；"
    text += f"开展个案会谈{local_words.sessions(sessions)}" + (f"，计{hours}小时。" if hours else "。")
    new, closed = (set(known.one("C01", part).now.ids) for part in ("new", "closed"))
    lines = [_case_line(one, new, closed) for one in facts.case_briefs(session, total.ids)]
    return (Heading("个案服务"), Narrative("\n".join((text, *lines))))


def _case_line(one: CaseBrief, new: set[str], closed: set[str]) -> str:
    natures = "、".join(code_list("case_nature").label(code) for code in split_codes(one.natures))
    state = "、".join(word for word, ids in (("本月新增", new), ("本月结案", closed)) if one.id in ids)
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


def _visits(session: Reading, known: Known) -> tuple[Block, ...]:
    calls = facts.visit_days(session, known.period)
    if not calls:
        return ()
    villages = {village_words(one.village) for one in calls} - {""}
    missed = sum(1 for one in calls if not one.met)
    text = f"入户探访{len(calls)}户次，见到{known.value('V01', 'people')}人次"
    text += f"，覆盖{len(villages)}个村（居）" if villages else ""
    text += f"；其中{missed}户次未遇。" if missed else "。"
    return (Heading("入户探访"), Narrative(text))


def _help(known: Known) -> tuple[Block, ...]:
    applied = [known.one("J01", "", unit).now for unit in ("人", "户")]
    words = "、".join(f"{one.value}{one.unit}" for one in applied if one.value)
    lines = [f"协助{words}申请救助，由乡镇（街道）受理、民政部门审核确认。"] if words else []
    sent, placed, jobs = (known.value("J03", part) for part in ("sent", "placed", "jobs"))
    moved = [f"转介{sent}人次"] * bool(sent) + [f"机构安置{placed}人"] * bool(placed)
    moved += [f"就业上岗{jobs}人"] * bool(jobs)
    lines += ["，".join(moved) + "。"] if moved else []
    return (Heading("救助协助与转介"), Narrative("\n".join(lines))) if lines else ()


def visit_charts(session: Reading, period: Period, own: Rules, month: days.Month) -> tuple[Block, ...]:
    """Home visits by week beside last month's, and by village; nothing without visits."""
    before = own.month(days.add_months(month, -1))
    now, then = facts.visit_days(session, period), facts.visit_days(session, before)
    if not now:
        return ()
    weeks = _by_week(now, period), _by_week(then, before)
    bars = tuple(Bar(_week_label(at, period), weeks[0][at], weeks[1][at]) for at in range(_weeks(period)))
    left = BarChart("每周入户探访", f"本月{len(now)}", f"上月{len(then)}", bars, unit="户次")
    met = sum(1 for one in now if one.met)
    right = BarChart(
        "各村（居）入户探访", f"见到{met}", f"未遇{len(now) - met}", _villages(now), paired=False
    )
    return (Side(left, right),)


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


def to_settle(session: Reading, period: Period) -> tuple[Block, ...]:
    """What others are late with, from the days on record."""
    late = facts.late(session, period.last)
    on = days.show_day(period.last)[5:]
    lines = [
        words.format(on=on, count=late[what])
        for what, words in (
            ("decision", "截至{on}，有{count}件救助申请超过登记的办理期限，还没有结果，请协助催办。"),
            ("reply", "截至{on}，有{count}件转介超过约定日期，还没有收到回执，请协助联系。"),
        )
        if late.get(what)
    ]
    return (Narrative("\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1))),) if lines else ()


DUE = {
    "session": "个案会谈",
    "visit": "走访",
    "followup": "结案跟进",
    "goal": "个案目标到期检视",
    "decision": "救助申请办理结果跟进",
    "review": "救助待遇复查",
    "reply": "转介回执跟进",
    "task": "其他待办",
}


def to_do_next(session: Reading, period: Period) -> tuple[Block, ...]:
    """What falls due next month, by kind of work: how many, and when the first is."""
    due = facts.due(session, period)
    rows = []
    for what, words in DUE.items():
        on = [day for kind, day in due if kind == what]
        if on:
            rows.append((words, f"{len(on)}项", _when(on)))
    heads = (Column("事项", 4), Column("数量", 1.4, "centre"), Column("时间", 4))
    if not rows:
        return (Narrative("还没有登记下月的约定。"),)
    return (Table(heads, tuple(rows), caption="下月已约定的工作"),)


def _when(on: Sequence[str]) -> str:
    shown = list(dict.fromkeys(days.show_day(day).partition("年")[2] or days.show_day(day) for day in on))
    return "、".join(shown) if len(shown) <= 3 else f"{shown[0]}起，至{shown[-1]}"

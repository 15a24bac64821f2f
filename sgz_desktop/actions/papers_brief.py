"""The monthly brief for the bureau as values: figures from the records, and not one word that names anybody.

Nothing a worker typed about a person is printed. What tells of single cases is a surname and 某, a village,
codes and counts (de-identification for papers that leave the station).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared, Rules, compared, rules
from sgz_desktop.actions.papers_brief_parts import (
    services,
    to_do_next,
    to_settle,
    visit_charts,
)
from sgz_desktop.domain import days
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import COUNTING_RULE
from sgz_desktop.domain.local_words import localised, sessions
from sgz_desktop.reports.values import (
    Block,
    Brief,
    Column,
    Heading,
    Narrative,
    Section,
    Table,
    Target,
    Targets,
)
from sgz_desktop.store.session import Reading

TITLE = "月度工作简报"
NO_TARGETS = "本站还没有设定年度指标。"
HEADS = (
    Column("指标", 4.2),
    Column("单位", 1.1, "centre"),
    Column("本月", 1.2, "right"),
    Column("上月", 1.2, "right"),
    Column("本年累计", 1.5, "right"),
)
HELP = ("J01", "J03")
RULE = COUNTING_RULE + "本年累计按全年重新去重计算，不由各月相加；“—”为时点数或不作累计。"


@dataclass(frozen=True)
class Month:
    """What the parts of a brief share: its month, its days, the station's rules and the figures."""

    month: days.Month
    period: Period
    rules: Rules
    figures: Sequence[Compared]

    def one(self, code: str, part: str = "", unit: str = "") -> Compared:
        """A figure; KeyError where there is none (a slip of ours)."""
        for figure in self.figures:
            now = figure.now
            if (now.code, now.part) == (code, part) and unit in ("", now.unit):
                return figure
        raise KeyError((code, part, unit))

    def value(self, code: str, part: str = "", unit: str = "") -> int | float:
        """This month's value of a figure."""
        return self.one(code, part, unit).now.value


def brief_values(session: Reading, desk: Desk, month: days.Month) -> Brief:
    """The brief of a month on one snapshot."""
    own = rules(session)
    known = Month(month, own.month(month), own, compared(session, month))
    year, number = month[:4], int(month[5:])
    return Brief(
        station=desk.station,
        title=TITLE,
        issue_no=_issue(own, month),
        number=f"JB-{year}-{number:02d}",
        period=span_words(known.period),
        send_to=own.send_to,
        copy_to=own.copy_to,
        summary=_summary(known),
        sections=(
            Section("项目进度", _progress(known)),
            Section("数据表", (*_tables(known), *visit_charts(session, known.period, own, month))),
            Section("重点服务", services(session, known)),
            Section("典型案例"),
            Section("督导培训"),
            Section("宣传报道"),
            Section("问题与需协调事项", to_settle(session, known.period)),
            Section("下月计划", to_do_next(session, own.month(days.add_months(month, 1)))),
        ),
        practice=desk.practice,
    )


def _issue(own: Rules, month: days.Month) -> str:
    """2026年第6期（总第18期）, counted from the first brief; without one the month is the issue."""
    year, number = month[:4], int(month[5:])
    first = own.first_issue
    if not first or first > month:
        return f"{year}年第{number}期"
    in_year = number - int(first[5:]) + 1 if first[:4] == year else number
    return f"{year}年第{in_year}期（总第{days.months_between(first, month) + 1}期）"


def span_words(period: Period) -> str:
    """2026年6月1日至6月30日."""
    last = days.show_day(period.last)
    same = period.first[:4] == period.last[:4]
    return f"{days.show_day(period.first)}至{last[5:] if same else last}"


def _summary(known: Month) -> str:
    people, times = known.value("P01"), known.value("P02")
    text = f"{int(known.month[5:])}月，本站服务{people}人、{times}人次，入户探访"
    text += f"{known.value('V01', 'households')}户次；"
    text += f"新增个案{known.value('C01', 'new')}个，结案{known.value('C01', 'closed')}个，"
    text += (
        f"期末在跟进{known.value('C01', 'open')}个，开展个案会谈{sessions(known.value('C02', 'sessions'))}；"
    )
    text += _helped(known)
    lagging = [target.name for target in _targets(known) if _lags(target, _elapsed(known))]
    return text + (f"{'、'.join(lagging)}落后于时间进度。" if lagging else "")


def _helped(known: Month) -> str:
    applied = _applied(known)
    moved = [
        f"{words}{value}{unit}"
        for words, unit, value in (
            ("转介", "人次", known.value("J03", "sent")),
            ("机构安置", "人", known.value("J03", "placed")),
            ("就业上岗", "人", known.value("J03", "jobs")),
        )
        if value
    ]
    parts = [f"协助{applied}申请救助" if applied else "本月没有协助申请救助", *moved]
    return "，".join(parts) + "。"


def _applied(known: Month) -> str:
    """4人、1户; '' when nobody applied."""
    values = [(known.value("J01", "", unit), unit) for unit in ("人", "户")]
    return "、".join(f"{value}{unit}" for value, unit in values if value)


def _progress(known: Month) -> tuple[Block, ...]:
    rows = _targets(known)
    return (Targets(rows, _elapsed(known)),) if rows else (Narrative(NO_TARGETS),)


def _targets(known: Month) -> tuple[Target, ...]:
    rows = []
    for figure in known.figures:
        goal = known.rules.targets.get(figure.key)
        if goal and figure.year is not None:
            month, total = round(figure.now.value), round(figure.year)
            rows.append(Target(localised(figure.now.title), localised(figure.now.unit), month, total, goal))
    return tuple(rows)


def _elapsed(known: Month) -> int:
    """How much of the contract year has gone by, in whole percent: never more than has, so that the paper
    does not call late what the workbench shows as in time."""
    start = known.rules.year_so_far(known.month).first
    gone = days.days_between(start, known.period.last) + 1
    return min(100, gone * 100 // 365)


def _lags(target: Target, elapsed: int) -> bool:
    return target.total * 100 < target.target * elapsed


def _tables(known: Month) -> tuple[Block, ...]:
    served = [one for one in known.figures if one.now.code not in HELP]
    helped = [one for one in known.figures if one.now.code in HELP]
    year, number = known.month[:4], int(known.month[5:])
    name = f"{year}年{number}月"
    return (
        Heading("服务数据"),
        Table(HEADS, _rows(served), caption=f"{name}服务数据", note=RULE),
        Heading("救助协助与转介"),
        Table(HEADS, _rows(helped), caption=f"{name}救助协助与转介"),
    )


def _rows(figures: Sequence[Compared]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            one.now.title,
            localised(one.now.unit),
            str(one.now.value),
            str(one.before),
            "—" if one.year is None else str(one.year),
        )
        for one in figures
    )

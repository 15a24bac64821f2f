"""The figures of a report on paper: targets, data tables, what was entered later for days reported before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.contract_doubts import category_words, contract_money
from sgz_desktop.actions.figures import Compared, Rules, Span
from sgz_desktop.actions.report_supplement import Corrected
from sgz_desktop.domain import days
from sgz_desktop.domain.amounts import show_yuan
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicator_words import plain_value
from sgz_desktop.domain.indicators import COUNTING_RULE
from sgz_desktop.domain.local_words import localised
from sgz_desktop.domain.percents import percent_done
from sgz_desktop.domain.report_form import FormTable, ReportForm
from sgz_desktop.domain.units import Whether
from sgz_desktop.reports.values import Block, Column, Heading, Narrative, Table, Target, Targets
from sgz_desktop.store.contracts import contract_on
from sgz_desktop.store.session import Reading

FIGURES = frozenset("0123456789.-")
NO_TARGETS = "本站还没有设定年度指标。"
NONE = "—"
PART = "其中"  # begins the title of a part of the figure before it
ACROSS = 42.0  # characters of a data table on a line of 156 mm
DIGIT, MARK = 0.56, 1.02  # of them a figure; any other mark with what stands between it and the next
EDGES, NAMES = 0.95, 9.0  # the two edges of a cell; the column of names at least
FEW_LISTED = 5
MONEY = "F01"
SMALL = f"不足{FEW_LISTED}人（户）的类别不单列探访率。"
RULE = COUNTING_RULE + "本年累计按全年重新去重计算，不由各月相加；“—”为时点数或不作累计。"
SPAN_RULE = COUNTING_RULE + "各数按统计期全部重新去重计算，不由各月相加；“—”为不作累计。"


@dataclass(frozen=True)
class Known:
    """What the parts of a report share: its form, its days, the station's rules and the figures."""

    form: ReportForm
    span: Span
    rules: Rules
    figures: Sequence[Compared]
    corrected: Sequence[Corrected] = ()

    @property
    def period(self) -> Period:
        """The days counted."""
        return self.span.now

    @property
    def this(self) -> str:
        """The span in a word: 本月."""
        return self.form.this

    def one(self, code: str, part: str = "", unit: str = "") -> Compared:
        """A figure; KeyError where there is none (a slip of ours)."""
        for figure in self.figures:
            now = figure.now
            if (now.code, now.part) == (code, part) and unit in ("", now.unit):
                return figure
        raise KeyError((code, part, unit))

    def value(self, code: str, part: str = "", unit: str = "") -> int | float:
        """This span's value of a figure."""
        return self.one(code, part, unit).now.value

    @property
    def printed(self) -> tuple[Compared, ...]:
        """The figures of the form's tables in their order."""
        return tuple(one for table in self.form.tables for one in self.of_table(table))

    def of_table(self, table: FormTable) -> list[Compared]:
        """The figures of one table, without what says nothing there."""
        figures = [one for code in table.codes for one in self.figures if one.now.code == code]
        return [one for one in figures if self._tells(one)]

    def _tells(self, one: Compared) -> bool:
        """A part of a figure that is none in every column says nothing, nor does the visit rate of a few."""
        if one.now.code == "V03":
            return is_told(one.now.part) and not self.is_small(one)
        columns = ("now", "before", "year_ago", "year")
        return not one.now.title.startswith(PART) or any(one.value(column) for column in columns)

    def rates_of(self, table: FormTable) -> list[Compared]:
        """The visit rates by category that a table could tell."""
        rates = self.figures if "V03" in table.codes else ()
        return [one for one in rates if one.now.code == "V03" and is_told(one.now.part)]

    def is_small(self, one: Compared) -> bool:
        """Is it the visit rate of a list of so few that it says nothing of them but who they are?"""
        if one.now.code != "V03" or one.now.part.startswith("all"):
            return False
        return self.value("V03", f"{one.now.part}.listed") < FEW_LISTED

    @property
    def elapsed(self) -> int:
        """How much of the contract year has gone by, in whole percent: never more than has, so that the paper
        does not call late what the workbench shows as in time."""
        first, ends = self.span.year.first, self.span.year_ends
        gone = days.days_between(first, self.span.until) + 1
        return min(100, gone * 100 // (days.days_between(first, ends) + 1 if ends else 365))

    @property
    def goes_on(self) -> bool:
        """Do its days go on beyond today?"""
        return self.span.until < self.span.now.last

    @property
    def name(self) -> str:
        """The span as captions name it: 2026年6月, else its days."""
        return days.show_day(self.span.month) if self.span.month else span_words(self.span.now)


def is_told(part: str) -> bool:
    """Of a visit rate: the whole list's three figures, of each category's the rate."""
    return part.startswith("all") or not part.endswith((".listed", ".reached"))


def span_words(period: Period) -> str:
    """2026年6月1日至6月30日."""
    last = days.show_day(period.last)
    same = period.first[:4] == period.last[:4]
    return f"{days.show_day(period.first)}至{last[5:] if same else last}"


def targets(known: Known, reasons: Mapping[str, str]) -> tuple[Target, ...]:
    """Every target with what is done; `reasons` by figure key say why one lags."""
    return tuple(
        Target(
            localised(one.now.title),
            localised(one.now.unit),
            one.now.value,
            one.year,
            one.target,
            _reason(localised(one.now.title), reasons.get(one.key, "")),
        )
        for one in known.figures
        if one.target and one.year is not None
    )


def _reason(name: str, words: str) -> str:
    """服务人次：5月连阴雨…; '' where nobody wrote why."""
    return f"{name}：{words}" if words else ""


def lagging(known: Known) -> list[str]:
    """Names of the targets behind time."""
    return [one.name for one in targets(known, {}) if one.total * 100 < one.target * known.elapsed]


def progress(known: Known, reasons: Mapping[str, str]) -> tuple[Block, ...]:
    """The bullet table, or that there are no targets."""
    rows = targets(known, reasons)
    return (Targets(rows, known.elapsed, this=known.this),) if rows else (Narrative(NO_TARGETS),)


def tables(known: Known) -> tuple[Block, ...]:
    """The data tables, each under its heading, the counting rule under the first."""
    rule = RULE if any(what == "year" for what, _ in known.form.columns) else SPAN_RULE
    blocks: list[Block] = []
    filled = [tuple(_row(known, one) for one in known.of_table(table)) for table in known.form.tables]
    heads = _heads(known, [row for rows in filled for row in rows])
    for at, (table, rows) in enumerate(zip(known.form.tables, filled, strict=True)):
        note = rule if known.form.counting_rule and not at else ""
        note += SMALL if any(known.is_small(one) for one in known.rates_of(table)) else ""
        caption = f"{known.name}{table.title}"
        blocks += [
            Heading(table.title),
            Table(heads, rows, caption=caption, note=note),
        ]
    return tuple(blocks)


def money(session: Reading, known: Known) -> tuple[Block, ...]:
    """What was spent of the contract's year so far beside what each category may take; nothing where the form
    tells of no money or the contract sets no ceilings."""
    contract = contract_on(session, known.span.until)
    asked = any(MONEY in table.codes for table in known.form.tables)
    lines = contract_money(session, contract) if contract and asked else ()
    if not any(one.ceiling is not None for one in lines[1:]):
        return ()
    spent = {one.now.part: one.year or 0 for one in known.figures if one.now.code == MONEY}
    whole, *parts = lines
    rows = [_spent(category_words(one.code), one.ceiling, spent.get(one.code, 0)) for one in parts]
    rows.append(_spent("合计", whole.ceiling, spent.get("", 0)))
    heads = (
        Column("经费类别", 4.0),
        *(Column(head, 2.0, "right") for head in ("预算（元）", "支出（元）", "执行%")),
    )
    title = "经费执行"
    note = f"支出从{days.show_day(known.span.year.first)}起累计。"
    return (Heading(title), Table(heads, tuple(rows), caption=f"{known.name}{title}", note=note))


def _spent(name: str, ceiling: int | None, spent: int | float) -> tuple[str, ...]:
    if not ceiling:
        return name, NONE, f"{spent:,}", NONE
    fen = round(spent * 100)
    return name, show_yuan(ceiling).removesuffix("元"), f"{spent:,}", str(percent_done(fen, ceiling))


def _heads(known: Known, rows: Sequence[tuple[str, ...]]) -> tuple[Column, ...]:
    """The heads of all tables, alike: no figure and no head wraps, the names have what is left."""
    words = ["单位", *(head for _, head in known.form.columns)]
    taken = [_across([head, *(row[at] for row in rows)]) for at, head in enumerate(words, start=1)]
    unit, *figures = (
        Column(head, width, "right" if at else "centre")
        for at, (head, width) in enumerate(zip(words, taken, strict=True))
    )
    return Column("指标", max(NAMES, ACROSS - sum(taken))), unit, *figures


def _across(texts: Sequence[str]) -> float:
    """Characters the longest of some texts takes in a cell."""
    return max(sum(DIGIT if mark in FIGURES else MARK for mark in text) for text in texts) + EDGES


def _row(known: Known, one: Compared) -> tuple[str, ...]:
    cells = (one.share if what == "share" else one.value(what) for what, _ in known.form.columns)
    unit = one.now.unit
    words = (NONE if cell is None else plain_value(cell, unit) for cell in cells)
    return (one.now.title, "" if unit == Whether.UNIT else localised(unit), *words)


def supplement(known: Known) -> tuple[Block, ...]:
    """上月补报: what was entered later for days already reported; nothing where nothing was."""
    rows = tuple(_corrections(known.corrected))
    if not rows:
        return ()
    name = "上月补报" if known.span.month else "补报"
    heads = (
        Column("统计期", 2.4),
        Column("指标", 3.4),
        Column("单位", 1.1, "centre"),
        *(Column(head, 1.3, "right") for head in ("原报送", "补报", "更正后")),
    )
    note = "补报为定稿后补录、更正或删除的记录；更正后的数已计入累计。"
    return (Heading(name), Table(heads, rows, caption=name, note=note))


def _corrections(corrected: Sequence[Corrected]) -> Iterator[tuple[str, ...]]:
    for span in corrected:
        for one in span.figures:
            change = f"{one.change:+}" if one.change else "0（记录有更换）"
            yield span.words, one.title, localised(one.unit), str(one.reported), change, str(one.now)

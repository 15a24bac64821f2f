"""The papers of a survey: the questionnaire to be filled in by hand, and 需求调研报告 for the bureau.

What people wrote in their own words stays in the station; in the report no cell tells of fewer than five
people of a village or a group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers import Progress
from sgz_desktop.actions.papers_brief_tables import span_words
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.surveys import Findings, figures_of, findings_of, named, questions_of
from sgz_desktop.domain import days, survey
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.signing import number_of
from sgz_desktop.domain.survey import Line, Question, Tally, one_decimal
from sgz_desktop.domain.survey_groups import KEPT_BACK, LEAST, Split, printed
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import (
    Block,
    Brief,
    Form,
    FormField,
    Handouts,
    Heading,
    Level,
    Lines,
    Narrative,
    Option,
    OptionLine,
    Section,
    Sheet,
    Table,
)

TITLE = "需求调研问卷"
REPORT = "需求调研报告"
ASKED = "不用写姓名，不想答的可以不答，可以请家人或社工代填。回答只用来安排社工站的服务。"
HOW = {
    survey.ONE: "（选一项）",
    survey.MANY: "（可以选多项）",
    survey.SCALE: "",
    survey.NUMBER: "",
    survey.TEXT: "",
}
FEW_HEADS, SHORT_HEAD = 5, 6  # options and characters that fit the heads of a table
KEPT_BACK_WORDS = f"{KEPT_BACK}：少于{LEAST}人的不列，为免推算另隐去一格。"
MORE_THAN_ALL = "可多选，合计可超过100%。"
SMALL_GROUPS = f"下列各题多数格少于{LEAST}人，不列表："
UNSAID = "（未写）"


def _questionnaire(desk: Desk, id: str) -> Handouts:
    found, asked = desk.read_for_paper(lambda session: (named(session, id), questions_of(session, id)))
    if not asked:
        raise AppError("这次调研还没有题目，没有生成。", "请先打开调研，写好题目。")
    blocks: list[Block] = [Narrative(ASKED), Form(_asked_first())]
    for number, one in enumerate(asked, start=1):
        blocks += _question(number, one)
    title = found.title or TITLE
    sheet = Sheet(title, "问卷号 ＿＿＿＿", "CLIENT", tuple(blocks), footer="不记姓名　填好交给社工")
    return Handouts(desk.station, title, (sheet,), desk.practice, blank=True)


def _asked_first() -> tuple[FormField, ...]:
    groups = tuple(Option(f"{at} {label}") for at, label in enumerate(_labels("service_group"), start=1))
    return (
        FormField("村（居）"),
        FormField("日期", "　　　　年　　月　　日"),
        FormField("性别", options=(Option("男"), Option("女"))),
        FormField("年龄", "　　　　　岁"),
        FormField("属于", wide=True, options=groups),
    )


def _labels(codes: str) -> list[str]:
    found = code_list(codes)
    return [found.label(code) for code in found.codes]


def _question(number: int, one: Question) -> Iterator[Block]:
    how = "" if "选" in one.text else HOW.get(one.sort, "")
    yield Heading(f"{number}. {one.text}{how}")
    if one.sort in survey.CHOSEN:
        numbered = enumerate(one.options, start=1)
        yield OptionLine("", tuple(Option(f"{at}. {words}", blank=_open(words)) for at, words in numbered))
    elif one.sort == survey.SCALE:
        steps = tuple(Option(str(score)) for score in range(1, one.most + 1))
        yield OptionLine(f"1分最低，{one.most}分最高：", steps)
    elif one.sort == survey.NUMBER:
        yield OptionLine("请写数字：＿＿＿＿＿＿", ())
    else:
        yield Lines(2)


def _open(words: str) -> bool:
    return words.startswith("其他")


@action
def survey_report(desk: Desk, id: str) -> Brief:
    """需求调研报告 as values."""
    found = desk.read_for_paper(lambda session: findings_of(session, id))
    own = found.survey
    return Brief(
        station=desk.station,
        title=REPORT,
        issue_no=own.title or "",
        number=number_of("survey_report", id),
        period=_span(own.first_on, own.last_on),
        send_to="＿＿＿＿＿＿＿＿",
        copy_to="＿＿＿＿＿＿＿＿",
        summary=_summary(found),
        sections=(
            Section("调研概况", tuple(_about(found))),
            Section("调研结果", tuple(block for one in found.tallies for block in _counted(one))),
            Section("主要发现", _said(own.findings)),
            Section("优先需求", _said(own.priorities)),
            Section("进入年度计划", _said(own.year_plan)),
            Section(
                "附表", (*_splits("按村（居）分", found.by_village), *_splits("按人群分", found.by_whom))
            ),
        ),
        signers=("填表人", "站长", "机构负责人"),
        practice=desk.practice,
        empty=UNSAID,
    )


def _said(text: str | None) -> tuple[Block, ...]:
    return (Narrative(text),) if text else ()


def _span(first: str | None, last: str | None) -> str:
    if first and last and first != last:
        return span_words(Period(first, last))
    return days.show_day(first or last or "") or "＿＿＿＿＿＿"


def _summary(found: Findings) -> str:
    """How many came back, and what was named most: of a question with several choices, which asks what people
    need, before one that asks who they are."""
    parts = [figures_of(found.sheets)]
    for one in sorted(found.tallies, key=lambda one: one.question.sort != survey.MANY):
        lines = [line for line in survey.ranked(one) if line.count and not _open(line.words)]
        if one.question.sort in survey.CHOSEN and lines:
            parts.append(f"“{one.question.text}”选{_named_most(lines)}{one.percent(lines[0].count)}%")
            break
    return "；".join(parts) + "。"


def _named_most(lines: Sequence[Line]) -> str:
    """“看病陪同”的最多，占; what was named as often stands beside it. `lines`: the most named first."""
    most = [f"“{line.words}”" for line in lines if line.count == lines[0].count]
    return "、".join(most) + ("的最多，占" if len(most) == 1 else "的一样多，各占")


def _about(found: Findings) -> Iterator[Block]:
    own, planned = found.survey, found.survey.planned_sheets
    rows = [
        ("调研时间", _span(own.first_on, own.last_on)),
        ("调研范围", own.area or UNSAID),
        ("计划份数", f"{planned}份" if planned else UNSAID),
        ("收回份数", f"{len(found.sheets)}份"),
    ]
    yield Table(tuple(columns(("项目", 1.2), ("内容", 4))), tuple(rows), caption="调研概况")
    if own.method:
        yield Narrative(own.method)


def _counted(one: Tally) -> Iterator[Block]:
    if one.question.sort == survey.TEXT:
        yield Heading(one.question.text)
        yield Narrative(f"{one.answered}人写了意见，原话留在站内，归入主要发现。")
        return
    if one.question.sort == survey.NUMBER:
        yield Heading(one.question.text)
        mean = f"，平均{one_decimal(one.mean)}" if one.mean is not None else ""
        yield Narrative(f"{one.answered}人回答{mean}。")
        return
    rows = tuple((line.words, str(line.count), Level(one.percent(line.count))) for line in one.lines)
    mean = f"平均{one_decimal(one.mean)}分。" if one.mean is not None else ""
    more = MORE_THAN_ALL if one.question.sort == survey.MANY else ""
    yield Table(
        tuple(columns(("选项", 3.4), ("人数", 1, "right"), ("占回答人数", 3.4))),
        rows,
        caption=one.question.text,
        note=f"{one.answered}人回答。{mean}{more}",
    )


def _splits(title: str, found: Sequence[Split]) -> Iterator[Block]:
    """A table a question; one whose cells are mostly kept back tells nothing and is named instead."""
    asked = [one for one in found if len(one.groups) > 1 and any(each.answered for each in one.tallies)]
    told = [one for one in asked if _tells(one)]
    if asked:
        yield Heading(title)
    for one in told:
        yield _split(one)
    if left := [one.question.text for one in asked if one not in told]:
        yield Narrative(f"{SMALL_GROUPS}{'；'.join(left)}。")


def _tells(one: Split) -> bool:
    """Does at least half of the table say something? How many answered is said anyway."""
    if one.question.sort not in survey.CHOSEN:
        return True
    cells = [cell for _, line in printed(one)[1:] for cell in line]
    return 2 * sum(cell == KEPT_BACK for cell in cells) <= len(cells)


def _split(one: Split) -> Table:
    """One line a group; the choices as heads, by number where their words would not fit."""
    lines = printed(one)
    words = [name for name, _ in lines[1:]]
    fits = len(words) <= FEW_HEADS and all(len(name) <= SHORT_HEAD for name in words)
    named_below = "" if fits else "；".join(f"{at} {name}" for at, name in enumerate(words, start=1)) + "。"
    heads = words if fits else [str(at) for at in range(1, len(words) + 1)]
    shown = columns(("", 2.4), (lines[0][0], 2.0, "right"), *((head, 1.2, "right") for head in heads))
    rows = tuple((group, *(cells[place] for _, cells in lines)) for place, group in enumerate(one.groups))
    small = any(KEPT_BACK in cells for _, cells in lines)
    note = named_below + (KEPT_BACK_WORDS if small else "")
    return Table(tuple(shown), rows, caption=one.question.text, note=note)


@action
def survey_questionnaire(desk: Desk, id: str) -> Handouts:
    """The questionnaire of a survey as values. AppError when no question is written yet."""
    return _questionnaire(desk, id)


@action
def print_questionnaire(desk: Desk, id: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_questionnaire(desk, id), progress)

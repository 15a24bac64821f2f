"""督导速览: on one page what a supervisor looks at first, and what they are asked to decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import day_words, near_day, numeral
from sgz_desktop.actions.supervision_reading import Material, Source
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire, split_codes
from sgz_desktop.domain.local_words import in_use
from sgz_desktop.domain.records.evaluation import Evaluation, GoalResult
from sgz_desktop.domain.records.intake import Intake
from sgz_desktop.domain.records.plan import Goal, Plan
from sgz_desktop.domain.records.presence import GoalProgress
from sgz_desktop.domain.records.supervision import Remark
from sgz_desktop.reports.values import (
    Block,
    Cell,
    Level,
    Narrative,
    Option,
    Sheet,
    Signoff,
    Table,
)

TITLE, NUMBER = "督导速览", "glance"
CIRCLES = [chr(0x2460 + n) for n in range(20)] + [chr(0x3251 + n) for n in range(15)]
ASKED = (("接案", "accept"), ("计划", "plan"), ("结案", "close"))
SIGNING = "督导签名＿＿＿＿＿＿＿＿　　　　年　　月　　日"
LETTERS = "ABCDEFGH"
RESULTS = {"full": 100, "reached": 100}


class Room(NamedTuple):
    """How much of each a page has room for: sessions, remarks, rows to write in, characters of a text."""

    sessions: int
    remarks: int
    rows: int
    letters: int


ROOMS = (
    Room(8, 8, 4, 90),
    Room(8, 8, 3, 48),
    Room(7, 6, 3, 40),
    Room(6, 5, 2, 36),
    Room(5, 4, 2, 30),
    Room(4, 3, 1, 28),
    Room(3, 3, 1, 24),
    Room(2, 2, 1, 20),
)


def glance(of: Material, question: str, seen: Mapping[Source, int], room: Room) -> Sheet:
    """The page with as much as `room` says; `seen` are the first marks of records."""
    blocks: list[Block] = [
        Narrative(_problem(of, room), indent=False),
        _decisions(of, question, room),
        _goals(of, seen, room),
        *_remarks(of, room),
        _sessions(of, seen, room),
        _to_write(room),
        Signoff((SIGNING,)),
    ]
    return Sheet(TITLE, NUMBER, "INTERNAL", tuple(blocks), subtitle=_subtitle(of))


def _subtitle(of: Material) -> str:
    file = of.file
    who = f"{file.client_name or '服务对象'}" + (f"（{of.age}）" if of.age else "")
    worker = f"社工 {file.case.worker}" if file.case.worker else ""
    parts = (
        f"个案 {file.number}",
        who,
        f"第{of.place}份",
        f"截至{day_words(file.today)}",
        worker,
    )
    return "　".join(part for part in parts if part)


def short(text: str | None, letters: int) -> str:
    """A text on one line, cut where it is longer."""
    line = " ".join((text or "").split())
    return line if len(line) <= letters else line[: letters - 1] + "…"


def _problem(of: Material, room: Room) -> str:
    file = of.file
    told = file.case.topic or next(
        (text for one in file.of(Intake) if (text := one.problem_seen or one.problem_own_words)), ""
    )
    natures = "、".join(code_list("case_nature").label(code) for code in split_codes(file.case.natures))
    problem = "；".join(part for part in (short(told, room.letters), natures) if part) or "未填写"
    return f"问题　{problem.rstrip('。')}。安全风险：{risk_words(of)}。"


def risk_words(of: Material) -> str:
    """高, 中（上次低）, 还没有评定."""
    assessed = [one for one in of.file.papers["assessment"] if getattr(one, "risk", None)]
    now = of.file.case.risk or (getattr(assessed[-1], "risk", None) if assessed else None)
    if not now:
        return "还没有评定"
    label = code_list("risk").label(str(now))
    return label if of.last is None else label + ("（有变动）" if _risk_moved(of) else "（未变）")


def _risk_moved(of: Material) -> bool:
    cells = {(one.kind, cell.cell) for one in of.changed for cell in one.altered}
    return bool(cells & {("case", "risk"), ("assessment", "risk")})


def questions_of(text: str) -> list[str]:
    """What was typed, a line each."""
    return [line for part in text.splitlines() if (line := " ".join(part.split()))]


def _decisions(of: Material, question: str, room: Room) -> Table:
    asked = questions_of(of.clean(question))
    heads = columns(("", 0.6, "centre"), ("请决定", 6), ("督导决定", 4.4))
    rows: list[tuple[Cell, ...]] = [
        (letter, short(line, 2 * room.letters), _options(line))
        for letter, line in zip(LETTERS, asked, strict=False)
    ]
    return Table(tuple(heads), tuple(rows), title="需要督导决定", ledger=True, empty="这次没有要决定的事。")


def _options(line: str) -> tuple[Option, ...]:
    """同意结案, 需补充, 不同意."""
    codes = code_list("supervision_decision")
    agreed = next((codes.label(code) for word, code in ASKED if word in line), "同意")
    return Option(agreed), Option(codes.label("more")), Option("不同意")


def progress_of(of: Material, goal: Goal) -> tuple[Level, str]:
    """How far a goal is, in percent where that was rated, and by what that is told."""
    children = of.file.children
    found: tuple[Wire, str] = (None, "")
    occasions = [*of.file.papers["session"], *of.file.papers["visit"]]
    for one in sorted(occasions, key=lambda one: (getattr(one, "date", None) or "", str(one.id))):
        for row in children.get((GoalProgress.KIND, str(one.id)), ()):
            if isinstance(row, GoalProgress) and row.goal == goal.id and row.progress:
                words = row.note or code_list("goal_progress").label(row.progress)
                found = _percent(row.percent, row.progress), f"{_near(of, getattr(one, 'date', ''))}{words}"
    for evaluation in of.file.of(Evaluation):
        for result in children.get((GoalResult.KIND, str(evaluation.id)), ()):
            if isinstance(result, GoalResult) and result.goal == goal.id and result.result:
                words = f"评估：{code_list('goal_result').label(result.result)}"
                found = _percent(result.percent, result.result), words
    percent, words = found
    return Level(percent if isinstance(percent, int) else None), words or "还没有进度"


def _percent(percent: int | None, code: str) -> int | None:
    return percent if percent is not None else RESULTS.get(code)


def _near(of: Material, day: str | None) -> str:
    return near_day(day, of.file.today)


def goals_of(of: Material) -> list[Goal]:
    """The goals of the plan made last."""
    plans = of.file.of(Plan)
    found = of.file.children.get((Goal.KIND, str(plans[-1].id)), ()) if plans else ()
    return [one for one in found if isinstance(one, Goal)]


def _goals(of: Material, seen: Mapping[Source, int], room: Room) -> Table:
    heads = columns(("目标", 4.6), ("进度", 3.2), ("依据", 4.6), ("见", 0.8, "centre"))
    plans = of.file.of(Plan)
    plan = ("plan", str(plans[-1].id)) if plans else ("", "")
    rows: list[tuple[Cell, ...]] = []
    for at, goal in enumerate(goals_of(of), start=1):
        level, why = progress_of(of, goal)
        what = f"{numeral(at)}　{short(goal.description, room.letters)}"
        rows.append((what, level, short(why, room.letters), circled(seen.get(plan))))
    return Table(tuple(heads), tuple(rows), title="目标与进度", empty="还没有服务计划。")


def circled(number: int | None) -> str:
    """③ for a mark of the margin, — for none."""
    if number is None:
        return "—"
    return CIRCLES[number - 1] if number <= len(CIRCLES) else f"({number})"


def remarks_told(of: Material) -> list[Remark]:
    """Remarks not carried out yet, and those that were since the last copy; as they were said."""
    since = of.last.given_on if of.last and of.last.given_on else ""
    told = [one for one in of.remarks if not one.done_on or one.done_on >= since or not of.last]
    return sorted(told, key=lambda one: (one.said_on or "", one.mark or 0, str(one.id)))


def _remarks(of: Material, room: Room) -> tuple[Block, ...]:
    told = remarks_told(of)
    if not told:
        return ()
    heads = columns(("上次意见", 4.8), ("落实", 2), ("怎样落实", 5.2))
    shown = sorted(told, key=lambda one: one.done_on is not None)[: room.remarks]
    rows = tuple(
        (
            f"{at}. {short(of.clean(one.text or ''), room.letters)}",
            near_day(one.done_on, of.file.today) if one.done_on else "还没有",
            short(of.clean(one.done or ""), room.letters) or ("—" if one.done_on else _until(of, one)),
        )
        for at, one in enumerate(shown, start=1)
    )
    left = f"还有{len(told) - len(shown)}条没有列出。" if len(told) > len(shown) else ""
    return (Table(tuple(heads), rows, title="上次意见落实", note=left),)


def _until(of: Material, one: Remark) -> str:
    return f"{near_day(one.due_on, of.file.today)}前" if one.due_on else "—"


def _sessions(of: Material, seen: Mapping[Source, int], room: Room) -> Table:
    file = of.file
    place = {id: at for at, id in enumerate(file.held, start=1)}
    occasions: list[tuple[str, Source]] = [
        (str(one.id), (kind, str(one.id))) for kind in ("session", "visit") for one in file.papers[kind]
    ]
    records = {str(one.id): one for kind in ("session", "visit") for one in file.papers[kind]}
    held = sorted((one for one in occasions if one[0] in place), key=lambda one: place[one[0]])
    shown = held[-room.sessions :]
    word = in_use().session
    heads = columns(
        (word, 0.7, "centre"),
        ("日期", 1.8),
        ("时长", 1.3),
        ("方式", 1.8),
        ("做了什么", 6.6),
        ("见", 0.8, "centre"),
    )
    rows = tuple(
        (str(place[id]), *_occasion(of, records[id], room), circled(seen.get(source))) for id, source in shown
    )
    left = f"前面还有{len(held) - len(shown)}{word}，见过程记录。" if len(held) > len(shown) else ""
    return Table(tuple(heads), rows, title=f"各{word}服务", note=left, empty=f"还没有做过一{word}。")


def _occasion(of: Material, one: object, room: Room) -> tuple[str, ...]:
    start, end = getattr(one, "start_time", None) or "", getattr(one, "end_time", None) or ""
    timed = days.is_clock(start) and days.is_clock(end)
    minutes = days.minutes_between(start, end) if timed else 0
    mode = getattr(one, "mode", None)
    what = next(
        (text for name in ("aim", "facts", "handling", "changes") if (text := getattr(one, name, None))), ""
    )
    return (
        near_day(getattr(one, "date", None), of.file.today) or "未填",
        f"{minutes}分钟" if minutes > 0 else "—",
        code_list("visit_mode").label(mode) if mode else "—",
        short(what, room.letters),
    )


def _to_write(room: Room) -> Table:
    heads = columns(("批注号", 1.4, "centre"), ("意见", 7.6), ("限期", 2.2, "centre"))
    return Table(
        tuple(heads),
        (("\n" * 3, "", ""),) * room.rows,
        title="督导意见",
        ledger=True,
        note="批注号见后面各页左侧的圆圈。写在这里，或在PDF上直接加批注，都能带回站里。",
    )

"""The papers of a group: 计划书, 组员名单与同意, 出席总表, 前后测, 总结评估; and of each of its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from sgz_desktop.actions.groups_reading import roll_of
from sgz_desktop.actions.papers_blank_forms import GROUP_CONSENT
from sgz_desktop.actions.papers_draft import columns, on_day, remarks, span
from sgz_desktop.actions.papers_names import day_words, names_of, refs
from sgz_desktop.actions.papers_words import SIGNING_ROOM, Asked, form, paired
from sgz_desktop.domain import days
from sgz_desktop.domain.attendance import SHORT, Roll, Seat, Sitting
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records.base import Record, sections
from sgz_desktop.domain.records.group import Attendance, Group, GroupMember, GroupSession
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.signing import number_of
from sgz_desktop.reports.values import (
    Bar,
    BarChart,
    Block,
    Column,
    Form,
    FormField,
    Narrative,
    Sheet,
    Signatures,
    Table,
)
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

T = TypeVar("T")
TITLES = {
    "group_plan": "小组计划书",
    "group_members": "组员名单与同意",
    "group_attendance": "出席总表",
    "group_scores": "前后测对比",
    "group_closing": "小组总结评估报告",
    "group_session": "小组活动计划与记录",
}
ACROSS = 12  # sessions a table holds on an upright page
PAIRS = 12  # members a chart holds
FREE = 3  # rows to write on by hand
REMARK_ROOM = 16.0  # mm at least: a session of a small group keeps to one page
LEADER = Signatures(("带组社工", "督导"))
CLOSING = Signatures(("带组社工", "督导", "站长"))
KEY = "到＝出席，迟＝迟到，假＝请假，缺＝缺席，空＝未记。出席率按已记的算，迟到算出席。"


def group_papers(session: Reading, record: Record) -> tuple[Sheet, ...]:
    """The sheets of a group or of a session; none for another record."""
    if isinstance(record, Group):
        return tuple(_of_group(session, record))
    return (_of_session(session, record),) if isinstance(record, GroupSession) else ()


def _asked(session: Reading, record: Record) -> Asked:
    ids = refs([record]).get("person", [])
    people = {str(one.id): one for one in read.of_parent(session, Person, "id", *ids)} if ids else {}
    return Asked(record, Paper.INTERNAL, names_of(session, [record], people))


def _of_group(session: Reading, group: Group) -> Iterator[Sheet]:
    asked, roll = _asked(session, group), roll_of(session, str(group.id))
    assert roll is not None
    general, plan, closing = (names for _, names in sections(Group))
    general = tuple(name for name in general if name != "cancelled" or group.cancelled)
    id, under = str(group.id), group.name or ""

    def sheet(sort: str, *blocks: Block) -> Sheet:
        number = number_of(f"group_{sort}", id)
        return Sheet(TITLES[f"group_{sort}"], number, "INTERNAL", blocks, on_day(group), subtitle=under)

    planned = [name for name in plan if name not in ("members", "supervisor_remark")]
    yield sheet(
        "plan",
        *form(paired(asked.fields(*general))),
        *form(paired(asked.fields(*planned)), "计划"),
        *remarks("督导意见", asked.says("supervisor_remark")),
        CLOSING,
    )
    yield sheet("members", *_members(session, roll), Signatures(("带组社工",)))
    if roll.sittings and roll.seats:
        yield sheet("attendance", *_attendance(roll), LEADER)
    if any(one.before is not None or one.after is not None for one in roll.seats):
        yield sheet("scores", *_scores(roll), LEADER)
    own = [name for name in closing if name != "attachments"]
    if any(getattr(group, name) is not None for name in own):
        fields = asked.fields(*own, plain=True)
        yield sheet("closing", _figures(roll), *form(paired(fields), "评估"), CLOSING)


def _members(session: Reading, roll: Roll) -> Iterator[Block]:
    """Everybody signs one list: it tells the others a name and no more of anyone."""
    yield Narrative(GROUP_CONSENT)
    known = {str(one.id): one for one in read.of_parent(session, GroupMember, "group", roll.id)}
    ids = sorted({one.person for one in known.values() if one.person})
    people = {str(one.id): one for one in read.of_parent(session, Person, "id", *ids)} if ids else {}
    heads = columns(
        ("序", 0.7, "centre"),
        ("姓名", 1.5),
        ("性别", 0.9),
        ("入组日期", 2.45),
        ("同意", 1.1),
        ("本人签名（指印）", 2.6),
        ("监护人签名", 2.2),
    )
    rows = [
        (str(at), one.name, *_agreed(known[one.id], people), SIGNING_ROOM, "")
        for at, one in enumerate(roll.seats, start=1)
    ]
    rows += [(str(len(rows) + at), "", "", "", "", SIGNING_ROOM, "") for at in range(1, FREE + 1)]
    yield Table(tuple(heads), tuple(rows), ledger=True)


def _agreed(one: GroupMember, people: Mapping[str, Person]) -> tuple[str, str, str]:
    person = people.get(one.person or "")
    known = one.sex or (person.sex if person else None)
    sex = code_list("sex").label(known) if known else ""
    consent = code_list("consent_state").label(one.consent) if one.consent else ""
    return sex, day_words(one.joined_on), consent


def _attendance(roll: Roll) -> Iterator[Block]:
    """All members × all sessions, so many sessions a table; the last table has each member's sum."""
    parts = _cut(roll.sittings, ACROSS)
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        numbers = [roll.called(one).strip("第节") for one in part]
        title = f"第{numbers[0]}—{numbers[-1]}节" if len(parts) > 1 else ""
        yield _part(roll, part, title, last)
    came = roll.came
    yield Form(
        (
            FormField("出席", f"{came.came}人次"),
            FormField("出席率", f"{came.words}（已记{came.marked}人次）"),
        ),
        "合计",
    )


def _cut(all: Sequence[T], most: int) -> list[Sequence[T]]:
    """Parts of like length, none of more than `most`."""
    parts = -(-len(all) // most)
    length = -(-len(all) // max(parts, 1))
    return [all[at : at + length] for at in range(0, len(all), max(length, 1))]


def _part(roll: Roll, part: Sequence[Sitting], title: str, last: bool) -> Table:
    heads = [Column("组员", 2.6)]
    heads += [Column(f"{_place(roll, one)}\n{_day(one)}", 1.25, "centre") for one in part]
    rows = [(one.name, *(_mark(roll, sitting, one) for sitting in part)) for one in roll.seats]
    sums = ("到（人）", *(str(roll.of_sitting(one).came) for one in part))
    if last:
        heads.append(Column("出席率", 1.8, "centre"))
        rows = [(*row, roll.of_seat(one).words) for row, one in zip(rows, roll.seats, strict=True)]
        sums = (*sums, roll.came.words)
    return Table(tuple(heads), (*rows, sums), title=title, ledger=True, note=KEY if last else "")


def _place(roll: Roll, one: Sitting) -> str:
    number = roll.numbers.get(one.id)
    return str(number) if number else "停"


def _day(one: Sitting) -> str:
    """4.7 of 2026-04-07."""
    if not (days.is_day(one.date) and days.is_whole(one.date)):
        return "—"
    _, month, day = one.date.split("-")
    return f"{int(month)}.{int(day)}"


def _mark(roll: Roll, sitting: Sitting, seat: Seat) -> str:
    state = roll.states.get((sitting.id, seat.id), "")
    return SHORT.get(state, "" if roll.in_group(sitting, seat) else "—")


def _scores(roll: Roll) -> Iterator[Block]:
    measured = [one for one in roll.seats if one.before is not None or one.after is not None]
    both = [one for one in measured if one.before is not None and one.after is not None]
    scale = (
        FormField("量表", roll.scale or "（未填写）"),
        FormField("满分", f"{roll.most}分" if roll.most else ""),
    )
    yield Form((*scale, *_means(both)))
    for part in _cut(both, PAIRS):
        bars = tuple(Bar(one.name, one.after or 0, one.before or 0) for one in part)
        yield BarChart("前后测都有的组员", "后测", "前测", bars, unit="分")
    heads = columns(
        ("组员", 2), ("前测（分）", 1.4, "right"), ("后测（分）", 1.4, "right"), ("变化", 1, "right")
    )
    rows = [(one.name, _said(one.before), _said(one.after), _change(one)) for one in measured]
    yield Table((*heads, *heads), _by_two(rows), title="各人得分", ledger=True)


def _means(both: Sequence[Seat]) -> tuple[FormField, ...]:
    if not both:
        return ()
    first = sum(one.before or 0 for one in both) / len(both)
    last = sum(one.after or 0 for one in both) / len(both)
    told = f"{first:.1f}分 → {last:.1f}分"
    return FormField("两次都测", f"{len(both)}人"), FormField("平均分", told)


def _said(score: int | None) -> str:
    return "—" if score is None else str(score)


def _change(one: Seat) -> str:
    if one.before is None or one.after is None:
        return "—"
    change = one.after - one.before
    return f"{change:+d}".replace("-", "−") if change else "0"


def _figures(roll: Roll) -> Form:
    held, came = len(roll.numbers), roll.came
    planned = f"（计划{roll.planned}节）" if roll.planned else ""
    left = sum(bool(one.left_on) for one in roll.seats)
    fields = (
        FormField("节数", f"{held}节{planned}"),
        FormField("组员", f"{len(roll.seats)}人" + (f"（退出{left}人）" if left else "")),
        FormField("出席", f"{came.came}人次"),
        FormField("出席率", came.words),
    )
    return Form(fields, "开展情况")


def _of_session(session: Reading, one: GroupSession) -> Sheet:
    """What was planned, what happened and who was there."""
    asked, roll = _asked(session, one), roll_of(session, str(one.group))
    time, plan, record = (names for _, names in sections(GroupSession))
    own = [name for name in time if name not in ("start_time", "end_time", "cancelled")]
    said = [FormField("时间", span(one.start_time or "", one.end_time or ""))]
    noted = [name for name in record if name not in ("attendances", "attachments", "supervisor_remark")]
    sitting = next((each for each in roll.sittings if each.id == one.id), None) if roll else None
    blocks: tuple[Block, ...] = (
        *form(paired([*asked.fields(*own, plain=True), *said])),
        *form(paired(asked.fields(*plan)), "本节计划"),
        *form(paired(asked.fields(*noted)), "本节记录"),
        *(_present(session, roll, sitting) if roll and sitting else ()),
        *remarks("督导批注", asked.says("supervisor_remark"), REMARK_ROOM),
        LEADER,
    )
    under = f"{roll.name}　{roll.called(sitting)}" if roll and sitting else ""
    return Sheet(
        TITLES["group_session"],
        number_of("group_session", str(one.id)),
        "INTERNAL",
        blocks,
        on_day(one),
        subtitle=under,
    )


def _present(session: Reading, roll: Roll, sitting: Sitting) -> Iterator[Block]:
    marks = read.of_parent(session, Attendance, "session", sitting.id)
    notes = {str(one.member): one.note or "" for one in marks}
    words = code_list("group_attendance")
    rows = []
    for seat in roll.seats:
        state = roll.states.get((sitting.id, seat.id), "")
        if state or roll.in_group(sitting, seat):
            rows.append((seat.name, words.label(state) if state else "", notes.get(seat.id, "")))
    came = roll.of_sitting(sitting)
    note = f"已记{came.marked}人，到{came.came}人，出席率{came.words}。" if came.marked else ""
    heads = columns(("组员", 2), ("出席", 1.3, "centre"), ("备注", 3))
    yield Table((*heads, *heads), _by_two(rows), title="出席", note=note, ledger=True, empty="还没有组员。")


def _by_two(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Two members side by side, read down the left and then the right."""
    half = -(-len(rows) // 2)
    nobody = ("",) * len(rows[0]) if rows else ()
    return tuple((*one, *other) for one, other in zip_longest(rows[:half], rows[half:], fillvalue=nobody))

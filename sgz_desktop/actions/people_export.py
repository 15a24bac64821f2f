"""The list of people as an Excel file: who, how old, where, what they receive, when last seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.lists import Heading, write_list
from sgz_desktop.actions.people import lines_of
from sgz_desktop.domain import categories
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

HEADS = ("编号", "姓名", "性别", "年龄", "村（居）", "组", "类别", "正在享受", "最近联系")
PHONE = "电话"
AT_ONCE = 400  # people read at a time, so that whatever else is asked for meanwhile need not wait
Progress = Callable[[int, int], None]


@action
def export_people(
    desk: Desk, rids: Sequence[int], path: Path, phones: bool = False, progress: Progress | None = None
) -> int:
    """Write people by rid, in the order given, to an Excel file; how many there were. Those taken out
    meanwhile are left out. `progress(done, total)` may raise Cancelled; nothing is then written.

    Telephone numbers only where they were asked for, which leaves a line of its own in the access log.
    """
    heads = (*HEADS, PHONE) if phones else HEADS
    of = Heading("服务对象", desk.station, desk.today(), desk.practice)
    count = write_list(of, heads, _rows(desk, rids, phones, progress), path)
    if phones:
        desk.note_access("reveal_phone", "", "done")
    return count


def _rows(
    desk: Desk, rids: Sequence[int], phones: bool, progress: Progress | None
) -> Iterator[Sequence[str]]:
    for at in range(0, len(rids), AT_ONCE):
        some = rids[at : at + AT_ONCE]
        yield from desk.read(partial(_told, rids=some, today=desk.today(), phones=phones))
        if progress:
            progress(at + len(some), len(rids))


def _told(session: Reading, rids: Sequence[int], today: str, phones: bool) -> list[Sequence[str]]:
    lines = lines_of(session, rids, today)
    people = [lines[rid] for rid in rids if rid in lines]
    homes = {line.household for line in people if line.household}
    seen = queries.last_contacts(session, homes, [line.id for line in people])
    benefits = _benefits(session, [line.id for line in people], homes, today)
    rows: list[Sequence[str]] = []
    for line in people:
        received = dict.fromkeys([*benefits.get(line.id, ()), *benefits.get(line.household, ())])
        last = max(seen.get(line.household, ""), seen.get(line.id, ""))
        tags = [*(["已去世"] if line.dead else []), *line.tags]
        row = [line.number, line.name, line.sex, line.age, line.village, line.group]
        row += ["、".join(tags), "、".join(received), last]
        rows.append([*row, line.phone] if phones else row)
    return rows


def _benefits(
    session: Reading, people: Sequence[str], homes: set[str], today: str
) -> dict[str, dict[str, None]]:
    """Programmes received now, in words, by the id of the person or household."""
    held = read.of_parent(session, Benefit, "person", *people)
    held += read.of_parent(session, Benefit, "household", *homes)
    found: dict[str, dict[str, None]] = {}
    for one in held:
        if categories.is_open(one.to_day, today):
            programme = code_list("benefit").label(one.programme) if one.programme else ""
            words = programme or categories.label(one.category or "")
            if words:
                found.setdefault(one.person or one.household or "", {})[words] = None
    return found

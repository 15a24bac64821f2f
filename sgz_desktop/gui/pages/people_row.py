"""A person as one row of a list."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions import people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonLine
from sgz_desktop.domain.short_tags import short_tags
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.wording import day_only


def person_row(line: PersonLine) -> ListRow:
    """A person as one row of the list."""
    facts = "·".join(one for one in (line.sex, line.age, line.village + line.group) if one)
    when = f"{day_only(line.last)}联系" if line.last else ""
    due = f"{line.todo}件待办" if line.todo else ""
    tags = [*(["已去世"] if line.dead else []), *short_tags(line.tags)]
    return ListRow(line.name, facts, tuple((tag, "plain") for tag in tags), due=due, when=when)


def people_list_rows(desk: Desk, rids: Sequence[int]) -> list[ListRow]:
    """Rows for some rids of the list; not for the GUI thread."""
    lines = people.people_rows(desk, rids)
    return [person_row(lines[rid]) if rid in lines else ListRow("（已不在册）") for rid in rids]

"""A person as one row of a list, and the short words of their categories."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions import people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonLine
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.wording import day_only

ENDINGS = ("对象", "人员", "家庭", "供养", "居民")
ORDINARY = "一般"


def short_tags(tags: Sequence[str]) -> list[str]:
    """低保对象 and 低保家庭 are 低保 once; 一般居民 says nothing and is left out."""
    short = dict.fromkeys(_short(tag) for tag in tags)
    return [tag for tag in short if tag != ORDINARY]


def _short(tag: str) -> str:
    ending = next((one for one in ENDINGS if tag.endswith(one) and len(tag) > len(one)), "")
    return tag.removesuffix(ending)


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

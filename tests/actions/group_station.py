"""A group with members, sessions and marks, for tests, benchmarks and pictures; its people are invented."""

from __future__ import annotations

from collections.abc import Mapping

from sgz_desktop.actions import forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.domain.days import add_days

NAMES = ("陈桂香", "吴月娥", "林玉兰", "黄秀英", "周美珍", "郑水莲", "何阿妹", "罗春花", "梁惠芳", "宋秋菊")
FIRST = "2026-04-07"


def make_group(
    desk: Desk,
    members: int = 6,
    sessions: int = 4,
    member: Mapping[int, Mapping[str, object]] | None = None,
    **more: object,
) -> str:
    """A group that meets weekly from `FIRST`; `member` gives values of single members. Returns its id."""
    known = {
        "name": "银龄互助小组",
        "sort": "mutual_aid",
        "phase": "forming",
        "first_on": FIRST,
        "planned_sessions": 8,
        "scale_name": "孤独感量表",
        "scale_most": 80,
        "place": "上溪村活动室",
        "worker": "甲社工",
        **more,
    }
    rows = [
        RowInput(
            "",
            {
                "name": NAMES[at % len(NAMES)] + ("" if at < len(NAMES) else str(at)),
                "score_before": 50 + at % 9,
                "score_after": 38 + at % 7,
                "consent": "agreed",
                **(member or {}).get(at, {}),
            },
        )
        for at in range(members)
    ]
    saved = forms.save_form(desk, forms.new_form(desk, "group", known), known, {"members": rows})
    for at in range(sessions):
        add_session(desk, saved.id, add_days(FIRST, 7 * at), f"第{at + 1}次相聚")
    return saved.id


def add_session(desk: Desk, group: str, day: str, title: str = "", **more: object) -> forms.Saved:
    """One more session."""
    values = {"group": group, "date": day, "title": title, **more}
    return forms.save_form(desk, forms.new_form(desk, "group_session", values), values)

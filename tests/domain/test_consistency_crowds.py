"""Doubts about meetings and activities: only where the records surely disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sgz_desktop.domain.consistency import Crowd, Looked, doubts

GOOD = Crowd("group_session", "s", "2026-06-10", "夕阳红小组", 8, 10, "2026-06-01", "2026-07-31")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"heads": 12}, "计了12人，名单上10人"),
        ({"heads": 12, "listed": None}, ""),
        ({"day": "2026-05-31"}, "早于小组开始日期"),
        ({"day": "2026-08-01"}, "晚于小组结束日期"),
        ({"first_on": "2026-06"}, ""),
        ({"first_on": None, "last_on": None}, ""),
        ({"left": 1}, "记了出席的有1人已退出"),
        ({"heads": 0}, "没有记参加的人"),
        ({"heads": 0, "day": "2026-09-01", "last_on": None}, ""),
    ],
)
def test_what_does_not_agree_is_said(change: dict[str, object], words: str) -> None:
    found = doubts(Looked("2026-08-15", crowds=(replace(GOOD, **change),)))
    assert [one.words.partition("”")[2] for one in found] == ([words] if words else [])
    assert all((one.kind, one.id) == ("group_session", "s") for one in found)

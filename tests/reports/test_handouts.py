"""Handouts printed together and handed out apart: own page numbers, no cover, the same bytes each time."""

from __future__ import annotations

import pytest

from sgz_desktop.errors import Cancelled
from sgz_desktop.reports.handouts import build
from sgz_desktop.reports.values import Form, FormField, Handouts, Narrative, Sheet, Signatures
from tests.reports.reading import pages as texts_of


def sheets(*lengths: int, practice: bool = False) -> Handouts:
    """A sheet for each length, with so many lines of text."""
    made = tuple(
        Sheet(
            "个案交接表",
            f"2026-A{number:03d}-交接",
            "INTERNAL",
            (
                Form((FormField("服务对象", f"测试{number}"),)),
                Narrative("没做完的事。\n" * lines, "一、未完成的事"),
                Signatures(("移交人", "接手人")),
            ),
        )
        for number, lines in enumerate(lengths, start=1)
    )
    return Handouts("青禾镇社工站", "个案交接表", made, practice)


def test_each_sheet_counts_its_own_pages_and_names_itself_alone() -> None:
    pages = texts_of(build(sheets(2, 90)))
    assert "第1页共1页" in "".join(pages[0].split())
    assert all(f"第{n}页共{len(pages) - 1}页" in "".join(pages[n].split()) for n in range(1, len(pages)))
    assert "测试1" in pages[0]
    assert not any("测试1" in page or "2026-A001" in page for page in pages[1:])
    assert "2026-A002" in pages[-1]


def test_the_same_sheets_are_the_same_bytes() -> None:
    assert build(sheets(3, 4)) == build(sheets(3, 4))
    assert build(sheets(3, practice=True)) != build(sheets(3))


def test_making_them_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        build(sheets(1, 1, 1), stop)
    assert told == [(1, 3), (2, 3)]

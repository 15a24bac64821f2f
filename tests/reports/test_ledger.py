"""A ledger on paper: heads on every page, page x of y, and every word of it there, within its column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from sgz_desktop.domain.ledger import Head, Sheet, Sort
from sgz_desktop.errors import Cancelled
from sgz_desktop.reports import archive, ledger
from sgz_desktop.reports.values import Archive, BoxLabel, Filed
from tests.reports.reading import MM, pages, solid

HEADS = (
    Head("序号", 13, Sort.NUMBER, True),
    Head("服务日期", 23, Sort.DAY, True),
    Head("姓名", 20, Sort.TEXT),
    Head("情况与处理", 120, Sort.TEXT),
    Head("金额（元）", 25, Sort.MONEY, True),
)
LINE = "2026年6月　共80条　未遇的也列　按服务日期排序　2026年7月1日打印"


def rows(
    count: int, text: str = "询问用药，血压偏高，提醒复诊——已告知村医。"
) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (n, date(2026, 6, 1 + n % 30), f"甲{n:03d}", text * (1 + n % 4), Decimal("1234.50"))
        for n in range(1, count + 1)
    )


def sheet(count: int = 80, **more: object) -> Sheet:
    made = Sheet("走访台账", "柳溪镇社工站", "TZ-ZF-20260630", LINE, HEADS, rows(count), True)  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def test_every_page_has_the_heads_and_says_which_it_is() -> None:
    found = pages(ledger.build(sheet()))
    assert len(found) > 3
    for number, page in enumerate(found, start=1):
        words = solid(page)
        for head in HEADS:
            assert head.words in words
        assert f"第{number}页共{len(found)}页" in words
        assert "练习人物情节均为虚构，不作凭证" in words
        assert (solid(LINE) in words) is (number == 1)


def test_nothing_is_cut() -> None:
    made = sheet()
    words = solid("".join(pages(ledger.build(made))))
    for row in made.rows:
        assert f"{row[1]:%Y-%m-%d}" in words
        assert str(row[2]) in words
    assert words.count("1,234.50") == 80
    assert words.count("询问用药") == sum(1 + n % 4 for n in range(1, 81))


def test_a_row_taller_than_a_page_goes_on_in_the_next() -> None:
    long = "".join(f"第{n}句话。" for n in range(1, 1_500))
    made = sheet(2, rows=((1, None, "甲", long, None), (2, None, "乙", "短", None)))
    found = pages(ledger.build(made))
    words = solid("".join(found))
    assert len(found) >= 3
    assert all(f"第{n}句话。" in words for n in (1, 700, 1_499))
    assert all("句话" in page for page in found)  # it begins on the first and leaves none empty


def edges_of(data: bytes) -> float:
    """How far right the text of any page reaches, in mm."""
    document = pypdfium2.PdfDocument(data)
    found = [
        page.get_textpage().get_charbox(n)[2]
        for page in document
        for n in range(page.get_textpage().count_chars())
    ]
    return max(found) / MM


def test_text_stays_within_the_table() -> None:
    wide = sheet(3, rows=((1, None, "W" * 200, "3" * 400, Decimal(10) ** 9),))
    assert edges_of(ledger.build(wide)) <= 20 + 262


def test_control_unbroken_text_would_leave_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger._Setter, "_width", lambda *_: 10_000.0)
    wide = sheet(3, rows=((1, None, "甲", "三" * 400, None),))
    assert edges_of(ledger.build(wide)) > 20 + 262


def test_the_same_ledger_gives_the_same_bytes_and_an_empty_one_says_so() -> None:
    assert ledger.build(sheet(30)) == ledger.build(sheet(30))
    (only,) = pages(ledger.build(sheet(0, rows=())))
    assert ledger.EMPTY in solid(only)


def test_it_can_be_stopped() -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        ledger.build(sheet(), stop)


# Papers of the archive


def filed(count: int) -> Archive:
    lines = tuple(
        Filed(f"2026-A001-{n:02d}-1", "李小禾", f"过程记录第{n}", "2026年6月3日", f"{n}—{n + 1}", "待签")
        for n in range(1, count + 1)
    )
    return Archive(
        "柳溪镇社工站", "2026-A001", "结案后5年（至2031年6月）", lines, count + 1, "2026年7月1日", True
    )


def test_the_contents_list_every_paper_and_the_remarks_follow() -> None:
    found = [solid(page) for page in pages(archive.build(filed(60)))]
    assert len(found) >= 3
    for n in (1, 30, 60):
        assert any(f"过程记录第{n}" in page for page in found)
    for page in found[:-1]:
        assert all(head in page for head in archive.HEADS)
    assert "本卷共60件，61页" in found[-1]
    assert all(words in found[-1] for words in ("卷内备考表", "立卷人", "检查人", "立卷时间"))


def test_a_short_file_has_rows_to_write_in_and_fills_one_page() -> None:
    assert len(pages(archive.build(filed(3)))) == 2


def test_a_box_label_says_what_is_inside_in_each_width() -> None:
    kept = ("结案后5年", "未成年人满18周岁", "后5年")
    label = BoxLabel("柳溪镇社会工作服务站", "2026", "2026-A001", "2026-A012", 9, kept, True)
    (page,) = (solid(one) for one in pages(archive.build_label(label)))
    for words in ("2026-A001", "2026-A012", "9卷", "未成年人满18周岁", "保管期限"):
        assert page.count(words) == len(archive.SPINES)
    assert archive.build_label(label) == archive.build_label(label)
    assert edges_of(archive.build_label(label)) <= 210 - 17

"""Random Chinese text at 80 widths: no line of the printed paper begins or ends with a mark that may not.

What is measured is the file: the characters that pdfium, and pdftotext, find at one height make a line. The
program's own line breaker is not asked. Marks are those of GB/T 15834-2011: point marks, closing brackets and
quotes, dash and ellipsis not at the head, opening ones not at the foot.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from sgz_desktop.reports import fonts
from sgz_desktop.reports.ink import A4, Ink, Paper
from sgz_desktop.reports.paragraph import Paragraph, Style
from tests.proofs.conftest import Tally
from tests.proofs.sizes import SEED, size
from tests.reports.test_breaking import HAN, random_text

NEVER_FIRST = "，。、；：？！）》〉」』】〕”’…—·％℃"
NEVER_LAST = "（《〈「『【〔“‘"
SIZE, LEADING = 10.5, 16.0
WIDTHS = [60 + 5.13 * n for n in range(80)]  # points: from not quite 6 to 44 characters a line
TEXTS = size(1, 30)

Lines = list[list[str]]
"""The lines of each page, from the top."""


DENSE = (
    "（《{}》）、",
    "“‘{}’，”",
    "{}！？”）",
    "【{}】：“",
    "{}……”",
    "（{}）、（",
    "{}——",
    "{}。」",
    "「『{}』",
)


def dense_text(source: random.Random, length: int) -> str:
    """Few words between many marks, two and three of them side by side."""
    parts = list[str]()
    while sum(map(len, parts)) < length:
        parts.append(source.choice(DENSE).format("".join(source.choices(HAN, k=source.randint(1, 5)))))
    return "".join(parts)


def texts() -> Iterator[tuple[str, float]]:
    """Two other texts for each width, one of prose and one full of marks, the same for the same seed."""
    source = random.Random(SEED)
    for _ in range(TEXTS):
        for width in WIDTHS:
            yield random_text(source.randrange(10**9), 200), width
            yield dense_text(source, 200), width


def by_ours(cases: Sequence[tuple[str, float]]) -> bytes:
    """A page for each text, set to its width."""
    paper, style = Paper(), Style(size=SIZE, leading=LEADING)
    for text, width in cases:
        ink = Ink(paper, (A4[0], 1600.0))
        Paragraph(text, style).draw(ink, 60, 1560, width)
        paper.add(ink)
    return paper.finish("行首行末")


def by_stock(cases: Sequence[tuple[str, float]]) -> bytes:
    """The same by reportlab as it comes."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph as Stock

    from sgz_desktop.resources import resource

    pdfmetrics.registerFont(ttfonts.TTFont("stock", str(resource("fonts", "sgz-serif.ttf"))))
    style = ParagraphStyle("a", fontName="stock", fontSize=SIZE, leading=LEADING, wordWrap="CJK")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(A4[0], 1600))
    for text, width in cases:
        made = Stock(text, style)
        _, high = made.wrap(width, 1560)
        made.drawOn(canvas, 60, 1560 - high)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def by_pdfium(data: bytes) -> Lines:
    """Lines as pdfium finds the characters: one line where the baselines are at one height."""
    return [[_line(found) for found in _rows(page)] for page in pypdfium2.PdfDocument(data)]


def _rows(page: pypdfium2.PdfPage) -> list[list[tuple[float, str]]]:
    text = page.get_textpage()
    found: list[tuple[float, float, str]] = []
    x, y = raw.c_double(), raw.c_double()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if not char.isspace() and raw.FPDFText_GetCharOrigin(text, at, x, y):
            found.append((round(y.value), x.value, "-" if char in "\x02\ufffe" else char))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [[one[1:] for one in row] for _, row in groupby(found, key=lambda one: one[0])]


def _line(row: Sequence[tuple[float, str]]) -> str:
    return "".join(char for _, char in row)


WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>')


def by_poppler(data: bytes, folder: Path) -> Lines:
    """Lines as `pdftotext -bbox` finds the words: one line where their middles are at one height."""
    from html import unescape

    (folder / "x.pdf").write_bytes(data)
    command = ["pdftotext", "-bbox", "-enc", "UTF-8", str(folder / "x.pdf"), "-"]
    told = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    pages: Lines = []
    for page in told.split("<page ")[1:]:
        words = [
            ((float(low) + float(high)) / 2, float(left), unescape(word))
            for left, low, high, word in WORD.findall(page)
        ]
        rows: dict[int, list[tuple[float, str]]] = {}
        for middle, left, word in words:
            rows.setdefault(round((middle - 40) / LEADING), []).append((left, word))
        pages.append([_line(sorted(rows[number])) for number in sorted(rows)])
    return pages


def forbidden(pages: Lines) -> tuple[list[str], list[str]]:
    """Lines that begin, and lines that end, with a mark that may not; a text's own start and end are free."""
    first = [line for page in pages for line in page[1:] if line[0] in NEVER_FIRST]
    last = [line for page in pages for line in page[:-1] if line[-1] in NEVER_LAST]
    return first, last


def whole(pages: Lines) -> list[str]:
    return ["".join(page) for page in pages]


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, float]]:
    return list(texts())


@pytest.fixture(params=["pdfium", "pdftotext"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[bytes], Lines]:
    return by_pdfium if request.param == "pdfium" else lambda data: by_poppler(data, tmp_path)


def test_no_line_begins_or_ends_with_a_mark_that_may_not(
    cases: list[tuple[str, float]], read: Callable[[bytes], Lines], tally: Tally
) -> None:
    pages = read(by_ours(cases))
    typed = ["".join(fonts.tidy(text).split()) for text, _ in cases]
    assert whole(pages) == typed  # every line was seen, and nothing but the text
    first, last = forbidden(pages)
    lines = sum(map(len, pages))
    assert (first, last) == ([], [])
    assert lines > 10 * len(cases)
    tally("papers: line ends", seed=SEED, widths=len(WIDTHS), texts=len(cases), lines=lines, forbidden=0)


def test_control_the_wrapping_that_comes_with_reportlab_is_told(
    cases: list[tuple[str, float]], read: Callable[[bytes], Lines]
) -> None:
    first, last = forbidden(read(by_stock(cases[: 2 * len(WIDTHS)])))
    assert len(first) > 20
    assert len(last) > 20

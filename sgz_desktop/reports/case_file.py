"""The case file: cover, contents, and one sheet after another, each with its own number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from .flow import Flow, Page
from .fonts import HEI, MING, SONG
from .grid import DATA, Cell, Grid
from .ink import A4, MM, Bookmark, Ink, Paper
from .looks import FILE_PAGE, INTERNAL, LINE
from .pages import Margins, body, margins, practice_frame, watermark
from .paragraph import Paragraph, Style
from .sheets import laid_out
from .uncollected import uncollected
from .values import CaseFile, Sheet

Progress = Callable[[int, int], None]
FOOTERS = {"CLIENT": "一式两份　本人与社工站各存一份", "INTERNAL": "内部资料　注意保密", "BUREAU": ""}


COVER, CONTENTS = "cover", "contents"  # parts of a file beside its sheets


@uncollected
def build(case_file: CaseFile, progress: Progress | None = None, only: Collection[str] = ()) -> bytes:
    """The case file as PDF bytes; the same value gives the same bytes. `only` are numbers of sheets, `COVER`
    and `CONTENTS`: they are printed alone, and each page keeps its number in the whole file.

    `progress(done, total)` is called after each page and may raise `errors.Cancelled`.
    """
    paper = Paper()
    paper.bookmarks = _add(paper, case_file, progress, only)
    return paper.finish(f"{case_file.title} {case_file.number}")


def build_many(
    case_files: Iterable[CaseFile], count: int, progress: Progress | None = None
) -> Iterator[bytes]:
    """Several case files one after another in one PDF, each with its own page numbers: the parts of the file
    in their order. One case file is held at a time, whatever their number.

    `progress(done, count)` tells after each page how many files are done, and may raise `errors.Cancelled`.
    """
    paper, title = Paper(), ""
    for done, case_file in enumerate(case_files):
        start, title = paper.pages, case_file.title
        _add(paper, case_file, (lambda _page, _total, done=done: progress(done, count)) if progress else None)
        paper.bookmarks.append(Bookmark(f"{title} {case_file.number}", start, A4[1]))
        yield paper.taken()
        if progress:
            progress(done + 1, count)
    yield paper.finish(title)


@uncollected
def _add(
    paper: Paper, case_file: CaseFile, progress: Progress | None, only: Collection[str] = ()
) -> list[Bookmark]:
    """Adds the pages of a file, and says where its parts begin."""
    sheets = [laid_out(sheet, FILE_PAGE) for sheet in case_file.sheets]
    counts = [len(pages) for pages in sheets]
    opening = _opening(case_file, counts)
    contents = _contents(case_file, counts, opening)
    pages = [*contents, *(page for sheet in sheets for page in sheet)]
    words = [_contents_margins(case_file)] * len(contents)
    for sheet, count in zip(case_file.sheets, counts, strict=True):
        words += [_margins(case_file, sheet)] * count
    names = [CONTENTS] * len(contents)
    for sheet, count in zip(case_file.sheets, counts, strict=True):
        names += [sheet.number] * count
    total, first = len(pages) + 1, paper.pages
    at: dict[int, int] = {}  # page of the whole file → page of this document
    if not only or COVER in only:
        at[0] = first
        _cover(paper, case_file)
    for number, (page, around, name) in enumerate(zip(pages, words, names, strict=True), 2):
        if only and name not in only:
            continue
        at[number - 1] = paper.pages
        ink = _page(paper, case_file)
        margins(ink, FILE_PAGE, around, number, total)
        body(ink, page, FILE_PAGE)
        paper.add(ink)
        if progress:
            progress(number, total)
    marks = _bookmarks(case_file, counts, opening)
    return [mark._replace(page=at[mark.page]) for mark in marks if mark.page in at]


def page_spans(case_file: CaseFile) -> list[tuple[int, int]]:
    """The first and the last page of each sheet in the printed file."""
    counts = [len(laid_out(sheet, FILE_PAGE)) for sheet in case_file.sheets]
    ends = [*accumulate(counts, initial=_opening(case_file, counts))]
    return [(before + 1, end) for before, end in pairwise(ends)]


def _opening(case_file: CaseFile, counts: Sequence[int]) -> int:
    """How many pages come before the first sheet: the cover and the contents."""
    return 1 + len(_contents(case_file, counts, 0))


def _page(paper: Paper, case_file: CaseFile) -> Ink:
    ink = Ink(paper)
    if case_file.watermark:
        watermark(ink, case_file.watermark)
    if case_file.practice:
        practice_frame(ink)
    return ink


def _contents(case_file: CaseFile, counts: Sequence[int], opening: int) -> list[Page]:
    """Pages of the 目录; `opening` is how many pages come before the first sheet."""
    shares = (9, 52, 43, 31, 14, 17)
    aligns = ("centre", "left", "left", "left", "centre", "centre")
    heads = [
        Cell(Paragraph(text, Style(HEI, 9.5, 14, 0, align)))
        for text, align in zip(("序号", "文件名称", "文件编号", "日期", "页次", "签署"), aligns, strict=True)
    ]
    rows, page = [], opening + 1
    for i, (sheet, count) in enumerate(zip(case_file.sheets, counts, strict=True), 1):
        texts = (str(i), sheet.title, sheet.number, sheet.on, str(page) if opening else "1", sheet.signed)
        rows.append(
            [Cell(Paragraph(t, Style(SONG, 10, 15, 0, a))) for t, a in zip(texts, aligns, strict=True)]
        )
        page += count
    total = sum(counts) + opening
    note = f"本卷共{total}页。"
    if not case_file.watermark:  # a copy is not signed
        note += "标“待签”的文件签字扫描后按文件编号归入本卷。"
    if case_file.printed_on:
        note += f"打印日期：{case_file.printed_on}。"
    flow = Flow(FILE_PAGE)
    flow.add(
        [
            Paragraph("目　录", INTERNAL.title, keep=True),
            Grid(shares, [heads, *rows], DATA, heads=1, pad_x=1 * MM, pad_y=1.3 * MM, space=6.0),
            Paragraph(note, INTERNAL.note, 3.0),
        ]
    )
    return flow.pages


def _margins(case_file: CaseFile, sheet: Sheet) -> Margins:
    return Margins(
        case_file.station,
        f"{case_file.title} {case_file.number}　{sheet.title}",
        f"文件编号 {sheet.number}",
        case_file.footer or sheet.footer or FOOTERS[sheet.paper],
    )


def _contents_margins(case_file: CaseFile) -> Margins:
    right = f"{case_file.title} {case_file.number}　目录"
    return Margins(
        case_file.station, right, f"个案编号 {case_file.number}", case_file.footer or FOOTERS["INTERNAL"]
    )


def _cover(paper: Paper, case_file: CaseFile) -> None:
    ink = _page(paper, case_file)
    middle, height = A4[0] / 2 + 4 * MM, A4[1]
    station = Paragraph(case_file.station, Style(HEI, 14, 22, 0, "centre"))
    station.draw(ink, FILE_PAGE.left, height - 79 * MM + station.height(FILE_PAGE.width), FILE_PAGE.width)
    ink.rule(middle - 27 * MM, height - 83 * MM, middle + 27 * MM, height - 83 * MM, LINE)
    title = Paragraph(case_file.title, Style(MING, 34, 44, 0, "centre"))
    title.spread_to(len(case_file.title) * 1130)
    title.draw(ink, FILE_PAGE.left, height - 92 * MM, FILE_PAGE.width)
    left, y = middle - 58 * MM, height - 132 * MM
    for name, text in case_file.cover:
        if text or not case_file.watermark:  # nor is anything written on it by hand
            y = _cover_line(ink, name, text, left, y)
    box = max(38 * MM, min(62 * MM, y - 22 * MM))
    ink.frame(left, box - 16 * MM, 116 * MM, 16 * MM, 0.8)
    ink.write(case_file.footer or FOOTERS["INTERNAL"], middle, box - 6.5 * MM, 10.5, HEI, "centre")
    ink.write(case_file.note, middle, box - 12.2 * MM, 9, SONG, "centre")
    paper.add(ink)


def _cover_line(ink: Ink, name: str, text: str, left: float, y: float) -> float:
    """One label and its line on the cover; returns the place of the next."""
    label = Paragraph(name, Style(HEI, 12, 17, 0, "left"))
    if len(name) in (2, 3):
        label.spread_to(4000)
    label.draw(ink, left, y + 13, 30 * MM)
    value = Paragraph(text, Style(SONG, 12, 17, 0, "left", True))
    room = 84 * MM
    value.draw(ink, left + 33 * MM, y + 13, room - 4 * MM)
    y -= value.height(room - 4 * MM) - 17
    ink.rule(left + 30 * MM, y - 6, left + 32 * MM + room, y - 6, LINE)
    return y - 9 * MM


def _bookmarks(case_file: CaseFile, counts: Sequence[int], opening: int) -> list[Bookmark]:
    top = A4[1]
    marks = [Bookmark("封面", 0, top), Bookmark("目录", 1, top)]
    page = opening
    for sheet, count in zip(case_file.sheets, counts, strict=True):
        text = f"{sheet.title}　{sheet.on}" if sheet.on else sheet.title
        marks.append(Bookmark(text, page, top))
        page += count
    return marks

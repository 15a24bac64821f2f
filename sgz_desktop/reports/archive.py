"""Papers of the archive: what is in a case's file (卷内目录), the remarks behind it (备考表), box labels."""

from __future__ import annotations

from collections.abc import Callable

from .breaking import Run
from .flow import Flow
from .fonts import HEI, MING, SONG
from .grid import LEDGER, Cell, Grid
from .ink import A4, MM, Bookmark, Ink, Paper
from .looks import BLANK_PAGE, FRAME, INTERNAL, LINE, ROW
from .pages import Margins, body, margins, practice_frame
from .paragraph import Paragraph, Style
from .uncollected import uncollected
from .values import Archive, BoxLabel, Filed

Progress = Callable[[int, int], None]
FOOTER = "内部资料　注意保密"
HEADS = ("序号", "文件编号", "责任者", "题名", "日期", "页次", "备注")
WIDTHS = (11, 39, 18, 44, 27, 14, 15)
ALIGNS = ("centre", "left", "centre", "left", "left", "centre", "left")
ROW_HEIGHT, LEAST_ROWS = 10 * MM, 20
REMARKS = "卷内备考表"


@uncollected
def build(archive: Archive, progress: Progress | None = None) -> bytes:
    """The contents and the remarks as PDF bytes; the same value gives the same bytes."""
    paper, pages = Paper(), _index(archive).pages
    total = len(pages) + 1
    for number in range(1, total + 1):
        ink = Ink(paper)
        if archive.practice:
            practice_frame(ink)
        last = number == total
        title = REMARKS if last else archive.title
        words = Margins(archive.station, title, f"文件编号 {archive.number}-00", FOOTER)
        margins(ink, BLANK_PAGE, words, number, total)
        if last:
            _remarks(ink, archive)
        else:
            body(ink, pages[number - 1], BLANK_PAGE)
        paper.add(ink)
        if progress:
            progress(number, total)
    paper.bookmarks = [Bookmark(archive.title, 0, A4[1]), Bookmark(REMARKS, total - 1, A4[1])]
    return paper.finish(f"{archive.title} {archive.number}")


def _index(archive: Archive) -> Flow:
    """The table, filled up with empty rows to write in."""
    heads = [Cell(Paragraph(text, Style(HEI, 9.5, 14, 0, "centre"))) for text in HEADS]
    rows = [_line(place, one) for place, one in enumerate(archive.filed, start=1)]
    rows += [[_cell("", at) for at in ALIGNS]] * max(0, LEAST_ROWS - len(rows))
    grid = Grid(WIDTHS, [heads, *rows], LEDGER, heads=1, pad_x=1.2 * MM, space=6.0, least=ROW_HEIGHT)
    under = f"个案编号 {archive.number}　保管期限：{archive.kept}　{archive.printed_on}打印"
    flow = Flow(BLANK_PAGE)
    title = Paragraph(archive.title, INTERNAL.title, keep=True)
    flow.add([title, Paragraph(under, INTERNAL.under_title, 1.0, keep=True), grid])
    return flow


def _line(place: int, one: Filed) -> list[Cell]:
    texts = (str(place), one.number, one.responsible, one.title, one.on, one.pages, one.note)
    return [_cell(text, align) for text, align in zip(texts, ALIGNS, strict=True)]


def _cell(text: str, align: str) -> Cell:
    return Cell(Paragraph(text, Style(SONG, 10, 14, 0, align, whole=True)))


def _remarks(ink: Ink, archive: Archive) -> None:
    """The sheet behind the file: what is counted, room for what is missing, who filed and who checked."""
    left, width, top = BLANK_PAGE.left, BLANK_PAGE.width, A4[1] - BLANK_PAGE.top
    Paragraph(REMARKS, INTERNAL.title).draw(ink, left, top, width)
    Paragraph(f"个案编号 {archive.number}", INTERNAL.under_title).draw(ink, left, top - 30, width)
    high, foot = 200 * MM, 34 * MM
    y = top - 52 - high
    ink.frame(left, y, width, high, FRAME)
    told = (
        f"本卷共{len(archive.filed)}件，{archive.pages}页（打印时）。归档时清点：共　　　　件，　　　　页。"
    )
    inside, at = width - 8 * MM, y + high - 5 * MM
    for text, room in ((told, 14 * MM), ("缺损、修改、补充、移出、销毁等情况：", 0.0)):
        Paragraph(text, INTERNAL.body._replace(indent=0)).draw(ink, left + 4 * MM, at, inside)
        at -= room
    ink.rule(left, y + foot, left + width, y + foot, ROW)
    for place, (who, line) in enumerate((("立卷人", 30), ("检查人", 30), ("立卷时间", 34))):
        x = left + 4 * MM + place * 56 * MM
        end = x + ink.write(who, x, y + foot / 2, 10.5, HEI) + 2 * MM
        if place == 2:
            ink.write("　　　年　　月　　日", x, y + foot / 2 - 9 * MM, 10.5)
        else:
            ink.rule(end, y + foot / 2 - 3, end + line * MM, y + foot / 2 - 3, LINE)


SPINES = (30, 40, 50)  # mm: the boxes there are; 20 holds no number
SPINE_HEIGHT = 236 * MM


@uncollected
def build_label(label: BoxLabel, progress: Progress | None = None) -> bytes:
    """One page with the label in each width, to be cut out, as PDF bytes."""
    paper = Paper()
    ink = Ink(paper)
    if label.practice:
        practice_frame(ink)
    x, top = BLANK_PAGE.left, A4[1] - BLANK_PAGE.top
    note = "按档案盒的厚度选一条，沿虚线剪下贴在盒脊；盒号用笔写。"
    ink.write(note, x, top, 9.5)
    for wide in SPINES:
        ink.write(f"盒厚{wide}毫米", x, top - 6 * MM, 8.5)
        _spine(ink, label, x, top - 8 * MM, wide * MM)
        x += (wide + 12) * MM
    paper.add(ink)
    if progress:
        progress(1, 1)
    return paper.finish(f"档案盒脊签 {label.year}")


def _spine(ink: Ink, label: BoxLabel, x: float, top: float, width: float) -> None:
    """One label: the station and the sort of file downwards, then year, numbers, count, time kept, box."""
    y, room = top - SPINE_HEIGHT, width - 3 * MM
    ink.frame(x, y, width, SPINE_HEIGHT, LINE, "3 2")
    middle = x + width / 2
    _downwards(ink, label.station, middle, top - 6 * MM, 84 * MM, 20, HEI)
    _downwards(ink, label.title, middle, top - 96 * MM, 46 * MM, 24, MING)
    at = top - 146 * MM
    parts = (
        ("年度", (label.year,), 18),
        ("个案编号", (label.first, *(("至", label.last) if label.last != label.first else ())), 11),
        ("卷数", (f"{label.count}卷",), 11),
        ("保管期限", label.kept, 10),
        ("盒号", ("",), 14),
    )
    for name, lines, size in parts:
        ink.rule(x, at, x + width, at, ROW)
        ink.write(name, middle, at - 4.5 * MM, 8.5, HEI, "centre")
        at -= 7 * MM
        for line in lines:
            at -= size * 0.8
            fitted = min(float(size), room * 1000 / max(Run(line, HEI).width, 1)) if line else size
            ink.write(line, middle, at, fitted, HEI, "centre")
            at -= size * 0.45
        at -= 2.5 * MM


def _downwards(ink: Ink, text: str, middle: float, top: float, room: float, size: float, face: str) -> None:
    """Characters one below another, set closer or smaller where there are many."""
    step = min(size * 1.18, room / max(len(text), 1))
    size = min(size, step * 0.95)
    for number, char in enumerate(text):
        ink.write(char, middle, top - number * step - size * 0.86, size, face, "centre")

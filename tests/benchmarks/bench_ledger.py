"""A ledger of 3,000 rows as PDF, against the same words in the same places by stock reportlab, and typst.

    python -m tests.benchmarks.bench_ledger [rounds] [rows]

Warm, in one interleaved run of one process. reportlab draws each cell as one `drawString` with no breaking of
lines and two rules a row: the floor for anything that goes through its canvas. typst sets a table that breaks
lines and repeats its heads. Then the same ledger as Excel and CSV, and how long the rows take to read.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
sys.path.insert(0, str(ROOT))

from sgz_desktop.domain.ledger import Sheet, head_of  # noqa: E402
from sgz_desktop.domain.ledgers import VISITS  # noqa: E402
from sgz_desktop.exports import ledger_csv, ledger_xlsx  # noqa: E402
from sgz_desktop.reports import ledger  # noqa: E402

VILLAGES = [f"{name}村" for name in ("上溪", "石桥", "柳湾", "竹园", "云在", "东坡", "拾穗", "双桥")]
FAMILY, GIVEN = "陈李王张刘赵黄周吴孙", "桂兰月娥家宝春生素珍德旺玉莲水根阿妹长贵小满丽华"
TOLD = "血压偏高提醒复诊；药量不足联系村医；护理补贴已到账；外出务农改约下周；轮椅刹车松已约修；无变化；"
TOLD += "询问临时救助已告知材料；夜间无照明已报村委；子女未汇款下次再问；想参加活动已登记"
PURPOSES = ("探视", "摸排", "回访", "政策宣传", "探视、回访")


def made(rows: int) -> Sheet:
    """Visits with other people and other words in every row."""
    from sgz_desktop.actions.ledgers import PLACE

    chance = random.Random(7)
    told = TOLD.split("；")
    found = tuple(
        (
            n,
            date(2026, 1, 1) + timedelta(n * 180 // rows),
            (village := chance.choice(VILLAGES)),
            f"{village}服务点",
            chance.choice(FAMILY) + "".join(chance.sample(GIVEN, 2)),
            chance.choice(("入户", "电话")),
            chance.choice(("是", "是", "是", "否")),
            chance.choice(PURPOSES),
            "；".join(chance.sample(told, chance.choice((1, 1, 2)))) + f"（{chance.randrange(10**5)}）",
            chance.choice(("林秀英", "赵磊")),
            chance.choice((None, "再访", "转个案")),
        )
        for n in range(1, rows + 1)
    )
    heads = (PLACE, *(head_of(VISITS, column) for column in VISITS.shown(numbers=False)))
    line = f"2026年　共{rows:,}条　没有填日期的不列　按服务日期排序　2026年7月1日打印"
    return Sheet(VISITS.title, "柳溪镇社工站", "TZ-ZF-20260630", line, heads, found)


def by_reportlab(sheet: Sheet) -> bytes:
    """One line a cell, cut to nothing, by reportlab's own canvas and fonts."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "bench" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("bench", FONTS / "sgz-serif.ttf"))
    edges, out = ledger._edges(sheet.heads), io.BytesIO()
    canvas = Canvas(out, pagesize=ledger.ACROSS)
    top = bottom = 500.0
    for number, row in enumerate(sheet.rows):
        if number % 20 == 0:
            if number:
                for x in edges:
                    canvas.line(x, top, x, bottom)
                canvas.showPage()
            canvas.setFont("bench", 10)
            top = bottom = 500.0
        for x, cell in zip(edges, row, strict=False):
            canvas.drawString(x + 4, bottom - 14, ledger._words(cell))
        bottom -= 20.8
        canvas.line(edges[0], bottom, edges[-1], bottom)
    canvas.save()
    return out.getvalue()


@cache
def compiler(folder: str) -> object:
    from typst import Compiler

    return Compiler(root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True)


def by_typst(sheet: Sheet, folder: str) -> bytes:
    """A table across the page whose heads are repeated."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    cells = ", ".join(quoted(ledger._words(cell)) for row in sheet.rows for cell in row)
    widths = ", ".join(f"{head.width}fr" for head in sheet.heads)
    heads = ", ".join(quoted(head.words) for head in sheet.heads)
    source = (
        '#set page("a4", flipped: true, margin: (left: 20mm, right: 15mm, top: 32mm, bottom: 20mm), '
        'numbering: "1 / 1")\n#set text(font: "SGZ Serif", size: 10pt, lang: "zh")\n'
        f"#table(columns: ({widths}), stroke: 0.3pt, inset: 3pt, table.header({heads}), {cells})\n"
    )
    path = Path(folder) / f"{time.monotonic_ns()}.typ"  # another file each time: nothing of the last is kept
    path.write_text(source, "utf-8")
    return compiler(folder).compile(str(path))  # type: ignore[attr-defined, no-any-return]


def main() -> None:
    rounds, rows = (int(one) for one in (sys.argv[1:] + ["7", "3000"][len(sys.argv) - 1 :])[:2])
    sheet, few = made(rows), made(20)
    with tempfile.TemporaryDirectory() as folder:
        ways: dict[str, Callable[[Sheet], bytes]] = {
            "ours, PDF": ledger.build,
            "reportlab canvas": by_reportlab,
            "typst": lambda one: by_typst(one, folder),
            "ours, Excel": lambda one: b"".join(ledger_xlsx.written(one)),
            "ours, CSV": lambda one: b"".join(ledger_csv.written(one, "gb18030")),
        }
        took: dict[str, list[float]] = {name: [] for name in ways}
        sizes = {name: len(way(few)) for name, way in ways.items()}  # fonts are open from here on
        for _ in range(rounds):
            for name, way in ways.items():
                start = time.perf_counter()
                sizes[name] = len(way(sheet))
                took[name].append(time.perf_counter() - start)
    ours = statistics.median(took["ours, PDF"])
    for name, times in took.items():
        median = statistics.median(times)
        speed = f"{median * 1000:7.0f} ms  {min(times) * 1000:7.0f} best"
        print(f"{name:18} {speed}  {sizes[name] / 1000:7.0f} kB  {median / ours:5.2f} times our PDF")
    print(f"{rows} rows, {rounds} rounds; target: PDF in 1,000 ms")


if __name__ == "__main__":
    main()

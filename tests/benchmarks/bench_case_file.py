"""Six-page case file against typst (time) and stock reportlab (memory), in one interleaved run.

    python tests/benchmarks/bench_case_file.py [rounds]

Warm: one process, document after document, each with other words.
Cold: process start to file, reports alone, plain values.
The other two print the same words in the same faces, as forms and tables of their own.
"""

from __future__ import annotations

import dataclasses
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
sys.path.insert(0, str(ROOT))


def words(value: object) -> list[list[str]]:
    """A block's strings in rows of two, for the engines that do not know our blocks."""
    from sgz_desktop.reports.values import texts

    found = [text for text in texts(value) if text not in ("left", "right", "centre", "MET")]
    return [found[i : i + 2] for i in range(0, len(found), 2)]


def typst_source() -> str:
    """The same six pages as typst markup."""
    from sgz_desktop.reports import values as v
    from tests.reports import samples

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    parts = [
        '#set page(paper: "a4", margin: (left: 28mm, right: 20mm, top: 30mm, bottom: 23mm))\n'
        '#set page(numbering: "1 / 1")\n'
        '#set text(font: ("SGZ Serif",), size: 10pt, lang: "zh")\n#set par(justify: true)\n'
        "#set table(inset: 3pt, stroke: 0.4pt)\n"
        '#show heading: set text(font: "SGZ Sans")\n'
    ]
    case_file = samples.six_pages()
    parts.append(f"= #{quoted(case_file.title)}\n#pagebreak()\n")
    parts.append("#table(columns: 3, " + ", ".join(quoted(s.number) for s in case_file.sheets) + ")\n")
    for sheet in case_file.sheets:
        parts.append(f"#pagebreak()\n= #{quoted(sheet.title)}\n")
        for block in sheet.blocks:
            if isinstance(block, v.Narrative):
                parts.append(f"== #{quoted(block.title)}\n#{quoted(block.text)}\n\n")
            else:
                cells = ", ".join(quoted(text) for row in words(block) for text in row)
                parts.append(f"#table(columns: (1fr, 2fr, 1fr, 2fr), {cells})\n")
    return "".join(parts)


def other_words(seed: int) -> dict[int, str]:
    """Exchanges Han for Han, so that each document is new to an engine that remembers the last one."""
    from sgz_desktop.reports.values import texts
    from tests.reports import samples

    used = sorted({ch for text in texts(samples.six_pages()) for ch in text if "\u4e00" <= ch <= "\u9fff"})
    mixed = used.copy()
    random.Random(seed).shuffle(mixed)
    return {ord(a): b for a, b in zip(used, mixed, strict=True)}


def translated(value: object, table: dict[int, str]) -> object:
    """A value with every string translated."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, tuple):
        return tuple(translated(item, table) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: translated(getattr(value, f.name), table) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value


def with_typst(source: Path) -> bytes:
    import typst

    return bytes(typst.compile(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True))


def with_ours(_source: Path) -> bytes:
    from sgz_desktop.reports import case_file
    from tests.reports import samples

    return case_file.build(samples.six_pages())


def with_stock(_source: Path) -> bytes:
    """reportlab as it comes: Paragraph with wordWrap CJK, the same four faces."""
    import io

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    from tests.reports import samples

    for name in ("sgz-serif", "sgz-serif-bold", "sgz-sans", "sgz-kai"):
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(FONTS / f"{name}.ttf")))
    body = ParagraphStyle("body", fontName="sgz-serif", fontSize=10, leading=14, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontName="sgz-sans")
    title = ParagraphStyle("title", parent=body, fontName="sgz-serif-bold", fontSize=20, leading=28)
    story: list[object] = []
    for sheet in samples.six_pages().sheets:
        story.append(Paragraph(sheet.title, title))
        for block in sheet.blocks:
            rows = [[Paragraph(r[0], head), Paragraph(r[-1], body)] for r in words(block)]
            story.append(Table(rows, colWidths=(150, 300)))
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()


ENGINES: dict[str, Callable[[Path], bytes]] = {"ours": with_ours, "typst": with_typst, "stock": with_stock}


def child(engine: str, source: Path) -> None:
    """One document from a fresh process; prints the peak memory in kB."""
    out = ENGINES[engine](source)
    source.with_suffix(f".{engine}.pdf").write_bytes(out)
    # VmHWM, not getrusage: the latter starts at the parent's size.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def cold(engine: str, source: Path) -> tuple[float, int]:
    start = time.perf_counter()
    command = [sys.executable, __file__, "--child", engine, str(source)]
    # An installed program has its byte code; a checkout may be told not to write any.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(source.parent / "bytecode")
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return (time.perf_counter() - start) * 1000, int(done.stdout)


def warm(engine: str, source: Path, seed: int) -> float:
    """One document after others in the same process, each with other words."""
    from sgz_desktop.reports import case_file, values
    from tests.reports import samples

    table = other_words(seed)
    if engine == "typst":
        markup = source.read_text(encoding="utf-8")
        source = source.with_name("other.typ")
        source.write_text(markup.translate(table), encoding="utf-8")
        start = time.perf_counter()
        with_typst(source)
    else:
        value = translated(samples.six_pages(), table)
        assert isinstance(value, values.CaseFile)
        start = time.perf_counter()
        case_file.build(value)
    return (time.perf_counter() - start) * 1000


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "case.typ"
        source.write_text(typst_source(), encoding="utf-8")
        times: dict[tuple[str, str], list[float]] = {}
        memory: dict[str, int] = {}
        for engine in ENGINES:
            cold(engine, source)
            if engine != "stock":
                warm(engine, source, 0)
        for number in range(1, rounds + 1):
            for engine in ("ours", "typst"):
                times.setdefault(("warm", engine), []).append(warm(engine, source, number))
            for engine in ENGINES:
                took, memory[engine] = cold(engine, source)
                times.setdefault(("cold", engine), []).append(took)
        medians = {key: statistics.median(values) for key, values in times.items()}
    for (state, engine), median in sorted(medians.items()):
        print(f"{state} {engine:6} {median:7.1f} ms")
    for engine, peak in memory.items():
        print(f"memory {engine:6} {peak / 1024:6.1f} MB")
    print(f"warm / typst   {medians['warm', 'ours'] / medians['warm', 'typst']:.2f}  (must 1.15, reach 0.8)")
    print(f"cold / typst   {medians['cold', 'ours'] / medians['cold', 'typst']:.2f}  (must 1.5, reach 1.0)")
    print(f"memory / stock {memory['ours'] / memory['stock']:.2f}  (must 0.35, reach 0.3)")


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)

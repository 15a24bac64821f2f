"""Six-page case file against typst, WeasyPrint and LibreOffice (time) and stock reportlab (memory), in one
interleaved run.

    python tests/benchmarks/bench_case_file.py [rounds]

Warm: one process, document after document, each with other words; typst keeps its fonts between them.
Cold: process start to file, reports alone, plain values.
Rare: the same cold and its memory with names that only the rest of the serif and the last resort can print.
The other two print the same words in the same faces, as forms and tables of their own. They read the two
packed faces unpacked, and stock reportlab, which has no fallback, is told the face of every rare character.
WeasyPrint and LibreOffice take part where they are installed, and are left out with a line where not.
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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Compiler

    from sgz_desktop.reports.values import CaseFile

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
PACKED = ("sgz-serif-more", "sgz-rare")
# Two made-up names become 丁梅𪚥 and 林知㐂: one character of the last resort, one of the rest of the serif.
RARE = {ord("香"): "𪚥", ord("远"): "㐂"}
sys.path.insert(0, str(ROOT))


def words(value: object) -> list[list[str]]:
    """A block's strings in rows of two, for the engines that do not know our blocks."""
    from sgz_desktop.reports.values import texts

    found = [text for text in texts(value) if text not in ("left", "right", "centre", "MET")]
    return [found[i : i + 2] for i in range(0, len(found), 2)]


def six_pages(rare: bool) -> CaseFile:
    """What every engine prints."""
    from tests.reports import samples

    value = samples.six_pages()
    return translated(value, RARE) if rare else value  # type: ignore[return-value]


def unpack(folder: Path) -> None:
    """Puts the packed faces into `folder` as the others need them."""
    from sgz_desktop.reports.typeface import Blocks

    for name in PACKED:
        blocks = Blocks(FONTS / f"{name}.ttf.blocks")
        (folder / f"{name}.ttf").write_bytes(blocks[0 : len(blocks)])


def typst_source(rare: bool) -> str:
    """The same six pages as typst markup."""
    from sgz_desktop.reports import values as v

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    parts = [
        '#set page(paper: "a4", margin: (left: 28mm, right: 20mm, top: 30mm, bottom: 23mm))\n'
        '#set page(numbering: "1 / 1")\n'
        '#set text(font: ("SGZ Serif", "SGZ Serif More", "SGZ Rare"), size: 10pt, lang: "zh")\n'
        "#set par(justify: true)\n"
        "#set table(inset: 3pt, stroke: 0.4pt)\n"
        '#show heading: set text(font: "SGZ Sans")\n'
    ]
    case_file = six_pages(rare)
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


@cache
def typst_compiler(folder: Path) -> Compiler:
    import typst

    return typst.Compiler(root=str(folder), font_paths=[str(FONTS), str(folder)], ignore_system_fonts=True)


def with_typst(source: Path, _rare: bool) -> bytes:
    return bytes(typst_compiler(source.parent).compile(input=str(source)))


def with_ours(_source: Path, rare: bool) -> bytes:
    from sgz_desktop.reports import case_file

    return case_file.build(six_pages(rare))


def with_stock(source: Path, rare: bool) -> bytes:
    """reportlab as it comes: Paragraph with wordWrap CJK, all the faces ours may need."""
    import io
    from xml.sax.saxutils import escape

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    for name in ("sgz-serif", "sgz-serif-bold", "sgz-sans", "sgz-kai"):
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(FONTS / f"{name}.ttf")))
    chain = {}
    for name in PACKED if rare else ():
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(source.parent / f"{name}.ttf")))
        chain[name] = pdfmetrics.getFont(name).face.charToGlyph
    own = pdfmetrics.getFont("sgz-serif").face.charToGlyph

    def told(ch: str) -> str:
        face = None if ord(ch) in own else next((n for n, has in chain.items() if ord(ch) in has), None)
        return f'<font name="{face}">{ch}</font>' if face else escape(ch)

    def markup(text: str) -> str:
        return "".join(map(told, text)).replace("\n", "<br/>")

    body = ParagraphStyle("body", fontName="sgz-serif", fontSize=10, leading=14, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontName="sgz-sans")
    title = ParagraphStyle("title", parent=body, fontName="sgz-serif-bold", fontSize=20, leading=28)
    story: list[object] = []
    for sheet in six_pages(rare).sheets:
        story.append(Paragraph(markup(sheet.title), title))
        for block in sheet.blocks:
            rows = [
                [Paragraph(markup(r[0]), head), Paragraph(markup(r[1]) if r[1:] else "", body)]
                for r in words(block)
            ]
            story.append(Table(rows, colWidths=(150, 300)))
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()


ENGINES: dict[str, Callable[[Path, bool], bytes]] = {
    "ours": with_ours,
    "typst": with_typst,
    "stock": with_stock,
}
SOURCES = {"plain.typ": False, "rare.typ": True}


def child(engine: str, source: Path) -> None:
    """One document from a fresh process; prints the peak memory in kB."""
    out = ENGINES[engine](source, SOURCES[source.name])
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

    table = other_words(seed)
    if engine == "typst":
        source = reworded(source, table)
        start = time.perf_counter()
        with_typst(source, False)
    elif engine in PEERS:
        page = reworded(source.with_suffix(".html"), table)
        start = time.perf_counter()
        PEERS[engine](page)
    else:
        value = translated(six_pages(False), table)
        assert isinstance(value, values.CaseFile)
        start = time.perf_counter()
        case_file.build(value)
    return (time.perf_counter() - start) * 1000


def reworded(source: Path, table: dict[int, str]) -> Path:
    other = source.with_stem("other")
    other.write_text(source.read_text(encoding="utf-8").translate(table), encoding="utf-8")
    return other


PEERS: dict[str, Callable[[Path], bytes]] = {}


def main(rounds: int) -> None:
    from tests.benchmarks import paper_peers  # not for the children whose time is taken

    PEERS.update(paper_peers.found())
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        unpack(folder)
        for name, rare in SOURCES.items():
            (folder / name).write_text(typst_source(rare), encoding="utf-8")
        page = paper_peers.html_source(six_pages(False), words)
        (folder / "plain.html").write_text(page, encoding="utf-8")
        times: dict[tuple[str, str], list[float]] = {}
        memory: dict[tuple[str, str], list[int]] = {}
        for number in range(rounds + 1):  # the first round fills caches and is not counted
            for engine in ("ours", "typst", *PEERS):
                times.setdefault(("warm", engine), []).append(warm(engine, folder / "plain.typ", number))
            for name, state in (("plain.typ", "cold"), ("rare.typ", "rare")):
                for engine in ENGINES:
                    took, peak = cold(engine, folder / name)
                    times.setdefault((state, engine), []).append(took)
                    memory.setdefault((state, engine), []).append(peak)
    medians = {key: statistics.median(values[1:]) for key, values in times.items()}
    peaks = {key: statistics.median(values[1:]) / 1024 for key, values in memory.items()}
    for (state, engine), median in sorted(medians.items()):
        peak = f"{peaks[state, engine]:6.1f} MB" if (state, engine) in peaks else ""
        print(f"{state} {engine:11} {median:7.1f} ms  {peak}")
    for state, must in (("warm", "must 1.15, reach 0.8"), ("cold", "must 1.5, reach 1.0"), ("rare", "")):
        print(f"{state} / typst    {medians[state, 'ours'] / medians[state, 'typst']:.2f}  {must}")
    for engine in PEERS:
        print(f"warm {engine} / ours  {medians['warm', engine] / medians['warm', 'ours']:.1f}")
    for state, must in (("cold", "must 0.35, reach 0.3"), ("rare", "must 0.35, reach 0.3")):
        print(f"{state} memory / stock  {peaks[state, 'ours'] / peaks[state, 'stock']:.2f}  {must}")


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)

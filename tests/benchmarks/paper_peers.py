"""Other ways an office makes a PDF of the same words: WeasyPrint, and LibreOffice started for each document.

Both are optional: `pip install -e .[bench]`, `apt-get install libreoffice-writer-nogui fonts-noto-cjk`.
They read one HTML page of the six pages, each lays it out in its own way. WeasyPrint has our faces: with the
system's Noto, which it cuts down anew for each document, it takes far longer.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sgz_desktop.reports.values import CaseFile

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FACES = {"SGZ Serif": "sgz-serif", "SGZ Sans": "sgz-sans", "SGZ Serif Bold": "sgz-serif-bold"}
STYLE = (
    "@page { size: A4; margin: 30mm 20mm 23mm 28mm; @bottom-center { content: counter(page) } }"
    "body { font: 10pt/14pt 'SGZ Serif', 'Noto Serif CJK SC'; text-align: justify }"
    "h1 { font: 20pt/28pt 'SGZ Serif Bold', 'Noto Serif CJK SC'; text-align: center }"
    "h1 { page-break-before: always }"
    "h2, td.label { font-family: 'SGZ Sans', 'Noto Sans CJK SC' }"
    "table { border-collapse: collapse; width: 100% } td { border: 0.4pt solid black; padding: 2pt }"
)


def html_source(case_file: CaseFile, words: Callable[[object], list[list[str]]]) -> str:
    """The same pages as HTML; `words` gives the strings of a block in rows of two."""
    from sgz_desktop.reports import values as v

    faces = "".join(
        f"@font-face {{ font-family: '{family}'; src: url('{(FONTS / f'{file}.ttf').as_uri()}') }}"
        for family, file in FACES.items()
    )
    parts = [f"<html lang='zh'><head><meta charset='utf-8'><style>{faces}{STYLE}</style></head><body>"]
    parts.append(f"<div>{escape(case_file.title)}</div>")
    for sheet in case_file.sheets:
        parts.append(f"<h1>{escape(sheet.title)}</h1>")
        for block in sheet.blocks:
            if isinstance(block, v.Narrative):
                parts.append(f"<h2>{escape(block.title)}</h2><p>{escape(block.text)}</p>")
            else:
                cells = [(escape(row[0]), escape("".join(row[1:]))) for row in words(block)]
                rows = "".join(f"<tr><td class='label'>{one}</td><td>{two}</td></tr>" for one, two in cells)
                parts.append(f"<table>{rows}</table>")
    return "".join(parts) + "</body></html>"


def with_weasyprint(page: Path) -> bytes:
    """WeasyPrint, in this process."""
    import logging

    import weasyprint

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return bytes(weasyprint.HTML(filename=str(page)).write_pdf())


def with_libreoffice(page: Path) -> bytes:
    """LibreOffice, a process for each document, as a person starts it; its profile stays by the page."""
    profile = (page.parent / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--infilter=HTML (StarWriter)"]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(page.parent), str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return page.with_suffix(".pdf").read_bytes()


def found() -> dict[str, Callable[[Path], bytes]]:
    """Those that are installed here; one line for each that is not."""
    peers: dict[str, Callable[[Path], bytes]] = {}
    if importlib.util.find_spec("weasyprint"):
        peers["weasyprint"] = with_weasyprint
    else:
        print("WeasyPrint is not installed and is left out")
    if shutil.which("soffice"):
        peers["libreoffice"] = with_libreoffice
    else:
        print("LibreOffice is not installed and is left out")
    return peers

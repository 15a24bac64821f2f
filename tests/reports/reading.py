"""Reads papers back as a reader would."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from pathlib import Path
from types import ModuleType

import pikepdf
import pypdfium2

ROOT = Path(__file__).resolve().parents[2]


def load_script(name: str) -> ModuleType:
    """A script of packaging/, which is a folder of scripts and not a package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(data: bytes) -> list[str]:
    """Text of each page, line by line."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def solid(text: str) -> str:
    """Text without white space, for finding what was broken over lines."""
    return "".join(text.split())


def images(data: bytes) -> int:
    """How many pictures the file draws."""
    document = pypdfium2.PdfDocument(data)
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return sum(1 for page in document for thing in page.get_objects() if thing.type == kind)


MM = 72 / 25.4
# What papers of ours are made of; anything else in a file is odd.
KEYS = re.compile(
    "/(?:Ascent|BaseFont|CIDSystemInfo|CIDToGIDMap|CapHeight|Contents|Count|DW|DescendantFonts|Descent|Dest|"
    "DisplayDocTitle|Encoding|F[1-6]|Filter|First|Flags|Font|FontBBox|FontDescriptor|FontFile2|FontName|"
    "ItalicAngle|Kids|Lang|Last|Length|Length1|MediaBox|Next|Ordering|Outlines|PageMode|Pages|Parent|Prev|"
    "ProcSet|Producer|Registry|Resources|Rotate|StemV|Subtype|Supplement|Title|ToUnicode|Trans|Type|"
    "ViewerPreferences|W)"
)
SORTS = re.compile("/(?:Font|Page|FontDescriptor|CIDFontType2|Type0|Catalog|Pages|Outlines)")
OPERATORS = re.compile("q|Q|BT|ET|Td|Tc|Tf|Tj|m|l|c|re|S|f|w|J|j|d|g|G|cm")
INFO = {"/Title", "/Producer"}


def body(data: bytes, top: float, bottom: float) -> str:
    """The text a viewer copies out of the text block of all pages, without white space.

    Margins are in millimetres. A hyphen at a line's end, which pdfium marks, is a hyphen again.
    """
    found = []
    for page in pypdfium2.PdfDocument(data):
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, bottom * MM, width, height - top * MM)
        found.append(solid(re.sub("[\x02\ufffe]", "-", text)))
    return "".join(found)


def drawn(data: bytes) -> str:
    """All text in the order it is drawn, cell after cell, without white space, by the file's own maps."""
    pieces = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            fonts = {
                name: _characters(font) for name, font in page.Resources.Font.items() if "/ToUnicode" in font
            }
            used: dict[bytes, str] = {}
            for one in pikepdf.parse_content_stream(page):
                if str(one.operator) == "Tf":
                    used = fonts[str(one.operands[0])]
                elif str(one.operator) == "Tj":
                    codes = bytes(one.operands[0])  # type: ignore[arg-type]
                    pieces += [used[codes[at : at + 2]] for at in range(0, len(codes), 2)]
    return solid("".join(pieces))


def _characters(font: pikepdf.Object) -> dict[bytes, str]:
    lines = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes().decode())
    return {
        bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be", "surrogatepass") for code, text in lines
    }


def active(data: bytes) -> list[str]:
    """Whatever in a PDF file is not pages of lines and text in embedded fonts: all objects are looked at."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [f"metadata {key}" for key in pdf.docinfo.keys() if key not in INFO]  # noqa: SIM118
        for thing in (*pdf.objects, pdf.Root):
            found += _odd(thing)
        for page in pdf.pages:
            used = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
            found += [f"operator {name}" for name in sorted(used) if not OPERATORS.fullmatch(name)]
    return found


def _odd(thing: pikepdf.Object) -> list[str]:
    """Keys and types of one object, and of what stands in it, that no paper of ours has."""
    found = []
    if isinstance(thing, pikepdf.Array):
        inner = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        inner = [value for _, value in thing.items()]
        for key, value in thing.items():
            if not KEYS.fullmatch(key):
                found.append(f"key {key}")
            elif key in ("/Type", "/Subtype") and not SORTS.fullmatch(str(value)):
                found.append(f"{key} {value}")
    else:
        return []
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            found += _odd(value)
    return found

"""Builds resources/fonts from open TrueType packages, byte for byte the same each time.

    python packaging/build_fonts.py [--sources DIR] [--out DIR]

Sources, all found by file name anywhere under DIR (or fetched into it by `npm pack` and `apt-get download`):
the npm packages @expo-google-fonts/noto-serif-sc and .../noto-sans-sc 0.4.3, and the Debian packages
fonts-lxgw-wenkai 1.250 and fonts-hanazono 20170904. Needs fontTools (`pip install fonttools`).

Glyphs are put in code point order, so the character map becomes a few runs and the program reads it from
the mapped file without parsing: a font opens in under a millisecond and needs no cache.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import lzma
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "resources" / "fonts"
NPM = ("@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/noto-sans-sc@0.4.3")
DEBIAN = ("fonts-lxgw-wenkai", "fonts-hanazono")

# GB 18030-2022, implementation level 3 (87,875 Han): URO with Ext A, then Ext B to F.
LEVEL_3 = (
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FEF),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
HAN = ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x1F000, 0x10FFFF))
# What a horizontal, unhinted Chinese text face never uses.
DROPPED = [
    "BASE",
    "GDEF",
    "GPOS",
    "GSUB",
    "STAT",
    "FFTM",
    "gasp",
    "prep",
    "cvt ",
    "fpgm",
    "vhea",
    "vmtx",
    "VORG",
]
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
HANAZONO_LICENCE = "Hanazono Font License: free to use, copy, modify and distribute, without warranty."


def in_ranges(code: int, ranges: Iterable[tuple[int, int]]) -> bool:
    """Whether `code` lies in one of the closed ranges."""
    return any(low <= code <= high for low, high in ranges)


def level_3() -> set[int]:
    """Every Han code point of GB 18030-2022 level 3."""
    return {code for low, high in LEVEL_3 for code in range(low, high + 1)}


def of_codec(codec: str) -> set[int]:
    """Han code points a legacy Chinese codec can encode."""
    return {c for c in range(0x4E00, 0xA000) if chr(c).encode(codec, "ignore")}


def table_8105() -> set[int]:
    """The Table of General Standard Chinese Characters (2013)."""
    lines = (HERE / "han_8105.txt").read_text(encoding="utf-8").splitlines()
    return {ord(ch) for line in lines if not line.startswith("#") for ch in line}


def common() -> set[int]:
    """GB 2312 and the 8,105 together: titles, headings and notes."""
    return of_codec("gb2312") | table_8105()


@dataclass(frozen=True)
class Face:
    """One shipped file: where it comes from, what it is called, which Han it keeps (None: all)."""

    out: str
    source: str
    family: str
    style: str
    han: Callable[[], set[int]] | None
    licence: str = LICENCE


FACES = (
    Face(
        "sgz-sans.ttf",
        "NotoSansSC_400Regular.ttf",
        "SGZ Sans",
        "Regular",
        lambda: of_codec("gbk") | table_8105(),
    ),
    Face("sgz-sans-bold.ttf", "NotoSansSC_700Bold.ttf", "SGZ Sans", "Bold", common),
    Face("sgz-serif.ttf", "NotoSerifSC_400Regular.ttf", "SGZ Serif", "Regular", None),
    Face("sgz-serif-bold.ttf", "NotoSerifSC_700Bold.ttf", "SGZ Serif", "Bold", common),
    Face("sgz-kai.ttf", "LXGWWenKai-Regular.ttf", "SGZ Kai", "Regular", common),
)
RARE = Face("sgz-rare.ttf.xz", "HanaMinB.ttf", "SGZ Rare", "Regular", None, HANAZONO_LICENCE)


def find(sources: Path, name: str) -> Path:
    """The one file called `name` under `sources`.

    Raises SystemExit when it is not there.
    """
    for path in sorted(sources.rglob(name)):
        return path
    sys.exit(f"build_fonts: {name} is not under {sources}")


def kept(font: TTFont, face: Face) -> set[int]:
    """Code points of `font` that stay: all symbols, and the Han the face asks for."""
    have = set(font.getBestCmap())
    if face.han is None:
        return have
    wanted = face.han()
    return {c for c in have if c in wanted or not in_ranges(c, HAN)}


def cut(font: TTFont, codes: set[int]) -> TTFont:
    """Subsets in place, drops layout and hinting, and puts glyphs in code point order."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += DROPPED
    options.name_IDs = [0]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    order = [".notdef"]
    seen = set(order)
    for _code, glyph in sorted(font.getBestCmap().items()):
        if glyph not in seen:
            seen.add(glyph)
            order.append(glyph)
    rest = [glyph for glyph in font.getGlyphOrder() if glyph not in seen]
    reorderGlyphs(font, order + rest)
    return font


def rename(font: TTFont, face: Face) -> None:
    """Gives the cut its own names (a changed font must not carry a reserved name) and keeps the notice."""
    names = font["name"]
    notice = names.getDebugName(0) or ""
    full = f"{face.family} {face.style}"
    texts = {
        0: notice.replace("\r\n", " ").strip(),
        1: face.family,
        2: face.style,
        3: f"{full}; cut for sgz-desktop",
        4: full,
        5: "Version 1.000",
        6: full.replace(" ", "-", 1).replace(" ", ""),
        13: face.licence,
    }
    names.names = []
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    font["head"].modified = font["head"].created
    font["post"].formatType = 3.0


def built(sources: Path, face: Face, without: set[int] = frozenset()) -> bytes:
    """The finished TrueType bytes of one face."""
    font = TTFont(find(sources, face.source), recalcTimestamp=False)
    codes = kept(font, face) - without
    if face is RARE:
        codes &= level_3()
    cut(font, codes)
    rename(font, face)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def fetch(folder: Path) -> None:
    """Fills `folder` with the source packages, through the machine's own package clients."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in NPM:
        subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
    for archive in sorted(folder.glob("*.tgz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder / archive.stem, filter="data")
    for package in DEBIAN:
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True)
    for archive in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", archive.name, archive.stem], cwd=folder, check=True)


def paragraph_of(copyright_file: Path, start: str) -> str:
    """One licence paragraph of a Debian copyright file, as plain text."""
    text = copyright_file.read_text(encoding="utf-8").rsplit(start + "\n", 1)[1]
    lines = []
    for line in text.splitlines():
        if line and not line.startswith(" "):
            break
        lines.append("" if line.strip() == "." else line[1:])
    return "\n".join(lines).strip() + "\n"


def licences(sources: Path) -> dict[str, str]:
    """Licence texts to stand beside the fonts, by file name."""
    kai = find(sources, "fonts-lxgw-wenkai/copyright")
    hana = find(sources, "fonts-hanazono/copyright")
    texts = {
        "LICENSE-SGZ-Kai.txt": "Copyright 2021-2023 LXGW, with Reserved Font Names as below;\n"
        "Copyright 2020 The Klee Project Authors.\nSGZ Kai is a modified version under another name.\n"
        'Reserved Font Names: "霞鹜" and "LXGW".\n\n' + paragraph_of(kai, "\nLicense: OFL-1.1"),
        "LICENSE-SGZ-Rare.txt": paragraph_of(hana, "\nLicense: Hanazono-Font-License"),
    }
    for kind, out in (("noto-sans-sc", "Sans"), ("noto-serif-sc", "Serif")):
        path = find(sources, f"*{kind}*/**/LICENSE_FONT")
        texts[f"LICENSE-SGZ-{out}.txt"] = path.read_text(encoding="utf-8").strip() + "\n"
    return texts


def write(out: Path, name: str, data: bytes) -> None:
    """Writes one file and says its size and digest."""
    (out / name).write_bytes(data)
    print(f"{name:28} {len(data):>11,}  {hashlib.sha256(data).hexdigest()[:16]}", flush=True)


def build(sources: Path, out: Path, only: str = "") -> None:
    """Builds the faces whose name contains `only`, and the licences."""
    out.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        if only in face.out:
            write(out, face.out, built(sources, face))
    if only in RARE.out:
        covered = set(TTFont(find(sources, FACES[2].source), lazy=True).getBestCmap())
        data = built(sources, RARE, without=covered)
        write(out, RARE.out, lzma.compress(data, preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_CRC32))
    for name, text in licences(sources).items():
        write(out, name, text.encode())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Build the committed fonts.")
    parser.add_argument("--sources", type=Path, help="folder with the unpacked source packages")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--only", default="", help="part of a file name")
    args = parser.parse_args()
    sources = args.sources
    if sources is None:
        sources = HERE.parent / "build" / "font-sources"
        fetch(sources)
    build(sources, args.out, args.only)


if __name__ == "__main__":
    main()

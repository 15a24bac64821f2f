"""Builds resources/fonts from open TrueType packages, byte for byte the same each time.

    python packaging/build_fonts.py [--sources DIR] [--out DIR]

Sources, all found by file name anywhere under DIR (or fetched into it by `npm pack` and `apt-get download`):
the npm packages @expo-google-fonts/noto-serif-sc and .../noto-sans-sc 0.4.3, and the Debian packages
fonts-lxgw-wenkai 1.250 and fonts-hanazono 20170904. Needs fontTools (`pip install fonttools`).

Glyphs are put in code point order, so the character map becomes a few runs and the program reads it from
the file without parsing: a font opens in under a millisecond and needs no cache.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import lzma
import struct
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
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
# Everything that is not Han and that a Chinese office writes: letters with pinyin tones, marks, units, boxes.
SYMBOLS = (
    (0x20, 0x24F),
    (0x251, 0x251),
    (0x261, 0x261),
    (0x2C7, 0x2DD),
    (0x370, 0x45F),
    (0x2000, 0x2BFF),
    (0x3000, 0x312F),
    (0x3220, 0x3243),
    (0x3251, 0x325F),
    (0x32B1, 0x32BF),
    (0x3380, 0x33DF),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE5),
)
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
# Packed faces open by block, so that one rare name costs one block and not 30 MB. Smaller blocks
# pack worse: 1 MB costs 1.3 MB more on disk. Layout (little endian):
# b"SGZB", count, count + 1 starts in the font, count + 1 offsets in the file; each block as raw LZMA2.
BLOCK = 8 << 20
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
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


def table_8105(levels: int = 3) -> set[int]:
    """The Table of General Standard Chinese Characters (2013), up to level 2 (6,500) or 3 (8,105)."""
    text = (HERE / "han_8105.txt").read_text(encoding="utf-8")
    if levels < 3:
        text = text.partition("# Level 3")[0]
    return {ord(ch) for line in text.splitlines() if not line.startswith("#") for ch in line}


def common() -> set[int]:
    """GB 2312 and the 8,105 together: titles, headings."""
    return of_codec("gb2312") | table_8105()


def office() -> set[int]:
    """GBK and the 8,105: nearly every name and place."""
    return of_codec("gbk") | table_8105()


@dataclass(frozen=True)
class Face:
    """One shipped file: where it comes from, what it is called, which code points it may keep.

    `wanted(have)` picks from the code points the source has.
    """

    out: str
    source: str
    family: str
    style: str
    wanted: Callable[[set[int]], set[int]]
    licence: str = LICENCE


def with_symbols(han: Callable[[], set[int]]) -> Callable[[set[int]], set[int]]:
    """Picks the Han given, and the symbols."""
    return lambda have: {c for c in have if in_ranges(c, SYMBOLS)} | have & han()


def rest_of_serif(have: set[int]) -> set[int]:
    """Level-3 Han of the serif outside the office set."""
    return have & level_3() - office()


def rest_of_level_3(sources: Path) -> Callable[[set[int]], set[int]]:
    """Level-3 Han that the serif does not have at all."""
    with TTFont(find(sources, SERIF), lazy=True) as font:
        serif = set(font.getBestCmap())
    return lambda have: have & level_3() - serif


SERIF = "NotoSerifSC_400Regular.ttf"
FACES = (
    Face("sgz-sans.ttf", "NotoSansSC_400Regular.ttf", "SGZ Sans", "Regular", with_symbols(office)),
    Face("sgz-sans-bold.ttf", "NotoSansSC_700Bold.ttf", "SGZ Sans", "Bold", with_symbols(common)),
    Face("sgz-serif.ttf", SERIF, "SGZ Serif", "Regular", with_symbols(office)),
    Face("sgz-serif-bold.ttf", "NotoSerifSC_700Bold.ttf", "SGZ Serif", "Bold", with_symbols(common)),
    Face("sgz-kai.ttf", "LXGWWenKai-Regular.ttf", "SGZ Kai", "Regular", with_symbols(lambda: table_8105(2))),
    Face("sgz-serif-more.ttf.blocks", SERIF, "SGZ Serif More", "Regular", rest_of_serif),
)


def faces(sources: Path) -> tuple[Face, ...]:
    """Every shipped face; the last resort depends on what the serif lacks."""
    wanted = rest_of_level_3(sources)
    rare = Face("sgz-rare.ttf.blocks", "HanaMinB.ttf", "SGZ Rare", "Regular", wanted, HANAZONO_LICENCE)
    return (*FACES, rare)


def find(sources: Path, name: str) -> Path:
    """The one file called `name` under `sources`.

    Raises SystemExit when it is not there.
    """
    for path in sorted(sources.rglob(name)):
        return path
    sys.exit(f"build_fonts: {name} is not under {sources}")


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


def built(sources: Path, face: Face) -> bytes:
    """The finished bytes of one face: TrueType, or blocks of it."""
    font = TTFont(find(sources, face.source), recalcTimestamp=False)
    cut(font, face.wanted(set(font.getBestCmap())))
    rename(font, face)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    data = out.getvalue()
    return packed(data) if face.out.endswith(".blocks") else data


def packed(data: bytes) -> bytes:
    """`data` in blocks that can be unpacked one by one; the tables before the outlines are the first."""
    starts = [0, *range(outlines_at(data), len(data), BLOCK), len(data)]
    blocks = [lzma.compress(data[a:b], lzma.FORMAT_RAW, filters=FILTERS) for a, b in pairwise(starts)]
    offsets = list(accumulate(map(len, blocks), initial=8 + 8 * len(starts)))
    return struct.pack(f"<4sI{2 * len(starts)}I", b"SGZB", len(blocks), *starts, *offsets) + b"".join(blocks)


def outlines_at(data: bytes) -> int:
    """Where the glyf table of a TrueType file starts."""
    count = int.from_bytes(data[4:6], "big")
    records = (data[12 + 16 * i : 28 + 16 * i] for i in range(count))
    return next(int.from_bytes(r[8:12], "big") for r in records if r[:4] == b"glyf")


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
    for face in faces(sources):
        if only in face.out:
            write(out, face.out, built(sources, face))
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

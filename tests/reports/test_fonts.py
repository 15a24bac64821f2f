"""The shipped fonts: complete, small enough, licensed, renamed, and copied out exactly."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from sgz_desktop.reports import fonts
from sgz_desktop.reports.ink import Ink, Paper
from sgz_desktop.reports.paragraph import Paragraph, Style
from sgz_desktop.reports.typeface import Blocks, Typeface
from sgz_desktop.resources import resource
from tests.reports.reading import load_script

build_fonts = load_script("build_fonts")

LABELS = (
    "".join(map(chr, range(0x21, 0x7F)))
    + "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～￥％＋－＝／０９ＡＺ"
    + "°℃×÷≥≤≠±№㎡①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳→←↑↓●○■□▲△★☆※〇々āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
)
FOLDER = resource("fonts")


def test_every_level_3_han_has_a_drawn_glyph() -> None:
    chain = [fonts.LIBRARY.face(name) for name in (fonts.SONG, fonts.MORE, fonts.RARE)]
    codes = sorted(build_fonts.level_3())
    assert len(codes) == 87_875
    empty = []
    for code in codes:
        face, number = next(((f, n) for f in chain if (n := f.glyph_of(code))), (chain[0], 0))
        if not number or len(face.outline(number)) < 12:
            empty.append(code)
    assert not empty


def test_the_union_test_would_notice_a_font_that_is_left_out() -> None:
    serif = fonts.LIBRARY.face(fonts.SONG)
    assert sum(1 for code in build_fonts.level_3() if not serif.glyph_of(code)) > 60_000


@pytest.mark.parametrize("face", [fonts.SONG, fonts.MING, fonts.HEI, fonts.KAI, "sgz-sans-bold"])
def test_labels_print_in_every_face_itself(face: str) -> None:
    own = fonts.LIBRARY.face(face)
    assert [ch for ch in LABELS if not own.glyph_of(ord(ch))] == []


def test_the_window_face_has_gbk_and_the_8105() -> None:
    own = fonts.LIBRARY.face(fonts.HEI)
    assert [c for c in build_fonts.office() if not own.glyph_of(c)] == []
    assert len(build_fonts.table_8105()) == 8105


def test_a_character_no_face_has_is_named_once_and_others_are_not() -> None:
    assert fonts.missing("赵𪚥\n𖿡𖿡甲\x07") == ["𖿡"]
    assert fonts.missing("䶮𬍛𫍲𬭊𠅤㛃") == []
    assert fonts.unprintable((("甲", "𖿡"),)) == ["𖿡"]


def test_the_set_is_small_enough_and_stands_beside_its_licences() -> None:
    files = list(FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files) <= 45_000_000
    for family in ("Sans", "Serif", "Kai", "Rare"):
        text = (FOLDER / f"LICENSE-SGZ-{family}.txt").read_text(encoding="utf-8")
        assert "free" in text.lower()
        assert len(text) > 800


@pytest.mark.parametrize("file", sorted(p.name for p in FOLDER.glob("*.ttf")))
def test_no_face_carries_a_reserved_name(file: str) -> None:
    with TTFont(FOLDER / file, lazy=True) as font:
        shown = " ".join(str(font["name"].getName(i, 3, 1, 0x409)) for i in (1, 2, 3, 4, 6))
    assert shown.startswith("SGZ ")
    assert not any(word in shown for word in ("LXGW", "霞鹜", "Source", "Noto", "Hana"))


def test_cutting_a_face_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "SourceFace.ttf"
    source.write_bytes((FOLDER / "sgz-kai.ttf").read_bytes())
    wanted = {ord(ch) for ch in "社工站ABC，。𠳐"}
    face = build_fonts.Face("x.ttf", source.name, "SGZ Kai", "Regular", lambda have: have & wanted)
    first, second = build_fonts.built(tmp_path, face), build_fonts.built(tmp_path, face)
    assert first == second
    assert Typeface("x", first).glyph_of(ord("站"))
    assert not Typeface("x", first).glyph_of(ord("镇"))


def test_packed_blocks_give_back_any_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_fonts, "BLOCK", 1000)
    data = (FOLDER / "sgz-kai.ttf").read_bytes()
    start = build_fonts.outlines_at(data)
    data = data[: start + 5_500]
    path = tmp_path / "x.ttf.blocks"
    path.write_bytes(build_fonts.packed(data))
    blocks = Blocks(path)
    parts = [(0, 12), (start - 5, start + 5), (start + 900, start + 3_100), (start + 5_400, start + 5_500)]
    parts += [(0, len(data)), (start + 2_000, start + 2_000), parts[1]]
    assert all(blocks[a:b] == data[a:b] for a, b in parts)
    assert len(blocks) == len(data)
    path.write_bytes(b"other" * 9)
    with pytest.raises(ValueError, match="not a packed font"):
        Blocks(path)


def test_a_packed_face_cut_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.ttf.blocks"
    whole = (FOLDER / "sgz-serif-more.ttf.blocks").read_bytes()
    path.write_bytes(whole[:-200_000])
    blocks = Blocks(path)
    assert blocks[50_000:50_100]
    with pytest.raises(ValueError, match="cut short"):
        blocks[0 : len(blocks)]


def printed(text: str, tmp_path: Path) -> str:
    paper, paragraph = Paper(), Paragraph(text, Style(size=12, leading=18, align="left"))
    while paragraph:
        ink = Ink(paper)
        first, rest = paragraph.split(450, 720)
        assert first is not None
        first.draw(ink, 60, 790, 450)
        paper.add(ink)
        paragraph = rest
    path = tmp_path / "x.pdf"
    path.write_bytes(paper.finish("x"))
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True)
    return "".join(done.stdout.decode().split())


def test_a_missing_character_prints_the_stand_in(tmp_path: Path) -> None:
    assert printed("甲𖿡乙\ud800", tmp_path) == "甲〓乙〓"


def test_the_build_script_names_no_registry() -> None:
    text = Path(build_fonts.__file__).read_text(encoding="utf-8")
    assert "http" not in text
    assert "registry" not in text

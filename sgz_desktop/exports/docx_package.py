"""The parts of a Word document beside its text: styles by GB/T 9704-2012, page number, mark of practice.

The faces are those of Windows, WPS and domestic systems by their usual names: 仿宋, 黑体, 楷体, 宋体. No part
names an author, a program, a printer or an editing session.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from sgz_desktop.exports.docx_text import plain, twips

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FANGSONG, HEITI, KAITI, SONGTI = "仿宋", "黑体", "楷体", "宋体"
PRACTICE = "练习　人物情节均为虚构，不作凭证"
WIDTH = 156  # mm of the text block; A4 with margins 37, 26, 35, 28 round it, clockwise from the top
LINE = 579  # 28.95 pt: 22 lines on 225 mm
# 16 pt type is 0.25 pt too wide for 28 characters on 156 mm, so every character gives that much.
PITCH = '<w:spacing w:val="-5"/>'
PARTS = (
    ("styles", "styles"),
    ("settings", "settings"),
    ("footer1", "footer"),
    ("footer2", "footer"),
    ("header1", "header"),
)


class Look(NamedTuple):
    """A paragraph style; sizes in half points, `line` in twips, exact for running text."""

    id: str
    name: str
    face: str
    size: int
    line: int
    before: int = 0
    indent: int = 0  # first line, in hundredths of a character
    align: str = "both"
    exact: bool = True
    level: int = 0  # in the outline, from 1
    bold: bool = False
    keep: bool = False


LOOKS = (
    Look("SgzTitle", "简报标题", SONGTI, 44, 660, align="center", bold=True, keep=True),
    Look("SgzUnder", "期号", FANGSONG, 28, 520, align="center", keep=True),
    Look("SgzLevel1", "一级标题", HEITI, 32, LINE, indent=200, align="left", level=1, keep=True),
    Look("SgzLevel2", "二级标题", KAITI, 32, LINE, indent=200, align="left", level=2, keep=True),
    Look("SgzCaption", "表题", HEITI, 21, 290, 120, align="center", exact=False, keep=True),
    Look("SgzNote", "表注", SONGTI, 19, 280, 60, exact=False),
    Look("SgzMeta", "编制单位", SONGTI, 22, 340, align="left", exact=False),
    Look("SgzCell", "表格文字", SONGTI, 21, 290, align="left", exact=False),
    Look("SgzSmall", "图中文字", SONGTI, 18, 240, align="left"),
    Look("SgzHead", "表头", HEITI, 21, 290, align="left", exact=False, keep=True),
    Look("SgzFoot", "页码", SONGTI, 28, 280, align="left", exact=False),
    Look("SgzMark", "练习", HEITI, 19, 280, align="center", exact=False),
    Look("SgzPhoto", "照片", SONGTI, 21, 240, align="center", exact=False, keep=True),
    Look("SgzGap", "表后", SONGTI, 8, 120, align="left"),
)


def face(name: str) -> str:
    """The run's faces, the East Asian one named too: without it Word sets Chinese in its own."""
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'
    )


def parts(title: str, number: str, practice: bool, images: int = 0) -> Iterator[tuple[str, str]]:
    """Every part but word/document.xml and its images, by name."""
    yield "[Content_Types].xml", _types()
    yield "_rels/.rels", _links((("rId1", f"{R}/officeDocument", "word/document.xml"), _core_link()))
    yield "docProps/core.xml", _core(title)
    links = [(f"rId{at}", f"{R}/{kind}", f"{name}.xml") for at, (name, kind) in enumerate(PARTS, start=1)]
    links += [(f"image{at}", f"{R}/image", f"media/image{at}.jpeg") for at in range(1, images + 1)]
    yield "word/_rels/document.xml.rels", _links(tuple(links))
    yield "word/styles.xml", _styles()
    yield "word/settings.xml", _settings()
    yield "word/footer1.xml", _footer(number, odd=True)
    yield "word/footer2.xml", _footer(number, odd=False)
    yield "word/header1.xml", _header(practice)


def section() -> str:
    """The page: A4, the margins of GB/T 9704, the same head on odd and even pages and a foot for each."""
    named = (("header", "default", 5), ("header", "even", 5), ("footer", "default", 3), ("footer", "even", 4))
    links = "".join(f'<w:{part}Reference w:type="{which}" r:id="rId{at}"/>' for part, which, at in named)
    return (
        f'<w:sectPr>{links}<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/>'
        f'<w:pgMar w:top="{twips(37)}" w:right="{twips(26)}" w:bottom="{twips(35)}" w:left="{twips(28)}" '
        f'w:header="{twips(8)}" w:footer="{twips(23)}" w:gutter="0"/></w:sectPr>'
    )


def _types() -> str:
    kinds = [("document", "document.main"), *((name, kind) for name, kind in PARTS)]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{kind}+xml"/>' for name, kind in kinds
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _core_link() -> tuple[str, str, str]:
    return "rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"


def _links(links: tuple[tuple[str, str, str], ...]) -> str:
    rows = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{to}"/>' for id, kind, to in links)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(plain(title))}</dc:title>'
        "</cp:coreProperties>"
    )


def _styles() -> str:
    base = (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:kinsoku/><w:overflowPunct/><w:spacing w:line="{LINE}" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{face(FANGSONG)}{PITCH}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    return f'{XML}<w:styles xmlns:w="{W}">{base}{"".join(_style(look) for look in LOOKS)}</w:styles>'


def _style(look: Look) -> str:
    rule = "exact" if look.exact else "atLeast"
    outline = f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else ""
    bold = "<w:b/>" if look.bold else ""
    first = look.indent * look.size // 10  # twips: hundredths of a character of so many half points
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if look.keep else ""}'
        f'<w:spacing w:before="{look.before}" w:line="{look.line}" w:lineRule="{rule}"/>'
        f'<w:ind w:firstLineChars="{look.indent}" w:firstLine="{first}"/><w:jc w:val="{look.align}"/>'
        f'{outline}</w:pPr><w:rPr>{face(look.face)}{bold}<w:spacing w:val="{-5 if look.size == 32 else 0}"/>'
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/></w:rPr></w:style>'
    )


def _settings() -> str:
    return (
        f'{XML}<w:settings xmlns:w="{W}"><w:removePersonalInformation/><w:removeDateAndTime/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat></w:settings>'
    )


def _footer(number: str, *, odd: bool) -> str:
    """“— 1 —” outside, one character in, the document number at the other side."""
    small = (
        f'<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{escape(plain(number))}</w:t></w:r>'
    )
    page = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r>'
        '</w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    tab = "<w:r><w:tab/></w:r>"
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(WIDTH - (5 if odd else 0))}"/></w:tabs>'
    inset = "" if odd else f'<w:ind w:left="{twips(5)}" w:firstLine="0"/>'
    words = f"{small}{tab}{page}" if odd else f"{page}{tab}{small}"
    style = f'<w:pPr><w:pStyle w:val="SgzFoot"/>{stop}{inset}</w:pPr>'
    return f'{XML}<w:ftr xmlns:w="{W}"><w:p>{style}{words}</w:p></w:ftr>'


def _header(practice: bool) -> str:
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="2" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    frame = f'<w:pBdr>{edge}</w:pBdr><w:ind w:left="{twips(44)}" w:right="{twips(44)}" w:firstLine="0"/>'
    style = f'<w:pPr><w:pStyle w:val="SgzMark"/>{frame if practice else ""}</w:pPr>'
    words = f"<w:r><w:t>{PRACTICE}</w:t></w:r>" if practice else ""
    return f'{XML}<w:hdr xmlns:w="{W}"><w:p>{style}{words}</w:p></w:hdr>'

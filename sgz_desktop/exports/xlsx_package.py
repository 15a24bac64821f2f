"""What an Excel workbook (ECMA-376) holds beside its sheets: its table of contents and its styles.

Nothing else: no properties that name a program, a person or a day, no links, no calculation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from sgz_desktop.exports.tables import Table

HEAD, NAME, TEXT, RISKY, NUMBER = range(1, 6)  # places in LOOKS
TITLE, LINE, BOXED_HEAD, BOXED, BOXED_RISKY, WHOLE, MONEY, DAY = range(6, 14)  # of a ledger, in LOOKS too
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _font(size: int, more: str = "") -> str:
    return f'<font>{more}<sz val="{size}"/><name val="宋体"/></font>'


def _look(font: int, number_format: int = 49, more: str = "") -> str:
    """A cell's look; number format 49 is 文本, 0 is 常规."""
    return f'<xf numFmtId="{number_format}" fontId="{font}" fillId="0" borderId="0"{more}/>'


def _boxed(number_format: int = 49, across: str = "", font: int = 0, more: str = "") -> str:
    """The look of a ledger's cell: thin lines around it, long text wrapped; format 2 is 0.00."""
    side = f' horizontal="{across}"' if across else ""
    return (
        f'<xf numFmtId="{number_format}" fontId="{font}" fillId="0" borderId="1" applyNumberFormat="1" '
        f'applyBorder="1" applyAlignment="1"{more}><alignment{side} vertical="center" wrapText="1"/></xf>'
    )


def _centred(font: int) -> str:
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="0" applyAlignment="1">'
        '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    )


DAY_FORMAT = 164  # the first a file may give itself
QUOTED = ' quotePrefix="1"'
LOOKS = (
    *(_look(0, 0), _look(1), _look(2), _look(0), _look(0, more=QUOTED), _look(0, 0)),
    *(_centred(3), _centred(2), _boxed(across="center", font=1), _boxed(), _boxed(more=QUOTED)),
    *(_boxed(0), _boxed(2), _boxed(DAY_FORMAT, "center")),
)
SIDES = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
FILLS = "".join(f'<fill><patternFill patternType="{sort}"/></fill>' for sort in ("none", "gray125"))
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    f'<numFmts count="1"><numFmt numFmtId="{DAY_FORMAT}" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="4">{_font(11)}{_font(11, "<b/>")}{_font(9)}{_font(16, "<b/>")}</fonts>'
    f'<fills count="2">{FILLS}</fills><borders count="2"><border/><border>{SIDES}</border></borders>'
    f'<cellStyleXfs count="1">{_look(0, 0)}</cellStyleXfs>'
    f'<cellXfs count="{len(LOOKS)}">{"".join(LOOKS)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def parts(held: Sequence[Table], order: Sequence[Table], names: str = "") -> Iterator[tuple[str, str]]:
    """The other files of the package: what kinds of part there are, the workbook, the styles. `names` are
    its defined names: what is filtered, what is printed on each page."""
    numbers = range(1, len(held) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEETS}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{SHEETS}.styles+xml"/>{types}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    named = sorted(zip(held, numbers, strict=True), key=lambda one: order.index(one[0]))
    sheets = "".join(
        f'<sheet name="{escape(table.title)}" sheetId="{n}" r:id="rId{n}"/>' for table, n in named
    )
    yield (
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{sheets}</sheets>{names}</workbook>',
    )
    links = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles.xml")])
    yield "xl/styles.xml", STYLES


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELS}/{sort}" Target="{target}"/>'
        for n, (sort, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'

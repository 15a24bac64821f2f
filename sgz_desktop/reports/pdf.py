"""Has reportlab write the file: pages, outline, embedded fonts. Loaded when a paper is finished, not before.

Same calls, same bytes: no clock, no random id, no setting taken from the surroundings.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArrayCompact, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from .fonts import Embedded
from .ink import Bookmark, Drawn, Jpeg

rl_config.useA85 = rl_config.pdfComments = rl_config.pdfMultiLine = 0

PRODUCER = "sgz-desktop"


class _Outlines(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab has no types
    """Outlines hardly shrink further at higher levels, and most of the time went there."""

    def encode(self, text: bytes) -> bytes:
        return zlib.compress(text, 1)


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Title and producer alone: reportlab's own names an author and a day in 2000."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        entries = {"Title": PDFString(self.title), "Producer": PDFString(self.producer)}
        return bytes(PDFDictionary(entries).format(document))


class _NoFont:
    """What a canvas starts with in place of Helvetica, which would be listed without being embedded."""

    fontName = name = "sgz-none"
    _dynamicFont, _multiByte = 1, 0

    @property
    def face(self) -> _NoFont:
        return self


pdfmetrics.registerFont(_NoFont())


class EmbeddedFont:
    """What a paper uses of one face, as reportlab asks its fonts for it.

    Not a TTFont: that cuts a face into fonts of 256 glyphs, holds whole faces in dictionaries (110 MB for
    ours) and maps characters above U+FFFF back to others.
    """

    def __init__(self, used: Embedded) -> None:
        self._used = used
        self._name = PDFName("AAAAAA+" + used.face.name)

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        """Puts the font into the document's fonts; reportlab calls this when all pages are drawn."""
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": self._name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArrayCompact([self._descendant(doc)]),
            "ToUnicode": _stream(doc, _to_unicode(self._used.characters)),
        }
        fonts = doc.idToObject[pdfdoc.BasicFonts]
        fonts[self._used.tag] = doc.Reference(PDFDictionary(font))

    def _descendant(self, doc: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": self._name,
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": self._descriptor(doc),
            "DW": 1000,
            "W": PDFArrayCompact([0, PDFArrayCompact(self._used.advances)]),
            "CIDToGIDMap": PDFName("Identity"),
        }
        return doc.Reference(PDFDictionary(font))

    def _descriptor(self, doc: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        face = self._used.face
        program = face.subset(self._used.glyphs)
        scale = 1000 / face.em
        about = {
            "Type": PDFName("FontDescriptor"),
            "FontName": self._name,
            "Flags": 4,
            "FontBBox": PDFArrayCompact([round(side * scale) for side in face.box]),
            "ItalicAngle": 0,
            "Ascent": round(face.ascent * scale),
            "Descent": round(face.descent * scale),
            "CapHeight": round(face.ascent * scale),
            "StemV": 80,
            "FontFile2": _stream(doc, program, Length1=len(program)),
        }
        return doc.Reference(PDFDictionary(about))


def _stream(doc: pdfdoc.PDFDocument, content: bytes, **entries: int) -> pdfdoc.PDFObjectReference:
    return doc.Reference(PDFStream(PDFDictionary(entries), content, [_Outlines()]))


def _to_unicode(characters: list[str]) -> bytes:
    """The map back to text, in UTF-16 as the standard asks (also above U+FFFF)."""
    lines = [f"<{i:04X}> <{ch.encode('utf-16-be').hex().upper()}>" for i, ch in enumerate(characters) if i]
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    ]
    for start in range(0, len(lines), 100):
        part = lines[start : start + 100]
        parts.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return "\n".join(parts).encode("ascii")


def _encodable(text: str) -> str:
    """Text whose lone surrogates are replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _begun(title: str) -> Canvas:
    canvas = Canvas(
        "", invariant=1, pageCompression=1, pdfVersion=(1, 7), lang="zh-CN", initialFontName=_NoFont.name
    )
    doc = canvas._doc
    doc.info = _Info()
    doc.signature = hashlib.md5(usedforsecurity=False)  # the file's id; reportlab's starts with a date
    canvas.setTitle(_encodable(title))
    canvas.setProducer(PRODUCER)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


class _Packed(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]
    """What is packed already."""

    def encode(self, text: bytes) -> bytes:
        return text


def _pack(page: pdfdoc.PDFPage) -> None:
    """Packs a page as soon as it is drawn: reportlab would hold the text of all pages to the end."""
    packed = zlib.compress(page.stream.encode("utf-8"))
    page.Contents, page.stream = PDFStream(content=packed, filters=[_Packed()]), None


def _photo(picture: Jpeg) -> PDFStream:
    """A JPEG goes in as it is: readers unpack it."""
    wide, tall = picture.size
    about = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": wide,
        "Height": tall,
        "ColorSpace": PDFName("DeviceRGB"),
        "BitsPerComponent": 8,
        "Filter": PDFName("DCTDecode"),
    }
    return PDFStream(PDFDictionary(about), picture.data, [])


def written(
    title: str,
    pages: Iterable[Drawn],
    bookmarks: Sequence[Bookmark],
    fonts: Sequence[Embedded],
    pictures: Mapping[str, Jpeg] = MappingProxyType({}),
) -> bytes:
    """The whole file. `title` is a kind of paper and a number, never a name."""
    canvas = _begun(title)
    doc = canvas._doc
    for name, picture in pictures.items():
        doc.addForm(name, _photo(picture))
        doc.updateSignature(name.encode())
    marked: dict[int, list[int]] = {}
    for i, mark in enumerate(bookmarks):
        marked.setdefault(mark.page, []).append(i)
    for number, page in enumerate(pages):
        canvas._formsinuse = list(page.pictures)
        canvas.setPageSize(page.size)
        operators = page.operators
        canvas.addLiteral(operators)
        doc.updateSignature(operators)
        for i in marked.get(number, ()):
            canvas.bookmarkPage(f"b{i}", "XYZ", top=round(bookmarks[i].top, 1))
        canvas.showPage()
        _pack(doc.Pages.pages[-1])
    for i, mark in enumerate(bookmarks):
        canvas.addOutlineEntry(_encodable(mark.text), f"b{i}")
    if bookmarks:
        canvas.showOutline()
    for used in fonts:
        doc.updateSignature("".join(used.characters).encode("utf-8", "replace"))
        doc.delayedFonts.append(EmbeddedFont(used))
    return bytes(canvas.getpdfdata())

"""Has reportlab set down the file's objects: pages, outline, embedded fonts. Loaded with the first page, not
before.

A page is written when it is added, and let go: of each the file knows only where it begins. Fonts, page tree
and outline come last. Same calls, same bytes: no clock, no random id, no setting taken from the surroundings.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArrayCompact, PDFDictionary, PDFName, PDFStream, PDFString

from .fonts import Embedded
from .ink import Bookmark, Jpeg

rl_config.useA85 = rl_config.pdfComments = rl_config.pdfMultiLine = 0

PRODUCER = "sgz-desktop"
Reference = str  # as it stands in the file: "12 0 R"


class File:
    """A file as it grows. What is written is handed on by `taken`; only the places of objects stay."""

    encrypt = pdfdoc.NoEncryption()  # reportlab's objects ask for it

    def __init__(self) -> None:
        self._out = pdfdoc.PDFFile((1, 7))
        self._places = array("Q")  # of object 1, 2, …
        self._pages = array("L")  # their objects
        self._id = hashlib.md5(usedforsecurity=False)
        self._fonts, self._tree = self._number(), self._number()

    def page(self, operators: str, size: tuple[float, float], pictures: Mapping[str, Reference]) -> None:
        """Writes the next page: what draws it, its size in points, its photos by the names it calls them."""
        resources = {"Font": _to(self._fonts)}
        if pictures:
            resources["XObject"] = PDFDictionary(pictures)
        content = self.put(PDFStream(content=operators.encode("utf-8"), filters=[pdfdoc.PDFZCompress]))
        page = {
            "Type": PDFName("Page"),
            "Parent": _to(self._tree),
            "MediaBox": PDFArrayCompact([0, 0, *size]),
            "Resources": PDFDictionary(resources),
            "Contents": content,
        }
        self._pages.append(self._number())
        self.put(PDFDictionary(page), self._pages[-1])

    def photo(self, picture: Jpeg) -> Reference:
        """Writes a JPEG as it is: readers unpack it."""
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
        return self.put(PDFStream(PDFDictionary(about), picture.data, []))

    def put(self, thing: PDFDictionary | PDFStream, number: int = 0) -> Reference:
        """Writes an object, under a number kept for it or the next."""
        number = number or self._number()
        body = thing.format(self)
        self._id.update(body)
        self._places[number - 1] = self._out.offset
        self._out.add(b"%d 0 obj\n%s\nendobj\n" % (number, body.rstrip(b"\n")))
        return _to(number)

    def taken(self) -> bytes:
        """What has been written since the last time."""
        data = b"".join(self._out.strings)
        self._out.strings.clear()
        return data

    def close(self, title: str, bookmarks: Sequence[Bookmark], fonts: Iterable[Embedded]) -> None:
        """Writes all that follows the pages."""
        faces = {used.tag: _Font(used, self).put() for used in fonts}
        self.put(PDFDictionary(faces), self._fonts)
        kids = PDFArrayCompact([_to(number) for number in self._pages])
        tree = {"Type": PDFName("Pages"), "Kids": kids, "Count": len(self._pages)}
        self.put(PDFDictionary(tree), self._tree)
        about = {"Title": PDFString(_encodable(title)), "Producer": PDFString(PRODUCER)}
        self._end(self.put(self._catalog(bookmarks)), self.put(PDFDictionary(about)))

    def _catalog(self, bookmarks: Sequence[Bookmark]) -> PDFDictionary:
        about = {
            "Type": PDFName("Catalog"),
            "Pages": _to(self._tree),
            "Lang": PDFString("zh-CN"),
            "ViewerPreferences": PDFDictionary({"DisplayDocTitle": "true"}),
            "PageMode": PDFName("UseOutlines" if bookmarks else "UseNone"),
        }
        if bookmarks:
            about["Outlines"] = self._outline(bookmarks)
        return PDFDictionary(about)

    def _outline(self, bookmarks: Sequence[Bookmark]) -> Reference:
        above = self._number()
        lines = [self._number() for _ in bookmarks]
        for at, (number, mark) in enumerate(zip(lines, bookmarks, strict=True)):
            place = [_to(self._pages[mark.page]), PDFName("XYZ"), "null", round(mark.top, 1), "null"]
            line = {
                "Title": PDFString(_encodable(mark.text)),
                "Parent": _to(above),
                "Dest": PDFArrayCompact(place),
            }
            if at:
                line["Prev"] = _to(lines[at - 1])
            if number != lines[-1]:
                line["Next"] = _to(lines[at + 1])
            self.put(PDFDictionary(line), number)
        ends = {"First": _to(lines[0]), "Last": _to(lines[-1]), "Count": len(lines)}
        return self.put(PDFDictionary({"Type": PDFName("Outlines"), **ends}), above)

    def _end(self, catalog: Reference, about: Reference) -> None:
        start, same = self._out.offset, f"<{self._id.hexdigest()}>"
        self._out.add(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._places) + 1))
        for place in self._places:
            self._out.add(b"%010d 00000 n \n" % place)
        ends = {"Root": catalog, "Info": about, "ID": PDFArrayCompact([same, same])}
        ends["Size"] = len(self._places) + 1
        self._out.add(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (PDFDictionary(ends).format(self), start))

    def _number(self) -> int:
        self._places.append(0)
        return len(self._places)


def _to(number: int) -> Reference:
    return f"{number} 0 R"


class _Outlines(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab has no types
    """Outlines hardly shrink further at higher levels, and most of the time went there."""

    def encode(self, text: bytes) -> bytes:
        return zlib.compress(text, 1)


class _Font:
    """What a paper uses of one face.

    Not a TTFont: that cuts a face into fonts of 256 glyphs, holds whole faces in dictionaries (110 MB for
    ours) and maps characters above U+FFFF back to others.
    """

    def __init__(self, used: Embedded, file: File) -> None:
        self._used = used
        self._file = file
        self._name = PDFName("AAAAAA+" + used.face.name)

    def put(self) -> Reference:
        """Writes the font and what belongs to it."""
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": self._name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArrayCompact([self._descendant()]),
            "ToUnicode": self._stream(_to_unicode(self._used.characters)),
        }
        return self._file.put(PDFDictionary(font))

    def _descendant(self) -> Reference:
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": self._name,
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": self._descriptor(),
            "DW": 1000,
            "W": PDFArrayCompact([0, PDFArrayCompact(self._used.advances)]),
            "CIDToGIDMap": PDFName("Identity"),
        }
        return self._file.put(PDFDictionary(font))

    def _descriptor(self) -> Reference:
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
            "FontFile2": self._stream(program, Length1=len(program)),
        }
        return self._file.put(PDFDictionary(about))

    def _stream(self, content: bytes, **entries: int) -> Reference:
        return self._file.put(PDFStream(PDFDictionary(entries), content, [_Outlines()]))


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

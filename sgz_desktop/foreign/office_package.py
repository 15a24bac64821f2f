"""An Office file from outside: what sort it is, its parts, and the same file with a few of them altered.

What has macros, is shut by a password, refers to other files or would unpack to too much is refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.xml_places import MOST_BYTES, Node, tree

MOST_FILE = 16 << 20
MOST_UNPACKED = 128 << 20
MOST_PARTS = 2_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SORTS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
}
NOT_OFFICE, OLD, LOCKED, MACROS, LINKS, TOO_BIG, DAMAGED = (
    "not_office",
    "old_office",
    "locked",
    "macros",
    "links",
    "too_big",
    "damaged",
)


@dataclass
class Package:
    """An open file; `main` is the name of its workbook or document."""

    data: bytes
    archive: zipfile.ZipFile
    sort: str
    main: str

    def part(self, name: str) -> bytes:
        """A part's bytes. Raises Refused when it is not there, too big or damaged."""
        try:
            info = self.archive.getinfo(name)
            if info.file_size > MOST_BYTES:
                raise Refused(TOO_BIG)
            with self.archive.open(info) as member:
                found = member.read(MOST_BYTES + 1)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
            raise Refused(DAMAGED) from None
        except Exception as wrong:  # zlib.error and its like, which each build names otherwise
            if isinstance(wrong, Refused | MemoryError):
                raise
            raise Refused(DAMAGED) from None
        if len(found) > MOST_BYTES:
            raise Refused(TOO_BIG)
        return found

    def has(self, name: str) -> bool:
        """Is there a part of the name?"""
        return name in self.names

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self.archive.namelist())

    def targets(self, kind: str = "") -> dict[str, str]:
        """The parts the main part refers to by id, of one kind of relation or of all."""
        folder, name = posixpath.split(self.main)
        links = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if not self.has(links):
            return {}
        found = {}
        for link in tree(self.part(links)).children:
            to = link.attributes.get("Target", "")
            if link.attributes.get("Type", "").endswith(kind) and "TargetMode" not in link.attributes:
                whole = to.lstrip("/") if to.startswith("/") else posixpath.normpath(f"{folder}/{to}")
                found[link.attributes.get("Id", "")] = whole
        return found

    def with_parts(self, altered: Mapping[str, bytes]) -> bytes:
        """The file with these parts altered; all others as they are, in their order and with their dates."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            made.comment = self.archive.comment
            for info in map(copy, self.archive.infolist()):  # which writing alters
                data = altered.get(info.filename)
                made.writestr(info, self._raw(info) if data is None else data, info.compress_type)
        return out.getvalue()

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        try:
            return self.archive.read(info)
        except Exception as wrong:
            if isinstance(wrong, MemoryError):
                raise
            raise Refused(DAMAGED) from None


def opened(data: bytes) -> Package:
    """A workbook or document. Raises Refused."""
    if len(data) > MOST_FILE:
        raise Refused(TOO_BIG)
    if data.startswith(OLE):
        raise Refused(LOCKED if ENCRYPTED in data else OLD)
    if not data.startswith(ZIP):
        raise Refused(NOT_OFFICE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused(DAMAGED) from None
    _check(archive)
    package = Package(data, archive, "", "")
    if not package.has("[Content_Types].xml"):
        raise Refused(NOT_OFFICE)
    _sort(package, tree(package.part("[Content_Types].xml")))
    _no_links(package)
    return package


def _check(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_UNPACKED:
        raise Refused(TOO_BIG)
    if any(one.flag_bits & 1 for one in infos):
        raise Refused(LOCKED)
    if len({one.filename for one in infos}) < len(infos):
        raise Refused(DAMAGED)


def _sort(package: Package, types: Node) -> None:
    """Find the main part. Its sort is what the file says of itself, whatever its name ends in."""
    told = {
        one.attributes.get("PartName", ""): one.attributes.get("ContentType", "") for one in types.children
    }
    if any("macroEnabled" in kind or kind.endswith("vbaProject") for kind in told.values()):
        raise Refused(MACROS)
    if any(name.endswith("vbaProject.bin") for name in package.names):
        raise Refused(MACROS)
    for name, kind in told.items():
        if kind in SORTS and package.has(name.lstrip("/")):
            package.main, package.sort = name.lstrip("/"), SORTS[kind]
            return
    raise Refused(NOT_OFFICE)


def _no_links(package: Package) -> None:
    """Refuse what would fetch something when it is opened; a link one clicks fetches nothing by itself."""
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        raise Refused(LINKS)
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        for link in tree(package.part(name)).children:
            outside = link.attributes.get("TargetMode") == "External"
            if outside and not link.attributes.get("Type", "").endswith("/hyperlink"):
                raise Refused(LINKS)

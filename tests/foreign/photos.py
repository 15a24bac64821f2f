"""Photos as telephones make them, and files that only pretend."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

DEVICE, PLACE = "电话型号甲", (23.0, 7.0, 11.0)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + b"0" * 200
EXE = b"MZ\x90\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode" + b"\x00" * 400


def photo(
    taken: str = "2026:06:26 09:41:20",
    *,
    size: tuple[int, int] = (800, 600),
    turned: int = 1,
    form: str = "JPEG",
    mode: str = "RGB",
) -> bytes:
    """A photo with device, place and time written into it."""
    image = Image.new(mode, size, "red" if mode == "RGB" else (255, 0, 0, 0))
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = DEVICE.encode("gbk").decode("latin-1"), turned
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", PLACE
    out = io.BytesIO()
    image.save(out, form, exif=exif, comment=b"kept nowhere") if form == "JPEG" else image.save(out, form)
    return out.getvalue()


def bomb(side: int = 40_000) -> bytes:
    """A PNG of a few hundred kilobytes that unpacks to gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (1 + 3 * side) * 64, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

"""A photo from a telephone: made small and upright, without place and device; when it was taken is kept."""

from __future__ import annotations

import io
import json
import re
import warnings
from datetime import datetime

from PIL import Image, ImageOps

from sgz_desktop.foreign.refused import Refused

LONGEST = 1_600  # px of the longer side
QUALITY = 82
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
TAKEN, CHANGED, EXIF = (
    0x9003,
    0x0132,
    0x8769,
)  # DateTimeOriginal, DateTime and the IFD of the first (Exif 2.3)
HEIC = re.compile(rb"ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1|avif)")


def read(data: bytes) -> bytes:
    """JSON {"taken": "YYYY-MM-DD HH:MM" or "", "width", "height"}, a line end, then a JPEG.

    Raises Refused.
    """
    if HEIC.match(data[4:12]):
        raise Refused("heic")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("too_big") from bomb
    except OSError as other:
        raise Refused("not_a_photo") from other
    with image:
        taken = taken_at(image)
        small = _small(image)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    head = json.dumps({"taken": taken, "width": small.width, "height": small.height})
    return head.encode() + b"\n" + out.getvalue()


def taken_at(image: Image.Image) -> str:
    """When the camera says it was taken, to the minute; '' when it does not say."""
    exif = image.getexif()
    said = str(exif.get_ifd(EXIF).get(TAKEN) or exif.get(CHANGED) or "")
    if not re.match(r"(?:19|20)\d\d:", said):
        return ""
    try:
        return datetime.strptime(said[:16], "%Y:%m:%d %H:%M").strftime("%Y-%m-%d %H:%M")
    except ValueError:  # 31 February, hour 25: a clock nobody set
        return ""


def _small(image: Image.Image) -> Image.Image:
    """Pixels only: a new image carries nothing else of the old one."""
    image.draft("RGB", (LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layers = upright.convert("RGBA")
        ground = Image.new("RGBA", layers.size, "white")
        upright = Image.alpha_composite(ground, layers)
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    return plain

"""Names that every system takes for a file."""

from __future__ import annotations

import unicodedata

NAME_BYTES = 140  # eCryptfs homes, common on domestic Linux, allow 143 bytes
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"
}


def safe_name(text: str, otherwise: str = "未命名") -> str:
    """A file name every system takes: no separators, control or direction marks, reserved names, or
    trailing dots; at most 140 bytes, the ending kept. Whether `text` may be shown is the caller's affair.
    """
    shown = "".join(
        "_" if char in '<>:"/\\|?*' else char for char in text if unicodedata.category(char)[0] != "C"
    )
    name = " ".join(shown.split()).strip(". ") or otherwise
    if name.split(".")[0].strip().upper() in _RESERVED:
        name = "_" + name
    return _shortened(name)


def _shortened(name: str) -> str:
    if len(name.encode()) <= NAME_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 12:
        stem, dot, ending = name, "", ""
    room = NAME_BYTES - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + ending

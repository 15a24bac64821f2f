"""age's own text files: an identity (what `age-keygen` writes), and one recipient with a name before it.

# 青山县民政局
age1…
"""

from __future__ import annotations

from pathlib import Path

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.vault import sealing

MAX_FILE = 16 * 1024
MAX_NAME = 40
_IDENTITY = "AGE-SECRET-KEY-1"


def read_identity(path: Path) -> str:
    """The one X25519 identity of a file. AppError when it is not such a file."""
    found = [line for line in _lines(path) if line and not line.startswith("#")]
    if len(found) == 1 and found[0].startswith(_IDENTITY):
        try:
            sealing.recipient_of(found[0])
        except sealing.BadBox:
            found = []
    else:
        found = []
    if not found:
        raise AppError("这不是密钥文件，没有读入。", f"请选含有{_IDENTITY}一行的文件。")
    return found[0]


def read_recipient(path: Path) -> tuple[str, str]:
    """(name, recipient) of a file. AppError when it is not such a file."""
    lines = _lines(path)
    keys = [line for line in lines if line and not line.startswith("#")]
    names = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    name = next(filter(None, names), "")
    if len(keys) != 1 or not sealing.is_recipient(keys[0]):
        raise AppError("这不是公钥文件，没有读入。", "请让对方重新写一份。")
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise AppError("公钥文件里没有写明单位名称，没有读入。", "请让对方在第一行写上名称。")
    return name, keys[0]


def recipient_text(name: str, recipient: str) -> bytes:
    """The bytes of a recipient's file."""
    return f"# {name}\n{recipient}\n".encode()


def identity_text(name: str, identity: str) -> bytes:
    """The bytes of an identity's file."""
    return f"# {name}\n# {sealing.recipient_of(identity)}\n{identity}\n".encode()


def _lines(path: Path) -> list[str]:
    text = files.read_whole(path, MAX_FILE).decode("utf-8-sig", errors="replace")
    return [line.strip() for line in text.splitlines()]

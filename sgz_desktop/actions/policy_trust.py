"""Whether a policy pack is the county's: signed by the key this station was given for it."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.policy.pack import Trust
from sgz_desktop.errors import AppError
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading

COUNTY_KEY = "county_verify_key"
ENDING = ".sig"
MOST_BYTES = 1_024
SIGNATURE_BYTES = 64
NO_KEY = "旁边有签名文件，本机还没有县级公钥，按本地修改处理。"
NOT_THEIRS = "政策包的县级签名核对不上，没有导入。"
ASK_AGAIN = "请向县里重新拷一份，政策包和签名文件放在一起；原有的政策照常使用。"


def county_key(session: Reading) -> bytes:
    """The county's public key; b"" when none was entered, or none that can be read."""
    kept = settings.get(session, COUNTY_KEY, "")
    return _plain(kept.encode()) if isinstance(kept, str) else b""


def trust_of(path: Path, data: bytes, key: bytes) -> tuple[Trust, str]:
    """COUNTY for a file with the county's signature beside it (`X.toml.sig`, raw or base64), else LOCAL; and
    what is to be said of it. AppError for a signature that is not theirs."""
    beside = path.with_name(path.name + ENDING)
    if not beside.exists():
        return Trust.LOCAL, ""
    if not key:
        return Trust.LOCAL, NO_KEY
    found = files.read_whole(beside, MOST_BYTES)
    signature = found if len(found) == SIGNATURE_BYTES else _plain(found)
    if not verify(key, data, signature):
        raise AppError(NOT_THEIRS, ASK_AGAIN)
    return Trust.COUNTY, ""


def _plain(coded: bytes) -> bytes:
    """What base64 stands for; b"" for anything else."""
    try:
        return base64.b64decode(b"".join(coded.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""

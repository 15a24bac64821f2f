"""From a passphrase to a key, at a price."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sgz_desktop.errors import AppError
from sgz_desktop.vault.keys import KEY_BYTES, Key

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Argon2Params:
    """The price of one guess: memory in KiB, passes over it, lanes. Default: RFC 9106, second choice."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def check(self) -> None:
        """Refuse what would eat an old laptop's memory or time, and what Argon2 does not know."""
        lanes_fit = 1 <= self.lanes <= 8
        if not (lanes_fit and 8 * self.lanes <= self.memory_kib <= 256 * 1024 and 1 <= self.passes <= 10):
            raise AppError("密码文件里的设置不对，资料没有打开；", "请用最近的备份恢复。")

    def __str__(self) -> str:
        return f"argon2id:{self.memory_kib}:{self.passes}:{self.lanes}"


DEFAULT = Argon2Params()


def typed(passphrase: str) -> str:
    """What counts of a typed passphrase: full-width and half-width letters are the same (NFKC)."""
    return unicodedata.normalize("NFKC", passphrase)


def stretch(passphrase: str, salt: bytes, params: Argon2Params) -> Key:
    """Argon2id of the passphrase. About 0.15 s and 64 MiB at the default price: not for the GUI thread."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    params.check()
    if len(salt) != SALT_BYTES:
        raise AppError("密码文件里的设置不对，资料没有打开；", "请用最近的备份恢复。")
    engine = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=params.passes,
        lanes=params.lanes,
        memory_cost=params.memory_kib,
    )
    try:
        return Key(engine.derive(typed(passphrase).encode("utf-8", "surrogatepass")))
    except MemoryError as fault:
        raise AppError("电脑内存不够，没能打开；请先关闭其他程序。") from fault

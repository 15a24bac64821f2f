"""The password of a copy: what it must be, one made up that can be told over the telephone, and the lock."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable

from sgz_desktop.domain.surnames import is_han
from sgz_desktop.errors import AppError
from sgz_desktop.vault.passphrase import easy_to_guess

LEAST = 8  # of Han characters
LEAST_LATIN = 12  # of what has no Han: whoever has the file can try as often as they like
MOST_BYTES = 127  # what the format takes
CONSONANTS, VOWELS = "bdfghklmnprstwz", "aeiou"  # no two of them sound or look alike in a spelt-out word
GROUPS = 5  # of 12.5 bits each
EMPTY, REFUSED = "没有填密码，没有保存。", "这个密码不能用，没有保存。"


def spoken_password() -> str:
    """Five words of two syllables, as bamo-tiku-sevo-ruda-kino: some 62 bits, easily said and typed."""
    words = (
        "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2)) for _ in range(GROUPS)
    )
    return "-".join(words)


def refused(password: str, again: str, about: Iterable[str] = ()) -> str:
    """Why a password cannot be taken, as a sentence; '' when it can. `about`: words a guesser knows."""
    text = unicodedata.normalize("NFKC", password)
    if not text.strip():
        return "请填密码，或选生成一个。"
    if len(text) < (LEAST if any(map(is_han, text)) else LEAST_LATIN):
        return f"密码至少{LEAST}个汉字，或{LEAST_LATIN}个字母。"
    if len(text.encode("utf-8")) > MOST_BYTES:
        return "密码太长，请短一些。"
    if any(unicodedata.category(ch)[0] == "C" for ch in text):
        return "密码里有看不见的字，请重新输入。"
    if sentence := easy_to_guess(password, about):
        return sentence
    return "" if password == again else "两次密码不一样，请再输一次。"


def lock(data: bytes, title: str, password: str) -> bytes:
    """The PDF under AES-256. AppError for a password that cannot be taken; nothing is then made."""
    from sgz_desktop.reports.locked import locked

    if sentence := refused(password, password):
        raise AppError(EMPTY if not password.strip() else REFUSED, sentence)
    return locked(data, title, unicodedata.normalize("NFKC", password))


def cleared(data: bytes, title: str) -> bytes:
    """The PDF without a lock and with a neutral title alone in its properties."""
    from sgz_desktop.reports.locked import locked

    return locked(data, title)

"""Small signed files that people carry between computers, and the fingerprint they read to one another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import canonical
from sgz_desktop.domain.signed_words import genuine
from sgz_desktop.errors import AppError

T = TypeVar("T")
FORMAT = 1
MAX_FILE = 64 * 1024
MAX_TEXT = 64
_SIGNED_FOR = b"sgz-join/1|"


def fingerprint(body: bytes) -> str:
    """Five groups of four digits, to be read aloud (66 bits of SHA-256)."""
    number = int.from_bytes(hashlib.sha256(body).digest()[:16]) % 10**20
    digits = f"{number:020d}"
    return " ".join(digits[place : place + 4] for place in range(0, 20, 4))


def same_digits(told: str, heard: str) -> bool:
    """Did a person read these digits, whatever blanks stand between them?"""
    return "".join(heard.split()) == told.replace(" ", "")


def signed(told: Mapping[str, Any], sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of a file: what is told (its sort under "what"), with the signature of its writer."""
    body = {"format": FORMAT, **told}
    return canonical({**body, "signature": sign(_SIGNED_FOR + canonical(body)).hex()})


def opened(
    body: bytes,
    what: str,
    words: str,
    key: Callable[[Mapping[str, Any]], str],
    shown: Sequence[str],
    read: Callable[[Mapping[str, Any]], T],
) -> T:
    """What `read` makes of a file of the sort `what` (in words `words`), signed by the `key` in it; of it
    `shown` must be short plain text. AppError when it is none, was changed, or is a newer version's."""
    try:
        told: dict[str, Any] = json.loads(body)
        plain = {name: value for name, value in told.items() if name != "signature"}
        if told["format"] != FORMAT:
            raise AppError(f"这份{words}来自更新的版本，没有读入。", "请先升级本机的程序。")
        message = _SIGNED_FOR + canonical(plain)
        if told["what"] != what or not genuine(verify, key(told), message, told["signature"]):
            raise ValueError
        if not all(is_shown(told.get(name, "")) for name in shown):
            raise ValueError
        return read(told)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as fault:
        raise AppError(f"这不是{words}，或被改动过，没有读入。", "请让对方重新写一份。") from fault


def is_shown(text: object) -> bool:
    """Plain text of a sensible length, fit for a screen?"""
    return isinstance(text, str) and len(text) <= MAX_TEXT and text.isprintable()

"""The recovery card: an age identity as text a person can copy from paper.

55 symbols of five bits (256 secret bits, 19 bits of checksum) stand in 11 groups of five; each group has a
sixth symbol that checks it and its place, so a slip of the pen is found and its group named.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from sgz_desktop.errors import AppError
from sgz_desktop.vault import sealing

GROUPS = 11
GROUP = 6
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LOOKALIKES = str.maketrans("OILU", "011V")
_CHECK_BITS = 55 * 5 - 256
_LOOKS = re.compile(r"(?=[\s\S]*[0-9])(?:[0-9A-Z]{6}[\s-]*){11}")


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed: `groups` of six symbols, the public key, and a short number to tell cards apart."""

    groups: tuple[str, ...]
    recipient: str

    @property
    def text(self) -> str:
        """The groups in one line, `ABC123-…`."""
        return "-".join(self.groups)

    @property
    def number(self) -> str:
        """The card's number; not secret."""
        return card_number(self.recipient)

    def __repr__(self) -> str:
        return f"Card({self.number})"


def make_card() -> Card:
    """A fresh recovery identity, known to nobody but this value."""
    identity = sealing.new_identity()
    return Card(_written(sealing.identity_bytes(identity)), sealing.recipient_of(identity))


def card_number(recipient: str) -> str:
    """Six hex digits that name a card, e.g. `3F-A0-9C`; the same on the card and in the settings."""
    digits = hashlib.sha256(recipient.encode()).hexdigest()[:6].upper()
    return "-".join((digits[:2], digits[2:4], digits[4:]))


def read_card(text: str) -> str:
    """The age identity typed from a card. Spaces, dashes, case, full width and O/0, I/1 do not matter.

    AppError names the group (from 1) that cannot be right.
    """
    symbols = _symbols(text)
    for place in range(min(len(symbols), GROUPS * GROUP) // GROUP):
        if _check(symbols[place * GROUP : (place + 1) * GROUP], place):
            raise _slip(place)
    if len(symbols) < GROUPS * GROUP:
        raise AppError(f"恢复卡还没有输完，从第{len(symbols) // GROUP + 1}组接着输。")
    if len(symbols) > GROUPS * GROUP:
        raise AppError(f"恢复卡只有{GROUPS}组，多输了字，请核对末尾。")
    secret = _secret(symbols)
    if secret is None:
        raise AppError("恢复卡对不上，请从第1组起核对一遍。")
    return sealing.identity_from(secret)


def is_card(text: str) -> bool:
    """Does this look like a card, right or mistyped, rather than a passphrase: eleven groups of six?"""
    return bool(_LOOKS.fullmatch(unicodedata.normalize("NFKC", text).upper().strip()))


def _written(secret: bytes) -> tuple[str, ...]:
    number = int.from_bytes(secret, "big") << _CHECK_BITS | _checksum(secret)
    data = [number >> 5 * place & 31 for place in range(54, -1, -1)]
    groups = [data[start : start + 5] for start in range(0, 55, 5)]
    return tuple(
        "".join(_SYMBOLS[value] for value in (*group, _check([*group, 0], place)))
        for place, group in enumerate(groups)
    )


def _secret(symbols: list[int]) -> bytes | None:
    number = 0
    for index, value in enumerate(symbols):
        if index % GROUP != GROUP - 1:
            number = number << 5 | value
    secret = (number >> _CHECK_BITS).to_bytes(32, "big")
    return secret if number & (1 << _CHECK_BITS) - 1 == _checksum(secret) else None


def _symbols(text: str) -> list[int]:
    """The symbols of what was typed; AppError when a letter cannot be on any card."""
    found: list[int] = []
    for char in unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES):
        value = _SYMBOLS.find(char)
        if value >= 0:
            found.append(value)
        elif unicodedata.category(char)[0] in "LN":
            raise _slip(min(len(found) // GROUP, GROUPS - 1))
    return found


def _check(group: list[int], place: int) -> int:
    """0 for a right group; for five symbols and a 0, the sixth.

    A weighted sum over GF(32) with different weights: it finds every single slip and every swap of two
    symbols; the place is added in, so it finds groups written in the wrong order.
    """
    total, weight = place + 1, 1
    for value in reversed(group):
        total ^= _times(value, weight)
        weight = _times(weight, 2)
    return total


def _times(left: int, right: int) -> int:
    """Multiplication in GF(32), x⁵ + x² + 1."""
    product = 0
    for bit in range(5):
        product ^= left << bit if right >> bit & 1 else 0
    for bit in range(8, 4, -1):
        product ^= 0b100101 << bit - 5 if product >> bit & 1 else 0
    return product


def _checksum(secret: bytes) -> int:
    digest = hashlib.sha256(b"sgz-card/1|" + secret).digest()
    return int.from_bytes(digest[:4], "big") >> 32 - _CHECK_BITS


def _slip(place: int) -> AppError:
    return AppError(f"第{place + 1}组有字不对，请对照恢复卡再看一遍。")

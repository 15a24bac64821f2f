"""Numbers as files write them: exact, and of a size that can be reckoned with."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MOST_DIGITS = 20


def decimal(text: str) -> Decimal:
    """A number with a point or an exponent. ValueError for one too great, too fine, or none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text[:20]) from None
    if (
        not number.is_finite()
        or len(text) > 2 * MOST_DIGITS
        or (number and abs(number.adjusted()) > MOST_DIGITS)
    ):
        raise ValueError(text[:20])
    return number


def whole(text: str) -> int:
    """A whole number. ValueError for one too great."""
    if len(text) > MOST_DIGITS:
        raise ValueError(text[:20])
    return int(text)

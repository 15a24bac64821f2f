"""统一社会信用代码 (GB 32100-2015): 18 characters of which the last is a check of the others."""

from __future__ import annotations

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
BASE = len(LETTERS)
WRONG_LENGTH = "统一社会信用代码应为18位，请核对。"
WRONG = "统一社会信用代码校验不符，请核对。"


def credit_code_doubt(text: str) -> str:
    """What is doubtful about a code as typed, '' when nothing is. Small letters and blanks will do."""
    code = "".join(text.split()).upper()
    if len(code) != LENGTH:
        return WRONG_LENGTH
    if any(letter not in LETTERS for letter in code):
        return WRONG
    total = sum(LETTERS.index(letter) * pow(3, place, BASE) for place, letter in enumerate(code[:-1]))
    return "" if LETTERS[-total % BASE] == code[-1] else WRONG

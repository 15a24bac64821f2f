"""Money as integer fen and counts as integers: what people type, what is shown. No floats anywhere."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

Fen = int

MAX_FEN: Fen = 10**12 - 1  # below 100亿元: more than any station handles, and exact in any JSON reader
MAX_COUNT = 10**9 - 1

BAD_MONEY = "金额请填数字，例如3500。"
NEGATIVE_MONEY = "金额不能小于0，请核对。"
TOO_FINE = "金额最多填到分，例如3500.50。"
TOO_MUCH = "金额太大，请核对单位是元还是万元。"
BAD_COUNT = "数量请填整数，例如12。"
NEGATIVE_COUNT = "数量不能小于0，请核对。"
TOO_MANY = "数量太大，请核对。"
BAD_HOURS = "时长请填小时，例如2.5或2小时30分。"
NEGATIVE_HOURS = "时长不能小于0，请核对。"
TOO_LONG = "时长太长，请核对。"

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?"
_MONEY = re.compile(
    rf"(?:[¥]|RMB|人民币)?{_NUMBER}(万|千|百)?(?:元|块钱|块|圆)?整?", re.ASCII | re.IGNORECASE
)
_COUNT = re.compile(rf"{_NUMBER}([\u4e00-\u9fff]{{0,2}})", re.ASCII)
_HOUR = r"(?:个?小时|个?钟头|时|h)"
_HOURS = re.compile(rf"(\d{{1,9}}(?:\.\d{{1,8}})?){_HOUR}?", re.ASCII | re.IGNORECASE)
_HOURS_AND = re.compile(rf"(?:(\d{{1,9}}){_HOUR})?(?:(\d{{1,9}})分钟?|(半))", re.ASCII | re.IGNORECASE)
_HALF_HOUR = re.compile("半个?(?:小时|钟头)")
_HOURS_COLON = re.compile(r"(\d{1,9}):([0-5]\d)", re.ASCII)
_SCALE = {None: 1, "百": 100, "千": 1000, "万": 10000}
# Words that would change the number itself if they were dropped like a unit.
_NUMBER_WORDS = frozenset("万千百十亿半零一二三四五六七八九两")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", folded).replace("−", "-").replace("、", ",")


def tidy_yuan(text: str) -> Fen:
    """`３，５００元`, `3,500.5`, `1.2万` (yuan) → fen, 0 … MAX_FEN. ValueError with a Chinese sentence.

    Commas must stand where thousands stand: `3,50` may be a slip for 350 or 3.50 and is asked again.
    """
    typed = _plain(text)
    found = _MONEY.fullmatch(typed)
    if found is None:
        negative = typed.startswith("-") and _MONEY.fullmatch(typed[1:])
        raise ValueError(NEGATIVE_MONEY if negative else BAD_MONEY)
    if len(found[1]) > 20:
        raise ValueError(TOO_MUCH)
    whole, decimals, scale = found[1].replace(",", ""), (found[2] or "").rstrip("0"), found[3]
    if len(decimals) > 8:
        raise ValueError(TOO_FINE)
    fen = Decimal(f"{whole}.{decimals or 0}") * _SCALE[scale] * 100
    if fen != int(fen):
        raise ValueError(TOO_FINE)
    if fen > MAX_FEN:
        raise ValueError(TOO_MUCH)
    return int(fen)


def show_yuan(fen: Fen) -> str:
    """350000 → 3,500元; 350050 → 3,500.50元. Negative differences carry a minus sign."""
    return plain_yuan(fen) + "元"


def plain_yuan(fen: Fen) -> str:
    """The number without its unit, for tables whose heading names it: 3,500 or 3,500.50."""
    yuan, rest = divmod(abs(fen), 100)
    return ("-" if fen < 0 else "") + f"{yuan:,}" + (f".{rest:02d}" if rest else "")


def tidy_count(text: str) -> int:
    """`１２`, `1,200人`, `3.0` → integer 0 … MAX_COUNT. ValueError with a Chinese sentence."""
    typed = _plain(text)
    found = _COUNT.fullmatch(typed)
    if found is None or set(found[3]) & _NUMBER_WORDS:
        negative = typed.startswith("-") and _COUNT.fullmatch(typed[1:])
        raise ValueError(NEGATIVE_COUNT if negative else BAD_COUNT)
    if (found[2] or "").strip("0"):
        raise ValueError(BAD_COUNT)
    if len(found[1]) > 20 or (count := int(found[1].replace(",", ""))) > MAX_COUNT:
        raise ValueError(TOO_MANY)
    return count


def show_count(count: int, unit: str = "") -> str:
    """1200, 人 → 1,200人."""
    return f"{count:,}{unit}"


def tidy_hours(text: str) -> int:
    """`2.5`, `2小时30分`, `2:30`, `90分钟`, `半小时` → whole minutes, 0 … MAX_COUNT.

    A fraction of an hour is taken to the nearest minute. ValueError with a Chinese sentence.
    """
    typed = _plain(text)
    minutes = _minutes(typed)
    if minutes is None:
        negative = typed.startswith("-") and _minutes(typed[1:]) is not None
        raise ValueError(NEGATIVE_HOURS if negative else BAD_HOURS)
    if minutes > MAX_COUNT:
        raise ValueError(TOO_LONG)
    return minutes


def _minutes(typed: str) -> int | None:
    if found := _HOURS.fullmatch(typed):
        return int((Decimal(found[1]) * 60).to_integral_value(ROUND_HALF_UP))
    if _HALF_HOUR.fullmatch(typed):
        return 30
    if found := _HOURS_COLON.fullmatch(typed):
        return int(found[1]) * 60 + int(found[2])
    found = _HOURS_AND.fullmatch(typed)
    if found is None or (found[3] and not found[1]):
        return None
    return int(found[1] or 0) * 60 + (30 if found[3] else int(found[2]))

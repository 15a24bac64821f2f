"""What a passphrase must be: long, and not what everyone chooses.

Length and this list are the real protection of a stolen laptop: each guess is paid for (`stretch`), but
nothing stops someone who has the file from guessing. No composition rules (they make people write it down).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from sgz_desktop.errors import AppError
from sgz_desktop.resources import resource
from sgz_desktop.vault.stretch import typed

FLOOR = 12
CEILING = 256
LEFT_OVER = 5  # characters that must remain when common pieces are taken out
_RUN = 4
_BLANK = "\u115f\u1160"  # letters that show nothing; NFKC makes every Hangul filler one of them
_LEET = str.maketrans("@$013457", "asoieast")


def check_passphrase(passphrase: str, about: Iterable[str] = ()) -> None:
    """AppError with a sentence when a passphrase is too easy to guess.

    `about`: words a guesser knows, such as the user's and the station's name.
    """
    refusal = refused(passphrase, about)
    if refusal:
        raise AppError(refusal)


def refused(passphrase: str, about: Iterable[str] = ()) -> str:
    """Why a passphrase cannot be taken, as a sentence for the line under the field; "" when it can."""
    text = typed(passphrase)
    return _wrong_shape(passphrase, text) or _easy_to_guess(text, about)


def _wrong_shape(passphrase: str, text: str) -> str:
    if min(len(passphrase), len(text)) < FLOOR:  # some single characters stand for eighteen
        return f"密码至少{FLOOR}个字，可以写一句好记的话。"
    if len(text) > CEILING:
        return f"密码太长，请不要超过{CEILING}个字。"
    if any(unicodedata.category(char)[0] == "C" or char in _BLANK for char in text):
        return "密码里有看不见的字，请重新输入。"
    return ""


def easy_to_guess(passphrase: str, about: Iterable[str] = ()) -> str:
    """Why a password of any length is too easy, as a sentence; "" when it is not."""
    return _easy_to_guess(typed(passphrase), about)


def _easy_to_guess(text: str, about: Iterable[str]) -> str:
    bare = _bare(text)
    if bare.isdigit():
        return "密码不要全是数字，可以加上几个字。"
    if len(set(bare)) < LEFT_OVER or _period(bare) < min(len(bare), FLOOR):
        return "密码多是重复的字，请换一句话。"
    known = {_bare(typed(word)) for word in about} - {""}
    if min(_left_over(bare, known), _left_over(_bare(text, keep="@$"), known)) < LEFT_OVER:
        return "密码太常见，容易被猜到，请换一句话。"
    return ""


def _bare(text: str, keep: str = "") -> str:
    """Letters and digits alone (and `keep`), without case and without marks on letters (pinyin's tones)."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in plain if char.isalnum() or char in keep)


def _period(text: str) -> int:
    """The shortest length after which the text only repeats itself; its own length when it does not twice."""
    for length in range(1, len(text) // 2 + 1):
        if text[length:] == text[:-length]:
            return length
    return len(text)


def _left_over(text: str, known: set[str]) -> int:
    """How many characters remain when common pieces, known words and runs are taken out as well as can be."""
    blocked = _blocked()
    swapped = text.translate(_LEET)  # p@ssw0rd is password
    longest = max([_longest_blocked(), *map(len, known)])
    best = [0] * (len(text) + 1)  # best[i]: fewest left over in text[i:]
    for start in range(len(text) - 1, -1, -1):
        best[start] = best[start + 1] + 1
        run = _run(text, start)
        for end in range(start + 2, min(len(text), start + max(longest, run)) + 1):
            parts = text[start:end], swapped[start:end]
            if _RUN <= end - start <= run or any(part in blocked or part in known for part in parts):
                best[start] = min(best[start], best[end])
    return best[0]


def _run(text: str, start: int) -> int:
    """How many characters from `start` go up, go down or stay by one step each (abcd, 4321, aaaa)."""
    if start + 1 == len(text):
        return 1
    step = ord(text[start + 1]) - ord(text[start])
    end = start + 1
    while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
        end += 1
    return end - start if step in (-1, 0, 1) else 1


@cache
def _blocked() -> frozenset[str]:
    """The committed pieces (`resources/passphrases/`)."""
    return frozenset(resource("passphrases", "blocked.txt").read_text(encoding="utf-8").split())


@cache
def _longest_blocked() -> int:
    return max(map(len, _blocked()))

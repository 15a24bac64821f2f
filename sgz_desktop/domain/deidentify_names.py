"""Names on file in a text, in every form they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sgz_desktop.domain.deidentify_guesses import (
    NOT_GIVEN,
    NOT_TITLED,
    OFFICES,
    TITLES,
    WORDS,
    guarded,
    guesses,
)
from sgz_desktop.domain.deidentify_text import GAP, HAN, Sort, Span
from sgz_desktop.domain.surnames import COMMON, is_han, surname_of

EVERYDAY = re.compile(  # given names that are words of every page: told apart by what stands around them
    "健康|平安|幸福|和平|希望|建设|发展|进步|团结|胜利|解放|光明|文明|富裕|长寿|快乐|安全|"
    "安宁|自力|自强|美好|美丽|友谊|互助|劳动|学习|生产|生活|教育|卫生|文化|社会|改革|开放|"
    "春节|中秋|国庆|元旦|端午|清明|高兴|永远|成功|顺利|保障|安心|关爱"
)
NICKED = "(?:婆婆|奶奶|爷爷|伢子|妹子|哥|嫂|伯|婶|叔|姐|妹|弟|姨|爷|奶|仔|娃|伢|崽|婆|囡|妮|宝|子|儿)"
NOT_NICKS = re.compile(  # words that only look like one
    "儿子|房子|孩子|妻子|日子|样子|路子|影子|果子|种子|本子|桌子|石子|金子|身子|女儿|婴儿|"
    "幼儿|孤儿|今儿|明儿|这儿|那儿|事儿|花儿|天天|人人|星星|年年|常常|慢慢|好好|多多|家家|"
    "小学|小心|小时|小组|小区|小孩|小事|小便|小麦|小路|小河|小桥|小雨|小声|小额|小家|小队|"
    "小名|小伙|小菜|小店|阿里|书包|大爷|大伯|大婶|大叔|大姐|大哥|大嫂|大妹|大弟|大姨|大奶|"
    "大婆"
)

ADDRESSED = frozenset("哥姐弟妹叔伯婶嫂爷奶爸妈娃仔婆公姨")  # 田螺哥: no part of a name
LATIN_GAP = r"[^A-Za-z\u3400-\u9fff]{0,3}"  # between the letters of a name in pinyin
PARTICLES = frozenset(
    "和向都从过来要可还将因由到与对有在是"
)  # surnames too, but not in front of a form of address

_TITLE = re.compile(f"(?:{TITLES}|{OFFICES})+")


def is_title(words: str) -> bool:
    """Is it an office or a form of address, and no name?"""
    return _TITLE.fullmatch(words) is not None


class Names:
    """Finds names. `known` is each name as written → what stands instead; `kept` are names that stay."""

    def __init__(self, known: Mapping[str, str], kept: Iterable[str] = ()) -> None:
        names = {name.strip(): instead for name, instead in known.items() if len(name.strip()) > 1}
        self._whole = {_bare(name): instead for name, instead in names.items()}
        given: dict[str, set[str]] = {}
        surnames: dict[str, set[str]] = {}
        short: dict[str, set[str]] = {}
        for name, instead in names.items():
            for part in _parts(name):
                given.setdefault(part, set()).add(instead)
            if surname := surname_of(name):
                surnames.setdefault(surname, set()).add(instead)
                own = name[len(surname) :]
                if is_title(own):  # 苗老师
                    continue
                (given if len(own) > 1 else short).setdefault(own, set()).add(instead)
                if len(own) > 1 and own[-1] not in ADDRESSED:
                    short.setdefault(own[-1], set()).add(instead)
        self._given = {
            _bare(one): _one(found) for one, found in given.items() if _bare(one) not in self._whole
        }
        self._called = {one: _one(found, f"{one}某") for one, found in surnames.items()}
        self._short = {one: _one(found) for one, found in short.items() if len(one) == 1}
        words = [one for one in self._given if EVERYDAY.fullmatch(one)]
        self._names = _written((*self._whole, *(one for one in self._given if not EVERYDAY.fullmatch(one))))
        self._words = _in_place(words)
        self._calls = _calls(self._called)
        self._nicks = _nicks(self._short)
        self._kept = _written(kept)

    def find(self, text: str) -> Iterator[Span]:
        """Names on file and forms of address made of them, then guesses."""
        kept = [match.span() for match in self._kept.finditer(text)] if self._kept else []
        for pattern, instead, sort, sure in (
            (self._names, self._of_name, Sort.NAME, True),
            (self._words, self._of_name, Sort.NAME, False),
            (self._calls, self._of_call, Sort.CALLED, True),
            (self._nicks, self._of_nick, Sort.CALLED, False),
        ):
            for match in pattern.finditer(text) if pattern else ():
                whole = sort is Sort.NAME and _letters(match[0]) in self._whole
                nick = pattern is not self._nicks or not NOT_NICKS.fullmatch(match[0])
                if not nick or not (whole or not _within(match.span(), kept)):
                    continue
                other = "" if whole or sort is not Sort.NAME else _other(text, match.start())
                if other:  # 王建国, where 陈建国 is on file
                    yield Span(match.start() - 1, match.end(), sort, f"{other}某", sure)
                else:
                    yield Span(*match.span(), sort, instead(match), sure)
        for guess in guesses(text):
            if not _within((guess.start, guess.end), kept):
                yield guess

    def _of_name(self, match: re.Match[str]) -> str:
        bare = _bare(match[0])
        return self._whole.get(bare) or self._given.get(bare) or self._whole[_letters(bare)]

    def _of_call(self, match: re.Match[str]) -> str:
        return self._called[match["before"] or match["after"] or match["home"]]

    def _of_nick(self, match: re.Match[str]) -> str:
        return self._short[next(one for one in match.groups() if one)]


def _parts(name: str) -> list[str]:
    """What a name without a Han surname is also called by: 阿依古丽·买买提 → both; 扎西次仁 → 扎西, 次仁."""
    parts = [one for one in re.split(r"[·•・‧∙.．\s]+", name) if len(one) > 1]
    if len(parts) > 1:
        return parts if not all(one.isascii() for one in parts) else []
    if surname_of(name) or not all(map(is_han, name)):
        return []
    at = 2 if len(name) == 4 else 4
    return [one for one in (name[:at], name[at:]) if len(one) > 1 and one != name]


def _one(found: set[str], several: str = "某人") -> str:
    return next(iter(found)) if len(found) == 1 else several


_BETWEEN = re.compile(GAP)


def _bare(name: str) -> str:
    """A name without what stands between its characters."""
    return "".join(_BETWEEN.split(name)).casefold()


def _letters(text: str) -> str:
    """Chen Da-Shan → chendashan."""
    return "".join(ch for ch in text.casefold() if ch.isalpha())


def _other(text: str, start: int) -> str:
    """The surname that stands before a given name, '' where none can be told."""
    before = text[start - 1 : start] if start else ""
    word = before in "于任" or (start > 1 and text[start - 2] in WORDS.get(before, ""))
    return before if before in COMMON and not word else ""


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _written(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first, however set apart; Latin ones as words."""
    longest = sorted({_bare(name) for name in names} - {""}, key=lambda name: (-len(name), name))
    each = (_spelt(name) for name in longest)
    return re.compile("|".join(each), re.IGNORECASE) if longest else None


def _spelt(name: str) -> str:
    if name.isascii() and name.isalpha():
        return f"(?<![A-Za-z]){LATIN_GAP.join(name)}(?![A-Za-z])"
    return GAP.join(map(re.escape, name))


def _in_place(words: Iterable[str]) -> re.Pattern[str] | None:
    """Everyday words where somebody is called so: 叫和平, 和平说."""
    some = "|".join(sorted(words))
    if not some:
        return None
    return re.compile(rf"(?<=[叫喊问找跟])(?:{some})|(?<!{HAN})(?:{some})(?=[说讲问哭笑哥姐叔婶伯])")


def _calls(surnames: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted(surnames, key=lambda one: (-len(one), one))
    if not longest:
        return None
    some, alone = "|".join(longest), "|".join(guarded(one) for one in longest if one not in PARTICLES)
    alone = alone or "(?!)"
    before = rf"[老小阿]{GAP}(?P<before>{some})(?!某)(?:(?:{TITLES}|头子|头){NOT_TITLED}(?<!家))?"
    after = rf"(?P<after>{alone}){GAP}(?!家)(?:{TITLES}|{OFFICES}){NOT_TITLED}"
    return re.compile(
        rf"{before}|{after}|(?P<home>{alone})(?=家{NOT_TITLED}(?!{HAN}?[村庄镇乡屯堡界湾坳冲沟坪]))"
    )


def _nicks(short: Iterable[str]) -> re.Pattern[str] | None:
    some = "".join(sorted(one for one in short if one not in NOT_GIVEN))
    if not some:
        return None
    return re.compile(rf"[阿小]([{some}])(?!{HAN})|阿([{some}])|([{some}])(?:\3|{NICKED})")

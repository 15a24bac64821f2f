"""Names in a text: those on file in every form they are written in, and guesses at names of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from sgz_desktop.domain.deidentify_text import GAP, Sort, Span
from sgz_desktop.domain.surnames import COMMON, COMPOUND, surname_of

TITLES = (
    "婆婆|奶奶|爷爷|阿婆|阿公|阿伯|阿姨|阿嬷|大爷|大娘|大妈|大伯|大叔|大婶|大嫂|大哥|大姐|伯伯|伯母|叔叔|婶婶|婶子|"
    "嫂子|老太太|老太|老汉|老伯|老人家|老师傅|师傅|先生|女士|小姐|同学|家|氏|婆|公|伯|叔|婶|嫂|哥|姐|妹|弟|姨|"
    "娃|仔|总|工"
)
OFFICES = (
    "医生|医师|大夫|护士|老师|校长|园长|院长|所长|站长|主任|书记|支书|村长|镇长|乡长|组长|队长|会计|文书|干事|委员|"
    "社工|民警|警官|律师|经理|老板|厂长|网格员|护理员|保姆"
)
CUES = (
    "邻居|村医|同学|朋友|亲戚|姑父|姑妈|姨妈|舅舅|表哥|表姐|表弟|表妹|堂哥|堂弟|堂姐|堂妹|工友|同事|房东|媒人|干妈|"
    "名叫|名字是|姓名|叫做|叫|联系人|护工"
)
AFTER = "说讲家的来去和也在表反今昨很不一把对跟给"  # what may follow 老张 in a sentence
NOT_GIVEN = frozenset(
    "说在的是和与把被让到来去给也都就不很帮常有已曾会对向跟同及要想讲问答告看陪送拿带家们等却还又再才能可应该没未"
    "及、，。；：！？“”（）()我你他她它这那某了着过吗呢吧啊每各为因如但而或且从由于将以之其所"
)


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
            if surname := surname_of(name):
                surnames.setdefault(surname, set()).add(instead)
                own = name[len(surname) :]
                if is_title(own):  # 苗老师
                    continue
                (given if len(own) > 1 else short).setdefault(own, set()).add(instead)
                if len(own) > 1:
                    short.setdefault(own[-1], set()).add(instead)
        self._given = {
            _bare(one): _one(found) for one, found in given.items() if _bare(one) not in self._whole
        }
        self._called = {one: _one(found, f"{one}某") for one, found in surnames.items()}
        self._short = {one: _one(found) for one, found in short.items() if len(one) == 1}
        self._names = _written((*self._whole, *self._given))
        self._calls = _calls(self._called)
        self._nicks = _nicks(self._short)
        self._kept = _written(kept)

    def find(self, text: str) -> Iterator[Span]:
        """Names on file and forms of address made of them, then guesses."""
        kept = [match.span() for match in self._kept.finditer(text)] if self._kept else []
        for pattern, instead, sort, sure in (
            (self._names, self._of_name, Sort.NAME, True),
            (self._calls, self._of_call, Sort.CALLED, True),
            (self._nicks, self._of_nick, Sort.CALLED, False),
        ):
            for match in pattern.finditer(text) if pattern else ():
                whole = sort is Sort.NAME and _bare(match[0]) in self._whole
                if whole or not _within(match.span(), kept):
                    yield Span(*match.span(), sort, instead(match), sure)
        for guess in _guesses(text):
            if not _within((guess.start, guess.end), kept):
                yield guess

    def _of_name(self, match: re.Match[str]) -> str:
        bare = _bare(match[0])
        return self._whole.get(bare) or self._given[bare]

    def _of_call(self, match: re.Match[str]) -> str:
        return self._called[match["before"] or match["after"]]

    def _of_nick(self, match: re.Match[str]) -> str:
        return self._short[match["before"] or match["after"]]


def _one(found: set[str], several: str = "某人") -> str:
    return next(iter(found)) if len(found) == 1 else several


_BETWEEN = re.compile(GAP)


def _bare(name: str) -> str:
    """A name without what stands between its characters."""
    return "".join(re.split(GAP, name)).casefold()


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _written(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first, however their characters are set apart."""
    longest = sorted({_bare(name) for name in names} - {""}, key=lambda name: (-len(name), name))
    each = (GAP.join(map(re.escape, name)) for name in longest)
    return re.compile("|".join(each), re.IGNORECASE) if longest else None


def _calls(surnames: Iterable[str]) -> re.Pattern[str] | None:
    some = "|".join(sorted(surnames, key=lambda one: (-len(one), one)))
    if not some:
        return None
    before = rf"[老小阿]{GAP}(?P<before>{some})(?!某)(?:{TITLES})?"
    return re.compile(rf"{before}|(?P<after>{some}){GAP}(?:{TITLES}|{OFFICES})(?![某业司子园])")


def _nicks(short: Iterable[str]) -> re.Pattern[str] | None:
    some = "".join(sorted(one for one in short if one not in NOT_GIVEN))
    if not some:
        return None
    return re.compile(rf"阿(?P<before>[{some}])|(?P<after>[{some}])(?:哥|嫂|伯|婶|叔|姐|妹|仔|娃|婆)")


WORDS = {  # a surname behind one of these is the end of a word: 属于, 任何, 紧张
    "于": "属由对关至等位在处低高用善便免基出终过介勇",
    "何": "任如为",
    "方": "对地双警官校各甲乙院",
    "张": "紧主纸一",
    "金": "资现基奖押租礼罚保",
    "高": "提最较更很",
    "任": "责信主",
    "安": "公平不",
    "关": "有相机无海",
    "常": "经日正平",
    "白": "明空",
    "程": "过流课工",
    "许": "允也或",
    "温": "体",
    "康": "健",
    "龙": "水",
    "史": "历",
    "乐": "快娱",
    "计": "共合总",
    "管": "不监尽",
    "应": "反",
}
_SINGLE_SURNAME = "|".join(f"(?<![{WORDS[one]}]){one}" if one in WORDS else one for one in sorted(COMMON))
_SURNAME = f"(?:{'|'.join(COMPOUND)}|{_SINGLE_SURNAME})"
_AFTER_CUE = re.compile(rf"(?:{CUES})[\s：:，、“\"]{{0,2}}(?P<name>{_SURNAME}[\u3400-\u9fff]{{1,2}})")
_BEFORE_OFFICE = re.compile(rf"(?P<name>{_SURNAME}[\u3400-\u9fff]{{0,2}}?)(?P<office>{OFFICES})")
_BEFORE_TITLE = re.compile(rf"(?P<name>{_SURNAME})(?P<office>{TITLES})(?![某业司子园])")
_OLD = re.compile(rf"(?<![\u3400-\u9fff])[老小阿](?P<name>{_SURNAME})(?=[^\u3400-\u9fff]|$|[{AFTER}])")
_SINGLE = frozenset("家氏婆公伯叔婶嫂哥姐妹弟姨娃仔总工")


def _guesses(text: str) -> Iterator[Span]:
    for match in _AFTER_CUE.finditer(text):
        name = match["name"]
        surname = surname_of(name) or name[0]
        own = name[len(surname) :]
        while own and own[-1] in NOT_GIVEN:
            own = own[:-1]
        if own and not set(own) & NOT_GIVEN:
            start = match.start("name")
            yield Span(start, start + len(surname) + len(own), Sort.NAME, f"{surname}某", False)
    for match in _BEFORE_OFFICE.finditer(text):
        name = match["name"]
        if not set(name[1:]) & NOT_GIVEN:
            yield Span(match.start(), match.end("name"), Sort.NAME, _some(name), False)
    for match in _BEFORE_TITLE.finditer(text):
        if match["office"] not in _SINGLE:
            yield Span(match.start(), match.end("name"), Sort.CALLED, "某", False)
    for match in _OLD.finditer(text):
        yield Span(match.start("name"), match.end("name"), Sort.CALLED, "某", False)


@cache
def _some(name: str) -> str:
    """王医生 → 某医生; 王建国医生 → 王某医生."""
    surname = surname_of(name)
    return f"{surname}某" if surname and len(name) > len(surname) else "某"

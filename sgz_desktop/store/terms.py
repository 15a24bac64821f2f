"""Words the search index holds, and the queries that find them.

Text: every run of Han characters is cut into overlapping pairs and a lone last character (`老陈家` gives
`老陈 陈家 家`): one character is a prefix, two are one term, more are a phrase. Latin words and digits stay
whole. Names: full pinyin and initials, every likely reading. Numbers: digits, also reversed, so that the last
four are a prefix. Both sides, index and query, are folded by NFKC and case; stored text never is.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from types import ModuleType

# Ideographs of all planes, 々 and 〇, compatibility ideographs, and the private use area of old systems.
_HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\ue000-\ufaff\U00020000-\U0003fffd"
_RUN = re.compile(rf"([{_HAN}]+)|[^\W_{_HAN}]+")
_ONE_HAN = re.compile(rf"[{_HAN}]")
_PINYIN = re.compile(r"[a-z]+")

MAX_QUERY = 64  # characters; nobody types more, and a pasted page need not be searched
MAX_READINGS = 12
MAX_SYLLABLES = 3  # readings tried per character of a given name
TABLE_VERSION = 2  # raise it when the tables below or the keys made of names change: indexes are then rebuilt

# Readings as a surname, the commonest first. pypinyin gives the everyday reading, often another one.
_SURNAMES = """
单 shan dan;仇 qiu chou;曾 zeng ceng;解 xie jie;查 zha cha;区 ou qu;朴 piao pu;翟 zhai di;盖 ge gai;
乐 yue le;覃 qin tan;任 ren;华 hua;尉 wei yu;缪 miao mou;宓 mi fu;冼 xian;洗 xian xi;折 she zhe;黑 he hei;
种 chong zhong;秘 bi mi;员 yun yuan;郇 xun huan;谌 chen shen;逄 pang;乜 nie mie;万 wan;隗 wei kui;那 na;
燕 yan;宁 ning;召 shao zhao;晟 cheng sheng;佴 nai er;祭 zhai ji;长 zhang chang;瞿 qu;纪 ji;过 guo;车 che;
应 ying;牟 mou mu;葛 ge;强 qiang jiang;柏 bai bo;薄 bo bao;费 fei bi;钭 tou dou;句 gou ju;佘 she;眭 sui;
郗 xi chi;厍 she;啜 chuai chuo;繁 po fan;臧 zang;贾 jia;尹 yin;教 jiao;都 du dou;干 gan;晁 chao;曲 qu;
会 gui hui;适 kuo shi;么 yao;幺 yao;訾 zi;笪 da;亓 qi;冒 mao;哈 ha;咸 xian;行 xing;卜 bu;占 zhan;俞 yu;
余 yu;於 yu;于 yu;褚 chu;藏 zang cang;沈 shen;石 shi;莘 shen xin;盛 sheng;谷 gu;尧 yao;阚 kan;郜 gao;闵 min;
粘 nian zhan;撒 sa;大 da;重 chong zhong;相 xiang;角 jue jiao;藉 ji jie;难 nan;六 lu liu;陆 lu;洪 hong;
甯 ning;苫 shan;冯 feng;令 ling;朝 chao;合 he;舍 she;揭 jie;称 cheng;番 pan fan;阿 a e
"""
_COMPOUND = """
万俟 mo qi;尉迟 yu chi;单于 chan yu;长孙 zhang sun;澹台 tan tai;令狐 ling hu;鲜于 xian yu;淳于 chun yu;
亓官 qi guan;颛孙 zhuan sun;乐正 yue zheng;宰父 zai fu;夹谷 jia gu;拓跋 tuo ba;子车 zi ju;申屠 shen tu;
闾丘 lv qiu;呼延 hu yan;皇甫 huang fu;诸葛 zhu ge;上官 shang guan;欧阳 ou yang;司马 si ma;夏侯 xia hou;
慕容 mu rong;独孤 du gu;南宫 nan gong;宇文 yu wen;东方 dong fang;公孙 gong sun;端木 duan mu;轩辕 xuan yuan;
钟离 zhong li;司徒 si tu;司空 si kong;濮阳 pu yang;赫连 he lian;太史 tai shi;公冶 gong ye;宗政 zong zheng;
谷梁 gu liang;百里 bai li;东郭 dong guo;第五 di wu
"""
_UMLAUT = {"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a name: `chenxiaohong`, `cxh`. ü is written v."""

    full: str
    initials: str


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def index_terms(text: str) -> str:
    """The terms of a text in order, with spaces between, for the full-text column."""
    terms: list[str] = []
    for run in _RUN.finditer(_fold(text)):
        word = run[0]
        terms.extend(word[at : at + 2] for at in range(len(word))) if run[1] else terms.append(word)
    return " ".join(terms)


def match_query(text: str) -> str:
    """FTS5 query for what a person typed: every run must be found; "" when nothing in it can be searched.

    Holds quoted letters, digits and Han only, so no typed mark can become an operator.
    """
    runs = _RUN.finditer(_fold(text[:MAX_QUERY]))
    return " AND ".join(_han_phrase(run[0]) if run[1] else f'"{run[0]}"*' for run in runs)


def _han_phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    pairs = " ".join(run[at : at + 2] for at in range(len(run) - 1))
    return f'"{pairs}"'


def is_one_character(text: str) -> bool:
    """Whether a query is a single Han character: that is looked for in names only."""
    return _ONE_HAN.fullmatch(_fold(text).strip()) is not None


def digits_of(text: str) -> str:
    """Digits of an id number or phone, with a closing x: `138-0013 8000` → `13800138000`."""
    return re.sub(r"[^0-9x]", "", _fold(text))


def reversed_digits(text: str) -> str:
    """digits_of, backwards: the last four typed become a prefix."""
    return digits_of(text)[::-1]


def digit_query(text: str) -> str:
    """Digits to look for when the query is a number (spaces and hyphens aside), else ""."""
    bare = re.sub(r"[\s\-]+", "", _fold(text))
    return bare if re.fullmatch(r"[0-9]*x?", bare) and bare != "x" else ""


def pinyin_query(text: str) -> str:
    """Letters to look for among pinyin and initials, else "": `Lü Hong`, `LYU hong`, `lv'hong` → `lvhong`."""
    letters = unicodedata.normalize("NFC", _fold(text)).replace("u:", "ü")
    letters = re.sub(r"[\s'’·\-]+", "", letters).replace("ü", "v")
    letters = re.sub(r"([ln])yu", r"\1v", letters)
    return letters if _PINYIN.fullmatch(letters) else ""


def name_readings(name: str) -> tuple[Reading, ...]:
    """Likely readings of a name, the likeliest first, at most MAX_READINGS; () for a name without letters.

    A surname is read by the table of surnames, other characters in their everyday readings; lü is also
    given as lu, as many people type it.
    """
    letters = "".join(run[0] for run in _RUN.finditer(_fold(name)))
    found: dict[Reading, None] = {}
    for syllables in _ways(letters):
        for said in islice(product(*syllables), MAX_READINGS):
            found.setdefault(Reading("".join(said), "".join(part[0] for part in said)))
    found.pop(Reading("", ""), None)
    return tuple(islice(found, MAX_READINGS))


def spoken(name: str) -> str:
    """The likeliest reading of a name, by which lists sort: syllables with blanks between, "" without any."""
    ways = _ways("".join(run[0] for run in _RUN.finditer(_fold(name))))
    return " ".join(said[0] for said in ways[0]) if ways else ""


def _ways(letters: str) -> list[list[tuple[str, ...]]]:
    """Ways to split a name into surname and given name, each as the readings of every character."""
    ways = []
    compound = _compounds().get(letters[:2])
    if compound:
        ways.append([*((part,) for part in compound), *_given(letters[2:])])
    if letters:
        first = _surnames().get(letters[0]) or _everyday(letters[0])[:1]
        ways.append([*([_with_u(first)] if first else []), *_given(letters[1:])])
    return ways


def _given(letters: str) -> list[tuple[str, ...]]:
    return [_with_u(said) for said in map(_everyday, letters) if said]


def _with_u(readings: tuple[str, ...]) -> tuple[str, ...]:
    plain = [_UMLAUT[said] for said in readings if said in _UMLAUT]
    return (*readings, *plain)


@lru_cache(maxsize=8192)
def _everyday(letter: str) -> tuple[str, ...]:
    """Readings of one character, the commonest first; a Latin letter or digit stands for itself."""
    if not _ONE_HAN.fullmatch(letter):
        return (letter,) if (letter := _without_accents(letter)).isalnum() else ()
    readings = _pypinyin()
    said = readings.pinyin(letter, style=readings.Style.NORMAL, heteronym=True, errors="ignore")
    plain = dict.fromkeys(_without_accents(part) for part in (said[0] if said else ()))
    return tuple(islice(filter(None, plain), MAX_SYLLABLES))


def _without_accents(text: str) -> str:
    """The ASCII letters and digits of a text: `é` → `e`, and the rare reading `ê` → `e`."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if mark.isascii())


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows = (row.split() for row in text.replace("\n", "").split(";"))
    return {row[0]: tuple(row[1:]) for row in rows}


@lru_cache(maxsize=1)
def _surnames() -> dict[str, tuple[str, ...]]:
    return _table(_SURNAMES)


@lru_cache(maxsize=1)
def _compounds() -> dict[str, tuple[str, ...]]:
    return _table(_COMPOUND)


def readings_version() -> str:
    """Stamp kept beside the index: another stamp means names must be read anew."""
    return f"{TABLE_VERSION}-{_pypinyin().__version__}"


@lru_cache(maxsize=1)
def _pypinyin() -> ModuleType:
    """Without its table of phrases: characters are asked one by one, and the table is 43 MB."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    import pypinyin

    return pypinyin

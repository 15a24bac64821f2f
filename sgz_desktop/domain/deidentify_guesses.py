"""Guesses at names of people who are not on file, by the words around them. A person decides on them, or they
go where nobody looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sgz_desktop.domain.deidentify_text import HAN, Sort, Span
from sgz_desktop.domain.surnames import COMMON, COMPOUND, surname_of

KIN = (
    "爸爸|妈妈|爷爷|奶奶|外公|外婆|公公|婆婆|岳父|岳母|丈夫|妻子|老公|老婆|爱人|老伴|儿子|女儿|媳妇|女婿|孙子|孙女|外孙女|外孙|"
    "父亲|母亲|哥哥|弟弟|姐姐|妹妹|大哥|二哥|大姐|二姐|侄子|侄女|外甥女|外甥|姑姑|叔叔|伯伯|伯父|舅妈|"
    "长子|次子|三子|长女|次女|老大|老二|老三|幺儿"
)
TITLES = (
    "婆婆|奶奶|爷爷|阿婆|阿公|阿伯|阿姨|阿嬷|大爷|大娘|大妈|大伯|大叔|大婶|大嫂|大哥|大姐|伯伯|伯母|叔叔|婶婶|婶子|"
    "屠户|木匠|铁匠|篾匠|裁缝|郎中|胖子|瘸子|麻子|聋子|哑巴|"
    "嫂子|妈妈|爸爸|老太太|老太|老头子|老头|老汉|老伯|老爹|老人家|老师傅|师傅|先生|女士|小姐|同学|家|氏|"
    "[大二三四五六七八九幺]?(?:婆|公|伯|叔|婶|嫂|哥|姐|妹|弟|姨|爷|奶|爹|娘|爸|妈|舅|姑)|娃|仔|总|工"
)
OFFICES = (
    "医生|医师|大夫|护士|老师|校长|园长|院长|所长|站长|主任|书记|支书|村长|镇长|乡长|县长|局长|科长|股长|法官|组长|队长|会计|文书|干事|干部|专干|委员|"
    "社工|志愿者|民警|警官|律师|经理|老板|厂长|网格员|护理员|保姆"
)
CUES = (
    f"邻居|隔壁|对门|村医|同学|朋友|亲戚|姑父|姑妈|姨妈|舅舅|表哥|表姐|表弟|表妹|堂哥|堂弟|堂姐|堂妹|工友|同事|房东|媒人|干妈|"
    f"名叫|名字是|姓名|叫做|叫|联系人|护工|监护人|见证人|照料人|申请人|户主|{KIN}|{OFFICES}"
)
AFTER = "说讲家的来去和也在表反今昨很不一把对跟给头"  # what may follow 老张 in a sentence
BEFORE = "问找和与跟向对给由请叫让到帮是陪"  # what may lead to 老张
NOT_GIVEN = frozenset(
    "说在的是和与把被让到来去给也都就不很帮常有已曾会对向跟同及要想讲问答告看陪送拿带家们等却还又再才能可应该没未"
    "及、，。；：！？“”（）()我你他她它这那某了着过吗呢吧啊每各为因如但而或且从由于将以之其所村镇乡县区今"
)
NOT_LAST = frozenset("打外住做读上下嫁患务时前后出接电提介联居病结离吃返回愿认觉办照交约开")  # 陈红打工
WORDS = {  # a surname behind one of these is the end of a word: 属于, 任何, 紧张
    "于": "属由对关至等位在处低高用善便免基出终过介勇",
    "何": "任如为",
    "方": "对地双警官校各甲乙院",
    "张": "紧主纸一",
    "金": "资现基奖押租礼罚保",
    "高": "提最较更很",
    "任": "责信主担兼现原历曾离前",
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
BEGIN = {  # and before one of these it begins one: 高血压, 马上, 江西
    "高": "血中一二三龄兴烧考校额度个低价大处强明效音",
    "马": "上路桶虎鞍",
    "白": "天内血发",
    "万": "一元分全能般州事",
    "何": "时处人况",
    "余": "下款额兴切地数",
    "付": "款钱出费与",
    "于": "今去前当同本上下每年月日",
    "任": "何教职务村用命期选性意便课",
    "安": "全排置慰装",
    "关": "心系于节注门上中切闭照怀爱押停",
    "方": "便面言法式向案才能可",
    "连": "续夜忙同带接累声云江",
    "童": "年",
    "单": "独亲位身",
    "管": "教理好住护",
    "黄": "昏疸山冈石牛",
    "江": "边西苏门河水",
    "毛": "病衣巾",
    "牛": "奶脾",
    "康": "复",
    "温": "和度差暖水州馨",
    "简": "单要述便化",
    "商": "量店定议讨谈会场家业品",
    "尚": "未且可",
    "凌": "晨",
    "齐": "全心备声",
    "焦": "虑急",
    "石": "头家狮匠",
    "金": "额华门婚",
    "汤": "药",
    "钱": "够款包",
    "钟": "点头",
    "范": "围",
    "严": "重格肃厉禁",
    "游": "戏泳玩览行说",
    "洪": "水亮",
    "田": "里间地",
    "林": "场业",
    "陆": "续丰",
    "谢": "谢绝",
    "许": "多可下久愿诺",
    "张": "罗口贴开",
    "周": "围边末日一二三四五六到转期年会口",
    "孙": "子女辈",
    "胡": "说同言乱",
    "曾": "经任多",
    "苏": "醒",
    "郑": "重",
    "程": "度序",
    "戴": "上眼",
    "赖": "床",
    "符": "合",
    "甘": "愿",
    "池": "塘",
    "辛": "苦",
    "蓝": "色",
    "顾": "虑着及客",
    "段": "时",
    "施": "工行加压救",
    "武": "术",
    "华": "侨",
    "殷": "切勤",
    "涂": "抹药",
    "贺": "信喜",
    "陈": "述列旧",
    "莫": "名大",
    "卓": "有",
    "徐": "徐缓州",
    "庄": "稼重",
    "罗": "列",
    "杜": "绝",
    "饶": "有",
    "龙": "岩",
    "秦": "皇",
    "唐": "山",
    "雷": "厉雨",
    "丁": "忧",
}
NOT_TITLED = r"(?![某业司子园资作程厂地人庭里属长])"


def guarded(surname: str) -> str:
    """A pattern of a surname where it is no part of an everyday word."""
    before = f"(?<![{WORDS[surname]}])" if surname in WORDS else ""
    return before + surname + (f"(?![{BEGIN[surname]}])" if surname in BEGIN else "")


_SURNAME = f"(?:{'|'.join(COMPOUND)}|{'|'.join(map(guarded, sorted(COMMON)))})"
_FREE = f"(?:(?<!{HAN})|(?<=[{BEFORE}匠]))"
_AFTER_CUE = re.compile(rf"(?:{CUES})[\s：:，、“\"]{{0,2}}(?P<name>{_SURNAME}{HAN}{{1,2}})")
_BEFORE_OFFICE = re.compile(rf"(?P<name>{_SURNAME}{HAN}{{0,2}}?)(?P<office>{OFFICES})")
_BEFORE_TITLE = re.compile(rf"(?P<name>{_SURNAME})(?P<office>{TITLES}){NOT_TITLED}")
_OLD = re.compile(
    rf"(?:{_FREE}|(?:{CUES}))(?!小康|小麦)[老小阿](?P<name>{_SURNAME})(?=[^\u3400-\u9fff]|$|[{AFTER}]|{OFFICES})"
)
_HOME = re.compile(rf"(?:隔壁|对门|邻居|前面|后面)(?P<name>{_SURNAME})(?=家)")
_DEAR = re.compile(
    rf"{_FREE}阿(?P<name>(?![姨婆公伯嬷爷叔婶妹弟里胶訇某]){HAN})"
    rf"(?=[^\u3400-\u9fff]|$|[{AFTER}哥姐嫂婶叔伯妹弟])"
)
_NAMED_CHILD = re.compile(
    rf"(?:{KIN})(?:名叫|名字叫|叫做|叫)(?P<name>(?:(?!某){HAN}){{2,3}}?)(?=[，。、；;）)\s,]|$)"
)
_NICKED = re.compile(
    r"(?:绰号|外号|诨名|诨号|小名|乳名|花名|人称|别名|网名|昵称|微信名|QQ名|抖音名)(?:叫做|叫|是|为|做)?[：:，“\"‘「『\s]{0,2}"
    r"(?P<name>[\u3400-\u9fffA-Za-z]{1,6}?)(?=[”\"’」』，。；;、！\s）)]|$)"
)
_SINGLE = frozenset("家氏娃仔总工")


def guesses(text: str) -> Iterator[Span]:
    """Words of a folded text that may be names."""
    for match in _AFTER_CUE.finditer(text):
        yield from _named(match.start("name"), match["name"])
    for match in _BEFORE_OFFICE.finditer(text):
        name = match["name"]
        if not set(name[1:]) & NOT_GIVEN:
            yield Span(match.start(), match.end("name"), Sort.NAME, _some(name), False)
    for match in _BEFORE_TITLE.finditer(text):
        alone = len(match["office"]) > 1 and match["office"][0] not in "大二三四五六七八九幺"
        led = (
            match.start() == 0 or not _HAN.match(text, match.start() - 1) or text[match.start() - 1] in BEFORE
        )
        if match["office"] not in _SINGLE and (alone or match["office"] in _LONG or led):
            yield Span(match.start(), match.end("name"), Sort.CALLED, "某", False)
    for pattern in (_OLD, _HOME):
        for match in pattern.finditer(text):
            yield Span(match.start("name"), match.end("name"), Sort.CALLED, "某", False)
    for match in _DEAR.finditer(text):
        yield Span(match.start("name"), match.end("name"), Sort.CALLED, "某", False)
    for match in _NAMED_CHILD.finditer(text):
        if not set(match["name"]) & NOT_GIVEN and not re.fullmatch(f"{KIN}|{TITLES}", match["name"]):
            yield Span(match.start("name"), match.end("name"), Sort.NAME, "某某", False)
    for match in _NICKED.finditer(text):
        if "某" not in match["name"]:
            yield Span(match.start("name"), match.end("name"), Sort.CALLED, "某某", False)


_HAN = re.compile(HAN)
_LONG = frozenset(one for one in TITLES.split("|") if len(one) > 1 and "[" not in one)


def _named(start: int, name: str) -> Iterator[Span]:
    """A surname and what follows it, without the words that begin behind a name."""
    surname = surname_of(name) or name[0]
    own = name[len(surname) :]
    while own and (own[-1] in NOT_GIVEN or (len(own) > 1 and own[-1] in NOT_LAST)):
        own = own[:-1]
    if own and not set(own) & NOT_GIVEN:
        yield Span(start, start + len(surname) + len(own), Sort.NAME, f"{surname}某", False)


@cache
def _some(name: str) -> str:
    """王医生 → 某医生; 王建国医生 → 王某医生."""
    surname = surname_of(name)
    return f"{surname}某" if surname and len(name) > len(surname) else "某"

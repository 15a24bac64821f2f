"""Places smaller than a village, and schools, hospitals, employers, in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sgz_desktop.domain.deidentify_text import GAP, HAN, Sort, Span, folded
from sgz_desktop.domain.surnames import COMMON

SOME_PLACE, SOME_UNIT = "某处", "某单位"
COUNT = r"[0-9一二三四五六七八九十百零〇甲乙丙丁]{1,6}"
PARTS = "村民小组|小组|生产队|组|队|号楼|号院|号|巷|弄|胡同|栋|幢|单元|室|层"
STREET = re.compile(
    rf"{HAN}{{1,6}}?(?:大道|路|街|巷|弄|胡同){GAP}{COUNT}{GAP}(?:号楼|号院|号)(?:{GAP}{COUNT}{GAP}(?:{PARTS}))*"
)
NUMBERED = re.compile(
    rf"(?:字)?{COUNT}{GAP}(?:{PARTS})(?:{GAP}{COUNT}{GAP}(?:{PARTS}))+(?:{GAP}\d{{2,4}}(?!\d))?|(?:[甲乙丙丁]字){COUNT}号"
    r"|(?<![\d.\-])\d{1,3}\s?[#＃]\s?(?:\d{1,3}\s?[-—－]\s?)?\d{2,4}(?![\d\-])"
    r"|\d{1,2}\s?(?:栋|幢|号楼)\s?\d{3,4}(?!\d)|\d{1,3}\.\d{3,}[,，]\s?\d{1,3}\.\d{3,}"
)
LONE = re.compile(
    rf"第?{COUNT}(?:村民小组|生产队)"
    rf"|(?<![月第\d周每各两分成年])(?:[甲乙丙丁]字)?{COUNT}(?:组|队)(?![织合成建员装团内讨家照比数])"
    rf"|(?<![月第\d])(?:[甲乙丙丁]字)?{COUNT}(?:号楼|号院|巷|弄|栋|幢|单元|室)(?![门线码召称角]|[一二三两1-9]厅)"
    r"|(?<![月第\d])[0-9]{1,4}号(?![门线码召称角公文令台]|[前后上下早晚中当那这左之开来去到交发起已有入家约]|是?周|是?星期)"
)
DASHED = re.compile(
    r"(?<![\d第])\d{3,4}房(?![屋子间产价型])|(?<![\dA-Za-z\-])[1-9]\d?\s?[-－]\s?\d{1,2}\s?[-－]\s?\d{3,4}(?![\d\-])"
)
NEAR = re.compile(  # names of hamlets; the latter stand right behind a village
    rf"(?P<home>{'|'.join(sorted(COMMON))})家(?:湾|坳|冲|沟|坪|坝|岭|垭|塘|坡|坑|大院|院子|大屋|老屋|屋场|祠堂|铺子|店)(?!村|社区)"
    rf"|[上下东西南北大小新老前后中][湾屋坪塘坑坝田洋岭寨坳冲厝社](?:村民小组|小组|组|队)"
)
CLASS = re.compile(
    r"(?:[一二三四五六七八九初高][一二三]?年?级?)?[（(]\s?[0-9一二三四五六七八九十]{1,2}\s?[)）]班|[1-9]\d{2}班"
)
SCHOOL = re.compile(  # 镇二小, 县一中, 云岭一中, 县特校
    rf"(?P<where>[省市县区镇乡城]|{HAN}{{2}}[市县区镇乡]?)第?[一二三四五六七八九十](?:小|中|幼|高)(?=[^\u3400-\u9fff]|$|[读念上学就毕的初高校老班和、])"
    r"|(?P<short>[县区镇乡市])(?:特校|职中|职高|实小|中小|幼)(?![园儿年])|[镇乡]中(?![心学午间旬等型小])|县二?中(?=[读念上学就毕初高])"
)
CLINIC = re.compile(r"[省市县区]第?[一二三四五六七八九十](?:人民)?(?:医院|院)")
SMALL = re.compile(rf"(?P<name>{HAN}{{1,4}}?)(?P<kind>自然村|屯|寨|小区|花园|公寓|新村|安置点)")
UNITS = (
    "幼儿园|托儿所|小学|中学|初中|高中|职中|职高|技校|学校|大学|学院|特教|培训班|"
    "卫生院|卫生室|卫生所|医院|诊所|药店|康复中心|福利中心|福利院|敬老院|养老院|护理院|康养中心|养护中心|医养中心|托养中心|日间照料中心|"
    "合作社|快递|驿站|加油站|修理店|修理厂|批发部|小卖部|理发店|面馆|网吧|工业园|有限公司|公司|集团|工厂|厂|作坊|工地|农场|养殖场|超市|商店|饭店|酒店|餐馆|宾馆|工程队|物流园|市场"
)
UNIT = re.compile(rf"(?P<name>[\u3400-\u9fffA-Za-z]{{1,14}}?)(?P<kind>{UNITS})")
TURNS = re.compile(  # words that lead to a name; not where they begin one: 和平, 向阳, 上海
    r"(?<![协仁安太永同康祥])和(?!平|谐|顺)|向(?!阳|荣|东|明)|上(?!海|饶|虞|杭|溪|坪)|外(?!国语)|内(?!蒙)|回(?!民|龙)|开(?!发|元|平|封|明)|"
    r"来(?!宾|安|自)|进(?!步|修|贤)|来自|在|到|去|从|由|是|于|的|了|给|把|被|与|及|往|经|送|住|就读|读|离|过|找|联系|"
    r"陪同|陪|带|为|有|无|没|请|让|要|想|说|称|至|等|后|前|里|他|她|我|你|其|也|都|就|还|已|将|会|能|可|名叫|叫|属|做|"
    r"儿子|女儿|孩子|孙子|孙女|丈夫|妻子|父亲|母亲|打工|转介|推荐|介绍|帮助|协助|安排|申请|参加|入|办|看|跟|对|因|并|或|附近|绕|检查|查|念完|念|同意|交|完"
)
GENERIC = re.compile(
    r"(?:外?地|当地|本|县城|县级|县|市级|市|省级|省|镇|乡镇|乡|村|区级|区|该|这|那|哪|家|所|个|一|两|几|每|各|某|公立|私立|民办|公办|"
    r"附近|附属|定点|中心|人民|中医|专科|公共|社区|综合|三甲|二甲|普通|农村|城镇|特殊教育|职业|技术|完全|大|小|新|旧|老|原|"
    r"私人|个体|电子|服装|食品|机械|木材|鞋|砖|农民|专业|养老|残疾人|儿童|老年|农业|全|同|另|多|第|[一二三四五六七八九十])*"
)
OWN = re.compile(  # everyday words, the longer before what they hold
    "服务对象|本人|家中|家里|家|室内|站内|社工站|站|村委会|居委会|村委|居委|办公室|社区|门口|院内|电话|线上|入户|"
    "与户籍地址相同|同户籍地址?|同上|活动室|个案室|视频|通话|微信|短信|面谈|探访|服务|中心|便民|镇|乡|的|在|里|内|村|未知|无|不详"
)


def places(text: str, villages: Iterable[str], stations: Iterable[str] = ()) -> Iterator[Span]:
    """Spans of a folded text: a house or a group right behind a village or a street is sure, others are
    guesses. Names of `villages` and `stations` stay."""
    known = sorted({one for one in villages if one}, key=len, reverse=True)
    behind = re.compile(f"(?:{'|'.join(map(re.escape, known))}){GAP}$") if known else None
    keep = [
        match.span() for match in re.finditer("|".join(map(re.escape, [*known, *stations])) or "(?!)", text)
    ]
    for match in STREET.finditer(text):
        yield Span(*_trimmed(text, *match.span()), Sort.PLACE, SOME_PLACE)
    for match in NUMBERED.finditer(text):
        yield Span(*match.span(), Sort.PLACE, SOME_PLACE)
    for match in LONE.finditer(text):
        sure = bool(behind and behind.search(text[max(0, match.start() - 24) : match.start()]))
        yield Span(*match.span(), Sort.PLACE, SOME_PLACE, sure)
    for match in DASHED.finditer(text):
        yield Span(*match.span(), Sort.PLACE, SOME_PLACE, False)
    for match in NEAR.finditer(text):
        sure = bool(behind and behind.search(text[max(0, match.start() - 24) : match.start()]))
        yield Span(*match.span(), Sort.PLACE, SOME_PLACE, sure)
    for pattern, words in ((CLASS, "某班"), (SCHOOL, "某校"), (CLINIC, "某医院")):
        for match in pattern.finditer(text):
            yield Span(_trimmed(text, *match.span())[0], match.end(), Sort.UNIT, words, False)
    for pattern, sort in ((SMALL, Sort.PLACE), (UNIT, Sort.UNIT)):
        for match in pattern.finditer(text):
            start, kind = _name_start(text, match, keep), match.start("kind")
            inside = any(at < match.end() <= stop for at, stop in keep)
            if start < kind and not inside and not _SOME.search(text[start:kind]):
                yield Span(start, match.end(), sort, f"某{match['kind']}", False)


_SOME = re.compile("某[A-Z]?$")  # it was replaced before


def _name_start(text: str, match: re.Match[str], keep: Iterable[tuple[int, int]]) -> int:
    """Where a name begins, behind the words that lead to it; its end where only everyday words are left."""
    kind = match.start("kind")
    start = _trimmed(text, match.start(), kind)[0]
    held = next(((at, stop) for at, stop in keep if at <= start < stop), None)
    if held and held[1] == kind:  # 上溪村小学
        return held[0]
    start = held[1] if held else start
    return kind if GENERIC.fullmatch(text, start, kind) else start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the words that lead to it: 他在青禾镇中心 → 青禾镇中心."""
    cut = start
    for match in TURNS.finditer(text, start, end):
        cut = match.end()
    return cut, end


_DEPARTMENT = re.compile(rf"(?:{HAN}{{0,4}}[科部室]|{HAN}{{0,4}}年级.{{0,6}}|{HAN}?班)?$")


def unit_of(text: str) -> str:
    """云岭县医院康复科 → 某医院; '' where a text names no school, hospital, employer."""
    found = [match["kind"] for match in UNIT.finditer(text) if _DEPARTMENT.match(text, match.end())]
    return f"某{found[-1]}" if found else ""


def tells(text: str, villages: Iterable[str]) -> bool:
    """Does a short text name a place or a unit, beyond a village and everyday words?"""
    return len(beyond(text, villages)) > 1


def beyond(text: str, villages: Iterable[str]) -> str:
    """What a short text says beyond villages and everyday words."""
    left = text
    for word in sorted(villages, key=len, reverse=True):
        left = left.replace(word, "") if word else left
    return re.sub(r"\W", "", OWN.sub("", left))


_VILLAGE = re.compile(rf"{HAN}{{1,12}}?(?:居委会|村委会|社区|村|嘎查)")
MOST_OF_NAME = 8  # characters of a village's name that does not end like one


def village_of(text: str) -> str:
    """A written village without what is smaller: 上溪村三组12号 → 上溪村; '' where none can be told."""
    text = text.strip()
    found = _VILLAGE.match(text)
    if found:
        return found[0]
    return text if len(text) <= MOST_OF_NAME and not re.search(r"\d|[组队号栋巷]", folded(text)) else ""

"""Numbers in a text that tell who somebody is: papers, telephones, accounts, plates, days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sgz_desktop.domain import days
from sgz_desktop.domain.age_bands import band_of
from sgz_desktop.domain.deidentify_text import SEP, Sort, Span, digits_of

NO_NUMBER = "（号码略）"
NO_ACCOUNT = "（账号略）"
NO_BIRTH = "（出生日期略）"
LEAST_RUN = 7  # digits that no amount or year has
LEAST_CARD = 16  # of an account
LEAST_APART = 11  # the same where blanks stand between

ID = re.compile(rf"(?=(?<!\d)(\d(?:{SEP}\d){{16}}{SEP}[\dXx])(?!\d))")
OLD_ID = re.compile(rf"(?=(?<!\d)(\d(?:{SEP}\d){{14}})(?![\dXx]))")
COUNTRY = rf"(?:(?:\+|00)?{SEP}8{SEP}6{SEP})?"
MOBILE = re.compile(rf"(?=(?<!\d)({COUNTRY}1{SEP}[3-9](?:{SEP}\d){{9}})(?!\d))")
LANDLINE = re.compile(rf"(?=(?<!\d)({COUNTRY}\(?0(?:{SEP}\d){{2,3}}{SEP}[2-9](?:{SEP}\d){{6,7}})(?!\d))")
RUN = re.compile(r"\d(?:[ \t\u3000\u00a0\u200b\-‐-―－·.()]{0,2}\d)*(?:[Xx](?![A-Za-z]))?(?:\d*[Bb]\d)?")
_SAID = "[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_SAID = "[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
SPOKEN = re.compile(
    rf"{_SAID}(?:[ \t\u3000\-]?{_SAID}){{6,}}"
    rf"|(?<!\d)(?=\d+[ \u3000\-]?{_SAID})\d(?:[ \u3000\-]?(?:\d|{_SAID})){{9,17}}"
)
AMOUNT = re.compile(r"\s*(?:元|万|人|户|次|分|块|%|公里|米|平方|克|毫)")

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(
    rf"[{PROVINCES}]{SEP}[A-Za-z]{SEP}[A-Za-z\d](?:{SEP}[A-Za-z\d]){{4,5}}(?![A-Za-z\d])"
    rf"|[{PROVINCES}]{SEP}[A-Za-z]{SEP}[A-Za-z\d]{{4}}[学警挂港澳领]"
)
ACCOUNT = re.compile(
    r"(?:微信|QQ|qq|[Ww]e[Cc]hat|[Vv][Xx]|[Ww][Xx]|抖音|快手|支付宝|账号|帐号|卡号)(?:号码|号|ID)?"
    r"[\s:：是为,，（(]{0,3}([A-Za-z0-9][A-Za-z0-9_.@\-]{3,})"
)
AT = re.compile(r"@[A-Za-z0-9_\u3400-\u9fff]{2,12}")
MAIL = re.compile(r"[A-Za-z0-9_.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")

CUED = re.compile(  # short or lettered ones, known by the word before them
    r"(?:尾号|末号|[后末]\s?[三四五六3-6]\s?位)(?:数字|号码|数)?[\s:：是为]{0,3}[（(“\"]?(?P<tail>[0-9A-Za-z]{3,7})(?![0-9A-Za-z元])"
    r"|(?:证号|证件号|证编号|户号|户口本编号|学号|学籍号|住院号|门诊号|病历号|病案号|医保号|社保号|低保号|保单号|合同号|批准号|车牌号?|字号)"
    r"(?:码)?[\s:：是为]{0,3}(?P<paper>[\u3400-\u9fff]{0,6}字?第?\s?[0-9][0-9\-]{2,}号|[A-Za-z0-9][A-Za-z0-9\-]{3,})"
    r"|(?:门牌号?|房号|房间号)[\s:：是为]{0,3}(?P<door>\d{1,4}(?:-\d{1,4})*)(?![\d号])"
    r"|(?:电话|手机|短号|座机|分机)(?:号码|号)?[\s:：是为]{0,3}(?P<short>\d{5,6})(?![\d元次年个])"
)
MASKED = re.compile(r"(?<![\dA-Za-z])\d{2,14}(?:\*|＊|[xX×]{2}|…){1,12}[*＊xX×…]*\d{0,4}[\dXx]?")
AFTER_PHONE = re.compile(r"[\s,，]{0,2}[转\-]\s?\d{2,5}(?!\d)")
AFTER_CARD = re.compile(rf"{SEP}\d{{2}}(?![\d岁年月元次人户个]|{SEP}\d)")

YEAR = r"(?:19|20)\d{2}"
_CN = "一二三四五六七八九"
_YEAR_WORD = (
    rf"(?:{YEAR}|(?<!\d)\d\d|[一二][九〇零○][{_CN}〇零○]{{2}}|(?<![{_CN}〇零○十百])[{_CN}][{_CN}〇零○])"
)
_MONTH_WORD = r"(?:\d{1,2}|[正冬腊]|十[一二]?|[一二三四五六七八九])"
_CN_DAY = (
    r"(?:\d{1,2}(?:\s?[-–—~至到、,，]\s?\d{1,2}){0,6}\s?[日号]|[一二三四五六七八九十廿]{1,3}[日号]"
    rf"|(?:[初廿][{_CN}十]|(?:二十|三十|十)[{_CN}]?)(?![{_CN}十个人户次元岁天年块斤多几来份]))"
)
DATED = re.compile(
    rf"(?<!\d)(?:(?P<y>{_YEAR_WORD})\s?年\s?)?(?P<m>{_MONTH_WORD})\s?月\s?"
    rf"(?P<d>{_CN_DAY})(?:\s?[至到、—–\-]?\s?{_CN_DAY})*"
)
NUMERIC = re.compile(
    rf"(?<!\d)(?P<y>{YEAR})\s?[-/.年—]\s?(?P<m>0?[1-9]|1[0-2])\s?[-/.月—]\s?(?P<d>3[01]|[12]\d|0?[1-9])"
    r"(?:\s?[日号])?(?!\d)"
)
COMPACT = re.compile(rf"(?<!\d)(?P<y>{YEAR})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)")
SHORT = re.compile(  # only a birth is told like this
    r"(?<![\d.])(?P<y>\d\d)\s?[./\-]\s?(?P<m>0?[1-9]|1[0-2])\s?[./\-]\s?(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.])"
)
BORN_IN = re.compile(
    rf"(?<!\d)(?:{_YEAR_WORD})\s?年(?:\s?{_MONTH_WORD}\s?月)?(?:份)?(?!\s?{_MONTH_WORD}\s?月)"
)
YEARS = re.compile(rf"(?<!\d){YEAR}\s?[-—–至~]\s?{YEAR}(?!\d)")
BORN_BEFORE = re.compile(r"(?:出生|生于|生日|生辰)[^。；，,\n\d略）]{0,4}$")
BORN_AFTER = re.compile(r"\s?(?:出生|生(?![病活产气计日了下前意完]))")
DAY_ALONE = re.compile(
    r"(?<![\d月.年/\-—至、])(?:[1-9]|[12]\d|3[01])\s?日(?![\d常用子志程均间托记元])"
    r"|(?<![\d月.年/\-—至、])(?:[1-9]|[12]\d|3[01])\s?号(?=那天|当天|[前后上下晚早]|以前|之[前后])"
    r"|(?<=[每本上下当个]月)(?:[1-9]|[12]\d|3[01]|[一二三四五六七八九十廿初]{1,3})\s?[日号]"
)
SLASHED = re.compile(
    r"(?<![\d/.第压糖率分比])(?P<m>0?[1-9]|1[0-2])/(?:3[01]|[12]\d|0?[1-9])(?![\d/.%次页人份节户米片粒])"
)
AGED = re.compile(
    r"(?<![\d—\-.满过近])(?:(?P<n>\d{1,3})|(?P<cn>[二三四五六七八九]?十[一二三四五六七八九]?|(?<![一二三四五六七八九十两])"
    r"[一二三四五六七八九]))\s?(?:周岁|岁)半?(?![以及\-—至到])"
)


def numbers(text: str, births: Collection[str], months: bool) -> list[Span]:
    """Spans of a folded text. `births` are days (YYYY-MM-DD) on which somebody of the file was born;
    `months`: days are told by their month only."""
    found: list[Span] = []
    for sort, pattern, good in (
        (Sort.ID, ID, _is_id),
        (Sort.ID, OLD_ID, _is_old_id),
        (Sort.PHONE, MOBILE, bool),
        (Sort.PHONE, LANDLINE, _no_day),
    ):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if good(match[1]) and _free(found, start, end):
                more = (AFTER_CARD if sort is Sort.ID else AFTER_PHONE).match(text, end)
                found.append(Span(start, more.end() if more else end, sort, NO_NUMBER))
    for match in (*PLATE.finditer(text), *MAIL.finditer(text)):
        sort = Sort.PLATE if match[0][0] in PROVINCES else Sort.ACCOUNT
        found.append(Span(*match.span(), sort, NO_NUMBER if sort is Sort.PLATE else NO_ACCOUNT))
    found += [Span(*match.span(), Sort.ACCOUNT, NO_ACCOUNT) for match in AT.finditer(text)]
    found += [Span(*match.span(1), Sort.ACCOUNT, NO_ACCOUNT) for match in ACCOUNT.finditer(text)]
    found += [Span(*match.span(), Sort.DIGITS, NO_NUMBER) for match in SPOKEN.finditer(text)]
    found += [
        Span(*match.span(match.lastgroup or 0), Sort.DIGITS, NO_NUMBER) for match in CUED.finditer(text)
    ]
    found += [Span(*match.span(), Sort.DIGITS, NO_NUMBER) for match in MASKED.finditer(text)]
    dates = list(_dates(text, births, months, found))
    found += [span for span, told in dates if told]
    found += _runs(text, [*found, *(span for span, _ in dates)])
    if months:
        found += _told_less(text, [*found, *(span for span, _ in dates)])
    return found


def _free(found: list[Span], start: int, end: int) -> bool:
    return all(end <= one.start or one.end <= start for one in found)


def _is_id(text: str) -> bool:
    return _birth(digits_of(text)[6:14])


def _is_old_id(text: str) -> bool:
    return _birth("19" + digits_of(text)[6:12])


def _no_day(text: str) -> bool:
    """06-13 2026-06-20 is no telephone."""
    return re.search(rf"\s{NUMERIC.pattern}", text) is None


def _birth(day: str) -> bool:
    return days.is_day(f"{day[:4]}-{day[4:6]}-{day[6:]}") and "1850" < day[:4] < "2100"


def _dates(
    text: str, births: Collection[str], months: bool, taken: list[Span]
) -> Iterator[tuple[Span, bool]]:
    """Every day written, and whether it has to go."""
    for pattern in (DATED, NUMERIC, COMPACT, SHORT):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not _free(taken, start, end):
                continue
            year, month = match["y"] or "", _figure(match["m"])
            whole = f"{_year(year)}-{month:0>2}-{_figure(match['d']):0>2}"
            if whole in births or (len(year) == 2 and f"19{whole}" in births) or _of_birth(text, start, end):
                yield Span(start, end, Sort.BIRTH, NO_BIRTH), True
            elif pattern is SHORT or (pattern is COMPACT and not days.is_day(whole)):
                continue
            else:
                yield Span(start, end, Sort.DAY, (f"{year}年" if year else "") + _month(match["m"])), months
    for match in BORN_IN.finditer(text):
        if _of_birth(text, *match.span()) and _free(taken, *match.span()):
            yield Span(*match.span(), Sort.BIRTH, NO_BIRTH), True
    yield from ((Span(*match.span(), Sort.DAY, ""), False) for match in YEARS.finditer(text))


def _of_birth(text: str, start: int, end: int) -> bool:
    return bool(BORN_AFTER.match(text, end) or BORN_BEFORE.search(text[max(0, start - 12) : start]))


_FIGURES = {ch: str(at) for at, ch in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def _year(text: str) -> str:
    return "".join(_FIGURES.get(ch, ch) for ch in text)


def _figure(text: str) -> str:
    """12, 十二, 廿三, 初五日, 正, 腊 → as digits; '' where it tells several."""
    plain = re.sub(r"[初日号\s]", "", text).translate({ord("正"): "1", ord("冬"): "十一", ord("腊"): "十二"})
    plain = plain.replace("廿", "二十")
    if plain.isdigit() and plain.isascii():
        return str(int(plain))
    tens, found, ones = plain.partition("十")
    if not found:
        return _FIGURES.get(plain, "")
    ten, one = _FIGURES.get(tens, "1" if not tens else ""), _FIGURES.get(ones, "0" if not ones else "")
    return str(int(ten) * 10 + int(one)) if ten and one else ""


def _told_less(text: str, taken: list[Span]) -> Iterator[Span]:
    """Days without a month, which go; ages and what may be a day, which a person decides on."""
    for match in DAY_ALONE.finditer(text):
        if _free(taken, *match.span()):
            yield Span(*match.span(), Sort.DAY, "某日")
    for match in SLASHED.finditer(text):
        if _free(taken, *match.span()):
            yield Span(*match.span(), Sort.DAY, _month(match["m"]), False)
    for match in AGED.finditer(text):
        age = match["n"] or _figure(match["cn"])
        if _free(taken, *match.span()) and age:
            yield Span(*match.span(), Sort.AGE, f"{band_of(int(age))}岁", False)


def _month(text: str) -> str:
    return f"{int(text)}月" if text.isdigit() else f"{text}月"


def _runs(text: str, taken: list[Span]) -> Iterator[Span]:
    """Long runs of digits in what is left: accounts, cards, numbers of papers of other lengths."""
    for match in RUN.finditer(text):
        at = match.start()
        cuts = sorted(
            (one.start, one.end) for one in taken if one.start < match.end() and match.start() < one.end
        )
        part = len(re.sub(r"\D", "", match[0])) >= LEAST_CARD and any(
            one.sort in (Sort.ID, Sort.PHONE) and one.start < match.end() and match.start() < one.end
            for one in taken
        )
        for start, end in (*cuts, (match.end(), match.end())):
            yield from _piece(text, at, min(start, match.end()), part)
            at = max(at, end)


def _piece(text: str, start: int, end: int, part: bool) -> Iterator[Span]:
    """`part`: of a long run whose middle happens to have the form of a telephone or an identity number."""
    piece = text[start:end] if start < end else ""
    length = len(re.sub(r"\D", "", piece))
    longest = max((len(one) for one in re.findall(r"\d+", piece)), default=0)
    if length < (1 if part else LEAST_RUN) or (length < LEAST_APART and AMOUNT.match(text, end)):
        return
    if start and text[start - 1].isascii() and text[start - 1].isalpha() and longest < LEAST_RUN:
        return  # 2026-A001-05-12: the number of a paper
    inner = len(piece) - len(piece.lstrip(" -.()"))
    sure = part or longest >= LEAST_RUN or length >= LEAST_APART
    yield Span(start + inner, start + len(piece.rstrip(" -.(")), Sort.DIGITS, NO_NUMBER, sure)

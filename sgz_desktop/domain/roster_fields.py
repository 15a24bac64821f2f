"""Which field each column of a station's own table means: by heading, by other words for it, by content.

The fields offered come from the declarations, so a new field appears by itself. A few are no field of a
record: they say which household, and how its row is found (`ROLES`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sgz_desktop.domain import days, id_number
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import (
    CountKind,
    FieldKind,
    IdNumberKind,
    KeyKind,
    LineKind,
    NameKind,
    PhoneKind,
    RefKind,
    Share,
    StampKind,
)
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.roster_cells import Cell, Unread, text_of

PEOPLE, VISITS, HOURS = "people", "visits", "hours"
KINDS = {
    PEOPLE: ("person", "household", "membership", "benefit"),
    VISITS: ("visit",),
    HOURS: ("volunteer_service",),
}
HEADS_WITHIN = 20  # the heading is looked for in so many rows
SAMPLES = 30
PROBLEM = "问题"
VAGUE = frozenset({"地址"})  # taken where no other column of the table is meant more plainly
_LEFT_OUT = {"person.number", "household.number", "person.merged_into", "person.categories"}
_LEFT_OUT |= {"household.categories", "person.closed_on", "person.closed_reason", "visit.supervisor_remark"}
GIVEN = frozenset({"服务时长", "志愿服务时长", "服务时数", "服务时长(小时)", "服务时长(分钟)", "志愿者"})
_SKIPPED = re.compile(r"合计|总计|小计|共计|填表|制表|审核|经办|负责人|单位|备注|说明|注[：:1]|联系电话")
_NAMES_ROW = re.compile(r"[a-z][a-z0-9_.]*|\*")


@dataclass(frozen=True, slots=True)
class Field:
    """Something a column may mean: "person.name", its words, the kind of its values."""

    key: str
    label: str
    kind: FieldKind

    @property
    def record(self) -> str:
        """The kind of record it belongs to, "row" for what only says which."""
        return self.key.split(".")[0]

    @property
    def name(self) -> str:
        """The field's name there."""
        return self.key.split(".")[1]


ROLES: Mapping[str, tuple[Field, ...]] = {
    PEOPLE: (
        Field("row.household", "户编号（同号同户）", LineKind()),
        Field("row.head_name", "户主姓名", NameKind()),
        Field("row.head_id", "户主身份证号", IdNumberKind()),
    ),
    VISITS: (
        Field("row.name", "走访对象姓名", NameKind()),
        Field("row.id_number", "走访对象身份证号", IdNumberKind()),
        Field("row.born", "走访对象出生日期", questions(BY_KIND["person"])["born"].kind),
        Field("row.village", "村（居）", LineKind()),
    ),
    HOURS: (
        Field("row.name", "志愿者姓名", NameKind()),
        Field("row.id_number", "志愿者身份证号", IdNumberKind()),
        Field("row.phone", "志愿者电话", PhoneKind()),
        Field("row.number", "志愿者编号", LineKind()),
        Field("row.village", "志愿者所在村（居）", LineKind()),
        Field("row.minutes", "服务时长（分钟）", CountKind()),
    ),
}

ALIASES: Mapping[str, tuple[str, ...]] = {
    "person.name": (
        "姓名",
        "名字",
        "对象姓名",
        "服务对象",
        "人员姓名",
        "成员姓名",
        "家庭成员",
        "家庭成员姓名",
        "申请人",
        "享受人",
        "老人姓名",
    ),
    "person.id_number": (
        "身份证号",
        "身份证",
        "身份证号码",
        "公民身份号码",
        "证件号码",
        "证件号",
        "居民身份证号",
    ),
    "person.sex": ("性别",),
    "person.born": ("出生日期", "出生年月", "出生年月日", "生日", "出生"),
    "person.phone": ("电话", "联系电话", "手机", "手机号", "电话号码", "手机号码", "联系方式", "本人电话"),
    "person.ethnicity": ("民族",),
    "person.marital": ("婚姻状况", "婚姻", "婚姻情况"),
    "person.education": ("文化程度", "学历"),
    "person.guardian_name": ("监护人", "监护人姓名"),
    "person.guardian_phone": ("监护人电话", "监护人联系电话"),
    "person.contact_name": ("联系人", "紧急联系人"),
    "person.contact_phone": ("联系人电话", "紧急联系人电话"),
    "person.disability_card": ("残疾人证号", "残疾证号", "残疾证号码", "残疾人证号码"),
    "person.disability_kinds": ("残疾类别", "残疾类型"),
    "person.disability_grade": ("残疾等级", "残疾级别"),
    "person.self_care": ("自理能力", "生活自理能力", "自理情况"),
    "person.health": ("健康状况", "身体状况"),
    "person.address": ("现住址", "居住地址", "家庭住址", "住址", "家庭地址", "详细地址", "地址"),
    "person.hukou_address": ("户籍地址", "户籍所在地", "户口所在地"),
    "person.living": ("居住状况", "居住方式"),
    "person.note": ("备注", "说明"),
    "household.village": (
        "村（居）",
        "村",
        "村居",
        "村委会",
        "村（社区）",
        "行政村",
        "所在村",
        "社区",
        "村名",
        "村委",
    ),
    "household.village_group": ("村民小组", "组", "小组", "村民小组或网格", "自然屯", "屯", "网格", "组别"),
    "household.house_number": ("门牌号", "门牌"),
    "membership.relation_to_head": ("与户主关系", "家庭关系", "关系", "与申请人关系"),
    "benefit.category": ("对象类别", "类别", "人员类别", "救助类别", "保障类别", "低保类别", "对象类型"),
    "benefit.programme": ("项目", "救助项目", "待遇", "享受待遇", "补贴项目"),
    "benefit.from_day": (
        "开始日期",
        "享受时间",
        "起始日期",
        "批准日期",
        "纳入时间",
        "认定时间",
        "享受起始年月",
    ),
    "benefit.to_day": ("停止日期", "终止日期", "停发时间", "取消时间", "结束日期"),
    "benefit.amount": (
        "每月金额",
        "月金额",
        "金额",
        "保障金",
        "月保障金额",
        "补助金额",
        "补贴金额",
        "发放金额",
        "月补助标准",
    ),
    "benefit.number": ("证件或批准号", "低保证号", "证号", "批准号", "批准文号", "特困证号"),
    "benefit.source": ("信息来源", "来源", "名单来源"),
    "benefit.listed_on": ("名单月份", "发放月份", "月份"),
    "row.household": ("户编号", "户号", "家庭编号", "户编码", "家庭编码"),
    "row.head_name": ("户主姓名", "户主", "户主名字"),
    "row.head_id": ("户主身份证号", "户主身份证", "户主身份证号码", "户主公民身份号码"),
    "row.name": (
        "走访对象",
        "走访对象姓名",
        "姓名",
        "服务对象",
        "对象姓名",
        "户主",
        "户主姓名",
        "受访人",
        "被走访人",
        "志愿者",
        "志愿者姓名",
    ),
    "row.id_number": ("身份证号", "身份证", "身份证号码", "公民身份号码", "走访对象身份证号"),
    "row.born": ("出生日期", "出生年月"),
    "row.village": ("村（居）", "村", "村居", "所在村", "村（社区）", "社区", "行政村"),
    "row.phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式"),
    "row.number": ("志愿者编号", "志愿者证号", "注册编号", "志愿者ID"),
    "row.minutes": ("服务时长（分钟）", "时长（分钟）", "分钟"),
    "volunteer_service.date": ("服务日期", "日期", "服务时间", "活动日期", "活动时间", "时间", "月份"),
    "volunteer_service.served": (
        *("服务时长", "时长", "志愿服务时长", "服务时数", "时数", "小时", "小时数", "服务小时", "工时"),
        *("服务时长（小时）", "时长（小时）", "服务时长（时）"),
    ),
    "volunteer_service.what": ("服务内容", "服务项目", "活动名称", "项目名称", "活动", "项目", "内容"),
    "volunteer_service.place": ("地点", "服务地点", "活动地点"),
    "volunteer_service.proved_by": ("证明人", "记录人"),
    "volunteer_service.on_platform": ("已录平台", "是否录入平台", "录入平台"),
    "visit.date": ("服务日期", "走访日期", "日期", "走访时间", "时间", "入户日期", "探访日期"),
    "visit.start_time": ("开始时间",),
    "visit.end_time": ("结束时间",),
    "visit.mode": ("服务方式", "走访方式", "方式", "探访方式"),
    "visit.worker": ("社工", "走访人", "走访社工", "走访人员", "探访人", "服务人员"),
    "visit.companions": ("同行人", "陪同人员", "同行人员"),
    "visit.purposes": ("走访目的", "目的"),
    "visit.met": ("见到", "是否见到", "是否见到本人"),
    "visit.not_met_reason": ("未遇原因", "未见原因"),
    "visit.facts": ("走访情况", "走访内容", "走访记录", "服务内容", "情况记录", "主要内容"),
    "visit.changes": ("变化情况", "变化"),
    "visit.needs_told": ("需求说明", "需求", "诉求", "存在困难"),
    "visit.handling": ("处理说明", "处理情况", "处理结果", "解决情况"),
    "visit.goods": ("送达物资", "慰问品", "物资"),
}


@cache
def offered(sort: str) -> Mapping[str, Field]:
    """Every field a column of this sort of table may mean, in the order of the forms."""
    found = {field.key: field for field in ROLES[sort]}
    for kind in KINDS[sort]:
        for question in questions(BY_KIND[kind]).values():
            key = f"{kind}.{question.name}"
            machine = isinstance(question.kind, RefKind | KeyKind | StampKind)
            if key not in _LEFT_OUT and not machine and question.ask.share is not Share.NOBODY:
                unit = f"（{question.ask.unit}）" if question.ask.unit else ""
                found[key] = Field(key, question.ask.label + unit, question.kind)
    return found


def heading(cell: Cell) -> str:
    """A heading as it is compared: half-width, without blanks, numbers of columns, stars and units."""
    try:
        text = unicodedata.normalize("NFKC", text_of(cell))
    except Unread:
        return ""
    text = re.sub(r"[\s*:：]+", "", text)
    return re.sub(r"^\d+[、.．]|\((?:元|元/月|必填|选填|人|岁|年月日?)\)$", "", text)


@cache
def _words(sort: str) -> Mapping[str, str]:
    """Heading → key; labels first, then other words, the first field to claim a word has it."""
    found: dict[str, str] = {}
    known = offered(sort)
    for key, words in ALIASES.items():
        for word in words if key in known else ():
            found.setdefault(heading(word), key)
    for key, field in known.items():
        found.setdefault(heading(field.label), key)
    return found


def find_heading(rows: Sequence[Sequence[Cell]], sort: str) -> int:
    """The row (from 0) that holds the headings: most known words, else the first with two texts or more."""
    words, best, most = _words(sort), -1, 0
    for number, row in enumerate(rows[:HEADS_WITHIN]):
        known = len({words[head] for cell in row if (head := heading(cell)) in words})
        if known > most:
            best, most = number, known
    if most >= 2 or (most == 1 and len([c for c in rows[best] if c is not None]) <= 2):
        return best
    for number, row in enumerate(rows[:HEADS_WITHIN]):
        if len({cell for cell in row if isinstance(cell, str)}) >= 2:
            return number
    return 0


def sort_of(rows: Sequence[Sequence[Cell]]) -> str:
    """Is it a table of volunteers' hours, or of visits? One of visits has a column for the visit's day or one
    for what was seen or by whom."""
    heads = {heading(cell) for row in rows[:HEADS_WITHIN] for cell in row}
    if heads & GIVEN or any(head.startswith("志愿者") for head in heads):
        return HOURS
    dated = heads & {"走访日期", "走访时间", "入户日期", "探访日期", "服务日期"}
    told = any("走访" in head or "探访" in head for head in heads)
    return VISITS if dated or (told and heads & {"日期", "时间"}) else PEOPLE


def suggested(heads: Sequence[str], columns: Sequence[Sequence[Cell]], sort: str) -> list[str]:
    """A key for each column, '' where nothing fits. No key is given twice."""
    words, taken = _words(sort), set[str]()
    found = [""] * len(heads)
    for place, head in sorted(enumerate(heads), key=lambda one: one[1] in VAGUE):
        key = words.get(head, "")
        if key and key not in taken and head != PROBLEM:
            found[place] = key
            taken.add(key)
    for place, head in enumerate(heads):
        key = "" if found[place] or head == PROBLEM else _by_content(columns[place], sort)
        if key and key not in taken:
            found[place] = key
            taken.add(key)
    return found


def _by_content(column: Sequence[Cell], sort: str) -> str:
    """Identity numbers and telephones are known by sight."""
    texts = [text for cell in column[:SAMPLES] if (text := _readable(cell))]
    if not texts:
        return ""
    ids = sum(id_number.read(id_number.tidy(text)) is not None for text in texts)
    phones = sum(re.fullmatch(r"1[3-9]\d{9}", text) is not None for text in texts)
    if ids * 2 > len(texts):
        return "person.id_number" if sort == PEOPLE else "row.id_number"
    return "person.phone" if phones * 2 > len(texts) and sort == PEOPLE else ""


def _readable(cell: Cell) -> str:
    try:
        return text_of(cell)
    except Unread:
        return ""


def titled(texts: Iterable[str]) -> tuple[str, str]:
    """What a title says a list is: the code of its category and its month (YYYY-MM), '' where it does not."""
    title = "".join(unicodedata.normalize("NFKC", text) for text in texts)
    items = code_list("person_category").items[:-1]
    words = [(word, item.code) for item in items for word in (item.label, *item.aliases) if word in title]
    month = re.search(r"(\d{4})[年.-](\d{1,2})(?:月|\b)", title)
    found = f"{month[1]}-{int(month[2]):02d}" if month else ""
    return max(words, key=lambda one: len(one[0]), default=("", ""))[1], found if days.is_day(found) else ""


def signature(heads: Sequence[str]) -> str:
    """What a kept mapping is known by: the headings in their order, without the column of problems."""
    named = "\n".join(head for head in heads if head and head != PROBLEM)
    return hashlib.sha256(named.encode()).hexdigest()[:24]


def body(rows: Sequence[Sequence[Cell]], head: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows below the headings as (number in the sheet from 1, cells), without empty ones, sums, notes of
    whoever filled the table in, and our own second row of names."""
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        texts = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
        if not texts:
            continue
        if number == head + 2 and all(_NAMES_ROW.fullmatch(text) for text in texts):
            continue
        if len(texts) <= 3 and _SKIPPED.match(re.sub(r"\s", "", texts[0])):
            continue
        yield number, row

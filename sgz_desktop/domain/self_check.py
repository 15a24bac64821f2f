"""迎检自查: what the program can find by itself for an item of an evaluator's table, and how an item stands.

A known proof is a line of data: which kind of record proves it, when that record lies in the year, and how
many are asked. What is found is counted elsewhere; here is only what follows from the counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sgz_desktop.domain.staffing import rules

MET, PARTLY, MISSING, NOT_ASKED = "met", "partly", "missing", "not_asked"
DAY = "date"


@dataclass(frozen=True, slots=True)
class Proof:
    """Records of a `kind` that prove an item when there are at least `least` of them in the year.

    They lie in it when the day `starts` does, or where `ends` is another field, when the span of both meets
    it, or, of those `at_end`, still holds its last day; without days they stand all the time. `filled` fields
    must be set, and not to `unlike`; `only` is a field and what it must hold. `words` tell an item of
    somebody else's table that asks for it.
    """

    key: str
    title: str
    unit: str
    kind: str
    least: int = 1
    starts: str = ""
    ends: str = ""
    filled: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    at_end: bool = False
    only: tuple[str, str] | None = None

    @property
    def outside(self) -> tuple[str, ...]:
        """Posts that do not count among staff, as in H01."""
        return tuple(rules()["outside"]["posts"]) if self.kind == "staff" else ()


PROOFS = (
    Proof(
        "contract",
        "服务合同",
        "份",
        "contract",
        1,
        "first_on",
        "last_on",
        words=("合同", "协议书", "购买服务"),
    ),
    Proof(
        "qualified",
        "持证或有资质人员",
        "人",
        "staff",
        1,
        "posted_on",
        "left_on",
        ("posted_on", "qualification"),
        ("none",),
        ("资质", "持证", "社会工作者证", "职业资格"),
        at_end=True,
    ),
    Proof(
        "staff",
        "在岗人员",
        "人",
        "staff",
        2,
        "posted_on",
        "left_on",
        ("posted_on",),
        words=("人员", "社工配备", "专职"),
        at_end=True,
    ),
    Proof(
        "premises",
        "场地",
        "处",
        "room",
        1,
        "opened_on",
        "closed_on",
        words=("场地", "场所", "办公用房", "功能室"),
    ),
    Proof(
        "equipment", "设备", "件", "equipment", 1, "bought_on", "scrapped_on", words=("设备", "设施", "电脑")
    ),
    Proof(
        "catalogue",
        "服务目录",
        "项",
        "service_item",
        1,
        "first_on",
        "last_on",
        words=("服务目录", "服务项目", "服务清单"),
    ),
    Proof(
        "posted",
        "上墙公示的制度",
        "份",
        "policy_text",
        1,
        "posted_on",
        "repealed_on",
        ("posted_on",),
        words=("上墙", "公示", "公开"),
    ),
    Proof(
        "workflow",
        "工作流程",
        "份",
        "policy_text",
        1,
        "adopted_on",
        "repealed_on",
        words=("流程",),
        only=("sort", "workflow"),
    ),
    Proof("policies", "制度文本", "份", "policy_text", 1, "adopted_on", "repealed_on", words=("制度",)),
    Proof(
        "surveyed",
        "需求调研",
        "次",
        "survey",
        1,
        "first_on",
        "last_on",
        words=("需求调研", "需求评估", "调研", "一街一策"),
    ),
    Proof("sessions", "个案过程记录", "次", "session", 1, DAY, words=("过程记录",)),
    Proof("cases", "个案", "个", "case", 1, "opened_on", "closed_on", words=("个案",)),
    Proof("groups", "小组", "个", "group", 1, "first_on", "last_on", words=("小组",)),
    Proof("learning", "培训记录", "次", "training", 1, DAY, words=("培训", "继续教育")),
    Proof("supervision", "督导记录", "次", "supervision", 1, DAY, words=("督导",)),
    Proof(
        "rectified",
        "已整改的检查",
        "次",
        "inspection",
        1,
        "rectified_on",
        "rectified_on",
        ("rectified_on",),
        words=("整改",),
    ),
    Proof("inspections", "检查记录", "次", "inspection", 1, DAY, words=("检查",)),
    Proof(
        "volunteers",
        "志愿者",
        "人",
        "volunteer",
        1,
        "registered_on",
        "left_on",
        words=("志愿者队伍", "志愿者"),
    ),
    Proof("volunteering", "志愿服务记录", "次", "volunteer_service", 1, DAY, words=("志愿服务",)),
    Proof(
        "resources",
        "资源链接",
        "笔",
        "resource",
        1,
        "received_on",
        "received_on",
        words=("资源", "五社联动", "慈善"),
    ),
    Proof("activities", "社区活动", "场", "activity", 1, DAY, words=("活动", "宣传活动")),
    Proof("visits", "走访记录", "次", "visit", 1, DAY, words=("走访", "探访", "入户", "台账")),
    Proof("contacts", "来访来电", "次", "contact", 1, DAY, words=("来访", "来电", "接待")),
    Proof("applications", "救助协办", "件", "application", 1, "filed_on", "filed_on", words=("救助",)),
    Proof("referrals", "转介", "件", "referral", 1, "sent_on", "sent_on", words=("转介",)),
    Proof(
        "publications",
        "信息宣传",
        "篇",
        "publication",
        1,
        DAY,
        words=("信息稿", "宣传报道", "报道", "简报", "经验"),
    ),
    Proof(
        "reports",
        "已定稿的报告",
        "份",
        "report",
        1,
        "first_on",
        "last_on",
        ("signed_off_on",),
        words=("报告", "总结"),
    ),
    Proof("spending", "经费支出", "笔", "spending", 1, DAY, words=("经费", "财务", "支出")),
    Proof(
        "points",
        "村（居）服务点",
        "处",
        "service_point",
        1,
        "opened_on",
        "closed_on",
        words=("服务点", "社工室"),
    ),
    Proof(
        "consents",
        "知情同意书",
        "份",
        "consent",
        1,
        "signed_on",
        "signed_on",
        ("signed_on",),
        words=("知情同意", "同意书", "服务协议"),
    ),
    Proof("plans", "服务计划", "份", "plan", 1, "made_on", "made_on", words=("服务计划", "介入计划")),
    Proof("closures", "结案报告", "份", "closure", 1, "closed_on", "closed_on", words=("结案",)),
    Proof(
        "satisfaction",
        "满意度评价",
        "份",
        "evaluation",
        1,
        "evaluated_on",
        "evaluated_on",
        ("satisfaction",),
        words=("满意",),
    ),
    Proof("files", "服务对象档案", "份", "person", 1, "filed_on", "closed_on", words=("建档", "一人一档")),
    Proof("diaries", "工作日志", "篇", "diary", 1, DAY, words=("工作日志", "日志")),
    Proof("room_uses", "场地使用登记", "次", "room_use", 1, DAY, words=("场地使用", "场所使用")),
)
BY_KEY = {one.key: one for one in PROOFS}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands: a state, and what says so: "own", "evidence", "found", "section" where only the
    head of its section asks for what was found, "" for nothing."""

    state: str
    by: str = ""


def proven(proof: Proof, count: int) -> bool:
    """Are there as many as are asked?"""
    return count >= proof.least


def found_words(proof: Proof, count: int) -> str:
    """在岗人员2人，够；or what is short."""
    if count == 0:
        return f"没有找到{proof.title}"
    short = f"，还差{proof.least - count}{proof.unit}" if count < proof.least else ""
    return f"{proof.title}{count}{proof.unit}{short}"


def suggested(*texts: str) -> str:
    """The key of the proof that an item's words ask for; '' when none. Its own words come before those of
    its section, the longest word first."""
    for text in texts:
        named = [
            (len(word), -at, one.key) for at, one in enumerate(PROOFS) for word in one.words if word in text
        ]
        if named:
            return max(named)[2]
    return ""


def standing(
    state: str | None, proof: str | None, count: int, evidence: int, *, by_section: bool = False
) -> Standing:
    """How an item stands. What the worker says rules; else linked evidence, else what was found. What only
    its section asked for (`by_section`) proves nothing yet: 有场地 may be about the sign at the door."""
    if state:
        return Standing(state, "own")
    if evidence:
        return Standing(MET, "evidence")
    known = BY_KEY.get(proof or "")
    if known and count and by_section:
        return Standing(PARTLY, "section")
    if known and count:
        return Standing(MET if proven(known, count) else PARTLY, "found")
    return Standing(MISSING)


def sample(seed: int, numbers: Iterable[str], size: int) -> tuple[str, ...]:
    """`size` of the numbers, drawn by a seed: the same seed and numbers give the same ones on any computer,
    and a number more or less among them moves at most one. In the order of the numbers."""
    drawn = sorted(set(numbers), key=lambda one: (_lot(seed, one), one))[: max(size, 0)]
    return tuple(sorted(drawn))


def _lot(seed: int, number: str) -> str:
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Scores:
    """The points of a table, those scored by oneself, and how many items have no score yet."""

    points: int
    scored: int
    unscored: int


def scores(items: Sequence[tuple[int | None, int | None, str]]) -> Scores:
    """Sums over items of (points, scored, state); what does not apply is left out."""
    asked = [(points or 0, scored) for points, scored, state in items if state != NOT_ASKED]
    return Scores(
        sum(points for points, _ in asked),
        sum(scored or 0 for _, scored in asked),
        sum(scored is None and points > 0 for points, scored in asked),
    )

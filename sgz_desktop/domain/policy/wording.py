"""The only words in which a verdict is said (design § 8): what may be met, what may not, what is missing."""

from __future__ import annotations

from sgz_desktop.domain.policy.pack import Trust, Verdict
from sgz_desktop.domain.policy.reasons import Result

CLOSING = "仅供社工参考，以乡镇（街道）受理、民政部门审核确认为准；任何人都可以提出申请。"
MAY = "可能符合，建议申请"
TRUST = {Trust.SHIPPED: "随程序提供", Trust.COUNTY: "县级签发", Trust.LOCAL: "本地修改"}
BOX = {Verdict.Y: "符合", Verdict.N: "可能不满足", Verdict.U: "还差信息"}


def headline(result: Result) -> str:
    """可能符合，建议申请 / 按现有信息，第六条可能不满足 / 信息不全，还差2项."""
    if result.verdict is Verdict.Y:
        return MAY
    if result.verdict is Verdict.U:
        return f"信息不全，还差{len(result.missing)}项" if result.missing else "信息不全，暂不能比对"
    return f"按现有信息，{_failing_words(result)}可能不满足"


def _failing_words(result: Result) -> str:
    """The articles that may not be met; where a document has none, the conditions themselves."""
    failing = [one for one in result.reasons if one.verdict is Verdict.N]
    named = dict.fromkeys(one.clause if one.clause.startswith("第") else f"“{one.text}”" for one in failing)
    return "、".join(list(named)[:2]) or "部分条件"


def basis(result: Result) -> str:
    """依据民发〔2021〕43号，政策包国家规定-2026.1（随程序提供）."""
    return f"依据{result.source}，政策包{result.pack}（{TRUST[result.trust]}）"


def paragraph(result: Result) -> str:
    """A verdict as a record keeps it: headline, what is missing, closing sentence."""
    lacks = "、".join(one.words for one in result.missing)
    return f"{result.title}：{headline(result)}{f'：{lacks}' if lacks else ''}。{CLOSING}"

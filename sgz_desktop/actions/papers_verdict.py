"""What the rules say of an application, as its sheet prints it: the words kept, and the conditions as a tree.

Nothing is compared anew where words were kept: the tree then stands only while the same rules are in force,
and says that it goes by the file of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from sgz_desktop.actions.application_verdict import asked_for
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain import days
from sgz_desktop.domain.policy.filing import chosen
from sgz_desktop.domain.policy.pack import Verdict as Found
from sgz_desktop.domain.policy.reasons import Reason, Result
from sgz_desktop.domain.policy.wording import CLOSING, basis, headline
from sgz_desktop.domain.records.application import REFUSED, Application
from sgz_desktop.reports.values import Condition, Verdict
from sgz_desktop.store.session import Reading

NO_VERDICT = "没有记录政策比对。"
TODAYS = "条件对照（按现有档案）"
BOXES: Mapping[Found, Literal["MET", "MISSING", "UNMET"]] = {
    Found.Y: "MET",
    Found.N: "UNMET",
    Found.U: "MISSING",
}
DEEPEST = 3
FINGERPRINT = 16  # characters of it: enough to tell two packs apart


def verdicts_of(session: Reading, found: Iterable[Application], today: str) -> dict[str, Result]:
    """By application: what the rules say now where nothing was kept, else what they say while they are the
    same as then."""
    told = {}
    for one in found:
        result = _asked(session, one, today)
        if result is not None and (not one.verdict or result.sha256 == one.policy_pack_sha256):
            told[str(one.id)] = result
    return told


def _asked(session: Reading, one: Application, today: str) -> Result | None:
    filed = one.filed_on or ""
    on = filed if one.verdict and days.is_whole(filed) and filed <= today else today
    if not one.programme or not (one.person or one.household):
        return None
    return asked_for(session, one.programme, one.person or "", one.household or "", on).result


def objections_of(session: Reading, found: Iterable[Application], today: str) -> dict[str, str]:
    """What may be done against a refusal, by application; nothing of others."""
    refused = [one for one in found if one.result in REFUSED]
    rules = rules_of(session, today) if refused else []
    told = {}
    for one in refused:
        rule = chosen(rules, one.programme or "", bool(one.household and not one.person))
        if rule is not None and rule.programme.objection:
            told[str(one.id)] = rule.programme.objection
    return told


def verdict_block(kept: str, pack: str, sha256: str, result: Result | None) -> Verdict:
    """The block of a sheet: `kept` words with their pack, else those of `result`, whose tree is drawn."""
    tree = tuple(_conditions(result.reasons)) if result else ()
    if kept:
        named = f"政策包：{pack}{_print(sha256)}" if pack else ""
        return Verdict(_opened(kept), tree, named, TODAYS if tree else "条件对照")
    if result is None:
        return Verdict(NO_VERDICT, ())
    lacks = "、".join(one.words for one in result.missing)
    line = f"{result.title}：{headline(result)}{f'：{lacks}' if lacks else ''}。"
    return Verdict(line, tree, f"{basis(result)}{_print(result.sha256)}", TODAYS)


def _print(sha256: str) -> str:
    return f"　指纹{sha256[:FINGERPRINT]}" if sha256 else ""


def _opened(verdict: str) -> str:
    """A verdict without the closing sentence, which the paper prints in a frame below it."""
    return verdict.removesuffix(CLOSING).rstrip()


def _conditions(reasons: Iterable[Reason], level: int = 0) -> Iterator[Condition]:
    for one in reasons:
        yield Condition(BOXES[one.verdict], _words(one), one.clause, level)
        if level + 1 < DEEPEST:
            yield from _conditions(_shown(one), level + 1)


def _shown(one: Reason) -> list[Reason]:
    """Below what is met, only that by which it is; what is asked of others, with their names."""
    met, names = one.verdict is Found.Y, one.told.split("、")
    named = len(names) == len(one.children) and any(child.subject != one.subject for child in one.children)
    children = [
        replace(child, text=f"{name}：{child.text}") if named else child
        for name, child in zip(names if named else one.children, one.children, strict=True)
    ]
    return [child for child in children if not met or child.verdict is Found.Y]


def _words(one: Reason) -> str:
    return f"{one.text}：{one.told}" if one.told else one.text

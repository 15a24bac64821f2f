"""A case that goes to another station: what of it goes, what stays home, and when it may go at all.

The one place for the rule (个人信息保护法 art. 23, 29; 未成年人保护法 art. 11):

- with the case goes every record that belongs to it, its family's facts that whoever takes over needs, and
  the files attached to either;
- `STAYS` never goes: what supervisors and the bureau wrote or were told, and what other work of the station
  made of the case. `FIELDS_STAY` are the same as fields;
- of the family's other members `MEMBER_FACTS` alone go: they did not ask for anything;
- `SAFETY` goes with a minor's case whoever agreed: the next worker must know what threatens a child. Of an
  adult's case it stays, for it names a suspect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.sending import AGREED, REFUSED

STAYS = frozenset(
    {"remark", "supervisor_copy", "supervision", "report", "report_text", "diary"}
    | {"evaluation_item", "evaluation_evidence", "group_member", "sign_in", "survey_sheet"}
)
FIELDS_STAY = frozenset(
    {"supervisor", "supervisor_remark", "supervisor_signed_on", "supervisor_confirmed_on"}
    | {"supervisor_told_on", "supervisor_told_time"}
)
MEMBER_FACTS = frozenset({"number", "name", "sex", "born", "phone", "died_on"})
SAFETY = frozenset({"mandatory_report", "report_call"})
FAMILY = frozenset(
    {"person", "household", "membership", "benefit", "obligor", "kinship", "organisation"}
)  # goes beside what belongs to the case

NO_CONSENT = "还没有本人同意提供给转介单位，没有转出。"
REFUSED_BEFORE = "本人不同意提供给转介单位，没有转出。"
WITHDRAWN = "本人已撤回同意，没有转出。"
NO_REASON = "没有本人同意的强制报告个案，请写明原因。"
HINT = "请先在知情同意书里记下本人的意愿。"
STAYS_WORDS = (
    "督导的意见、评语和督导件",
    "报告、日志、小组和活动里写到的内容",
    "家里其他人的证件、病情和收入",
)
SAFETY_STAYS = "强制报告单（成年人）"


def held(consents: Iterable[Mapping[str, Wire]], reported: bool, reason: str) -> str:
    """Why a case may not go, as a sentence; '' when it may.

    The consent told last that answers the item counts. Without consent only a case with a mandatory report
    (`reported`) goes, with a reason.
    """
    if not (sentence := _not_agreed(consents)):
        return ""
    if not reported:
        return sentence
    return "" if reason.strip() else NO_REASON


def _not_agreed(consents: Iterable[Mapping[str, Wire]]) -> str:
    answered = [one for one in consents if one.get("ok_share_referral") in (AGREED, REFUSED, "withdrawn")]
    if not answered:
        return NO_CONSENT
    last = max(answered, key=lambda one: str(one.get("signed_on") or one.get("told_on") or ""))
    if last.get("withdrawn_on") or last.get("ok_share_referral") == "withdrawn":
        return WITHDRAWN
    return "" if last.get("ok_share_referral") == AGREED else REFUSED_BEFORE


def told(kind: str, values: Mapping[str, object], is_client: bool) -> dict[str, object]:
    """Of a record's values those that go."""
    if kind == "person" and not is_client:
        return {name: value for name, value in values.items() if name in MEMBER_FACTS}
    return {name: value for name, value in values.items() if name not in FIELDS_STAY}

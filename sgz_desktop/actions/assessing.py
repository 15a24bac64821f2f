"""What six answers on self-care add up to, as a hint beside the form and never as a finding."""

from __future__ import annotations

from collections.abc import Mapping

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.records.assessment import SELF_CARE, Assessment
from sgz_desktop.domain.self_care import ABLE, grade_of, undone
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

CLOSING = "仅供社工参考，以民政部门认定为准。"


def self_care_words(values: Mapping[str, object]) -> str:
    """The answers of `SELF_CARE` in one sentence; an item nobody looked at stays open."""
    answers = [values.get(name) for name in SELF_CARE]
    cannot, unseen = undone(answers), sum(not answer for answer in answers)
    if unseen == len(SELF_CARE):
        return "6项都还没有看。看到什么选什么，没看的不选。"
    told = f"6项中{cannot}项不能自主完成" if cannot else "看过的都能自主完成"
    told += f"，{unseen}项未看。" if unseen else "。"
    return told + _hint(cannot, unseen)


def _hint(cannot: int, unseen: int) -> str:
    if unseen:
        return "看完6项才有提示。"
    grade = grade_of(cannot)
    return f"提示：可能{'' if grade == ABLE else '为'}{grade}生活自理能力。"


@action
def last_assessment(desk: Desk, case: str, than: str = "") -> list[tuple[str, str]]:
    """(label, words) of a case's last assessment other than `than`; [] when there is none."""
    today = desk.today()

    def work(session: Reading) -> list[tuple[str, str]]:
        found = [one for one in read.of_parent(session, Assessment, "case", case) if one.id != than]
        if not found:
            return []
        last = max(found, key=lambda one: (one.assessed_on or "", one.rid or 0))
        told = [
            ("日期", days.short_day(last.assessed_on, today) if last.assessed_on else ""),
            ("风险", code_list("risk").label(last.risk) if last.risk else ""),
            ("自理", self_care_words({name: getattr(last, name) for name in SELF_CARE})),
            ("结论", last.conclusion or ""),
        ]
        return [(label, words) for label, words in told if words]

    return desk.read(work)

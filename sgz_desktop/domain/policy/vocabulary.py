"""The facts a rule may ask for, and the codes they may have. A pack that asks for another is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.policy.pack import Level

BOTH = frozenset(Level)
PERSON, HOUSEHOLD = frozenset({Level.PERSON}), frozenset({Level.HOUSEHOLD})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: how it is called on screen, its sort (number, yes_no, codes, code, card), whose it may be,
    the unit it is shown in, where a station keeps it: (kind, field) of a record, and a parameter it is
    reckoned with."""

    label: str
    sort: str
    levels: frozenset[Level] = PERSON
    unit: str = ""
    kept: tuple[str, str] = ("", "")
    param: str = ""


FACTS: Mapping[str, Fact] = {
    "age": Fact("出生日期", "number", unit="岁", kept=("person", "born")),
    "disability": Fact("残疾人证", "card", kept=("person", "disability_grade")),
    "income_month": Fact("本人月收入", "number", unit="元/月", kept=("person", "monthly_income")),
    "income_year": Fact("收入", "number", BOTH, "元/年", ("person", "monthly_income")),
    "pension_basic_month": Fact("基础养老金", "number", unit="元/月", kept=("person", "basic_pension")),
    "per_head_month": Fact("家庭收入", "number", HOUSEHOLD, "元/人·月", kept=("household", "monthly_income")),
    "per_head_year": Fact("家庭收入", "number", HOUSEHOLD, "元/人·年", kept=("household", "monthly_income")),
    "per_head_of_dibao": Fact(
        "家庭收入", "number", HOUSEHOLD, kept=("household", "monthly_income"), param="dibao_std"
    ),
    "rigid_share": Fact("刚性支出", "number", HOUSEHOLD, kept=("household", "hard_expenses")),
    "property_ok": Fact("财产是否符合当地规定", "yes_no", BOTH, kept=("person", "property_within_limit")),
    "status": Fact("对象类别", "codes", kept=("person", "categories")),
    "in_school": Fact("是否在读", "yes_no", kept=("person", "employment")),
    "dead": Fact("是否健在", "yes_no", kept=("person", "died_on")),
    "missing_months": Fact("失联几个月", "number", unit="个月", kept=("person", "missing_since")),
    "missing_reported": Fact("失联是否报警", "yes_no", kept=("person", "missing_reported")),
    "declared_missing": Fact("是否宣告失踪", "yes_no", kept=("person", "declared_missing")),
    "imprisoned": Fact("是否服刑", "yes_no", kept=("person", "jailed_on")),
    "detained": Fact("是否被羁押或强制戒毒", "yes_no", kept=("person", "detained")),
    "seriously_ill": Fact("是否患重病", "yes_no", kept=("person", "illnesses")),
    "custody_revoked": Fact("是否被撤销监护资格", "yes_no", kept=("person", "custody_revoked")),
    "deported": Fact("是否被遣送出境", "yes_no", kept=("person", "deported")),
    "civil_capacity": Fact("民事行为能力", "code", kept=("person", "civil_capacity")),
    "self_care": Fact("生活自理6项", "number", unit="项不能", kept=("assessment", "self_care_eat")),
    "long_term_care": Fact("是否需要长期照护", "yes_no", kept=("person", "care_need")),
    "told_unable": Fact("是否核实无履行能力", "yes_no", kept=("obligor", "situation")),
    "away": Fact("是否外出务工", "yes_no", kept=("person", "residence")),
    "emergency": Fact("是否遇到急难", "yes_no", BOTH, kept=("household", "emergency")),
    "spending_sudden": Fact("必需支出是否突增", "yes_no", BOTH, kept=("household", "spending_sudden")),
}
RELATIVES: Mapping[str, str] = {
    "father": "父亲",
    "mother": "母亲",
    "spouse": "配偶",
    "household": "家庭",
}
GROUPS: Mapping[str, tuple[str, Level]] = {
    "obligors": ("法定义务人", Level.PERSON),
    "members": ("家庭成员", Level.HOUSEHOLD),
}
ALSO_CALLED: Mapping[str, str] = {
    "dibao_edge": "dibao_margin",
    "de_facto_orphan": "unsupported_child",
    "left_behind_child": "left_child",
}
CAPACITIES = frozenset({"full", "limited", "none"})
CARD_TYPES = frozenset("1234567")
CARD_GRADES = range(1, 5)


def statuses() -> frozenset[str]:
    """Codes of what a person or their household may be: those of 服务对象类别 and 家庭类别."""
    return frozenset((*code_list("person_category").codes, *code_list("household_category").codes))

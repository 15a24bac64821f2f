"""Time limits, public notice and what follows, as the packs say it, and nothing where they are silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sgz_desktop.domain.policy import filing
from sgz_desktop.domain.policy.choose import Rule, rules
from sgz_desktop.domain.policy.pack import Publicity
from sgz_desktop.domain.policy.shipped import shipped_packs

ON = "2026-06-30"


def rule_of(programme: str, household: bool = False, on: str = ON) -> Rule:
    found = filing.chosen(rules(shipped_packs(), on, "350627"), programme, household)
    assert found is not None
    return found


def put_up(rule: Rule, **publicity: object) -> Rule:
    programme = replace(rule.programme, publicity=Publicity(True, **publicity))  # type: ignore[arg-type]
    return replace(rule, programme=programme)


def test_the_notice_ends_by_the_unit_of_the_pack() -> None:
    """T15: seven days from 2026-09-30, the day of posting not counted; 10-10 is a make-up Saturday."""
    rule = rule_of("tekun")
    assert filing.notice_to(rule, "2026-09-30") == "2026-10-07"
    assert filing.notice_to(put_up(rule, n=7, unit="workday"), "2026-09-30") == "2026-10-15"
    assert filing.notice_to(rule_of("linshi", True), "2026-09-30") == ""  # left to the locality
    assert filing.notice_to(rule_of("orphan"), "2026-09-30") == ""


@pytest.mark.parametrize(
    ("programme", "household", "days", "due"),
    [
        ("tekun", False, 15, "2026-07-03"),
        ("dibao", True, 30, "2026-07-24"),
        ("orphan", False, 20, "2026-07-10"),
        ("unsupported_child", False, 30, "2026-07-24"),
        ("linshi", True, 0, ""),
        ("old_age", False, 0, ""),
    ],
)
def test_the_reference_is_what_the_pack_gives(programme: str, household: bool, days: int, due: str) -> None:
    rule = rule_of(programme, household)
    found = filing.limit(rule)
    assert (found.n if found else 0) == days
    assert filing.due_on(rule, "2026-06-11") == due


def test_the_days_across_the_spring_festival() -> None:
    """§2.5: accepted 2026-02-10 + 15 → 2026-03-09; 2026-09-25 + 15 → 2026-10-22."""
    rule = rule_of("tekun")
    assert filing.due_on(rule, "2026-02-10") == "2026-03-09"
    assert filing.due_on(rule, "2026-09-25") == "2026-10-22"
    assert filing.due_on(rule, "2026-02") == ""


@pytest.mark.parametrize(
    ("programme", "born", "said"),
    [
        ("orphan", "2015-01-01", filing.CHILDREN),
        ("unsupported_child", "2015-01-01", filing.CHILDREN),
        ("left_child", "1950-01-01", filing.CHILDREN),
        ("tekun", "2015-01-01", filing.MINOR),
        ("tekun", "2008-07-01", filing.MINOR),
        ("tekun", "2008", filing.MINOR),
        ("tekun", None, filing.BORN_UNKNOWN),
        ("old_age", "1940-01-01", filing.NOT_REQUIRED),
        ("tekun", "2008-06-30", ""),
        ("tekun", "1950", ""),
    ],
)
def test_who_is_put_up_in_public(programme: str, born: str | None, said: str) -> None:
    """T14: never a child programme, never somebody who may be a child."""
    assert filing.notice_refused(rule_of(programme).programme, born, ON) == said


def test_what_follows_a_decision() -> None:
    tekun = rule_of("tekun").programme
    assert filing.pays_from(tekun, "2026-05-04", "2026-12-20") == "2027-01"
    assert filing.pays_from(rule_of("disabled_living").programme, "2026-05-04", "2026-06-20") == "2026-05"
    assert filing.pays_from(rule_of("medical").programme, "2026-05-04", "2026-06-20") == ""
    assert filing.review_on(tekun, "2028-02-29") == "2029-02-28"
    assert filing.review_on(rule_of("dibao", True).programme, "2026-06-20") == ""  # yearly or half-yearly


def test_an_older_day_asks_the_older_version() -> None:
    assert filing.limit(rule_of("tekun", on="2018-01-01")) == filing.Limit(20, "workday", "调查核实和初审")

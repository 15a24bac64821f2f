"""受委托入户核查 is entrusted work: two checkers, its own paper, and never a visit of the station's."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from sgz_desktop.actions import (
    aid,
    cases,
    figures,
    forms,
    household_checks,
    papers,
    papers_leaving,
    people,
    rounds,
    visits,
    workbench,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.records.household_check import ONE_CHECKER, SAME_TWICE, HouseholdCheck
from sgz_desktop.reports.values import Signatures
from tests.actions.papers_station import family, paper, spoken, visit
from tests.domain.generate import filled

MONTHS = ("2026-05", "2026-06")


def check(desk: Desk, **typed: object) -> str:
    return forms.save_form(desk, forms.new_form(desk, "household_check"), typed).id


def generated(desk: Desk, of: people.Registered, n: int, dice: random.Random) -> None:
    """A check of the family with every field filled, on a day of the last two months."""
    day = f"2026-{dice.choice(MONTHS)[5:]}-{dice.randint(1, 28):02d}"
    values = {**filled(HouseholdCheck, n % 20 + 1), "entrusted_on": day, "date": day}
    who: dict[str, object] = {"person": dice.choice([*of.people, None]), "household": of.household}
    check(desk, **{**values, **who, "application": None, "case": dice.choice([None, values["case"]])})


def counted(desk: Desk, of: people.Registered) -> dict[str, Any]:
    """Everything that counts visits, says when somebody was last seen, or asks for the next visit."""
    page = people.person_page(desk, of.people[0])
    return {
        "figures": [figures.indicators(desk, month) for month in MONTHS],
        "brief": ["".join(spoken(papers.monthly_brief(desk, month))) for month in MONTHS],
        "unvisited": [rounds.list_unvisited(desk, month) for month in MONTHS],
        "rounds": workbench.workbench(desk).rounds,
        "visits": visits.list_visits(desk),
        "line": page.line,
        "asked": page.tasks,
    }


def test_no_figure_and_no_rhythm_knows_of_it(desk: Desk) -> None:
    home = family(desk)
    visit(desk, home, "2026-05-11")
    before = counted(desk, home)
    dice = random.Random(11)
    for n in range(40):
        generated(desk, home, n, dice)
    assert len(household_checks.list_checks(desk)) == 40
    assert counted(desk, home) == before
    assert not [one for one in people.person_page(desk, home.people[0]).events if "走访" in one.title][1:]


@pytest.mark.parametrize("what", ["figures", "brief", "unvisited", "visits", "line"])
def test_control_a_visit_in_its_place_is_counted(desk: Desk, what: str) -> None:
    home = family(desk)
    before = counted(desk, home)
    visit(desk, home, "2026-06-11")
    assert counted(desk, home)[what] != before[what]


def test_a_case_does_not_count_it_as_a_session(desk: Desk) -> None:
    home = family(desk)
    case = cases.open_case(desk, person=home.people[1])
    check(desk, household=home.household, person=home.people[1], case=case, date="2026-06-20")
    page = cases.case_page(desk, case)
    assert page.sessions == 0
    assert [one.title for one in page.events if one.kind == "household_check"] == ["受委托入户核查"]


# Two checkers


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("李小禾", None, [("checker_second", ONE_CHECKER)]),
        (None, "周望川", [("checker_first", ONE_CHECKER)]),
        (None, None, [("checker_second", ONE_CHECKER)]),
        ("李小禾", " 李小禾 ", [("checker_second", SAME_TWICE)]),
        ("李小禾", "周望川", []),
    ],
)
def test_one_checker_or_the_same_twice_is_marked_and_kept(
    desk: Desk, first: str | None, second: str | None, said: list[tuple[str, str]]
) -> None:
    home = family(desk)
    typed = {"household": home.household, "checker_first": first, "checker_second": second}
    saved = forms.save_form(desk, forms.new_form(desk, "household_check"), typed)
    assert [(one.field, one.sentence) for one in saved.marks] == said
    (line,) = household_checks.list_checks(desk)
    assert line.state == ("待核" if said else "待签")
    assert line.open


def test_signed_by_all_three_it_is_done(desk: Desk) -> None:
    home = family(desk)
    both = {"checker_first": "李小禾", "checker_second": "周望川"}
    signed = {"signed_by_first": True, "signed_by_second": True, "person_signed": True}
    check(desk, household=home.household, **both, **signed)
    (line,) = household_checks.list_checks(desk)
    assert (line.name, line.state, line.open) == ("陈有田", "已签", False)


def test_it_belongs_to_a_person_or_a_home(desk: Desk) -> None:
    with pytest.raises(forms.FormRefused, match="有几项需要改"):
        check(desk, entrusted_by="青禾镇民政办")


# Begun from an application, and on paper


def test_it_takes_over_what_the_application_says(desk: Desk) -> None:
    home = family(desk)
    case = cases.open_case(desk, person=home.people[1])
    filed = {"programme": "tekun", "filed_on": "2026-06-01", "accepted_by": "青禾镇民政办"}
    application = paper(desk, case, "application", filed)
    form = household_checks.new_check(desk, application)
    assert form.values == {
        "person": home.people[1],
        "household": home.household,
        "case": case,
        "application": application,
        "entrusted_by": "青禾镇民政办",
        "date": desk.today(),
        "checker_first": desk.user,
    }
    alone = household_checks.new_check(desk, "", home.people[0])
    assert (alone.values["person"], alone.values["household"]) == (home.people[0], home.household)


def test_its_paper_has_two_signatures_and_the_persons(desk: Desk) -> None:
    home = family(desk)
    texts = {name: f"{name}的原话" for name, _ in papers_leaving.PARTS}
    id = check(
        desk,
        household=home.household,
        person=home.people[0],
        entrusted_by="青禾镇民政办",
        checker_first="李小禾",
        checker_second="周望川",
        date="2026-06-20",
        start_time="9:00",
        end_time="9:40",
        note="狗已拴好",
        **texts,
    )
    (sheet,) = papers_leaving.leaving_paper(desk, id, "household_check").sheets
    told = "".join(spoken(sheet))
    for words in (*texts.values(), "青禾镇民政办", "李小禾", "周望川", "狗已拴好", "上溪村三组甲字47号"):
        assert words in told, words
    (signatures,) = [block for block in sheet.blocks if isinstance(block, Signatures)]
    assert signatures.roles == ("核查人一", "核查人二", "本人或代理人（或指印）")
    assert papers_leaving.print_leaving(desk, id, "household_check").startswith(b"%PDF")


Lister = Callable[[Desk], list[aid.AidLine]]


@pytest.mark.parametrize("lister", [aid.list_applications, aid.list_referrals])
def test_it_is_in_no_other_list(desk: Desk, lister: Lister) -> None:
    check(desk, household=family(desk).household)
    assert lister(desk) == []

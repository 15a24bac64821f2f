"""Facts that change with time raise tasks: ages the packs in force name, an income that rose, a job found."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import agenda, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import form, new_form, save_form
from sgz_desktop.actions.life import life_asks
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.policies import change_local_standards, rules_of
from sgz_desktop.actions.undoing import undo_edit
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.life_events import AGES, BEHIND_DAYS, Life, raised
from sgz_desktop.domain.policy.ages import AgeMark, age_marks


def register(desk: Desk, born: str = "1970-03-01", **household: object) -> str:
    members = [MemberInput("02", {"name": "测试甲", "born": born})]
    return people.register_household(desk, {"village": "上溪村", **household}, members).people[0]


def put(desk: Desk, kind: str, id: str, **typed: object) -> Changes:
    return save_form(desk, form(desk, id, kind), typed).changes


def save(desk: Desk, kind: str, **typed: object) -> str:
    return save_form(desk, new_form(desk, kind), typed).id


def asked(desk: Desk, person: str) -> tuple[Item, ...]:
    """What the person's page says; the agenda says the same."""
    found = desk.read(lambda session: life_asks(session, person, desk.today())).items
    listed = agenda.agenda(desk)
    shown = [*listed.late, *(item for items in listed.days.values() for item in items), *listed.undated]
    later = {
        item.origin
        for week in range(1, 8)
        for items in agenda.agenda(desk, week).days.values()
        for item in items
    }
    origins = {item.origin for item in shown} | later
    assert {item.origin for item in found} <= origins
    return found


def sorts(desk: Desk, person: str) -> list[str]:
    return [item.origin.partition(":")[0] for item in asked(desk, person)]


# Income


def test_an_income_that_rose_beside_dibao_is_to_be_reported(desk: Desk) -> None:
    person = register(desk, categories=["dibao"])
    put(desk, "person", person, monthly_income="500")
    assert sorts(desk, person) == []  # it was unknown before
    put(desk, "person", person, monthly_income="800")
    (item,) = asked(desk, person)
    assert item.origin == f"income:{person}:{desk.today()}"
    assert "收入变化需报告" in item.what
    assert "请核实" in item.what
    assert "可能" in item.more
    assert "低保" in item.more
    assert item.day > desk.today()


@pytest.mark.parametrize("category", [["tekun"], ["dibao_margin"]])
def test_also_beside_tekun_and_the_margin(desk: Desk, category: list[str]) -> None:
    person = register(desk)
    put(desk, "person", person, categories=category, monthly_income="500")
    put(desk, "person", person, monthly_income="501")
    assert sorts(desk, person) == ["income"]


def test_a_running_benefit_counts_and_one_that_ended_does_not(desk: Desk) -> None:
    person = register(desk)
    benefit = save(desk, "benefit", person=person, programme="dibao", from_day="2020-01")
    put(desk, "person", person, monthly_income="500")
    put(desk, "person", person, monthly_income="800")
    assert sorts(desk, person) == ["income"]
    put(desk, "benefit", benefit, to_day="2021-01")
    put(desk, "person", person, categories=None)  # the category the benefit brought along
    assert sorts(desk, person) == []


@pytest.mark.parametrize(
    ("category", "amounts"),
    [
        (["dibao"], ["800", "500"]),  # it fell
        (["dibao"], ["800", "800"]),
        (["dibao"], ["500", "800", "500"]),  # a slip put right
        (["disabled"], ["500", "800"]),  # receives nothing that depends on income
        ([], ["500", "800"]),
    ],
)
def test_control_nothing_is_asked(desk: Desk, category: list[str], amounts: list[str]) -> None:
    person = register(desk)
    put(desk, "person", person, categories=category)
    for amount in amounts:
        put(desk, "person", person, monthly_income=amount)
    assert sorts(desk, person) == []


def test_it_stays_when_the_month_alone_is_written_and_goes_when_undone(desk: Desk) -> None:
    person = register(desk, categories=["dibao"])
    put(desk, "person", person, monthly_income="500")
    rise = put(desk, "person", person, monthly_income="800").edit
    put(desk, "person", person, income_as_of=desk.today()[:7])
    assert sorts(desk, person) == ["income"]
    put(desk, "person", person, income_as_of=None)
    assert rise is not None
    undo_edit(desk, rise)
    put(desk, "person", person, monthly_income="500")
    assert sorts(desk, person) == []


def test_dealt_with_once_it_does_not_come_back_and_another_rise_does(desk: Desk) -> None:
    person = register(desk, categories=["dibao"])
    put(desk, "person", person, monthly_income="500")
    put(desk, "person", person, monthly_income="800")
    (item,) = asked(desk, person)
    agenda.take_over(desk, item, {"done_on": desk.today()})
    assert sorts(desk, person) == []
    put(desk, "person", person, note="又去看过。")
    assert sorts(desk, person) == []


def test_long_ago_is_over(desk: Desk) -> None:
    person = register(desk, categories=["dibao"])
    put(desk, "person", person, monthly_income="500")
    put(desk, "person", person, monthly_income="800")
    assert sorts(desk, person) == ["income"]
    later = days.add_days(desk.today(), BEHIND_DAYS + 1)
    assert desk.read(lambda session: life_asks(session, person, later)).items == ()


# The household's income


def two_at_home(desk: Desk) -> people.Registered:
    members = [MemberInput("02", {"name": "测试甲", "born": "1970-03-01"})]
    members.append(MemberInput("10", {"name": "测试乙", "born": "1972-03-01"}))
    return people.register_household(desk, {"village": "上溪村", "categories": ["dibao"]}, members)


def home_rises(desk: Desk, home: str) -> None:
    put(desk, "household", home, monthly_income="500")
    put(desk, "household", home, monthly_income="800")


def test_a_household_income_that_rose_is_told_once_at_its_head(desk: Desk) -> None:
    home = two_at_home(desk)
    head, other = home.people
    put(desk, "household", home.household, monthly_income="500")
    assert sorts(desk, head) == []  # it was unknown before
    put(desk, "household", home.household, monthly_income="800")
    (item,) = asked(desk, head)
    assert item.origin == f"income:{home.household}:{desk.today()}"
    assert item.what.startswith("家庭收入增加")
    assert "低保" in item.more
    assert sorts(desk, other) == []


def test_it_is_told_where_only_another_member_receives(desk: Desk) -> None:
    home = two_at_home(desk)
    head, other = home.people
    put(desk, "household", home.household, categories=None)
    home_rises(desk, home.household)
    assert sorts(desk, head) == []  # nobody receives what depends on income
    put(desk, "person", other, categories=["tekun"])
    (item,) = asked(desk, head)
    assert "特困" in item.more


def test_after_the_head_died_the_next_member_is_told(desk: Desk) -> None:
    home = two_at_home(desk)
    head, other = home.people
    put(desk, "person", head, died_on=desk.today())
    home_rises(desk, home.household)
    assert sorts(desk, other) == ["income"]
    assert "income" not in sorts(desk, head)


def test_own_and_household_rise_stand_side_by_side(desk: Desk) -> None:
    home = two_at_home(desk)
    head = home.people[0]
    put(desk, "person", head, monthly_income="100")
    put(desk, "person", head, monthly_income="200")
    home_rises(desk, home.household)
    assert sorts(desk, head) == ["income", "income"]
    put(desk, "household", home.household, monthly_income="400")
    assert sorts(desk, head) == ["income"]  # a slip put right


# Jobs


def test_a_job_found_for_somebody_on_dibao_is_to_be_reported(desk: Desk) -> None:
    person = register(desk, categories=["dibao"])
    day = days.add_days(desk.today(), -3)
    referral = save(desk, "referral", person=person, sort="job", job_from=day)
    (item,) = asked(desk, person)
    assert item.origin == f"job:{referral}:{day}"
    assert "收入变化需报告" in item.what
    put(desk, "referral", referral, income_change_told=True)
    assert asked(desk, person) == ()


def test_control_a_job_of_somebody_who_receives_nothing(desk: Desk) -> None:
    person = register(desk)
    save(desk, "referral", person=person, sort="job", job_from=desk.today())
    assert asked(desk, person) == ()


def test_a_job_that_begins_later_waits(desk: Desk) -> None:
    person = register(desk, categories=["dibao"])
    save(desk, "referral", person=person, sort="job", job_from=days.add_days(desk.today(), 5))
    assert asked(desk, person) == ()


# Ages


def marks(desk: Desk) -> dict[int, tuple[AgeMark, ...]]:
    return dict(age_marks(desk.read(lambda session: rules_of(session, desk.today()))))


def test_the_ages_are_those_the_packs_name_of_the_person_themselves(desk: Desk) -> None:
    found = marks(desk)
    assert AgeMark("特困人员救助供养", begins=True) in found[60]
    assert AgeMark("特困人员救助供养", begins=False) in found[16]
    assert AgeMark("高龄津贴", begins=True) in found[80]
    assert not any("特困" in mark.title for mark in found.get(70, ()))  # that is how old an obligor is


def test_a_local_age_is_raised_and_control_only_where_it_is_set(desk: Desk) -> None:
    today = desk.today()
    born = days.add_days(f"{int(today[:4]) - 70}{today[4:]}".replace("-02-29", "-02-28"), 10)
    person = register(desk, born=born)
    assert sorts(desk, person) == []
    change_local_standards(desk, "350627", {"old_age_from": "70"}, "县里文件")
    (item,) = asked(desk, person)
    assert item.origin == f"age70:{person}"
    assert item.what == "满70岁，可能可以申请高龄津贴，请核实"
    assert "高龄津贴" in item.more


def test_ages_everywhere_name_what_the_pack_says(desk: Desk) -> None:
    today = desk.today()
    born = days.add_days(f"{int(today[:4]) - 60}{today[4:]}".replace("-02-29", "-02-28"), 10)
    person = register(desk, born=born)
    (item,) = asked(desk, person)
    assert item.origin == f"age60:{person}"
    assert "特困人员救助供养" in item.more


def test_no_word_is_a_verdict(desk: Desk) -> None:
    named = {
        65: (AgeMark("甲项目", begins=True), AgeMark("乙项目", begins=False)),
        66: (AgeMark("丙项目", begins=False),),
    }
    found = [
        one
        for age in (*AGES, *named)
        for one in raised(Life("p", born=f"{2026 - age}-06-30"), "2026-06-30", named)
    ]
    found += raised(
        Life(
            "p",
            aid=("低保",),
            home_aid=("低保",),
            incomes=(("person", "p", "2026-06-29"), ("household", "h", "2026-06-29")),
            jobs=(("r", "2026-06-01"),),
        ),
        "2026-06-30",
        named,
    )
    assert len(found) == len(AGES) + len(named) + 3
    for one in found:
        assert "请核实" in one.what + one.more
        assert "可能" in one.what + one.more
        assert len(one.what) <= 30
        assert not any(
            word in one.what + one.more for word in ("符合条件", "有资格", "不符合", "一定", "必须停")
        )

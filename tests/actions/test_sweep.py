"""政策找人: whom the rules find, whom they leave alone, and that a change is followed as by a whole sweep."""

from __future__ import annotations

import random

import pytest

from sgz_desktop.actions import agenda, forms, papers_possible, people, policies
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.actions.sweep import Swept, sweep, sweep_again, village_counts
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.edits import Changes
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import assistance
from tests.reports.reading import pages, solid

LOCAL = {"dibao_std": "785", "income_per_capita_prev_year": "30000"}
OLD = {"name": "石一", "born": "1950-01-01", "sex": "1", "monthly_income": "0", "property_within_limit": "是"}


@pytest.fixture(autouse=True)
def standards(desk: Desk) -> None:
    policies.change_local_standards(desk, "990101", LOCAL, "练习文件〔2026〕1号")


def family(
    desk: Desk, *typed: dict[str, object], village: str = "上溪村", **home: object
) -> people.Registered:
    relations = ("02", "10", "20", "30")
    members = [MemberInput(relations[n], {"categories": "一般居民", **one}) for n, one in enumerate(typed)]
    return people.register_household(desk, {"village": village, **home}, members)


def alone(desk: Desk, **typed: object) -> str:
    home = family(desk, {**OLD, "obligors_confirmed_none": "是", **typed})
    return home.people[0]


def told(swept: Swept) -> set[tuple[str, str]]:
    return {(one.name, one.programme) for one in swept.lines}


def change(desk: Desk, kind: str, id: str, **typed: object) -> Changes:
    return forms.save_form(desk, forms.form(desk, id, kind), typed).changes


def test_who_may_qualify_is_found_and_who_has_it_is_not(desk: Desk) -> None:
    alone(desk)
    alone(desk, name="石二", categories="特困人员")
    alone(desk, name="石三", monthly_income="785")
    alone(desk, name="石四", died_on="2026-01-01")
    assert {one for one in told(sweep(desk)) if one[1] == "tekun"} == {("石一", "tekun")}


def test_a_household_is_found_once_under_its_head(desk: Desk) -> None:
    family(
        desk, OLD, {"name": "石妻", "born": "1955-01-01"}, monthly_income="1000", property_within_limit="是"
    )
    lines = [one for one in sweep(desk).lines if one.programme == "dibao"]
    assert [(one.name, one.village) for one in lines] == [("石一家", "上溪村")]


def test_what_was_applied_for_or_made_a_task_is_not_told_again(desk: Desk) -> None:
    who = alone(desk)
    (line,) = [one for one in sweep(desk).lines if one.programme == "tekun"]
    item = Item(line.origin, "person", who, "核实", "2026-07-01", "石一", person=who)
    changes = agenda.take_over(desk, item, {"due_on": "2026-07-01"})
    swept = sweep(desk)
    assert ("石一", "tekun") not in told(swept)
    agenda.take_over(desk, Item(line.origin, "person", who, "", "2026-07-01", ""), {"deleted": True})
    assert ("石一", "tekun") in told(sweep(desk))
    forms.save_form(desk, forms.new_form(desk, "application", {"person": who, "programme": "tekun"}), {})
    assert ("石一", "tekun") not in told(sweep(desk))
    assert changes.touches("task")


def test_a_running_benefit_is_not_told_again(desk: Desk) -> None:
    who = alone(desk, born="1940-01-01")
    assert ("石一", "old_age") in told(sweep(desk))
    forms.save_form(desk, forms.new_form(desk, "benefit", {"person": who}), {"programme": "高龄津贴"})
    assert ("石一", "old_age") not in told(sweep(desk))


def follow(desk: Desk, dice: random.Random, ids: list[str], homes: list[str]) -> Changes:
    """One change by a worker, of any kind that may alter a verdict."""
    who, other = dice.sample(ids, 2)
    doing = dice.randrange(7)
    if doing == 0:
        return change(desk, "person", who, monthly_income=dice.choice(["0", "785", "3000"]))
    if doing == 1:
        return change(desk, "person", who, categories=dice.choice(["低保对象", "一般居民", "特困人员"]))
    if doing == 2:
        return change(desk, "person", who, born=dice.choice(["1940-01-01", "1966-07-01", "2015-01-01"]))
    if doing == 3:
        return change(desk, "household", dice.choice(homes), monthly_income=dice.choice(["100", "9000"]))
    if doing == 4:
        row = forms.new_form(desk, "obligor", {"person": who, "who": other})
        return forms.save_form(desk, row, {"relation": "子"}).changes
    if doing == 5:
        row = forms.new_form(
            desk, "kinship", {"person": who, "who": other, "relation": dice.choice(["51", "52"])}
        )
        return forms.save_form(desk, row, {}).changes
    return change(desk, "person", who, obligors_confirmed_none=dice.choice(["是", "否"]), died_on=None)


def run(desk: Desk, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    homes = [
        family(
            desk,
            {**OLD, "name": f"石{seed}{n}"},
            {
                "name": f"林{seed}{n}",
                "born": "1970-01-01",
                "monthly_income": "0",
                "property_within_limit": "是",
            },
            {"name": f"小{seed}{n}", "born": "2015-01-01"},
            property_within_limit="是",
        )
        for n in range(3)
    ]
    ids = [id for home in homes for id in home.people]
    swept = sweep(desk)
    for _ in range(steps):
        swept = sweep_again(desk, swept, follow(desk, dice, ids, [home.household for home in homes]))
        assert told(swept) == told(sweep(desk))


@pytest.mark.parametrize("seed", range(4))
def test_following_changes_finds_what_a_whole_sweep_finds(desk: Desk, seed: int) -> None:
    run(desk, seed, 14)


def test_control_looking_only_at_the_record_itself_misses_whom_it_touches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = assistance.touched
    monkeypatch.setattr(
        assistance, "touched", lambda s, changed: real(s, {}) | set(changed.get("person", ()))
    )
    with pytest.raises(AssertionError):
        run_all(desk)


def run_all(desk: Desk) -> None:
    for seed in range(4):
        run(desk, seed, 14)


def test_other_rules_are_asked_of_everybody_again(desk: Desk) -> None:
    alone(desk, monthly_income="800")
    before = sweep(desk)
    assert ("石一", "tekun") not in told(before)
    policies.change_local_standards(desk, "990101", {**LOCAL, "dibao_std": "900"}, "练习文件〔2026〕2号")
    assert ("石一", "tekun") in told(sweep_again(desk, before, Changes()))


def test_it_tells_how_far_it_is_and_can_be_stopped(desk: Desk) -> None:
    for n in range(3):
        alone(desk, name=f"石{n}")
    steps: list[tuple[int, int]] = []
    sweep(desk, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (3, 3)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sweep(desk, stop)


def test_the_list_on_paper_is_by_village_and_says_whose_it_is(desk: Desk) -> None:
    alone(desk)
    family(desk, {**OLD, "name": "丁二", "obligors_confirmed_none": "是"}, village="石桥头村")
    swept = sweep(desk)
    assert village_counts(swept.lines) == {"上溪村": 1, "石桥头村": 1}
    text = solid("".join(pages(papers_possible.print_possible(desk, swept.lines))))
    assert "内部工作清单，不得公示" in text
    assert all(words in text for words in ("上溪村", "石桥头村", "石一", "丁二", "任何人都可以提出申请"))


@pytest.mark.parametrize(
    ("region", "values", "source", "field"),
    [
        ("9901", LOCAL, "文件", "region"),
        ("990101", {"dibao_std": "七百"}, "文件", "dibao_std"),
        ("990101", {"dibao_std": "-1"}, "文件", "dibao_std"),
        ("990101", {"rigid_ratio": "0"}, "文件", "rigid_ratio"),
        ("990101", LOCAL, "", "source"),
    ],
)
def test_local_standards_are_kept_with_their_source_or_not_at_all(
    desk: Desk, region: str, values: dict[str, str], source: str, field: str
) -> None:
    with pytest.raises(SettingRefused) as refused:
        policies.change_local_standards(desk, region, values, source)
    assert refused.value.field == field
    assert dict(policies.local_standards(desk)[0].values or {}) == LOCAL


def test_an_older_pack_replaces_a_newer_only_with_open_eyes(desk: Desk, tmp_path: object) -> None:
    from pathlib import Path

    head = 'format = 1\nid = "county"\ntitle = "青禾标准"\nregion = "990101"\neffective_from = "2026-01-01"\n'
    value = '[[value]]\nname = "old_age_from"\nvalue = {}\nsource = "青民〔2026〕4号"\n'
    path = Path(str(tmp_path)) / "pack.toml"

    def put(version: str, age: int, **how: bool) -> None:
        path.write_text(f'{head}version = "{version}"\n{value.format(age)}', encoding="utf-8")
        policies.take_pack(desk, policies.preview_pack(desk, path), **how)

    put("2026.9", 75)
    put("2026.10", 70)
    with pytest.raises(AppError, match="比现在用的旧"):
        put("2026.9", 75)
    preview = policies.preview_pack(desk, path)
    assert (preview.older, preview.differences) == (True, ("本地标准old_age_from：70改为75",))
    assert [pack.version for pack in policies.list_packs(desk) if pack.id == "county"] == ["2026.10"]
    put("2026.9", 75, although_older=True)
    assert [pack.version for pack in policies.list_packs(desk) if pack.id == "county"] == ["2026.9"]
    policies.drop_pack(desk, "county")
    assert "county" not in [pack.id for pack in policies.list_packs(desk)]

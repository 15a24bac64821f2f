"""The way of a case on several computers: kept with the days people wrote, in one order everywhere."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from sgz_desktop.actions import cases, forms, people, quality
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.case_facts import case_facts
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import lifecycle
from sgz_desktop.store import facts, log
from sgz_desktop.store.apply import apply
from sgz_desktop.store.store import Store
from tests.proofs.roles_station import desk_of

DAYS = ("2026-06-30", "2026-06-01", "2025-12-31", "2026-06-15")


def send(source: Desk, target: Desk) -> None:
    edits = source.store.read(lambda session: list(log.edits(session)))
    random.Random(len(edits)).shuffle(edits)
    target.store.write(lambda session: apply(session, edits))


@pytest.fixture
def desks(make_store: Callable[..., Store]) -> list[Desk]:
    """Three computers of one station."""
    names = (("李小禾", HEAD), ("王守望", WORKER), ("赵拾穗", WORKER))
    return [
        desk_of(make_store(f"device-{n}"), name, f"w-{n}", WORKER, role)
        for n, (name, role) in enumerate(names, start=1)
    ]


def opened(desk: Desk) -> str:
    home = people.register_household(desk, {}, [people.MemberInput("02", {"name": "测试甲"})])
    return cases.open_case(desk, person=home.people[0])


def move_on(desk: Desk, case: str, dice: random.Random, day: str) -> str:
    stage = cases.case_page(desk, case).stage
    to = dice.choice([one for one in lifecycle.moves_from(stage) if one != lifecycle.REFERRED] or [stage])
    if to != stage:
        cases.move_case(desk, case, to, "按练习需要", on=day)
    return to


def stages(desk: Desk, case: str) -> tuple[str, str]:
    """By the page, and by what figures count."""
    query = f"SELECT {facts.STAGE} FROM r_case c WHERE c.id = ?"
    counted = desk.read(lambda session: session.connection.execute(query, (case,)).fetchone()[0])
    return cases.case_page(desk, case).stage, counted


def test_a_step_dated_before_the_last_is_kept_counts_and_is_marked(desks: list[Desk]) -> None:
    desk = desks[0]
    case = opened(desk)
    cases.move_case(desk, case, "assessment", "先做预估", on="2026-06-30")
    cases.move_case(desk, case, "closed", "搬离本镇", on="2026-05-29")
    assert stages(desk, case) == ("closed", "closed")
    assert cases.case_page(desk, case).form.values["closed_on"] == "2026-05-29"
    (mark,) = [one for one in quality.case_quality(desk, case) if one.kind == "case_move"]
    assert mark.sentence == "进入“结案”的日期早于上一步，请核对。"
    forms.save_form(desk, forms.form(desk, mark.id, mark.kind), {"moved_on": "2026-06-30"})
    assert stages(desk, case) == ("closed", "closed")
    assert not [one for one in quality.case_quality(desk, case) if one.kind == "case_move"]


def test_three_computers_agree_on_the_stage_after_exchange(desks: list[Desk]) -> None:
    """Moves with days in any order, exchanged now and then; whoever moves last knowing all rules."""
    apart = 0
    for seed in range(12):
        dice = random.Random(seed)
        case = opened(desks[0])
        for desk in desks[1:]:
            send(desks[0], desk)
        for _ in range(dice.randint(2, 8)):
            desk = dice.choice(desks)
            went = move_on(desk, case, dice, dice.choice(DAYS))
            assert stages(desk, case) == (went, went)
            if dice.random() < 0.4:
                send(desk, dice.choice([one for one in desks if one is not desk]))
        for source in (*desks, *desks):
            for target in desks:
                if target is not source:
                    send(source, target)
        assert len({stages(desk, case) for desk in desks}) == 1
        moves = desks[0].read(lambda session, case=case: case_facts(session, case, {})[1])
        apart += lifecycle.broken_way(moves)
        went = move_on(desks[1], case, dice, "2025-12-31")
        send(desks[1], desks[2])
        assert stages(desks[2], case) == (went, went)
    assert apart >= 3  # the schedules do set computers against each other


def test_control_by_day_alone_the_stage_stays_behind(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "next_step", lambda moves: 0)
    with pytest.raises(AssertionError):
        test_a_step_dated_before_the_last_is_kept_counts_and_is_marked(desks)

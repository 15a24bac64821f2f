"""What was signed off plus what is reported later is what is counted now, whatever happened meanwhile."""

from __future__ import annotations

import dataclasses

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import indicators as counting
from sgz_desktop.domain import supplement as kept
from sgz_desktop.domain.edits import MAX_VALUE
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.indicator_facts import CaseFact, Contact, Facts, Period, ReferralFact, Seen
from sgz_desktop.domain.supplement import packed, tidy_number, unpacked

JUNE, MAY = Period.of("2026-06"), Period.of("2026-05")
DAYS = st.sampled_from(["2026-04-30", "2026-05-03", "2026-05-31", "2026-06-01", "2026-06-17", "2026-06-30"])
IDS = st.integers(0, 12).map(str)
PEOPLE = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    """A station's facts at some moment; two of them are a before and an after."""
    kinds = st.sampled_from(["visit", "session"])
    contacts = {
        f"o{id}": Contact(
            f"o{id}", draw(kinds), draw(DAYS), case="k1", start_time="9:00", end_time=draw(ENDS), met=True
        )
        for id in draw(st.sets(IDS))
    }
    seen = [Seen(f"s{who}{at}", at, who) for at in sorted(contacts) for who in sorted(draw(st.sets(PEOPLE)))]
    cases = [
        CaseFact(f"k{id}", "intervention", draw(DAYS), draw(st.none() | DAYS), draw(RISKS))
        for id in sorted(draw(st.sets(IDS, max_size=4)))
    ]
    referrals = [
        ReferralFact(f"r{id}", draw(PEOPLE), draw(st.none() | DAYS), draw(st.none() | DAYS))
        for id in sorted(draw(st.sets(IDS, max_size=4)))
    ]
    return Facts(tuple(contacts.values()), tuple(seen), cases=tuple(cases), referrals=tuple(referrals))


ENDS = st.sampled_from(["9:20", "9:45", "10:30"])
RISKS = st.sampled_from([None, "high"])


def signed_plus_later(before: Facts, after: Facts, span: Period) -> list[str]:
    """What does not add up between what was signed before and what is counted after."""
    counted = {(one.code, one.part, one.unit): one for one in counting.indicators(before, span)}
    then = unpacked(packed(kept.kept(counted.values())), span)[span]
    now = counting.indicators(after, span)
    changes = {(one.code, one.part, one.unit): one for one in kept.supplement(then, now)}
    wrong = []
    for one in now:
        if one.code in kept.VALUE_ALONE:
            continue
        key = one.code, one.part, one.unit
        old, change = counted.get(key), changes.get(key)
        value = tidy_number((old.value if old else 0) + (change.change if change else 0))
        had, has = set(old.ids if old else ()), set(one.ids)
        added, gone = (set(change.added), set(change.gone)) if change else (set(), set())
        if (value, added, gone) != (one.value, has - had, had - has):
            wrong.append(str(key))
    return wrong


@settings(max_examples=80, deadline=None)
@given(histories(), histories())
def test_signed_figures_and_the_supplement_are_the_figures_now(before: Facts, after: Facts) -> None:
    assert signed_plus_later(before, after, JUNE) == []


def test_without_the_ids_it_does_not_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a visit taken out and another put in look like nothing when only values are kept."""
    before = Facts((Contact("o1", "visit", "2026-06-01"),), (Seen("s1", "o1", "a"),))
    after = Facts((Contact("o2", "visit", "2026-06-02"),), (Seen("s2", "o2", "b"),))
    assert signed_plus_later(before, after, JUNE) == []
    real = kept.kept
    monkeypatch.setattr(
        kept, "kept", lambda found: tuple(dataclasses.replace(one, ids=()) for one in real(found))
    )
    assert signed_plus_later(before, after, JUNE)


@settings(max_examples=80, deadline=None)
@given(histories())
def test_distinct_people_of_a_span_are_never_more_than_of_its_months(facts: Facts) -> None:
    def people(span: Period) -> float:
        return counting.INDICATORS["P01"](facts, span)[0].value

    assert people(Period("2026-05-01", "2026-06-30")) <= people(MAY) + people(JUNE)


def test_somebody_seen_in_both_months_is_one_person() -> None:
    """The control: adding the months up would count her twice."""
    contacts = (Contact("o1", "visit", "2026-05-03"), Contact("o2", "visit", "2026-06-01"))
    facts = Facts(contacts, (Seen("s1", "o1", "a"), Seen("s2", "o2", "a")))
    whole, months = Period("2026-05-01", "2026-06-30"), (MAY, JUNE)
    assert counting.INDICATORS["P01"](facts, whole)[0].value == 1
    assert sum(counting.INDICATORS["P01"](facts, month)[0].value for month in months) == 2


def test_corrected_days_travel_in_the_later_report() -> None:
    now = counting.indicators(Facts((Contact("o1", "visit", "2026-06-01"),)), JUNE)
    own, again = kept.kept(now), kept.kept(counting.indicators(Facts(), MAY))
    assert unpacked(packed(own, {MAY: again}), JUNE) == {JUNE: own, MAY: again}


def many(count: int) -> tuple[kept.Kept, ...]:
    """Two figures of a busy street: one of so many records, one of three."""
    ids = tuple(id_of(f"visit {n}") for n in range(count))
    return kept.Kept("P01", "", "人", count, ids), kept.Kept("C01", "new", "个", 3, ids[:3])


def test_a_year_of_a_busy_street_fits_into_the_log() -> None:
    own, again = many(6000), many(3000)
    text = packed(own, {MAY: again})
    assert len(orjson.dumps(text)) <= MAX_VALUE
    said = unpacked(text, JUNE)
    assert said == {JUNE: (dataclasses.replace(own[0], ids=None), own[1]), MAY: again}
    assert len(orjson.dumps(packed(own, {MAY: again}, most=10**9))) > MAX_VALUE  # the control


def test_an_id_that_many_figures_count_is_kept_once() -> None:
    ids = many(3000)[0].ids
    figures = tuple(kept.Kept(f"P{n:02}", "", "人", 3000, ids) for n in range(4))
    assert unpacked(packed(figures), JUNE)[JUNE] == figures
    assert 4 * len(orjson.dumps(ids)) > 2 * MAX_VALUE


def test_a_figure_without_its_ids_still_tells_that_it_is_another() -> None:
    was = unpacked(packed(many(4000), most=1000), JUNE)[JUNE]
    now = counting.Indicator("P01", "", "服务总人数", "人", 4002, many(4002)[0].ids or ())
    (told,) = (one for one in kept.supplement(was, [now]) if one.code == "P01")
    assert (told.reported, told.now, told.change, told.ids) == (4000, 4002, 2, ())
    same = dataclasses.replace(now, value=4000)
    assert not [one for one in kept.supplement(was, [same]) if one.code == "P01"]


@pytest.mark.parametrize(
    "row",
    [
        *('["P01"]', '["P01","","人",true,[]]', '["P01","","人",1,[1]]', '["P01","","人",1,[-1]]'),
        *('["P01","","人",1,["甲"]]', '["P01","","人",1,[],"2026","2026-06-30"]', '[1,"","人",1,[]]', "1"),
        '["P01","","人",1,[true]]',
    ],
)
def test_a_row_that_is_no_figure_is_left_out(row: str) -> None:
    good = '["P01","","人",1,[0]]'
    told = unpacked(f'{{"ids": ["甲"], "figures": [{row}, {good}]}}', JUNE)
    assert told == {JUNE: (kept.Kept("P01", "", "人", 1, ("甲",)),)}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "1", None, "{}", '{"ids": [1], "figures": []}', '{"ids": []}']
)
def test_what_are_no_figures_is_nothing(text: str | None) -> None:
    assert unpacked(text, JUNE) == {}

"""Whose a record is: kept from the guardian before own, own before a minor's, a minor's before the rest."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.record_class import Concern, RecordClass, is_minor, record_class

TODAY = "2026-06-30"
names = st.sampled_from(["甲", "乙", "丙", ""])
births = st.dates(date(1930, 1, 1), date(2026, 6, 30)).map(str) | st.sampled_from(
    ["2008", "2008-07", "不详", ""]
)


@given(st.frozensets(names), st.lists(births).map(tuple), st.booleans(), names)
def test_one_class_and_always_the_same_one(
    workers: frozenset[str], born: tuple[str, ...], kept: bool, asker: str
) -> None:
    found = record_class(Concern(workers, born, kept), asker, TODAY)
    assert (found is RecordClass.HIDDEN) == kept
    if not kept:
        own = asker != "" and asker in workers
        assert (found is RecordClass.OWN) == own
        assert (found is RecordClass.MINOR) == (not own and any(is_minor(day, TODAY) for day in born))


def test_eighteen_on_the_birthday_and_doubt_is_on_the_younger_side() -> None:
    assert is_minor("2008-07-01", TODAY)
    assert not is_minor("2008-06-30", TODAY)
    assert is_minor("2008", TODAY)
    assert is_minor("2008-07", TODAY)
    assert not is_minor("2007", TODAY)
    assert not is_minor("", TODAY)
    assert not is_minor("2027-01-01", TODAY)


def test_nobody_in_particular_is_the_stations() -> None:
    assert record_class(Concern(), "甲", TODAY) is RecordClass.STATION
    assert record_class(Concern(frozenset({""})), "", TODAY) is RecordClass.STATION

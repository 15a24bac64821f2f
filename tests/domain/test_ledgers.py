"""Every ledger is declared soundly: its paths lead to fields, its numbers stay out unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sgz_desktop.domain import retention
from sgz_desktop.domain.fields import Care, CodesKind, DayKind, LongTextKind, Share, YesNoKind, YuanKind
from sgz_desktop.domain.ledger import (
    COUNTED,
    NUMBERED,
    Column,
    Ledger,
    Sort,
    asked_at,
    cell,
    filled,
    head_of,
    is_numbered,
    kind_at,
    sort_of,
)
from sgz_desktop.domain.ledgers import LEDGERS, VISITS
from sgz_desktop.store.ledger_rows import COUNTS

ROOM = 262 - 13  # mm beside 序号


def paths(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Every path of a ledger from each of its kinds of record."""
    for source in ledger.sources:
        own = [source.day, *source.span, *source.ended, *source.absent, *source.filled, *source.not_no]
        own += [path for path, _ in source.has]
        columns = [path for column in ledger.columns for path in column.paths]
        for path in (*own, *columns, *ledger.order, *ledger.village):
            if path:
                yield source.kind, path


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda one: one.name)
def test_every_path_leads_to_a_field(ledger: Ledger) -> None:
    for kind, path in paths(ledger):
        assert kind_at(kind, path)
        asked = None if path.startswith("@") else asked_at(kind, path)
        assert asked is None or asked.ask.share is not Share.NOBODY
    assert ledger.title.endswith(("台账", "目录"))
    assert ledger.left_out
    assert ledger.order_words
    assert len(ledger.sources) >= 1


def test_control_a_path_that_leads_nowhere_is_refused() -> None:
    for path in ("nmae", "household.nothing", "date.village", "household.head.head"):
        with pytest.raises(TypeError):
            kind_at("visit", path)


def test_names_and_codes_are_their_own() -> None:
    assert len({one.name for one in LEDGERS}) == len({one.title for one in LEDGERS}) == len(LEDGERS)
    assert len({one.code for one in LEDGERS}) == len(LEDGERS)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda one: one.name)
def test_telephone_and_identity_numbers_stay_out_unless_asked_for(ledger: Ledger) -> None:
    kind = ledger.sources[0].kind
    for column in ledger.shown(numbers=False):
        for path in column.paths:
            asked = None if path.startswith("@") else asked_at(kind, path)
            assert asked is None or asked.ask.care is Care.PLAIN or not isinstance(asked.kind, NUMBERED)
    assert ledger.shown(numbers=True) == ledger.columns


def test_control_a_column_of_numbers_is_known_by_its_field() -> None:
    hidden = [column.head for column in VISITS.columns if is_numbered(VISITS, column)]
    assert hidden == ["电话"]
    other = replace(VISITS, columns=(Column("联系方式", 20, ("person.guardian_phone",)),))
    assert other.shown(numbers=False) == ()


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda one: one.name)
@pytest.mark.parametrize("numbers", [False, True])
def test_its_columns_fit_the_page(ledger: Ledger, numbers: bool) -> None:
    """What may not be made narrower leaves the others at least two thirds of what they are declared."""

    heads = [head_of(ledger, column) for column in ledger.shown(numbers)]
    fixed = sum(head.width for head in heads if head.fixed)
    shared = sum(head.width for head in heads if not head.fixed)
    assert ROOM - fixed >= shared * 2 / 3


def test_types_follow_the_declared_fields() -> None:
    assert sort_of(VISITS, Column("", 1, ("date",))) is Sort.DAY
    assert sort_of(VISITS, Column("", 1, ("household.monthly_income",))) is Sort.MONEY
    assert sort_of(VISITS, Column("", 1, ("person.born",), made="age")) is Sort.NUMBER
    assert sort_of(VISITS, Column("", 1, ("facts",))) is Sort.TEXT


def test_a_cell_has_the_type_of_its_value() -> None:
    assert cell(DayKind(), "2026-06-30") == date(2026, 6, 30)
    assert [cell(DayKind(), day) for day in ("2026-06", "1899-12-31", "某天")] == [
        "2026-06",
        "1899-12-31",
        "某天",
    ]
    assert cell(YuanKind(), 12_345) == Decimal("123.45")
    assert [cell(YesNoKind(), one) for one in (1, 0, None)] == ["是", "否", None]
    assert cell(YuanKind(), "三百") == "三百"  # a peer's value of another type is shown as it is


def test_several_values_share_a_cell() -> None:
    lists, texts = [CodesKind("person_category")] * 2, [LongTextKind()] * 3
    both = Column("", 1, ("a", "b"), every=True)
    assert filled(lists, ["tekun,disabled", "none"], both, "2026-06-30", 5) == "特困人员、残疾人"
    assert (
        filled(texts, ["药已吃完。", "已报村医", "已报村医"], both, "2026-06-30", 5) == "药已吃完。已报村医"
    )
    first = Column("", 1, ("a", "b", "c"))
    assert filled(texts, [None, "", "丙"], first, "2026-06-30", 5) == "丙"


def test_every_count_has_its_query() -> None:

    assert set(COUNTED) == set(COUNTS)


def test_how_long_a_file_is_kept() -> None:
    assert retention.kept_until(5, "2026-06-18", "1950-02-03") == "2031-06"
    assert retention.kept_until(5, "2026-06-18", "2015-05-05") == "2038-05"
    assert retention.kept_until(5, "2026", None) == "2031"
    assert retention.kept_until(5, None, "2015-05-05") == ""

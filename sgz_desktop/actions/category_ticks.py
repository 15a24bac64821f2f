"""On saving a person or a household its ticked categories follow its benefit rows, in the same edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sgz_desktop.domain.categories import LISTS, Spell, Whose, followed
from sgz_desktop.domain.fields import CodesKind, Level, Problem, split_codes
from sgz_desktop.domain.records.base import Record
from sgz_desktop.store.write import Write

CATEGORISED: Mapping[str, Whose] = {"person": "person", "household": "household"}
BENEFITS, TICKS = "benefits", "categories"
STILL_OPEN = "类别还有没停止的记录，仍保留；要停止请填停止日期。"
ENDED = "类别的记录已停止，没有勾选；再次享受请添加一行。"


def follow_benefits(
    record: Record, standing: Mapping[str, Mapping[str, Any]], writes: Sequence[Write], today: str
) -> dict[str, object]:
    """The categories to write, {} where they stay; sets them in `record`, which is about to be saved.
    `standing`: the benefit rows before, by id."""
    spells = list(_spells(standing, writes))
    ticked = getattr(record, TICKS)
    then = followed(ticked, spells, CATEGORISED[record.KIND], today)
    if not spells or set(split_codes(then)) == set(split_codes(ticked)):
        return {}
    setattr(record, TICKS, then)
    return {TICKS: then}


def _spells(standing: Mapping[str, Mapping[str, Any]], writes: Sequence[Write]) -> Iterator[Spell]:
    """The benefit rows as they will stand."""
    changed: dict[str, dict[str, Any]] = {w.id: dict(w.values) for w in writes if w.kind == "benefit"}
    for id in {**standing, **changed}:
        values = {**standing.get(id, {}), **changed.get(id, {})}
        if not values.get("deleted"):
            yield Spell(*(values.get(name) for name in Spell._fields))


def overruled(record: Record, typed: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Say so where somebody ticked or unticked by hand what the rows say otherwise."""
    kind = CATEGORISED.get(record.KIND)
    if kind is None or TICKS not in typed:
        return ()
    wanted = set(split_codes(CodesKind(LISTS[kind]).tidy(typed[TICKS] or "")))
    kept = set(split_codes(getattr(record, TICKS)))
    sentences = ((kept - wanted, STILL_OPEN), (wanted - kept, ENDED))
    return tuple(Problem(Level.MARK, TICKS, words) for codes, words in sentences if codes - {"none"})

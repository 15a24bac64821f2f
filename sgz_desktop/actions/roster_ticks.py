"""The ticks a list brings or takes: they follow the spell it tells of, by the same law as in the forms."""

from __future__ import annotations

from sgz_desktop.domain.categories import Spell, Whose, followed

LONG_AGO = "1900"
HOUSEHOLDS = frozenset({"dibao", "dibao_margin", "rigid_spending"})


def of_household(code: str) -> bool:
    """Does the whole household have it (低保), rather than one person (特困)?"""
    return code in HOUSEHOLDS


def ticks(whose: Whose, standing: str | None, code: str, today: str, *, on: bool) -> str | None:
    """The categories of a person or household once a spell of one begins, or has ended."""
    spell = Spell(category=code, to_day=None if on else LONG_AGO)
    return followed(standing, [spell], whose, today)

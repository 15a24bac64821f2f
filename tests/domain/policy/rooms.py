"""People for the tests of rules, as `screen` reads them. All invented."""

from __future__ import annotations

from typing import Any

from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.screen_results import screen
from sgz_desktop.domain.policy.shipped import shipped_packs

ON = "2026-06-30"
PARAMS = {
    "dibao_std": 785,
    "edge_multiple": 1.5,
    "income_per_capita_prev_year": 30000,
    "rigid_ratio": 0.6,
    "medical_share": 1,
    "temporary_share": 1,
}
KNOWN: dict[str, Any] = {
    "sex": "1",
    "disability": None,
    "income_month": 0,
    "pension_basic_month": 0,
    "property_ok": True,
    "status": [],
    "in_school": False,
    "dead": False,
    "missing_months": 0,
    "missing_reported": False,
    "declared_missing": False,
    "imprisoned": False,
    "detained": False,
    "seriously_ill": False,
    "custody_revoked": False,
    "deported": False,
    "civil_capacity": "full",
    "self_care": dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bath"), True),
    "long_term_care": False,
    "away": False,
    "emergency": False,
    "spending_sudden": False,
    "obligors": None,
    "father": None,
    "mother": None,
    "spouse": None,
}


def person(id: str, born: str | None = "1970-01-01", **typed: Any) -> dict[str, Any]:
    """Somebody of whom everything is known; a field given as `...` is not."""
    made = {"id": id, "born": born, **KNOWN, **typed}
    return {name: value for name, value in made.items() if value is not ...}


def household(id: str, *members: str, **typed: Any) -> dict[str, Any]:
    """A household of which everything is known."""
    own = {"income_year": 0, "rigid_spending_year": 0, "property_ok": True}
    own |= {"emergency": False, "spending_sudden": False}
    made = {"id": id, "members": list(members), **own, **typed}
    return {name: value for name, value in made.items() if value is not ...}


def told(*people: dict[str, Any], on: str = ON, homes: Any = (), **params: Any) -> list[dict[str, Any]]:
    """Everything `screen` says of people and households."""
    from decimal import Decimal

    given = {name: Decimal(str(value)) for name, value in {**PARAMS, **params}.items() if value is not None}
    table = {"on": on, "region": "350627", "params": given, "people": list(people), "households": list(homes)}
    found = screen(_exact(table), shipped_packs())["results"]
    assert isinstance(found, list)
    return found


def _exact(value: Any) -> Any:
    """As a JSON file is read: numbers with a point are decimals."""
    from decimal import Decimal

    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {name: _exact(one) for name, one in value.items()}
    return [_exact(one) for one in value] if isinstance(value, (list, tuple)) else value


def one(results: list[dict[str, Any]], programme: str, subject: str = "a") -> dict[str, Any]:
    """The result of somebody for a programme."""
    (found,) = [row for row in results if (row["programme"], row["subject"]) == (programme, subject)]
    return found


def verdict(*people: dict[str, Any], programme: str = "tekun", subject: str = "a", **more: Any) -> Verdict:
    """One verdict."""
    return Verdict(one(told(*people, **more), programme, subject)["verdict"])


def reason(result: dict[str, Any], id: str) -> dict[str, Any]:
    """A condition anywhere in a result's tree, the first met."""
    stack = list(result["reasons"])
    while stack:
        here = stack.pop(0)
        if here["id"] == id:
            return dict(here)
        stack += here["children"]
    raise KeyError(id)

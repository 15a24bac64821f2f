"""A contract in force with yearly targets, for tests."""

from __future__ import annotations

from collections.abc import Mapping

from sgz_desktop.actions.desk import Desk
from sgz_desktop.store.write import Write


def sign_contract(
    desk: Desk, goals: Mapping[str, int], first: str = "2026-01-01", last: str = "2026-12-31"
) -> None:
    """Write a contract of some days with its targets by code and part."""
    contract = f"contract-{first}"
    writes = [Write("contract", contract, {"first_on": first, "last_on": last})]
    writes += [
        Write("contract_target", f"{contract}-{key}", {"contract": contract, "indicator": key, "goal": goal})
        for key, goal in goals.items()
    ]
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))

"""The contract in force on a day, and what it asks for."""

from __future__ import annotations

from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

# a day of the contract may be known by its month or year; where two hold the day, the later one
IN_FORCE = f"""SELECT id FROM r_contract WHERE deleted {HERE} AND first_on <= ?1
  AND (last_on IS NULL OR last_on >= ?1 OR ?1 LIKE last_on || '%') ORDER BY first_on DESC, rid DESC LIMIT 1"""
TARGETS = f"""SELECT indicator, goal FROM r_contract_target
WHERE contract = ? AND indicator IS NOT NULL AND deleted {HERE} ORDER BY rid"""
SPANS = f"""SELECT first_on, last_on FROM r_contract WHERE first_on IS NOT NULL AND deleted {HERE}
ORDER BY first_on, rid"""


def contract_on(session: Reading, day: str) -> str | None:
    """The id of the contract whose days hold a day; of two that do, the one that began later."""
    row = session.connection.execute(IN_FORCE, (day,)).fetchone()
    return row[0] if row else None


def contract_spans(session: Reading) -> list[tuple[str, str | None]]:
    """First and last day of every contract that has a first, as they are written, the earliest first."""
    return [(first, last) for first, last in session.connection.execute(SPANS)]


def targets(session: Reading, day: str) -> dict[str, int]:
    """The yearly targets of the contract in force on a day, by code and part ("V01.households")."""
    contract = contract_on(session, day)
    if contract is None:
        return {}
    return targets_of(session, contract)


def targets_of(session: Reading, contract: str) -> dict[str, int]:
    """The targets of one contract, by code and part; those without a figure are none."""
    rows = session.connection.execute(TARGETS, (contract,))
    return {key: goal for key, goal in rows if isinstance(goal, int) and goal > 0}

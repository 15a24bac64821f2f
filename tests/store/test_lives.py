"""The query that looks for people to ask about leaves out nobody the rules would ask about."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sgz_desktop.actions.life import _items, life_items
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.life_events import AGES
from sgz_desktop.store import lives
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many

TODAYS = ("2026-06-30", "2026-01-10", "2026-12-20", "2028-02-29")
FIELDS = ("died_on", "moved_on", "married_on", "left_school_on", "jailed_on", "jailed_until")
PEOPLE = 400


def near(chance: random.Random, today: str, years: int = 0) -> str:
    """A day on the edge of the stretches that count, whole or in part."""
    day = date.fromisoformat(today).replace(day=1) + timedelta(days=chance.randint(-70, 95))
    shown = f"{day.year - years:04d}{day.isoformat()[4:]}".replace("-02-29", "-02-28")
    return shown[: chance.choice((10, 10, 10, 7, 4))]


def people(chance: random.Random) -> list[Write]:
    found = []
    for number in range(PEOPLE):
        today = chance.choice(TODAYS)
        values: dict[str, Wire] = {"born": near(chance, today, chance.choice(AGES))}
        if chance.random() < 0.6:
            values[chance.choice(FIELDS)] = near(chance, today)
        if chance.random() < 0.2:
            values["disability_valid_to"] = near(chance, today)
        if chance.random() < 0.1:
            values["merged_into"] = "p0"
        found.append(Write("person", f"p{number}", values))
        found.append(Write("membership", f"m{number}", {"person": f"p{number}", "household": f"h{number}"}))
        if chance.random() < 0.3:
            whose: dict[str, Wire] = chance.choice(({"person": f"p{number}"}, {"household": f"h{number}"}))
            found.append(Write("benefit", f"b{number}", {"programme": "dibao", **whose}))
    return found


def test_everybody_the_rules_ask_about_is_found(store: Store, actor: Actor) -> None:
    def write(session: Writing) -> None:
        record_many(session, actor, "", people(random.Random(7)))

    store.write(write)

    def both(session: Reading, today: str) -> tuple[set[str], set[str]]:
        rows = [lives.life_of(session, f"p{number}") for number in range(PEOPLE)]
        each = {item.origin for row in rows if row for item in _items(session, row, today)}
        return each, {item.origin for item in life_items(session, today)}

    for today in TODAYS:
        each, found = store.read(lambda session, today=today: both(session, today))
        assert each == found
        assert len(found) > 20

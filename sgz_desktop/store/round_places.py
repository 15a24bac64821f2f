"""The order of a day's round for lists of any length: household by household as somebody walks.

Text sorts otherwise (十组 before 三组), so that SQLite cannot: the rule is `domain.round_order`. Each
village, group and house number in use is ranked once, and households are sorted by the ranks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from sgz_desktop.domain.round_order import place_key, village_key
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading


def walked(session: Reading, found: Iterable[tuple[int | None, int]]) -> list[int]:
    """Records by household in the order of a round, those of none last; each once. `found` are the rid of a
    household or None and the rid of a record, in the order they take within the household."""
    homes: dict[int | None, list[int]] = defaultdict(list)
    for home, rid in found:
        homes[home].append(rid)
    nowhere = homes.pop(None, [])
    ranks = _ranks(session)
    order = sorted(homes, key=lambda home: (*ranks.get(home, _LAST), home))
    return list(dict.fromkeys(chain(*(homes[home] for home in order), nowhere)))


_LAST = (1 << 60,) * 3


def _ranks(session: Reading) -> dict[int | None, tuple[int, int, int]]:
    """Village, group and house number of every household as numbers that sort."""
    order = settings.get(session, "village_order", []) or []
    query = "SELECT rid, village, village_group, house_number FROM r_household"
    rows = session.connection.execute(query).fetchall()
    villages, groups, houses = ({row[n] for row in rows} for n in (1, 2, 3))
    village_at = {name: at for at, name in enumerate(sorted(villages, key=lambda v: village_key(v, order)))}
    group_at, house_at = (
        {name: at for at, name in enumerate(sorted(places, key=lambda p: (place_key(p), p or "")))}
        for places in (groups, houses)
    )
    return {rid: (village_at[v], group_at[g], house_at[n]) for rid, v, g, n in rows}

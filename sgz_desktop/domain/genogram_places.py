"""Where the people of a genogram stand in their rows: parents over their children, nobody on another."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.domain.genogram_order import Order, Union

SLOT = 110.0  # from one person to the next
GAP = 14.0  # more between people who are no couple
MARGIN = 14.0
SWEEPS = 12


def places(found: Order) -> dict[str, float]:
    """The middle of each person, the leftmost as near to the edge as it may be."""
    x: dict[str, float] = {}
    for row in found.rows:
        left = 0.0
        for cluster in row:
            for number, id in enumerate(cluster):
                x[id] = left + SLOT * number
            left += SLOT * len(cluster) + GAP
    for sweep in range(SWEEPS):
        for row in found.rows if sweep % 2 else found.rows[::-1]:
            _settle(row, x, found.unions, down=bool(sweep % 2))
    first = min(x.values(), default=0.0) - SLOT / 2 - MARGIN
    return {id: at - first for id, at in x.items()}


def _settle(
    row: Sequence[tuple[str, ...]], x: dict[str, float], unions: Sequence[Union], *, down: bool
) -> None:
    """Move the clusters of a row to where their parents (or children) want them, keeping order and room."""
    wanted = [x[cluster[0]] + _pull(cluster, x, unions, down=down) for cluster in row]
    offsets, at = [], 0.0
    for cluster in row:
        offsets.append(at)
        at += SLOT * len(cluster) + GAP
    spread = _rising([want - offset for want, offset in zip(wanted, offsets, strict=True)])
    for cluster, place, offset in zip(row, spread, offsets, strict=True):
        for number, id in enumerate(cluster):
            x[id] = place + offset + SLOT * number


def _pull(cluster: Sequence[str], x: dict[str, float], unions: Sequence[Union], *, down: bool) -> float:
    pulls = []
    for union in unions:
        mine = union.children if down else union.parents
        if union.parents and any(one in cluster for one in mine):
            pulls.append((_over(union, x) - _middle(union, x)) * (1 if down else -1))
    return sum(pulls) / len(pulls) if pulls else 0.0


def _over(union: Union, x: dict[str, float]) -> float:
    xs = [x[id] for id in union.parents]
    return sum(xs) / len(xs) + (SLOT / 2 if len(xs) == 1 else 0)


def _middle(union: Union, x: dict[str, float]) -> float:
    xs = [x[id] for id in union.children]
    return (min(xs) + max(xs)) / 2


def _rising(wanted: Sequence[float]) -> list[float]:
    """The nearest numbers that do not fall (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for value in wanted:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [((a * n + b * m) / (n + m), n + m)]
    return [value for value, count in blocks for _ in range(count)]

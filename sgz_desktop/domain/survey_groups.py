"""A survey's question by villages or groups of people, and what of it may be printed.

In print no cell tells of fewer than `LEAST` people, and none can be worked out from the others: the whole is
printed elsewhere, so where one cell alone would be kept back in a row or a column, another is with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sgz_desktop.domain.survey import CHOSEN, ONE, Question, Sheet, Tally, one_decimal, tally

LEAST = 5  # fewer people than this are not told of in print
KEPT_BACK = "*"
UNTOLD = "未填"


@dataclass(frozen=True, slots=True)
class Split:
    """A question counted by groups, the largest first; who did not say where they belong is a group too."""

    question: Question
    groups: tuple[str, ...]
    tallies: tuple[Tally, ...]


Row = tuple[str, tuple[str, ...]]
"""What a line of a printed table is of, and its cells by group."""


def split(question: Question, sheets: Sequence[Sheet], by: Callable[[Sheet], str]) -> Split:
    """A question by groups."""
    groups: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(by(sheet) or UNTOLD, []).append(sheet)
    names = sorted(groups, key=lambda name: (name == UNTOLD, -len(groups[name]), name))
    return Split(question, tuple(names), tuple(tally(question, groups[name]) for name in names))


def printed(found: Split, least: int = LEAST) -> tuple[Row, ...]:
    """The lines of a printed table: people who answered, then each choice, or the mean of scores."""
    answered = [one.answered for one in found.tallies]
    if found.question.sort not in CHOSEN:
        (shown,) = kept_back([answered], least=least, whole=False)
        means = tuple(
            one_decimal(one.mean) if open_ and one.mean is not None else KEPT_BACK if one.answered else "—"
            for one, open_ in zip(found.tallies, shown, strict=True)
        )
        return (("回答人数", _cells(answered, shown)), ("平均", means))
    counts = [
        [one.lines[place].count for one in found.tallies] for place in range(len(found.question.options))
    ]
    shown, *rest = kept_back([answered, *counts], least=least, whole=found.question.sort == ONE)
    lines = zip(found.question.options, counts, rest, strict=True)
    return (
        ("回答人数", _cells(answered, shown)),
        *((words, _cells(row, open_)) for words, row, open_ in lines),
    )


def _cells(counts: Sequence[int], shown: Sequence[bool]) -> tuple[str, ...]:
    return tuple(str(count) if open_ else KEPT_BACK for count, open_ in zip(counts, shown, strict=True))


def kept_back(counts: Sequence[Sequence[int]], *, least: int = LEAST, whole: bool) -> list[list[bool]]:
    """Which cells may be told. The sum of each row is known; when `whole`, the first cell of each column is
    the sum of the others."""
    shown = [[not 0 < count < least for count in row] for row in counts]
    while any(_close(counts, shown, line) for line in _equations(counts, whole)):
        pass
    return shown


def _equations(counts: Sequence[Sequence[int]], whole: bool) -> Iterator[list[tuple[int, int]]]:
    """Cells any one of which follows from the others."""
    wide = len(counts[0]) if counts else 0
    yield from ([(row, column) for column in range(wide)] for row in range(len(counts)))
    if whole:
        yield from ([(row, column) for row in range(len(counts))] for column in range(wide))


def _close(counts: Sequence[Sequence[int]], shown: list[list[bool]], line: list[tuple[int, int]]) -> bool:
    """Keep a second cell of a line back with the only one that is; was there something to do?"""
    closed = [at for at in line if not shown[at[0]][at[1]]]
    still = [at for at in line if shown[at[0]][at[1]]]
    if len(closed) != 1 or not still:
        return False
    row, column = min(still, key=lambda at: (counts[at[0]][at[1]] == 0, counts[at[0]][at[1]], at))
    shown[row][column] = False
    return True

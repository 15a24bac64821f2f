"""Rows of facts that are kept as columns: many rows are counted without an object for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T", bound=tuple[Any, ...])


class Columns(Sequence[T], Generic[T]):
    """Facts of one type. `named` are columns of one length; fields that have none are None in every row."""

    def __init__(self, fact: type[T], named: Mapping[str, Sequence[Any]]) -> None:
        self._fact, self.named = fact, named
        self._length = len(next(iter(named.values()), ()))

    @cached_property
    def _rows(self) -> tuple[T, ...]:
        names: tuple[str, ...] = getattr(self._fact, "_fields", ())
        rows = zip(*(self.column(name) for name in names), strict=True)
        return tuple(map(partial(tuple.__new__, self._fact), rows))

    def column(self, name: str) -> Sequence[Any]:
        """What one field is in each row."""
        return self.named[name] if name in self.named else (None,) * self._length

    def __add__(self, other: Columns[T]) -> Columns[T]:
        """The rows of both, one after the other."""
        names = self.named.keys() | other.named.keys()
        return Columns(self._fact, {name: [*self.column(name), *other.column(name)] for name in names})

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._rows[at]


def column(rows: Sequence[Any], name: str) -> Sequence[Any]:
    """One field of rows, however they are kept."""
    return rows.column(name) if isinstance(rows, Columns) else [getattr(one, name) for one in rows]


def columns(rows: Sequence[Any], *names: str) -> Iterator[tuple[Any, ...]]:
    """Some fields of each row, in this order."""
    return zip(*(column(rows, name) for name in names), strict=True)

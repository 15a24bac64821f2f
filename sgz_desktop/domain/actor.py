"""Who acts, with what roles, and by which verb."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """A worker at the desk. `worker` is the worker's id; `verb` names the action under way."""

    worker: str
    roles: frozenset[str]
    verb: str = ""

    def doing(self, verb: str) -> Actor:
        """The same worker at a named action, as the log will say."""
        return replace(self, verb=verb)

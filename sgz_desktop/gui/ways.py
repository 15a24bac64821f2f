"""The way to a record: which section opens it, and what to ask of that section."""

from __future__ import annotations


def record_target(kind: str, id: str) -> tuple[str, object]:
    """The section that opens a record, and what to show there."""
    if kind == "case":
        return "cases", id
    if kind in ("person", "household"):
        return "people", id if kind == "person" else {kind: id}
    if kind == "visit":
        return "visits", {"visit": id}
    if kind in ("application", "referral"):
        return "aid", (kind, id)
    if kind == "task":
        return "home", {"task": id}
    return "cases", {"paper": (kind, id)}

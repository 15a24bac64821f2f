"""For each fault a control plants in the merge law, a short play of three stores that tells it.

A fault may need hundreds of drawn plays before one tells; these were drawn once, without what did not matter.
"""

from __future__ import annotations

from typing import Any

NOBODYS = ("redaction", {"targets": ""})
AT_ONCE = (0, 0, 0)  # how far the three clocks are ahead

TELLING: dict[str, list[tuple[Any, ...]]] = {
    "first_come_stands": [
        ("save", 1, "r2", ("person", {"name": "乙"}), "first"),
        ("fork", 1, 0, 123535, None),
    ],
    "what_was_overtaken_stays_down": [
        ("extra", 2, "r1", ("household", {"address": ""}), "fresh"),
        ("extra", 0, "r1", ("person", {"name": "", "blood": 4784}), "fresh"),
        ("save", 1, "r1", ("household", {"house_number": None, "village_group": "甲"}), "none"),
        ("extra", 2, "r1", NOBODYS, "first"),
        ("extra", 1, "r1", ("household", {"address": 211487004930}), "fresh"),
        ("extra", 1, "r2", NOBODYS, "fresh"),
        ("fork", 1, 0, 383072921, None),
    ],
    "no_bases": [
        ("extra", 0, "r1", ("person", {"name": 4727}), "first"),
        ("save", 0, "r1", ("household", {"village_group": "乙", "village": "甲"}), "fresh"),
        ("extra", 0, "r1", ("person", {"name": "", "blood": None}), "fresh"),
    ],
    "last_writer_wins": [
        ("save", 0, "r1", ("person", {"name": "甲"}), "fresh"),
        ("save", 1, "r1", ("person", {"name": "甲"}), "none"),
    ],
    "local_numbers_decide": [
        ("save", 0, "r1", ("household", {"village": None}), "fresh"),
        ("save", 2, "r1", ("person", {"phone": "3"}), "fresh"),
        ("extra", 0, "r1", ("household", {"address": {"a": [1, None]}}), "none"),
        ("save", 0, "r1", ("person", {"deleted": True}), "none"),
        ("extra", 2, "r2", NOBODYS, "fresh"),
        ("save", 2, "r1", ("person", {"deleted": False}), "fresh"),
    ],
    "late_values_stay": [
        ("extra", 0, "r1", ("person", {"name": 4727}), "first"),
        ("redact", 0, "r1", ("person", "name"), False),
    ],
    "repeats_open_nothing": [
        ("save", 1, "r1", ("person", {"deleted": False}), "fresh"),
        ("save", 2, "r1", ("household", {"village": "甲", "house_number": "乙"}), "none"),
        ("extra", 0, "r1", ("household", {"address": -609485}), "none"),
        ("extra", 1, "r1", ("drone", {"battery": [1], "name": "甲"}), "fresh"),
        ("fork", 2, 1, 737990139, None),
        ("send", 0, 2, 2171, None),
        ("send", 2, 1, 1785224, None),
    ],
    "only_fresh_redactions_count": [
        ("extra", 0, "r1", ("household", {"address": -609485}), "none"),
        ("save", 1, "r1", ("person", {"deleted": True}), "first"),
        ("fork", 1, 1, 828, None),
    ],
}

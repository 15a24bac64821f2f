"""A made-up street to search in, and how to ask."""

from __future__ import annotations

from typing import Any

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import search
from sgz_desktop.store.search import Hit, PersonHit
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many

Row = tuple[str, str, dict[str, Any]]

CHEN: tuple[Row, ...] = (
    (
        "person",
        "chen",
        {
            "number": "人A0012",
            "name": "陈晓红",
            "former_name": "陈小花",
            "nickname": "红嫂",
            "sex": "female",
            "born": "1949-03",
            "id_number": "99000119490307402X",
            "phone": "199-1234 5678",
            "contact_name": "单大勇",
            "contact_phone": "0990-6655443",
            "filed_on": "2024-05-01",
            "note": "屋顶漏雨，家里米面不多",
        },
    ),
    (
        "household",
        "home",
        {"number": "户A0007", "village": "柳湾村", "village_group": "三组", "house_number": "12号"},
    ),
    ("membership", "in", {"household": "home", "person": "chen"}),
    ("obligor", "son", {"person": "chen", "who_name": "陈大强"}),
    (
        "case",
        "work",
        {"client": "chen", "number": "2026-A001", "worker": "林知夏", "opened_on": "2026-02-01"},
    ),
)


def save(store: Store, actor: Actor, *rows: Row) -> None:
    store.write(lambda session: record_many(session, actor, "", [Write(*row) for row in rows]))


def person(id: str, name: str, **more: str) -> Row:
    return "person", id, {"name": name, **more}


def visit(id: str, date: str, facts: str, **more: str) -> Row:
    return "visit", id, {"date": date, "facts": facts, **more}


def people(store: Store, text: str, limit: int = 50) -> list[PersonHit]:
    return store.read(lambda session: search.people(session, text, limit=limit))


def find(store: Store, text: str, limit: int = 50) -> list[Hit]:
    return store.read(lambda session: search.find(session, text, limit=limit))


def names(store: Store, text: str) -> list[str]:
    return [hit.name for hit in people(store, text)]

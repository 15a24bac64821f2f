"""Kinds with few records, all of which a field may name: their words, which still stand, in what order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Named:
    """SQL over the kind's table: what a record is called, which are offered anew, their order; `more` is said
    of it only where it is chosen."""

    words: str
    order: str
    stands: str = "1"
    more: str = "''"


def _dated(day: str, words: str) -> str:
    return f"coalesce({day} || '　', '') || coalesce({words}, '')"


NAMED: Mapping[str, Named] = MappingProxyType(
    {
        "activity": Named(_dated("date", "name"), "date DESC"),
        "contract": Named("coalesce(number, title)", "first_on DESC"),
        "evaluation_item": Named("text", "place"),
        "evaluation_table": Named("title", "date DESC"),
        "group": Named("name", "first_on DESC"),
        "group_member": Named("coalesce((SELECT p.name FROM r_person p WHERE p.id = person), name)", "rid"),
        "group_session": Named(_dated("date", "title"), "date DESC"),
        "resource": Named("what", "received_on DESC"),
        "room": Named("name", "name", "closed_on IS NULL"),
        "service_item": Named(
            "coalesce(number || '　', '') || coalesce(title, '')",
            "CAST(number AS INTEGER), number",
            "last_on IS NULL",
        ),
        "service_point": Named(
            "coalesce(name, village)", "village", "closed_on IS NULL", "coalesce('　联络员' || liaison, '')"
        ),
        "staff": Named("name", "name", "left_on IS NULL"),
        "supervision_agreement": Named(_dated("first_on", "supervisor"), "first_on DESC"),
        "survey": Named("title", "first_on DESC"),
        "survey_question": Named("coalesce(place || '. ', '') || coalesce(text, '')", "place"),
        "survey_sheet": Named("'第' || number || '份'", "number"),
        "training": Named(_dated("date", "title"), "date DESC"),
        "volunteer": Named("name", "name", "left_on IS NULL"),
        "volunteer_team": Named("name", "name", "disbanded_on IS NULL"),
        "worker": Named("name", "name"),
    }
)


def offered(kind: str) -> str:
    """SQL: id and words of all records that may be named."""
    named = NAMED[kind]
    return f"""SELECT id, {named.words} || {named.more} FROM r_{kind}
        WHERE deleted IS NOT 1 AND {named.stands}
        ORDER BY {named.order}, rid"""


def called(kind: str) -> str:
    """SQL: id and words of the records whose ids fill `{marks}`."""
    return f"SELECT id, {NAMED[kind].words} FROM r_{kind} WHERE id IN {{marks}}"

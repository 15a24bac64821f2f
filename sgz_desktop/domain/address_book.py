"""What an address book entry and a record that names an organisation say to one another."""

from __future__ import annotations

from collections.abc import Mapping

from sgz_desktop.domain.fields import Wire

RECEIVER_SORT: Mapping[str, str] = {  # entity_kind → institution_kind, where one tells the other
    **dict.fromkeys(("civil_affairs", "township", "disabled_federation", "medical_security"), "department"),
    **dict.fromkeys(("labour", "police", "court"), "department"),
    **dict.fromkeys(("women_federation", "youth_league", "trade_union"), "department"),
    **dict.fromkeys(("charity", "social_org", "volunteer_team"), "social_org"),
    "health": "hospital",
    "education": "school",
    "company": "employer",
}
ENTITY_SORT: Mapping[str, str] = {
    **dict.fromkeys(("welfare_centre", "elder_home", "child_home", "disabled_home"), "welfare_home"),
    "hospital": "health",
    "school": "education",
    "employer": "company",
    "social_org": "social_org",
}


def receiver(entry: Mapping[str, Wire]) -> dict[str, Wire]:
    """What a referral to an organisation says of its receiver."""
    told = {
        "receiver": entry.get("name"),
        "receiver_sort": RECEIVER_SORT.get(str(entry.get("sort") or "")),
        "receiver_contact": entry.get("contact"),
        "receiver_phone": entry.get("phone"),
    }
    return {name: value for name, value in told.items() if value is not None}


def entry(referral: Mapping[str, object]) -> dict[str, object]:
    """A new entry from what a referral says of its receiver."""
    told = {
        "name": referral.get("receiver"),
        "sort": ENTITY_SORT.get(str(referral.get("receiver_sort") or "")),
        "contact": referral.get("receiver_contact"),
        "phone": referral.get("receiver_phone"),
    }
    return {name: value for name, value in told.items() if value}

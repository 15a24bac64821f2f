"""The station's address book: its list, and what is found in it by typing."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import plain
from sgz_desktop.domain import address_book
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.organisation import Organisation
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading
from sgz_desktop.store.terms import digit_query, name_readings, pinyin_query

UNNAMED = "（名称未填）"


@dataclass(frozen=True)
class OrganisationLine:
    """An entry in words; `unused`: one no longer turns to it."""

    id: str
    name: str
    sort: str
    handles: str
    contact: str
    phone: str
    address: str
    hours: str
    unused: bool


@action
def list_organisations(desk: Desk) -> list[OrganisationLine]:
    """The whole address book: those in use by sort and name, then the others."""
    return _lines(desk)


@action
def find_organisations(desk: Desk, text: str, limit: int = 9) -> list[OrganisationLine]:
    """Entries in use in which what is typed stands: name, initials, what it handles, contact or number."""
    found = [line for line in _lines(desk) if not line.unused and _fits(line, text.strip())]
    return sorted(found, key=lambda line: not line.name.startswith(text.strip()))[:limit]


def _lines(desk: Desk) -> list[OrganisationLine]:
    entries = desk.read(lambda session: read.select_where(session, Organisation))
    codes = code_list("entity_kind").codes
    place = {code: number for number, code in enumerate(codes)}
    entries = sorted(
        (one for one in entries if not one.deleted),
        key=lambda one: (bool(one.unused), place.get(one.sort or "", len(codes)), one.name or ""),
    )
    return [_line(one) for one in entries]


def _line(one: Organisation) -> OrganisationLine:
    return OrganisationLine(
        id=str(one.id),
        name=one.name or UNNAMED,
        sort=code_list("entity_kind").label(one.sort) if one.sort else "",
        handles=one.handles or "",
        contact=one.contact or "",
        phone=one.phone or "",
        address=one.address or "",
        hours=one.hours or "",
        unused=bool(one.unused),
    )


def _fits(line: OrganisationLine, text: str) -> bool:
    if any(text in words for words in (line.name, line.handles, line.contact, line.sort)):
        return True
    if digits := digit_query(text):
        return digits in line.phone.replace("-", "")
    letters = pinyin_query(text)
    readings = name_readings(line.name) if letters else ()
    return any(letters in one.initials or one.full.startswith(letters) for one in readings)


@action
def receiver_of(desk: Desk, id: str) -> dict[str, Wire]:
    """What a referral to this organisation says of its receiver; {} when it is not here."""

    def work(session: Reading) -> dict[str, Wire]:
        found = read.get(session, Organisation, id)
        return address_book.receiver(plain(found)) if found and not found.deleted else {}

    return desk.read(work)

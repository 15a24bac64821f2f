"""What else the station has on file that a free text may repeat: other people, units, names in pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sgz_desktop.actions.coded_people import Cast, records_of
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.domain.deidentify_names import EVERYDAY
from sgz_desktop.domain.deidentify_places import unit_of
from sgz_desktop.domain.deidentify_text import GAP, folded
from sgz_desktop.domain.records.base import questions
from sgz_desktop.store.search_keys import full_readings

LEAST_LETTERS = 5  # of a name in pinyin: shorter ones are words


@dataclass(frozen=True)
class Around:
    """What of the station tells names apart: its workers and villages; `people` and `units` are the names
    of everybody and every place on file, whatever case they belong to."""

    staff: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def in_pinyin(file: Dossier, cast: Cast) -> Mapping[str, str]:
    """Names of the file's people as pinyin that its texts hold → what stands instead."""
    text = "".join(ch for ch in _written(file) if ch.isalpha())
    readings = {said: code for name, code in cast.by_name.items() for said in full_readings(name)}
    return {said: code for said, code in readings.items() if len(said) >= LEAST_LETTERS and said in text}


def elsewhere(file: Dossier, near: Around, cast: Cast, beside: str = "") -> Mapping[str, str]:
    """Whole names of people and units of other files that the file's texts hold, or a text `beside` it →
    what stands instead."""
    text = _squeezed(beside) if beside else _written(file)
    apart = "\n".join((*near.villages, *cast.staff, file.station))
    people = (name for name in _held(near.people, text) if name not in apart and not EVERYDAY.fullmatch(name))
    found = {name: cast.of(name) for name in people if name not in cast.by_name}
    return found | {name: unit for name in _held(near.units, text) if (unit := unit_of(name))}


def _held(names: Iterable[str], text: str) -> list[str]:
    squeezed = ((name, _squeezed(name)) for name in names)
    return [name for name, bare in squeezed if len(bare) > 1 and bare in text]


def _written(file: Dossier) -> str:
    """Every text of a dossier, without what stands between characters."""
    values = (getattr(record, name) for record in records_of(file) for name in questions(type(record)))
    return "\n".join(_squeezed(value) for value in values if isinstance(value, str))


_BETWEEN = re.compile(GAP)


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", folded(text)).casefold()

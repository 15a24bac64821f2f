"""Whose edits count here, from the log and from what is put aside; `domain.enrolment` has the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sgz_desktop.domain import enrolment, signed_words, who_counts
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import Edit
from sgz_desktop.store import forks, settings
from sgz_desktop.store.log import edit_at
from sgz_desktop.store.schema import edit_of
from sgz_desktop.store.session import Reading, Writing

FOUNDER = "founder"
FOUNDER_KEYS = "founder_keys"  # told with the invitation: [sign key, box key]
INTRODUCED = "introduced"  # by device: letter and what it showed of itself, before an edit of it came
TOLD = f"""SELECT DISTINCT {edit_of("d.first")} FROM entity n JOIN edited d ON d.rid = n.rid
 WHERE n.kind = '{enrolment.DEVICE}' ORDER BY 1"""


def founder(session: Reading) -> str:
    """The device the station began with, "" where that is not known."""
    return str(settings.get(session, FOUNDER, ""))


def facts(
    session: Reading, more: Iterable[Edit] = (), shown: Iterable[enrolment.Shown] = ()
) -> enrolment.Facts:
    """What is known of computers from every edit here and from `more`, and from what successors showed."""
    first = founder(session)
    every = [*(one.shown for one in introduced(session)), *shown]
    found = enrolment.facts([*_told(session), *more], verify, first, every)
    if pinned := settings.get(session, FOUNDER_KEYS):
        found.keys.setdefault(first, {})[enrolment.INVITED] = {signed_words.Keys(*pinned): 0}
    return found


class Introduction(NamedTuple):
    """The letter of a successor, and what it shows of itself."""

    letter: str
    shown: enrolment.Shown


def introduced(session: Reading) -> list[Introduction]:
    """Successors that said here who they are."""
    kept = settings.get(session, INTRODUCED, {})
    return [
        Introduction(letter, enrolment.Shown(device, station, signed_words.Keys(*keys), endorsement))
        for device, (letter, station, keys, endorsement) in kept.items()
    ]


def introduce(session: Writing, some: Iterable[Introduction]) -> None:
    """Keep who successors say they are: it is known then whom to send to; what counts is said by their
    edits. What one said before of itself stays."""
    kept = {one.shown.device: one for one in (*some, *introduced(session))}
    told = {
        id: [one.letter, one.shown.station, list(one.shown.keys), one.shown.endorsement]
        for id, one in kept.items()
    }
    settings.put(session, INTRODUCED, told)


def disputed(session: Reading) -> set[str]:
    """Computers of which different keys are said: what they wrote can be proven to nobody until that is
    decided."""
    found, first = facts(session), founder(session)
    return {device for device in found.keys if enrolment.disputed(found, first, device)}


def _told(session: Reading) -> Iterator[Edit]:
    for (eid,) in session.connection.execute(TOLD).fetchall():
        yield edit_at(session, eid)
    yield from filter(tells, forks.forked(session))


def named_aside(session: Reading) -> dict[str, tuple[str | None, str | None]]:
    """Letter and name of computers that say who they are in edits that are put aside."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for edit in filter(tells, forks.forked(session)):
        if told := names_itself(edit):
            found[edit.device] = told
    return found


def names_itself(edit: Edit) -> tuple[str, str | None] | None:
    """Letter and name of the computer that wrote an edit, where it tells its letter there."""
    own = [one for one in edit.changes if (one.kind, one.record) == (enrolment.DEVICE, edit.device)]
    said = {change.cell: change.opened.value for change in own if change.opened}
    letter, name = said.get("letter"), said.get("name")
    return (letter, name if isinstance(name, str) else None) if isinstance(letter, str) else None


def tells(edit: Edit) -> bool:
    """Does the edit say something of a computer?"""
    return any(change.kind == enrolment.DEVICE for change in edit.changes)


def limits(session: Reading) -> dict[str, int]:
    """Device → the last of its edits that counts; those not named here are not limited."""
    return dict(session.connection.execute("SELECT device, last FROM device_limit").fetchall())


def renew(session: Writing, edits: Sequence[Edit]) -> tuple[set[int], list[Edit]]:
    """Work the limits out anew where `edits` say something of computers. Returns the eids of edits that no
    longer count, and the edits that were put aside and count now, taken out of there."""
    telling = [edit for edit in edits if tells(edit)]
    if not telling:
        return set(), []
    before = limits(session)
    last = who_counts.limits(facts(session, telling), founder(session))
    if last == before:
        return set(), []
    run = session.connection.execute
    run("DELETE FROM device_limit")
    session.connection.executemany("INSERT INTO device_limit VALUES(?, ?)", last.items())
    gone = {row[0] for device in last for row in run(BEYOND, (device, last[device])).fetchall()}
    raised = {device for device in before if last.get(device, enrolment.NO_LIMIT) > before[device]}
    return gone, forks.take_back(session, raised, last)


BEYOND = "SELECT e.eid FROM edit e JOIN replica r USING(did) WHERE r.device = ? AND e.seq > ?"

"""Which computers are in, and the last edit of each that counts, by what `enrolment` found was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sgz_desktop.domain.enrolment import NO_LIMIT, Facts


def limits(found: Facts, founder: str = "") -> dict[str, int]:
    """Device → the last of its edits that counts, for each that is limited; 0: none does.

    Without a founder the computers nobody let in stand by themselves; whether a stranger's edits are taken at
    all is for who receives them.
    """
    guests = {device for _, device in found.enrolled | found.endorsed} - {founder}
    known = guests | {by for by, _ in found.endorsed} | {stamp.device for stamp, _ in found.enrolled}
    known |= {one.by for one in found.revoked} | {one.device for one in found.revoked}
    roots = known - guests
    ever = _reached(found, roots, {})
    last: dict[str, int] = {}
    keeps: dict[str, set[str]] = {}
    for one in found.revoked:
        if one.by in ever:
            last[one.device] = min(one.last, last.get(one.device, NO_LIMIT))
            keeps.setdefault(one.device, set()).update(one.keeps)
    for device, decision in found.decided.items():
        last[device] = decision.last
    last = {device: seq for device, seq in last.items() if seq < NO_LIMIT}
    counted = Facts(enrolled=found.enrolled, endorsed=_kept(found, last, keeps))
    inside = _reached(counted, roots, last)
    return last | dict.fromkeys(guests - inside, 0)


def _kept(found: Facts, last: Mapping[str, int], keeps: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Which successors count: of a stopped computer those that its stopping keeps. Of the computers it went
    on from too, as another of their backups would only bring it back under another name."""
    before = _before_each(found)
    asked: dict[str, list[str]] = {}  # whose stopping is asked, by predecessor
    for device in last:
        line = _line(device, before) if device in keeps else {device}
        for one in line:
            asked.setdefault(one, []).append(device)
    return {
        (by, device)
        for by, device in found.endorsed
        if all(device in keeps.get(one, ()) or by != one == device for one in asked.get(by, ()))
    }


def _line(device: str, before: Mapping[str, set[str]]) -> set[str]:
    """A computer and those it goes on from."""
    return _led_to([device], before)


def with_before(found: Facts, device: str) -> set[str]:
    """The computers that one goes on from, and their successors: whom its stopping has to keep by name."""
    line = _line(device, _before_each(found)) - {device}
    return line | {heir for by, heir in found.endorsed if by in line}


def _before_each(found: Facts) -> dict[str, set[str]]:
    before: dict[str, set[str]] = {}
    for by, device in found.endorsed:
        before.setdefault(device, set()).add(by)
    return before


def _reached(found: Facts, roots: Iterable[str], last: Mapping[str, int]) -> set[str]:
    """Who is in: let in, one by the other, from these on, by edits that count."""
    after: dict[str, set[str]] = {}
    for by, whom in found.enrolled:
        if by.seq <= last.get(by.device, NO_LIMIT):
            after.setdefault(by.device, set()).add(whom)
    for before, whom in found.endorsed:
        after.setdefault(before, set()).add(whom)
    return _led_to(roots, after)


def _led_to(roots: Iterable[str], onward: Mapping[str, set[str]]) -> set[str]:
    """The roots, and whatever they lead to, step by step."""
    due = list(roots)
    found = set(due)
    while due:
        fresh = onward.get(due.pop(), set()) - found
        found |= fresh
        due += fresh
    return found


def members(found: Facts, founder: str) -> set[str]:
    """Every computer that is in, stopped or not: reached from the founder."""
    return _reached(found, [founder], {})

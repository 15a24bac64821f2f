"""Lists of names written down in a row: sign-ins of an activity, those who received of a resource, members
of a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, plain
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Problem, Wire
from sgz_desktop.domain.records.activity import Activity, SignIn
from sgz_desktop.domain.records.base import Record, Refused, gate
from sgz_desktop.domain.records.group import Group, GroupMember
from sgz_desktop.domain.records.resource import Handout, Resource
from sgz_desktop.errors import AppError
from sgz_desktop.store import activities, read
from sgz_desktop.store.activities import Listed
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

R = TypeVar("R", bound=Record)
NOT_HERE = ("这份资料没有找到，没有保存。", "请回到列表再试。")
NOBODY = ("还没有填姓名或人数，没有保存。", "请填姓名，或只填人数。")
NO_NAMES = ("还没有填领取人，没有保存。", "请填姓名，再保存。")
TO_COME = "活动日期还没到，请核对。"
CANCELLED = "活动已取消，签到不计入统计。"
NO_MEMBERS = ("还没有填组员，没有保存。", "请填姓名，再保存。")


@dataclass(frozen=True)
class Opened:
    """An activity, a resource or a group with those on its list: `title` and `place` in words, `heads`
    counted at the activity or planned for the group, `left` of the resource (None unknown), `doubt` whether
    there can be anybody on the list by now, `hosts` of the list that count nowhere."""

    id: str
    title: str
    date: str
    place: str
    rows: tuple[Listed, ...]
    heads: int | None = None
    left: int | None = None
    measure: str = ""
    doubt: str = ""
    hosts: int = 0


@dataclass(frozen=True)
class Written:
    """What a list became: how many were added, how many are on it, how many of a resource are left."""

    added: int
    on_list: int
    changes: Changes
    left: int | None = None


@action
def sign_in_list(desk: Desk, activity: str) -> Opened:
    """An activity and who signed in so far. AppError when it is not here."""

    def work(session: Reading) -> Opened:
        one = _here(session, Activity, activity)
        rows, day = tuple(activities.signed_in(session, activity)), one.date or ""
        doubt = CANCELLED if one.cancelled else TO_COME if day[:10] > desk.today() else ""
        opened = Opened(activity, one.name or "", day, one.place or "", rows, doubt=doubt)
        return replace(opened, heads=one.head_count, hosts=activities.hosting(session, activity))

    return desk.read(work)


@action
def handout_list(desk: Desk, resource: str) -> Opened:
    """A resource, who received of it, and what is left. AppError when it is not here."""

    def work(session: Reading) -> Opened:
        one = _here(session, Resource, resource)
        rows = tuple(activities.handed_out(session, resource))
        left = stock_left(session, one)
        title, measure = one.what or "", one.measure or ""
        return Opened(resource, title, one.received_on or "", "", rows, left=left, measure=measure)

    return desk.read(work)


@action
def member_list(desk: Desk, group: str) -> Opened:
    """A group and its members, `date` when it began. AppError when it is not here."""

    def work(session: Reading) -> Opened:
        one = _here(session, Group, group)
        rows = tuple(activities.members_of(session, group))
        return Opened(group, one.name or "", one.first_on or "", "", rows, heads=one.planned_members)

    return desk.read(work)


def _here(session: Reading, kind: type[R], id: str) -> R:
    one = read.get(session, kind, id)
    if one is None or one.deleted:
        raise AppError(*NOT_HERE)
    return one


@action
def people_called(desk: Desk, names: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The people on file, (id, village) each, for those of some names that anybody has."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in desk.read(lambda session: activities.namesakes(session, names)):
        found[one.name].append((one.person, one.village))
    return dict(found)


@action
def enter_sign_ins(
    desk: Desk, activity: str, each: Sequence[tuple[str, str]], heads: str = "", reason: str = ""
) -> Written:
    """Add sign-ins, (id of a person or '', name) each, and the head-count, as one edit. Who is on the list
    already is not added again. FormRefused when a name or the count cannot be."""

    def work(session: Writing) -> Written:
        loaded = read.load(session, Activity, activity)
        if loaded is None or loaded.record.deleted:
            raise AppError(*NOT_HERE)
        on_list = activities.signed_in(session, activity)
        new = _new(on_list, each)
        writes = _rows(desk, SignIn, new, {"activity": activity})
        if heads.strip():
            writes += _altered(desk, loaded, {"head_count": heads.strip()})
        if not each and not heads.strip():
            raise AppError(*NOBODY)
        desk.record(session, reason, writes)
        return Written(len(new), len(on_list) + len(new), session.changes())

    return desk.write(work)


@action
def enter_handouts(
    desk: Desk,
    resource: str,
    shared: Mapping[str, object],
    each: Sequence[tuple[str, str]],
    reason: str = "",
) -> Written:
    """Write down that everybody in `each`, (id of a person or '', name), received of a resource: `shared` is
    what holds for all (date, quantity, worth, signed, note). One edit; more than there is is kept, and
    `left` is then below nought. FormRefused when a value cannot be."""

    def work(session: Writing) -> Written:
        one = _here(session, Resource, resource)
        if not each:
            raise AppError(*NO_NAMES)
        writes = _rows(desk, Handout, list(each), {**shared, "resource": resource})
        writes = [replace(write, values=_worth(write.values, one)) for write in writes]
        desk.record(session, reason, writes)
        on_list = len(activities.handed_out(session, resource))
        return Written(len(writes), on_list, session.changes(), stock_left(session, one))

    return desk.write(work)


@action
def enter_members(
    desk: Desk,
    group: str,
    shared: Mapping[str, object],
    each: Sequence[tuple[str, str]],
    reason: str = "",
) -> Written:
    """Add members, (id of a person or '', name) each, to a group as one edit: `shared` is what holds for all
    (joined_on, consented_on: who has a day of consent consented). Who is in it is not added again.
    FormRefused when a value cannot be."""

    def work(session: Writing) -> Written:
        _here(session, Group, group)
        if not each:
            raise AppError(*NO_MEMBERS)
        on_list = activities.members_of(session, group)
        new = _new(on_list, each)
        consent = {"consent": "agreed"} if shared.get("consented_on") else {}
        desk.record(session, reason, _rows(desk, GroupMember, new, {**shared, **consent, "group": group}))
        return Written(len(new), len(on_list) + len(new), session.changes())

    return desk.write(work)


def _worth(values: Mapping[str, Wire], one: Resource) -> dict[str, Wire]:
    """The values of a hand-out with what it is worth (分), where what the whole is worth is known."""
    quantity = values.get("quantity")
    if "worth" in values or type(quantity) is not int or not one.quantity or one.worth is None:
        return dict(values)
    return {**values, "worth": round(one.worth * quantity / one.quantity)}


def stock_left(session: Reading, one: Resource) -> int | None:
    """How many of a resource are left; None where it does not say how many there were."""
    return None if one.quantity is None else one.quantity - activities.given_out(session, str(one.id))


def _new(on_list: Sequence[Listed], each: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those not on the list yet: a file is told by its id, a name without a file by itself."""
    known = {(one.person, "" if one.person else one.name) for one in on_list}
    return [one for one in dict.fromkeys(each) if (one[0], "" if one[0] else one[1]) not in known]


def _rows(
    desk: Desk,
    kind: type[SignIn | Handout | GroupMember],
    each: Sequence[tuple[str, str]],
    shared: Mapping[str, object],
) -> list[Write]:
    writes: list[Write] = []
    found: dict[tuple[str, str], Problem] = {}
    for person, name in each:
        who = {"person": person} if person else {"name": name}
        try:
            record = gate(kind, {**shared, **who}, desk.today())
        except Refused as refused:
            found.update({(one.field, one.sentence): one for one in refused.problems})
            continue
        writes.append(Write(kind.KIND, desk.ids(), _told(record, {**shared, **who})))
    if found:
        raise FormRefused(list(found.values()))
    return writes


def _told(record: SignIn | Handout | GroupMember, given: Mapping[str, object]) -> dict[str, Wire]:
    values = {name: getattr(record, name) for name in given}
    return {name: value for name, value in values.items() if value is not None}


def _altered(desk: Desk, loaded: read.Loaded[Activity], typed: Mapping[str, object]) -> list[Write]:
    """The write that brings an activity to what was typed; none where it says so already."""
    standing = plain(loaded.record)
    try:
        record = gate(Activity, {**standing, **typed}, desk.today(), standing)
    except Refused as refused:
        raise FormRefused(refused.problems) from None
    values = {name: getattr(record, name) for name in typed if getattr(record, name) != standing.get(name)}
    seen = {name: loaded.seen[name] for name in values if name in loaded.seen}
    return [Write(Activity.KIND, str(loaded.record.id), values, seen)] if values else []

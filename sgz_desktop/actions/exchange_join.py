"""Bring a new computer into the station: an invitation goes there, a request comes back, a person compares.

Either file is worth nothing without the fingerprints that the two people read to one another: the invitation
says whom the new computer will believe, the request whom the station lets in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions import carried, letters
from sgz_desktop.actions.allowed import ROLES, WORKER, action
from sgz_desktop.actions.carried import MAX_FILE, fingerprint
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.domain.enrolment import keys_of
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.domain.records.worker import Worker
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.domain.store_kind import StoreKind, store_kind
from sgz_desktop.errors import AppError
from sgz_desktop.store import enrolment, read
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Clock, utc_ms
from sgz_desktop.store.write import Write
from sgz_desktop.sync.canon import is_name
from sgz_desktop.vault import sealing
from sgz_desktop.vault.stretch import DEFAULT, Argon2Params

INVITATION, REQUEST = "invitation", "request"
SHOWN = ("store", "station", "name", "letter")


@dataclass(frozen=True)
class Member:
    """A worker of the station, who may be the same person on the new computer."""

    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Invitation:
    """What the new computer gets: the station, whom it began with, who invites, and its letter."""

    store: str
    kind: StoreKind
    station: str
    founder: str
    founder_keys: Keys
    by: str
    by_keys: Keys
    letter: str
    workers: tuple[Member, ...]
    fingerprint: str


@dataclass(frozen=True)
class Request:
    """Who asks to be let in, and in which roles `user` comes; `again` with a store of the station that it
    has. `fingerprint` is what both screens show."""

    store: str
    device: str
    letter: str
    name: str
    keys: Keys
    user: str
    roles: tuple[str, ...]
    fingerprint: str
    again: bool = False


@action
def invite(desk: Desk, station: OpenStation, out: Path) -> Invitation:
    """Write an invitation for one new computer; its letter is kept for it. AppError: what the disk
    refuses."""
    letter = desk.store.write(letters.reserve)
    told: dict[str, Any] = {
        "what": INVITATION,
        "store": station.slots.store_id,
        "kind": station.slots.kind,
        "station": station.slots.station,
        "founder": desk.store.read(enrolment.founder),
        "founder_keys": list(_founder_keys(desk, station)),
        "by": station.state.device_id,
        "by_keys": [station.state.key.public.hex(), station.state.recipient],
        "letter": letter,
        "workers": [[one.id, one.name, list(one.roles)] for one in _members(desk, station)],
    }
    body = carried.signed(told, station.state.key.sign)
    files.write_atomic(out, body, private=False)
    desk.note_access("invite_computer", letter, "done", "device")
    return read_invitation(out)


def _members(desk: Desk, station: OpenStation) -> list[Member]:
    """Whom the records name, and whom an account was made for here that wrote nothing yet. Who left the
    station keeps the name, so that old records stay theirs, and no role."""

    def roles(one: Worker) -> tuple[str, ...]:
        return () if one.active is False else tuple(sorted((one.roles or "").split(",")))

    known = desk.store.read(lambda session: read.select_where(session, Worker))
    members = [Member(one.id or "", one.name or "", roles(one)) for one in known]
    ids = {one.id for one in members}
    return members + [
        Member(slot.worker_id, slot.user, tuple(sorted(slot.roles)))
        for slot in station.slots.workers
        if slot.worker_id not in ids
    ]


def _founder_keys(desk: Desk, station: OpenStation) -> Keys:
    founder = desk.store.read(enrolment.founder)
    if founder == station.state.device_id:
        return Keys(station.state.key.public.hex(), station.state.recipient)
    if not (found := keys_of(desk.store.read(enrolment.facts), founder, founder)):
        raise AppError("本机还没有本站第一台电脑的资料，没有写出邀请。", "请先与别的电脑做一次U盘交换。")
    return found


def read_invitation(path: Path) -> Invitation:
    """An invitation from a file. AppError when it is none, or was changed."""
    body = files.read_whole(path, MAX_FILE)

    def invitation(told: Mapping[str, Any]) -> Invitation:
        workers = tuple(Member(id, name, tuple(roles)) for id, name, roles in told["workers"])
        if not all(carried.is_shown(text) for one in workers for text in (one.id, one.name, *one.roles)):
            raise ValueError
        if not is_name(told["founder"]) or not is_name(told["by"]):
            raise ValueError
        founder, by = (_keys(told[name]) for name in ("founder_keys", "by_keys"))
        return Invitation(
            told["store"], store_kind(told["kind"]), told["station"], told["founder"], founder,
            told["by"], by, told["letter"], workers, fingerprint(body),
        )  # fmt: skip

    return carried.opened(body, INVITATION, "邀请", lambda it: it["by_keys"][0], SHOWN, invitation)


def _keys(told: list[str]) -> Keys:
    sign, box = told
    if not carried.is_shown(sign) or not sealing.is_recipient(box):
        raise ValueError
    return Keys(sign, box)


def join(
    folder: Path,
    invitation: Invitation,
    user: str,
    passphrase: str,
    name: str,
    request: Path,
    *,
    recovery: str | None = None,
    params: Argon2Params = DEFAULT,
    now: Clock = utc_ms,
    ids: Callable[[], str] = uuid7,
    say: Callable[[str], None] = lambda words: None,
) -> tuple[OpenStation, Request]:
    """Make this computer's own store of the station in an empty folder, and write its request: both or
    neither. It holds nothing until the first bundle has come. `say` may raise Cancelled. AppError as
    `create_station`, and what the disk of the request refuses.
    """
    same = member_named(invitation, user)
    asked: list[Request] = []
    before = _lies_at(request)

    def ask(made: OpenStation) -> None:
        say("正在写出加入申请")
        try:
            asked.append(write_request(made, invitation, name, request))
        except AppError as fault:
            raise AppError(fault.message, "换一个U盘或文件夹，再写一次就好。") from fault

    try:
        station = create_station(
            folder, invitation.station, user, passphrase,
            kind=invitation.kind,
            recovery=recovery, params=params, now=now, ids=ids,
            store_id=invitation.store, joins=invitation_terms(invitation),
            worker_id=same.id if same else None, roles=roles_of(same), last=ask,
        )  # fmt: skip
    except Exception:
        if (lies := _lies_at(request)) and lies != before:  # of a computer that is not to be
            with suppress(AppError):
                files.discard(request)
        raise
    return station, asked[0]


def member_named(invitation: Invitation, user: str) -> Member | None:
    """The worker of the station who has this name, sooner one who is in it still."""
    named = [one for one in invitation.workers if one.name == user]
    return next((one for one in named if one.roles), named[0] if named else None)


def roles_of(member: Member | None) -> tuple[str, ...]:
    """In which roles somebody joins: those he has in the station; whom it does not know does casework, and
    nothing else."""
    return tuple(role for role in ROLES if member and role in member.roles) or (WORKER,)


def _lies_at(request: Path) -> bytes:
    with suppress(AppError):
        return files.read_whole(request, MAX_FILE)
    return b""


def invitation_terms(invitation: Invitation) -> Mapping[str, Any]:
    """The settings a store begins with that joins."""
    return {
        "letter": invitation.letter,
        enrolment.FOUNDER: invitation.founder,
        enrolment.FOUNDER_KEYS: list(invitation.founder_keys),
    }


@action
def rejoin(desk: Desk, station: OpenStation, invitation: Invitation, out: Path) -> Request:
    """Ask with the store there is to be let in again, where the others do not know this computer.

    AppError when the invitation is of another station, or names another first computer than is known here.
    """
    if (invitation.store, invitation.kind) != (station.slots.store_id, station.slots.kind):
        raise AppError("这份邀请是别的社工站的，没有写出申请。", "请核对邀请是哪个站写的。")
    founder, facts = desk.store.read(enrolment.founder), desk.store.read(enrolment.facts)
    known_keys = keys_of(facts, founder, founder) or invitation.founder_keys
    if (invitation.founder, invitation.founder_keys) != (founder, known_keys):
        raise AppError("邀请里的第一台电脑与本机记的不同，没有写出申请。", "请与站长核对。")
    if invitation.by == desk.device.id:
        raise AppError("这份邀请是本机写的，没有写出申请。", "请用另一台电脑写的邀请。")
    return write_request(station, replace(invitation, letter=desk.device.letter), "", out, again=True)


def write_request(
    station: OpenStation, invitation: Invitation, name: str, out: Path, *, again: bool = False
) -> Request:
    """Write the request of this computer, sealed to the one that invited it."""
    told: dict[str, Any] = {
        "what": REQUEST,
        "store": station.slots.store_id,
        "device": station.state.device_id,
        "letter": invitation.letter,
        "name": name,
        "keys": [station.state.key.public.hex(), station.state.recipient],
        "user": station.desk.user,
        "roles": sorted(station.desk.actor.roles),
        "again": again,
    }
    body = carried.signed(told, station.state.key.sign)
    files.write_atomic(out, sealing.seal_to(invitation.by_keys.box, body), private=False)
    return _request(body)


@action
def read_request(desk: Desk, station: OpenStation, path: Path) -> Request:
    """A request that came back. AppError when it is none, is for another computer, or was changed."""
    try:
        body = sealing.open_with(station.state.identity, files.read_whole(path, MAX_FILE))
    except sealing.BadBox as fault:
        raise AppError(
            "这不是发给本机的加入申请，没有读入。", "请用本机写的邀请，让对方重新申请。"
        ) from fault
    request = _request(body)
    if request.store != station.slots.store_id:
        raise AppError("这份加入申请是给别的社工站的，没有读入。", "请核对邀请是哪个站写的。")
    return request


def _request(body: bytes) -> Request:
    def request(told: Mapping[str, Any]) -> Request:
        if not is_name(told["device"]) or not carried.is_shown(told["user"]):
            raise ValueError
        if not all(carried.is_shown(role) for role in told["roles"]):
            raise ValueError
        return Request(
            told["store"], told["device"], told["letter"], told["name"], _keys(told["keys"]), told["user"],
            tuple(told["roles"]), fingerprint(body), told.get("again") is True,
        )  # fmt: skip

    return carried.opened(body, REQUEST, "加入申请", lambda it: it["keys"][0], SHOWN, request)


def is_about_joining(station: OpenStation, path: Path) -> bool:
    """Is a file a request that is sealed to this computer, or an invitation? Whether it is genuine is for
    whoever reads it. OSError as the disk says."""
    with open(path, "rb") as file:
        body = file.read(MAX_FILE)
    with suppress(sealing.BadBox):
        body = sealing.open_with(station.state.identity, body)
    marks = (f'"what":"{sort}"'.encode() for sort in (INVITATION, REQUEST))
    return body.startswith(b"{") and any(mark in body for mark in marks)


def _is_stopped(session: Reading, device: str) -> bool:
    """Was it stopped itself? One whose predecessor was may be let in."""
    return device in enrolment.limits(session) and bool(enrolment.facts(session).revokers(device))


@action
def let_in(desk: Desk, station: OpenStation, request: Request) -> Computer:
    """Let a computer in after its fingerprint was compared: from now on it is believed and sent to.

    One that asks again keeps its letter, though another has come to the same: they part by themselves.
    AppError for one that was stopped: only the recovery card lets it back.
    """
    every = desk.store.read(lambda session: known(session, desk.device.id))
    if desk.store.read(lambda session: _is_stopped(session, request.device)):
        raise AppError("这台电脑已停用，没有加入。", "要恢复使用，请用恢复卡裁定。")
    if not request.again and any(one.letter == request.letter and one.id != request.device for one in every):
        raise AppError(f"机号{request.letter}已经给了另一台电脑，没有加入。", "请重新写一份邀请。")
    if any(one.id == request.device and one.keys != {request.keys} for one in every):
        raise AppError("这台电脑已在本站，申请里的钥匙却不同，没有加入。", "请不要再用它，并告诉站长。")
    values: dict[str, Wire] = {
        "letter": request.letter,
        "sign_key": request.keys.sign,
        "box_key": request.keys.box,
        "enrolled_by": desk.actor.worker,
    }
    if not request.again:  # it says itself what it is called, and which life of its store this is
        values |= {"name": request.name or None, "epoch": 1}
    desk.write(lambda session: desk.record(session, "", [Write("device", request.device, values)]))
    after = desk.store.read(lambda session: known(session, desk.device.id))
    return next(one for one in after if one.id == request.device)

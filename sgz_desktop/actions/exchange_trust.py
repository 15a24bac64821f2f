"""Stop a computer that was lost or left, and let the recovery card decide where two stopped each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.enrolment import NO_LIMIT
from sgz_desktop.domain.records.device import Device
from sgz_desktop.domain.signed_words import Decision, Keys, decision_told
from sgz_desktop.domain.who_counts import with_before
from sgz_desktop.errors import AppError
from sgz_desktop.store import enrolment, log, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write
from sgz_desktop.vault import left_keys, sealing


@action
def heirs(desk: Desk, computer: Computer) -> list[Computer]:
    """The computers that are in because they go on from one: a backup of it was restored there."""

    def work(session: Reading) -> list[Computer]:
        after = {device for by, device in enrolment.facts(session).endorsed if by == computer.id}
        return [one for one in known(session, desk.device.id) if one.id in after]

    return desk.store.read(work)


@action
def stop_computer(
    desk: Desk, computer: Computer, keeps: Collection[Computer] = (), reason: str = ""
) -> Computer:
    """Nothing that a computer writes after what has come here counts any more; it is sent nothing more.

    `keeps` are the heirs that stay in; this computer always does, and so do the computers it goes on from and
    what is known to go on from those: another of their backups comes in by an invitation only. What was put
    aside is not lost. `reason` stays in the history.
    """
    if computer.this:
        raise AppError("不能停用正在用的这台电脑，没有改动。", "请到另一台电脑上停用它。")

    def work(session: Writing) -> None:
        last = log.tops(session).get(computer.id, 0)
        beside = with_before(enrolment.facts(session), computer.id) - {computer.id}
        kept = ",".join(sorted({one.id for one in keeps} | {desk.device.id} | beside))
        _write(desk, session, computer.id, {"revoked_after_seq": last, "revocation_keeps": kept}, reason)

    desk.write(work)
    return _now(desk, computer)


@action
def decide_computer(
    desk: Desk, station: OpenStation, computer: Computer, card: str, counts: bool
) -> Computer:
    """With the recovery card of the station's first computer: does what a computer writes count, all of it,
    or does it stay stopped where it is? Overrides who stopped whom, everywhere; done on that computer itself,
    also whoever says other keys of it than it has.

    AppError names a mistyped group of the card, says that it is not the card, or that what is decided would
    not bring the computer back, as the one it goes on from is stopped and did not keep it: nothing is decided
    then.
    """
    told = desk.store.read(_card_key)
    if not told:
        raise AppError("本站第一台电脑没有做过恢复卡，不能裁定。", "请在那台电脑上先做恢复卡。")
    try:
        key = left_keys.opened_card_key(told, card)
    except sealing.BadBox as fault:
        raise AppError("这不是本站第一台电脑的恢复卡，没有裁定。", "请换那张卡再试。") from fault

    def work(session: Writing) -> None:
        before = enrolment.facts(session).decided.get(computer.id)
        last = (
            NO_LIMIT
            if counts
            else enrolment.limits(session).get(computer.id, log.tops(session).get(computer.id, 0))
        )
        keys = Keys(station.state.key.public.hex(), station.state.recipient) if computer.this else None
        decision = Decision(before.number + 1 if before else 1, last, keys)
        said = decision_told(station.slots.store_id, computer.id, decision, key.sign)
        _write(desk, session, computer.id, {"decision": said})
        if counts and computer.id in enrolment.limits(session):
            raise AppError(f"裁定不能让{computer.name}恢复使用，没有裁定。", _way_back(session, computer))

    desk.write(work)
    return _now(desk, computer)


def _way_back(session: Reading, computer: Computer) -> str:
    if enrolment.facts(session).revokers(computer.id):
        return "请先裁定它由来的那台电脑，再裁定它。"
    return "请写一份邀请，在那台电脑上凭邀请重新加入。"


def _card_key(session: Reading) -> str:
    founder = read.get(session, Device, enrolment.founder(session))
    return (founder.card_key or "") if founder else ""


def _write(
    desk: Desk, session: Writing, device: str, values: Mapping[str, str | int], reason: str = ""
) -> None:
    loaded = read.load(session, Device, device)
    desk.record(session, reason, [Write("device", device, values, loaded.seen if loaded else {})])


def _now(desk: Desk, computer: Computer) -> Computer:
    every = desk.store.read(lambda session: known(session, desk.device.id))
    return next(one for one in every if one.id == computer.id)

"""The practice station's second laptop: it was let in, brought up to date, and both have written since.

One telephone number was changed on both, so that an exchange shows the 数据核对单 as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlmodel import col

from sgz_desktop import files
from sgz_desktop.actions import exchange_join, practice
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_receive import import_bundle
from sgz_desktop.actions.exchange_send import export_bundle
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write
from sgz_desktop.vault.stretch import DEFAULT, Argon2Params

PLACE = Path("peers") / "laptop-2"
NAME = "2号机"
PHONES = ("13900000528", "13900000582")
CALL: Mapping[str, Wire] = {"date": practice.TODAY, "way": "called", "caller_role": "self"}
CALLS: tuple[Mapping[str, Wire], ...] = (
    {"time": "09:05", "matter": "问下次走访是哪天（练习）", "answer": "告知七月上旬，到时先打电话。"},
    {"time": "09:20", "matter": "问高龄津贴何时到账（练习）", "answer": "告知每季度末发放，可到村委会查。"},
)


def build_peer(
    station: OpenStation,
    folder: Path,
    passphrase: str,
    progress: Callable[[str], None] = lambda told: None,
    *,
    params: Argon2Params = DEFAULT,
) -> OpenStation:
    """Make the second laptop's store in an empty folder, open. AppError as `create_station`."""
    progress("准备第二台电脑……")
    stick = files.private_folder(folder.parent / "stick")
    try:
        peer = _let_in(station, folder, passphrase, stick, params)
    finally:
        files.drop_folder(stick)
    try:
        _both_write(station.desk, peer.desk)
    except BaseException:
        peer.close()
        raise
    return peer


def _let_in(
    station: OpenStation, folder: Path, passphrase: str, stick: Path, params: Argon2Params
) -> OpenStation:
    desk = station.desk
    invitation = exchange_join.invite(desk, station, stick / "invitation.json")
    peer, _ = exchange_join.join(
        folder, invitation, practice.SECOND_WORKER, passphrase, NAME, stick / "request.age",
        params=params, now=practice.clock(),
    )  # fmt: skip
    try:
        asked = exchange_join.read_request(desk, station, stick / "request.age")
        computer = exchange_join.let_in(desk, station, asked)
        first = export_bundle(desk, station, computer, stick / "first.sgzb")
        import_bundle(peer.desk, peer, first.path)
    except BaseException:
        peer.close()
        files.drop_folder(folder)
        raise
    return peer


def _both_write(here: Desk, there: Desk) -> None:
    person = here.store.read(_client)
    if person is None:
        return
    for desk, phone, told in zip((here, there), PHONES, CALLS, strict=True):
        _save(desk, "person", person, {"phone": phone})
        call = {**CALL, **told, "worker": desk.user, "person": person}
        _save(desk, "contact", id_of(f"practice:call:{told['time']}"), call)


def _client(session: Reading) -> str | None:
    """Whose telephone changed: the client of the second story."""
    number = practice.WHOLE_CASES[1]
    found = read.select_where(session, Case, col(Case.number) == number)
    return found[0].client if found else None


def _save(desk: Desk, kind: str, id: str, values: Mapping[str, Wire]) -> None:
    verb = desk.doing("save_form")

    def work(session: Writing) -> None:
        loaded = read.load(session, Person, id) if kind == Person.KIND else None
        verb.record(session, "", [Write(kind, id, values, loaded.seen if loaded else {})])

    verb.write(work)

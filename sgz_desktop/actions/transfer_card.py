"""The card of a station: what another one needs to send a case here. Its fingerprint is read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions import carried
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.carried import fingerprint
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import known
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.edits import canonical
from sgz_desktop.vault import sealing

CARD = "station_card"
WORDS = "社工站名片"
ENDING = ".sgzcard"
MOST = 50


@dataclass(frozen=True)
class StationCard:
    """A station: what a case is sealed to, who signs for it, and the digits that are read aloud."""

    store: str
    kind: str
    station: str
    recipients: tuple[str, ...]
    sign: str
    fingerprint: str


@action
def write_card(desk: Desk, station: OpenStation, out: Path) -> StationCard:
    """Write this station's card. AppError: what the disk refuses."""
    every = desk.store.read(lambda session: known(session, desk.device.id))
    boxes = {keys.box for one in every if one.can_be_sent_to for keys in one.keys if keys.box}
    told: dict[str, Any] = {
        "what": CARD,
        "store": station.slots.store_id,
        "kind": station.slots.kind,
        "station": station.slots.station,
        "recipients": sorted({station.state.recipient, *boxes}),
        "sign": station.state.key.public.hex(),
    }
    files.write_atomic(out, carried.signed(told, station.state.key.sign), private=False)
    return read_card(out)


def read_card(path: Path) -> StationCard:
    """A card from a file. AppError when it is none, or was changed."""
    body = files.read_whole(path, carried.MAX_FILE)

    def card(told: Mapping[str, Any]) -> StationCard:
        keys = tuple(told["recipients"])
        if not 0 < len(keys) <= MOST or not all(map(sealing.is_recipient, keys)):
            raise ValueError
        return StationCard(
            told["store"], str(told["kind"]), told["station"], keys, told["sign"], fingerprint(body)
        )

    return carried.opened(body, CARD, WORDS, lambda it: str(it["sign"]), ("store", "station"), card)


def sender_fingerprint(store: str, station: str, sign: str) -> str:
    """The digits of the station that sends a case: shown where it is sent and where it is received."""
    return fingerprint(canonical(["sgz-case-sender/1", store, station, sign]))

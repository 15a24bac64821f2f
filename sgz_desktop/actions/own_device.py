"""What this computer keeps in the store of who it is: its letter, whom it goes on from, the key it leaves."""

from __future__ import annotations

from sgz_desktop.actions.desk import Device
from sgz_desktop.actions.letters import drawn_letter, letter_of
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.store import enrolment, settings
from sgz_desktop.store.session import Writing
from sgz_desktop.vault import left_keys
from sgz_desktop.vault.state import DeviceState

LEFT_KEY = "left_key"
CARD_KEY = "card_key"


def begin(session: Writing, state: DeviceState, before: str = "") -> Device:
    """Begin as a new device, under letters of its own, vouched for by the key the one before left here."""
    left = settings.get(session, LEFT_KEY) or {}
    settings.put(session, letter_of(state.device_id), drawn_letter(session, state.device_id))
    settings.put(session, _before(state.device_id), before or left.get("device", ""))
    settings.put(session, _endorsement(state.device_id), _endorsed(session, state))
    leave_key(session, state)
    return described(session, state)


def note_founder(session: Writing, state: DeviceState) -> None:
    """Note which computer the station began with: of a store from before there was exchange, this one. Its
    keys too: whoever goes on from a backup made before its first edit must know them."""
    if not enrolment.founder(session):
        settings.put(session, enrolment.FOUNDER, state.device_id)
    if enrolment.founder(session) == state.device_id and not settings.get(session, enrolment.FOUNDER_KEYS):
        settings.put(session, enrolment.FOUNDER_KEYS, [state.key.public.hex(), state.recipient])


def leave_key(session: Writing, state: DeviceState) -> None:
    """Leave a key in the store for whoever goes on from a copy of it, unless this computer did."""
    left = settings.get(session, LEFT_KEY) or {}
    if left.get("device") != state.device_id:
        store_id = session.identity.store_id
        settings.put(session, LEFT_KEY, left_keys.leave(state.key, store_id, state.device_id))


def _endorsed(session: Writing, state: DeviceState) -> str:
    """This computer's keys signed with the key that the one before it left here; "" where none did."""
    left = settings.get(session, LEFT_KEY)
    if not left or left["device"] == state.device_id:
        return ""
    keys = Keys(state.key.public.hex(), state.recipient)
    return left_keys.endorsement(left, session.identity.store_id, state.device_id, keys)


def described(session: Writing, state: DeviceState) -> Device:
    """This computer as its peers are told of it."""

    def kept(name: str) -> str:
        return str(settings.get(session, name, ""))

    device = state.device_id
    is_founder = enrolment.founder(session) == device
    return Device(
        device,
        state.epoch,
        kept(letter_of(device)),
        state.key.public.hex(),
        state.recipient,
        kept(_before(device)),
        kept(_endorsement(device)),
        kept(CARD_KEY) if is_founder else "",
    )


def _before(device: str) -> str:
    return f"goes_on_from:{device}"


def _endorsement(device: str) -> str:
    return f"endorsement:{device}"

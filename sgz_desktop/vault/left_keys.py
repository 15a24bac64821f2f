"""Keys that outlive the computer which made them: for the holder of the recovery card, and for its successor.

The key the card's holder decides with is sealed to the card, so the words on paper stay what they are and any
computer of the station can carry the box. The key left for a successor lies in the store: whoever restores a
backup or opens a copied folder signs the keys of their new computer with it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from sgz_desktop.domain.signed_words import Keys, endorsed_message, ticket_message
from sgz_desktop.vault import sealing
from sgz_desktop.vault.card import read_card
from sgz_desktop.vault.device_keys import DeviceKey, new_seed


def card_key(recipient: str) -> tuple[str, DeviceKey]:
    """A fresh key for decisions, sealed to a recovery card's public key: `{"public", "sealed"}` as JSON; and
    the key itself, to be forgotten."""
    seed = new_seed()
    key, sealed = DeviceKey(seed), b64encode(sealing.seal_to(recipient, seed)).decode()
    return json.dumps({"public": key.public.hex(), "sealed": sealed}, sort_keys=True), key


def opened_card_key(told: str, card_text: str) -> DeviceKey:
    """The key a card opens. AppError names a mistyped group; BadBox when it is another card's."""
    try:
        box = b64decode(json.loads(told)["sealed"])
    except (ValueError, KeyError, TypeError) as fault:
        raise sealing.BadBox("no sealed key") from fault
    return DeviceKey(sealing.open_with(read_card(card_text), box))


def leave(key: DeviceKey, store_id: str, device: str) -> dict[str, str]:
    """A key for whoever comes after this computer, and this computer's signature under it."""
    seed = new_seed()
    public = DeviceKey(seed).public.hex()
    ticket = key.sign(ticket_message(store_id, device, public)).hex()
    return {"device": device, "seed": seed.hex(), "ticket": ticket}


def endorsement(left: Mapping[str, Any], store_id: str, device: str, keys: Keys) -> str:
    """What a successor shows: `{"by", "key", "ticket", "signature"}` as JSON (`domain.enrolment`)."""
    key = DeviceKey(bytes.fromhex(left["seed"]))
    said = {
        "by": left["device"],
        "key": key.public.hex(),
        "ticket": left["ticket"],
        "signature": key.sign(endorsed_message(store_id, device, *keys)).hex(),
    }
    return json.dumps(said, sort_keys=True)

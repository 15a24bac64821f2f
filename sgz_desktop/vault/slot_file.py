"""`slots.json` on disk: strict JSON in, one canonical form out."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.vault.slots import FORMAT, KeySlot, Slots, WorkerSlot
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.tries import FILE, Tries

SLOTS = "slots.json"
NEXT = "slots.next.json"
MAX_FILE = 1 << 20
MAX_SLOTS = 64
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class BadSlots(AppError):
    """The file is not a list of slots."""

    def __init__(self) -> None:
        super().__init__("密码文件损坏，资料没有改动；", "请用最近的备份恢复。")


def canonical(slots: Slots) -> bytes:
    """The bytes that seal and fingerprint stand for: sorted keys, no spaces, without the seal itself."""
    return json.dumps(_plain(slots), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def dump(slots: Slots) -> bytes:
    """The file's bytes. `sum` needs no key: damage is told before it could look like a wrong passphrase."""
    whole = _plain(slots) | {"seal": slots.seal, "sum": _sum(slots)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def load(data: bytes) -> Slots:
    """A list from a file's bytes. BadSlots for anything that is not one; AppError for a newer format."""
    try:
        found = json.loads(data)
        newer = found["format"] > FORMAT
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise BadSlots from fault
    if newer:
        raise AppError("这份资料由更新的版本写成，没有改动；", "请先更新程序。")
    try:
        slots, told = _from_plain(found), found["sum"]
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise BadSlots from fault
    if len(slots.workers) + len(slots.keys) > MAX_SLOTS or _differs(slots, told):
        raise BadSlots
    return slots


def read_slots(folder: Path) -> Slots:
    """The list in a store folder; AppError when missing or damaged."""
    if not (folder / SLOTS).exists():
        raise AppError("密码文件不见了，资料没有改动；", "请用最近的备份恢复。")
    return load(files.read_whole(folder / SLOTS, MAX_FILE))


def write_first(folder: Path, slots: Slots) -> None:
    """Put the first list into a new store folder, the count of tries before it; AppError when there is a list
    already."""
    Tries(slots.store_id, folder).begin()
    files.write_new(folder / SLOTS, dump(slots), inside=True)


def take_away_first(folder: Path) -> None:
    """Take away what `write_first` put into a folder that is not to become a store."""
    for name in (SLOTS, FILE):
        files.discard(folder / name)


def _differs(slots: Slots, told: object) -> bool:
    return told != _sum(slots)


def _sum(slots: Slots) -> str:
    return hashlib.sha256(canonical(slots) + slots.seal.encode()).hexdigest()


def _plain(slots: Slots) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "store_id": slots.store_id,
        "store_kind": slots.kind,
        "station": slots.station,
        "previous": slots.previous,
        "slots": [_plain_worker(slot) for slot in slots.workers] + [_plain_key(slot) for slot in slots.keys],
    }


def _plain_worker(slot: WorkerSlot) -> dict[str, Any]:
    params = slot.params
    return {
        "kind": "worker",
        "id": slot.id,
        "user": slot.user,
        "worker_id": slot.worker_id,
        "roles": list(slot.roles),
        "argon2id": {"memory_kib": params.memory_kib, "passes": params.passes, "lanes": params.lanes},
        "salt": _text(slot.salt),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
        "recipient": slot.recipient,
        "sealed_root": _text(slot.sealed_root),
    }


def _plain_key(slot: KeySlot) -> dict[str, Any]:
    return {
        "kind": slot.kind,
        "id": slot.id,
        "recipient": slot.recipient,
        "sealed_root": _text(slot.sealed_root),
    }


def _from_plain(found: dict[str, Any]) -> Slots:
    kind = found["store_kind"]
    if _whole(found["format"]) != FORMAT or kind not in ("station", "practice", "county"):
        raise ValueError
    parts = found["slots"]
    return Slots(
        store_id=_uuid(found["store_id"]),
        kind=kind,
        station=_string(found["station"]),
        workers=tuple(_worker(part) for part in parts if part["kind"] == "worker"),
        keys=tuple(_key(part) for part in parts if part["kind"] != "worker"),
        previous=_string(found["previous"]),
        seal=_string(found["seal"]),
    )


def _worker(part: dict[str, Any]) -> WorkerSlot:
    price = part["argon2id"]
    return WorkerSlot(
        id=_uuid(part["id"]),
        user=_string(part["user"]),
        worker_id=_uuid(part["worker_id"]),
        roles=tuple(_string(role) for role in part["roles"]),
        params=Argon2Params(_whole(price["memory_kib"]), _whole(price["passes"]), _whole(price["lanes"])),
        salt=_bytes(part["salt"]),
        nonce=_bytes(part["nonce"]),
        wrapped=_bytes(part["wrapped"]),
        recipient=_string(part["recipient"]),
        sealed_root=_bytes(part["sealed_root"]),
    )


def _key(part: dict[str, Any]) -> KeySlot:
    if part["kind"] not in ("recovery", "county"):
        raise ValueError
    return KeySlot(
        id=_uuid(part["id"]),
        kind=part["kind"],
        recipient=_string(part["recipient"]),
        sealed_root=_bytes(part["sealed_root"]),
    )


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    value.encode()  # JSON can hold half of a character pair, which no file can
    return value


def _uuid(value: object) -> str:
    """Ids become folder names: nothing but a UUID passes."""
    text = _string(value)
    if not _UUID.fullmatch(text):
        raise ValueError
    return text


def _whole(value: object) -> int:
    if type(value) is not int:
        raise ValueError
    return value


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes(value: object) -> bytes:
    return b64decode(_string(value), validate=True)

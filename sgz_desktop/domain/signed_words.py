"""What computers and the recovery card sign, byte for byte, and whether a signature holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import orjson

Verify = Callable[[bytes, bytes, bytes], bool]  # public key, message, signature


class Keys(NamedTuple):
    """A computer's public keys: `sign` as hex (Ed25519), `box` an age recipient."""

    sign: str
    box: str


class Decision(NamedTuple):
    """What the holder of the recovery card said of a computer: the last edit that counts, and its keys where
    the decision was made on that computer."""

    number: int
    last: int
    keys: Keys | None = None


def head_message(store_id: str, device: str, epoch: int, seq: int, digest: bytes) -> bytes:
    """What is signed at bundle, backup and lock: this device's head, of this store, and of nothing else."""
    return f"sgz-head/1|{store_id}|{device}|{epoch}|{seq}|{digest.hex()}".encode()


def endorsed_message(store_id: str, device: str, sign_key: str, box_key: str) -> bytes:
    """What a successor signs with the key its predecessor left: its own keys."""
    return f"sgz-successor/1|{store_id}|{device}|{sign_key}|{box_key}".encode()


def ticket_message(store_id: str, device: str, public: str) -> bytes:
    """What a computer signs about the key it leaves for its successor."""
    return f"sgz-ticket/1|{store_id}|{device}|{public}".encode()


def decision_message(store_id: str, device: str, decision: Decision) -> bytes:
    """What is signed with the recovery card."""
    told = "|".join(map(str, (decision.number, decision.last, *(decision.keys or ()))))
    return f"sgz-decision/1|{store_id}|{device}|{told}".encode()


def decision_told(store_id: str, device: str, decision: Decision, sign: Callable[[bytes], bytes]) -> str:
    """The `decision` of a device record, signed with the recovery card."""
    said: dict[str, Any] = {"number": decision.number, "last": decision.last}
    said |= {"keys": list(decision.keys)} if decision.keys else {}
    said["signature"] = sign(decision_message(store_id, device, decision)).hex()
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()


def genuine(verify: Verify, public: str, message: bytes, signature: object) -> bool:
    """Does the hex signature hold under the hex key? False for anything malformed."""
    signed = signature if isinstance(signature, str) else ""
    try:
        return verify(bytes.fromhex(public), message, bytes.fromhex(signed))
    except ValueError:
        return False

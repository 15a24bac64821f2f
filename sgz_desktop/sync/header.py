"""The first line of a bundle: from whom, for whom, what is in it, and what the sender already has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any, Literal, NamedTuple, cast

import orjson

from sgz_desktop.domain.edits import MAX_AT, MAX_CLOCK, canonical
from sgz_desktop.domain.store_kind import KINDS, StoreKind, store_kind
from sgz_desktop.sync.canon import (
    SHA256,
    SIGNATURE,
    items,
    malformed,
    members,
    name,
    number,
    read_object,
    shaped,
)
from sgz_desktop.sync.reasons import Reason, Refused

FORMAT = 1
MAX_LINE = 1 << 20
MAX_RECIPIENTS = 200
MAX_DEVICES = 1_000  # a station has a handful in its life; this only bounds the work
MAX_SCHEMA = 1_000_000
MAX_WANTS = 5_000
MAX_SPANS = 100  # of numbers; where more bundles were lost, the last of them

Content = Literal["edits", "files", "case"]
CONTENTS = ("edits", "files", "case")  # "case" goes to another station: `to` names its store
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
KEYS = frozenset({"format", "content", "store", "kind", "from", "epoch", "to", "recipients", "n", "made"})
KEYS |= {"schema", "have", "rest", "received", "ranges", "heads", "wants"}


class Top(NamedTuple):
    """The last edit of a device that is held without gaps before it; `hash` in hex."""

    seq: int
    hash: str


class Range(NamedTuple):
    """The first and last edit number of one device in the body."""

    first: int
    last: int


class Head(NamedTuple):
    """A signed chain head, as the log keeps it; hash and signature in hex."""

    device: str
    epoch: int
    seq: int
    hash: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a bundle says of itself. `sender` is written as "from"; times are UTC ms.

    `have` is the receipt: what the sender holds of each device without gaps, `rest` a digest (SHA-256) of
    what else it holds of some, as after one was stopped or copied. `received` are the bundles the sender took
    from those it writes to, as spans of their numbers, ascending and apart: a number in none of them never
    came. `wants` are the attachments (SHA-256) it knows of and does not have. None of it is proven before the
    trailer's signature is.
    """

    content: Content
    store: str
    kind: StoreKind
    sender: str
    epoch: int
    to: tuple[str, ...]
    recipients: tuple[str, ...]
    n: int
    made: int
    schema: int
    have: Mapping[str, Top]
    received: Mapping[str, tuple[Range, ...]]
    ranges: Mapping[str, Range]
    heads: tuple[Head, ...]
    wants: tuple[str, ...] = ()
    rest: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The header line without its line end. ValueError when a peer would refuse it (our bug)."""
        line = canonical(_plain(self))
        try:
            read_header(line)
        except Refused as fault:
            raise ValueError(f"a header nobody would take: {fault.detail}") from None
        return line


def read_header(line: bytes) -> Header:
    """The header of a line without its line end.

    Refused: NEWER for any format above ours, looked at first; MALFORMED for all that is not format 1.
    """
    if _format_of(line) > FORMAT:
        raise Refused(Reason.NEWER, "a later format")
    value = read_object(line, KEYS)
    if len(line) > MAX_LINE or value["format"] != FORMAT:
        raise malformed("no header of format 1")
    if value["content"] not in CONTENTS or value["kind"] not in KINDS:
        raise malformed("another content or kind")
    return Header(
        content=cast(Content, value["content"]),
        store=name(value["store"]),
        kind=store_kind(value["kind"]),
        sender=name(value["from"]),
        epoch=number(value["epoch"], 0, MAX_CLOCK),
        to=tuple(name(one) for one in items(value["to"], MAX_RECIPIENTS)),
        recipients=tuple(shaped(one, RECIPIENT) for one in items(value["recipients"], MAX_RECIPIENTS, 1)),
        n=number(value["n"], 1, MAX_CLOCK),
        made=number(value["made"], 0, MAX_AT),
        schema=number(value["schema"], 1, MAX_SCHEMA),
        have={device: _top(one) for device, one in members(value["have"], MAX_DEVICES).items()},
        received={device: _spans(one) for device, one in members(value["received"], MAX_RECIPIENTS).items()},
        ranges={device: _range(one) for device, one in members(value["ranges"], MAX_DEVICES).items()},
        heads=tuple(_head(one) for one in items(value["heads"], MAX_DEVICES)),
        wants=tuple(shaped(one, SHA256) for one in items(value["wants"], MAX_WANTS)),
        rest={device: shaped(one, SHA256) for device, one in members(value["rest"], MAX_DEVICES).items()},
    )


def _format_of(line: bytes) -> int:
    """The format number a line claims, read as kindly as can be; 0 when it claims none."""
    try:
        value = orjson.loads(line)
    except ValueError:
        return 0
    claimed = value.get("format") if type(value) is dict else 0
    return claimed if type(claimed) is int else 0


def _plain(header: Header) -> dict[str, Any]:
    value = asdict(header)
    value["from"] = value.pop("sender")
    value["format"] = FORMAT
    for key in ("to", "recipients", "wants"):
        value[key] = list(value[key])
    value["have"] = {device: list(top) for device, top in header.have.items()}
    value["received"] = {device: list(map(list, spans)) for device, spans in header.received.items()}
    value["rest"] = dict(header.rest)
    value["ranges"] = {device: list(one) for device, one in header.ranges.items()}
    value["heads"] = [list(head) for head in header.heads]
    return value


def _top(value: Any) -> Top:
    seq, digest = items(value, 2, 2)
    return Top(number(seq, 1, MAX_CLOCK), shaped(digest, SHA256))


def _range(value: Any) -> Range:
    first, last = items(value, 2, 2)
    start = number(first, 1, MAX_CLOCK)
    return Range(start, number(last, start, MAX_CLOCK))


def _spans(value: Any) -> tuple[Range, ...]:
    spans = tuple(map(_range, items(value, MAX_SPANS, 1)))
    if any(later.first <= earlier.last + 1 for earlier, later in pairwise(spans)):
        raise malformed("spans that touch, or are out of order")
    return spans


def _head(value: Any) -> Head:
    device, epoch, seq, digest, signature = items(value, 5, 5)
    return Head(
        name(device),
        number(epoch, 0, MAX_CLOCK),
        number(seq, 1, MAX_CLOCK),
        shaped(digest, SHA256),
        shaped(signature, SIGNATURE),
    )

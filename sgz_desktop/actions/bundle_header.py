"""The first line of whatever this computer seals for others: a bundle, or a case for another station."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.actions.desk import Desk
from sgz_desktop.store.migrate import SCHEMA
from sgz_desktop.sync.header import Content, Header


def header_to(to: str, boxes: Iterable[str], n: int, desk: Desk, content: Content) -> Header:
    """The `n`th for a computer or a station (id), sealed to its `boxes`; it says nothing yet of what is held
    here."""
    me = desk.store.identity
    return Header(
        content=content,
        store=me.store_id,
        kind=me.kind,
        sender=me.device,
        epoch=me.epoch,
        to=(to,),
        recipients=tuple(sorted(boxes)),
        n=n,
        made=desk.store.now(),
        schema=SCHEMA,
        have={},
        received={},
        ranges={},
        heads=(),
    )

"""The photos of a report as they are printed: agreed to, here on this computer, and read in the child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions.attachments import small_picture
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.photos import caption
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.errors import AppError
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.reports.values import Picture
from sgz_desktop.store import blobs, read
from sgz_desktop.store.session import Reading

AGREED = "agreed"
May = Callable[[Attachment], bool]
NO_CONSENT = "没有同意用于宣传"
NOT_HERE = "不在本机"
NOT_READ = "读不出来"


@dataclass
class Shown:
    """Photos by id, and what is left out: reason → how many."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, why: str) -> None:
        """One more that is not printed."""
        self.left_out[why] = self.left_out.get(why, 0) + 1

    @property
    def notices(self) -> list[str]:
        """What was left out, as sentences."""
        return [f"有{count}张照片{why}，没有印上。" for why, count in self.left_out.items()]


def for_publicity(one: Attachment) -> bool:
    """Was it agreed that the photo is printed for others?"""
    return one.consent == AGREED


def shown(ids: Sequence[str], desk: Desk, may: May = for_publicity) -> Shown:
    """The photos with these ids, without those that may not or cannot be printed."""
    found = Shown()
    wanted = list(dict.fromkeys(ids))
    held = desk.read_for_paper(lambda session: [_held(session, id, may) for id in wanted]) if wanted else []
    if not any(data for data, _, _ in held):
        for _, _, why in held:
            found.leave_out(why)
        return found
    with Reader("photo") as reader:
        for id, (data, words, why) in zip(wanted, held, strict=True):
            try:
                if not data:
                    found.leave_out(why)
                    continue
                head, picture = small_picture(reader, data)
                size = int(str(head["width"])), int(str(head["height"]))
                found.pictures[id] = Picture(picture, *size, words)
            except (Refused, KeyError, ValueError):
                found.leave_out(NOT_READ)
    return found


def _held(session: Reading, id: str, may: May) -> tuple[bytes, str, str]:
    """A photo's bytes and caption, or why there are none."""
    one = read.get(session, Attachment, id)
    if one is None or one.deleted or not one.sha256:
        return b"", "", NOT_HERE
    if not may(one):
        return b"", "", NO_CONSENT
    try:
        words = one.caption or caption(one.taken_on or "", "", "")
        return blobs.get(session, one.sha256), f"{words}（本人同意刊用）" if words else "（本人同意刊用）", ""
    except AppError:
        return b"", "", NOT_HERE

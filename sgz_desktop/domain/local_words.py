"""Words a station has of its own: what one session is called (节, 次), and what its forms are called.

They are kept with the station's settings and taken up when its store is opened; a process has one station.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sgz_desktop.domain.records import BY_KIND

SESSION = "节"
SESSION_WORDS = (SESSION, "次")
LONGEST = 20  # characters of a title
TITLED = (  # kinds whose forms a station may call otherwise
    *("intake", "consent", "assessment", "plan", "session", "application", "referral", "evaluation"),
    *("closure", "followup", "visit", "contact", "diary", "handover", "mandatory_report", "rating"),
)


@dataclass(frozen=True)
class LocalWords:
    """`session` counts sessions; `titles` by kind, only where they differ from the program's."""

    session: str = SESSION
    titles: Mapping[str, str] = field(default_factory=dict)


_in_use = [LocalWords()]


def take_up(words: LocalWords) -> None:
    """From now on the program says these words."""
    _in_use[0] = words


def in_use() -> LocalWords:
    """The words in use."""
    return _in_use[0]


def from_setting(kept: object) -> LocalWords:
    """The words a setting holds; what is not as it should be is left out."""
    given = kept if isinstance(kept, dict) else {}
    word, titles = given.get("session"), given.get("titles")
    found = titles if isinstance(titles, dict) else {}
    return LocalWords(
        session=word if word in SESSION_WORDS else SESSION,
        titles={kind: str(title) for kind, title in found.items() if kind in TITLED and title},
    )


def titled(kind: str, otherwise: str = "") -> str:
    """What a kind of record is called here; `otherwise` is its name on paper where that differs."""
    own = otherwise or (BY_KIND[kind].TITLE if kind in BY_KIND else "其他记录")
    return in_use().titles.get(kind, own)


def sessions(count: int | float) -> str:
    """3节."""
    return f"{count}{in_use().session}"


def nth(number: int) -> str:
    """第3节."""
    return f"第{sessions(number)}"


def localised(text: str) -> str:
    """A unit or a heading that counts sessions, in the station's word: 节, 个案节数."""
    word = in_use().session
    return word if text == SESSION else text.replace("节数", f"{word}数")

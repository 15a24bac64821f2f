"""Notes of visits, composed of the fragments in resources/practice/notes.toml, so that no two read alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.words import told

HEARD = {"call", "kin", "money", "law"}  # topics of a telephone call
PIECE, MOST = 12, 14  # no twelve characters running stand in more notes than this
TRIES = 60
CHOICE, WORD = re.compile(r"\{([^{}]*)\}"), re.compile(r"<([^<>]+)>")


@dataclass(frozen=True)
class About:
    """What a note may speak of: tags of season, mode and household, and words for its slots."""

    tags: frozenset[str]
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fragment:
    """One line of the file: fits where all of `wants` and none of `lacks` are among the tags."""

    text: str
    wants: frozenset[str]
    lacks: frozenset[str]

    def fits(self, about: About) -> bool:
        return self.wants <= about.tags and not self.lacks & about.tags


def fragments(lines: str) -> list[Fragment]:
    """The fragments of one topic."""
    return [_fragment(line.strip()) for line in lines.strip().splitlines() if line.strip()]


def _fragment(line: str) -> Fragment:
    head, _, text = line.partition("] ") if line.startswith("[") else ("", "", line)
    tags = head.lstrip("[").split()
    wants = frozenset(tag for tag in tags if not tag.startswith("-"))
    return Fragment(text, wants, frozenset(tag[1:] for tag in tags if tag.startswith("-")))


@dataclass
class Notes:
    """A writer of notes that remembers what it has written."""

    chance: Chance
    file: str = "notes"
    uses: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)
    said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        found = told(self.file)
        self.words = {name: fragments(lines) for name, lines in found["words"].items()}
        self.topics = {
            (part, topic): fragments(lines)
            for part, topics in found.items()
            if part != "words"
            for topic, lines in topics.items()
        }

    def long(self, about: About) -> str:
        """Two to four fragments of different topics; '' when nothing new can be said."""
        return self._new(lambda: self._joined(self._several(about, self.chance.weighted(LENGTHS))))

    def one(self, part: str, about: About) -> str:
        """One fragment of a part of the file; '' when nothing new can be said."""
        return self._new(lambda: self._joined(self._several(about, 1, part)))

    def _new(self, make: Callable[[], str]) -> str:
        for _ in range(TRIES):
            text = make()
            pieces = {text[at : at + PIECE] for at in range(len(text) - PIECE + 1)}
            if text and text not in self.said and all(self.pieces[one] < MOST for one in pieces):
                self.said.add(text)
                self.pieces.update(pieces)
                return text
        return ""

    def _several(self, about: About, count: int, part: str = "long") -> list[str]:
        fitting = {
            topic: found
            for (of, topic), lines in self.topics.items()
            if of == part
            and (part != "long" or self._heard(topic, about))
            and (found := [one for one in lines if one.fits(about)])
        }
        weights = [(topic, len(lines) ** 0.5) for topic, lines in fitting.items()]
        chosen = ["call"] if "call" in fitting else []
        while weights and len(chosen) < min(count, len(fitting)):
            topic = self.chance.weighted(weights)
            chosen += [topic] if topic not in chosen else []
        texts = [self._told(fitting[topic], about) for topic in chosen[:count]]
        return [text for text in texts if text]

    def _heard(self, topic: str, about: About) -> bool:
        """On the telephone nothing is seen."""
        return "电" not in about.tags or topic in HEARD

    def _told(self, lines: Sequence[Fragment], about: About) -> str:
        """One of the fragments least used so far."""
        rare = sorted(self.chance.shuffled(lines), key=lambda one: self.uses[one.text])
        one = self.chance.pick(rare[:3])
        self.uses[one.text] += 1
        return self.filled(one.text, about)

    def filled(self, text: str, about: About) -> str:
        """The text with choices made and words put in; '' where a word is not to be had."""

        def choice(found: re.Match[str]) -> str:
            able = [one for one in found[1].split("|") if self._able(one, about)]
            return self.chance.pick(able) if able else "<>"

        chosen = CHOICE.sub(choice, text)
        if "<>" in chosen or not self._able(chosen, about):
            return ""
        return WORD.sub(lambda found: self._word(found[1], about), chosen)

    def _able(self, text: str, about: About) -> bool:
        return all(about.words.get(name) or self._lines(name, about) for name in WORD.findall(text))

    def _lines(self, name: str, about: About) -> list[Fragment]:
        return [one for one in self.words.get(name, ()) if one.fits(about)]

    def _word(self, name: str, about: About) -> str:
        given = about.words.get(name)
        if given:
            return self.chance.pick(given)
        return self.filled(self.chance.pick(self._lines(name, about)).text, about)

    def _joined(self, texts: Sequence[str]) -> str:
        return "".join(self._punctuated(texts))

    def _punctuated(self, texts: Sequence[str]) -> Iterator[str]:
        for place, text in enumerate(texts):
            yield text
            if place < len(texts) - 1:
                yield self.chance.weighted(BETWEEN)
            elif text[-1] not in "。？…":
                yield self.chance.weighted(ENDS)


LENGTHS = [(2, 0.5), (3, 0.38), (4, 0.12)]
BETWEEN = [("。", 0.7), ("；", 0.3)]
ENDS = [("。", 0.8), ("", 0.2)]

"""Breaks Chinese text into lines.

No mark that closes stands at a line's start, none that opens at its end; words and numbers stay whole, and a
number keeps its measure word. Lengths here are thousandths of an em, so one result serves every size.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import NamedTuple

from .fonts import LIBRARY, STAND_IN, tidy

OPENING = "（《〈「『【〔［｛〖“‘([{"
CLOSING = "，。、；：？！）》〉」』】〕］｝〗”’)]},.;:?!"
NO_START = CLOSING + "·—…～~%％‰℃°々"
NO_END = OPENING + "·￥¥$№＄"
MEASURES = (
    "年月日号时分秒岁周天点元角万亿个人户次节名位例件份张页条项场家村组"
    "级届期册处种套只台辆亩克斤米里层楼栋室门口%％℃"
)

GAP, HALF = 150, 500  # between Han and Latin; what two full-width marks close up by
# The most a line is stretched at each character: beyond a tenth of an em readers take the gap for a space.
STRETCH = 90

_WORD = r"[0-9A-Za-z\u00c0-\u024f]+(?:[-.,:/@_+'&*#=~•]+[0-9A-Za-z\u00c0-\u024f]+)*"
_ITEM = r"[^、，。；：（）\s]{2,7}"
_LISTED = rf"(?:^|(?<=[、，；：]))(?:{_ITEM}(?=、)|(?<=、){_ITEM}(?=$|[，。；（]))"
_WHOLE = re.compile(rf"[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日|（[^（）]{{1,8}}）|{_LISTED}")
_DAY, _PHONE = r"[0-9]{1,2}月[0-9]{1,2}日", r"[0-9]{3,4}-[0-9]{3,4} [0-9]{4}"
_ATOM = re.compile(
    rf"(?:[{re.escape(OPENING)}]|[第约近达≥≤<>=＜＞￥¥$№＄](?=[0-9]))*"
    rf"(?:{_DAY}|{_PHONE}|{_WORD}(?:(?<=[0-9])[{MEASURES}])?|.)"
    rf"(?:·.|[{re.escape(NO_START.replace('·', ''))}])*[ \u3000]*"
)

_OTHER, _HAN, _LATIN, _OPEN, _CLOSE = range(5)
_GAPS = [0] * 25
_GAPS[_HAN * 5 + _LATIN] = _GAPS[_LATIN * 5 + _HAN] = GAP
_GAPS[_CLOSE * 5 + _CLOSE] = _GAPS[_CLOSE * 5 + _OPEN] = _GAPS[_OPEN * 5 + _OPEN] = -HALF


def _kind(ch: str, advance: int) -> int:
    if ch.isascii():
        return _LATIN if ch.isalnum() or ch in "%*" else _OTHER
    if advance >= 900:
        if ch in OPENING:
            return _OPEN
        if ch in "，。、；：）》〉」』】〕］｝〗”’":
            return _CLOSE
    code = ord(ch)
    if 0x3400 <= code <= 0x9FFF or code >= 0x20000 or ch == "〇":
        return _HAN
    return _LATIN if ch.isalpha() and code < 0x250 else _OTHER


class _Metrics(dict[str, tuple[int, int]]):
    """Character -> (advance, kind) of one face, filled as characters turn up."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, ch: str) -> tuple[int, int]:
        found = LIBRARY.glyph(self._face, ch)
        if found is None:
            found = LIBRARY.glyph(self._face, STAND_IN)
        assert found is not None
        self[ch] = found.advance, _kind(ch, found.advance)
        return self[ch]


_METRICS: dict[str, _Metrics] = {}


class Line(NamedTuple):
    """Characters `start` to `end` of a run; `shift` moves the start left, `width` is the natural length."""

    start: int
    end: int
    width: int
    shift: int
    last: bool


class Run:
    """One paragraph of text in one face: characters, the gap after each, and where each starts."""

    def __init__(self, text: str, face: str) -> None:
        self.text = text
        self.face = face
        metrics = _METRICS.get(face)
        if metrics is None:
            metrics = _METRICS[face] = _Metrics(face)
        found = [metrics[ch] for ch in text]
        self._kinds = kinds = [kind for _advance, kind in found]
        self.gaps = [_GAPS[a * 5 + b] for a, b in pairwise(kinds)]
        self.gaps.append(0)
        self._at = list(accumulate((f[0] + gap for f, gap in zip(found, self.gaps, strict=False)), initial=0))

    @property
    def width(self) -> int:
        """Natural length of the whole run."""
        return self._at[-1]

    def length(self, start: int, end: int) -> int:
        """Natural length of some characters, without the gap after the last."""
        return self._at[end] - self._at[start] - self.gaps[end - 1] if end > start else 0

    def lines(self, room: int, indent: int = 0, whole: bool = False) -> list[Line]:
        """The run broken to `room`, its first line shortened by `indent`; `whole` tears no full date, no item
        of a list and nothing short in brackets."""
        size = len(self.text)
        if self.width <= room - indent:
            return [Line(0, size, self.width, 0, True)]
        ends = self._ends(room)
        if whole:
            ends = self._around_wholes(ends, room - indent)
        lines: list[Line] = []
        start = 0
        while start < size:
            lines.append(self._next(start, ends, room - (0 if lines else indent)))
            start = lines[-1].end
        self._mend_last(lines, ends, room)
        return [self._trimmed(line) for line in lines]

    def _ends(self, room: int) -> list[int]:
        """Where a line may end; a word longer than a line may be cut anywhere."""
        ends: list[int] = []
        before = 0
        for match in _ATOM.finditer(self.text):
            end = match.end()
            if self._at[end] - self._at[before] > room:
                ends.extend(range(before + 1, end))
            ends.append(end)
            before = end
        return ends

    def _around_wholes(self, ends: list[int], room: int) -> list[int]:
        """`ends` without those inside what stays whole, where a line holds it and the marks that stay with
        it."""
        for match in _WHOLE.finditer(self.text):
            first = bisect_right(ends, match.start())
            after = bisect_left(ends, match.end())
            before = ends[first - 1] if first else 0
            if self._needs(before, ends[after]) <= room:
                del ends[first:after]
        return ends

    def _next(self, start: int, ends: list[int], room: int) -> Line:
        shift = HALF if self._kinds[start] == _OPEN and start else 0
        limit = self._at[start] + room + shift
        # Ends rise with the places they stand for, so the last that fits is found by halving.
        last = bisect_right(ends, limit, key=self._at.__getitem__)
        first = bisect_right(ends, start)
        for i in (last + 1, last):
            if i < len(ends) and self._needs(start, ends[i]) <= room + shift:
                last = i + 1
                break
        end = ends[max(first, last - 1)]
        return Line(start, end, 0, shift, end == len(self.text))

    def _needs(self, start: int, end: int) -> int:
        """Length a line must offer: spaces at its end do not count, a mark may stand half out."""
        while end > start + 1 and self.text[end - 1] in " \u3000":
            end -= 1
        return self.length(start, end) - (HALF if self._kinds[end - 1] == _CLOSE else 0)

    def _mend_last(self, lines: list[Line], ends: list[int], room: int) -> None:
        """Takes one word down when a single character would stand alone on the last line."""
        if len(lines) < 2:
            return
        above, below = lines[-2], lines[-1]
        marks = self.text[below.start : below.end].strip(NO_START + " ")
        i = bisect_right(ends, above.end) - 2
        if len(marks) != 1 or i < 0 or ends[i] <= above.start:
            return
        shift = HALF if self._kinds[ends[i]] == _OPEN else 0
        if self._needs(ends[i], below.end) <= room + shift:
            lines[-2] = above._replace(end=ends[i])
            lines[-1] = below._replace(start=ends[i], shift=shift)

    def _trimmed(self, line: Line) -> Line:
        end = line.end
        while end > line.start and self.text[end - 1] in " \u3000":
            end -= 1
        return line._replace(end=end, width=self.length(line.start, end))

    def stretch(self, line: Line, room: int) -> int:
        """Thousandths to add after each character so that `line` fills `room`, or nearly; 0 when it would
        look torn."""
        count = line.end - line.start - 1
        spare = room + line.shift - line.width
        if line.last or count < 1:
            return 0
        if spare < 0:
            spare += HALF  # the mark at the end stands half out
        each = spare / count
        if each > 2 * STRETCH or each < -STRETCH:
            return 0
        return min(round(each), STRETCH)


def spread(run: Run, length: int) -> Run:
    """The run with its characters set apart evenly to `length`, as in 姓　　名."""
    count = len(run.text) - 1
    extra = (length - run.width) // count if count > 0 else 0
    if extra > 0:
        run.gaps = [gap + extra for gap in run.gaps[:-1]] + [0]
        run._at = [at + extra * min(i, count) for i, at in enumerate(run._at)]
    return run


def runs(text: str, face: str) -> list[Run]:
    """One run for each line the writer ended."""
    return [Run(part.rstrip(), face) for part in tidy(text).split("\n")]

"""What a disk may hold after the power went: every state that the calls made so far allow.

What was written to a file is certain once the file was flushed, what was done to names in a folder once the
folder was. Of all that came later a disk may have kept anything: nothing, everything, some of it, or parts of
a write, cut at sectors of 512 bytes.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

from tests.proofs.file_calls import Call

SECTOR = 512
POLICIES = ("dropped", "kept", "random", "torn")
Image = dict[str, bytes | None]  # path → content; None: a folder


@dataclass
class _Node:
    """A folder, or a file: its `certain` bytes, and `since` then what was written, or cut (data None)."""

    folder: bool = False
    certain: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)


Names = dict[str, _Node | None]  # None: no longer there


class Disk:
    """Takes calls in order; `image` gives one state the disk may be in after them."""

    def __init__(self, root: Path) -> None:
        """All that lies below `root` is certain."""
        self._now: Names = {str(root): _Node(folder=True)}
        for path in root.rglob("*"):
            certain = b"" if path.is_dir() else path.read_bytes()
            self._now[str(path)] = _Node(path.is_dir(), bytearray(certain))
        self._certain = dict(self._now)
        self._since: list[tuple[str, Names]] = []  # the folder, and what its names came to stand for

    def take(self, call: Call) -> None:
        """One more call was made."""
        _TAKES.get(call.what, lambda disk, call: None)(self, call)

    def _create(self, call: Call) -> None:
        self._name(call.path, {call.path: _Node()})

    def _mkdir(self, call: Call) -> None:
        if not self._now.get(call.path):
            self._name(call.path, {call.path: _Node(folder=True)})

    def _rename(self, call: Call) -> None:
        """What lies in a folder goes with it; its names must be certain by then."""
        inside = call.path + os.sep
        assert not any(name.startswith(inside) for _, names in self._since for name in names), call
        moved = [path for path in self._now if path == call.path or path.startswith(inside)]
        new = {call.to + path.removeprefix(call.path): self._now[path] for path in moved}
        self._name(call.to, dict.fromkeys(moved) | new)

    def _link(self, call: Call) -> None:
        self._name(call.to, {call.to: self._now[call.path]})

    def _unlink(self, call: Call) -> None:
        self._name(call.path, {call.path: None})

    def _name(self, path: str, names: Names) -> None:
        self._since.append((os.path.dirname(path), names))
        self._now.update(names)

    def _write(self, call: Call) -> None:
        self._node(call).since.append((call.offset, call.data))

    def _truncate(self, call: Call) -> None:
        self._node(call).since.append((call.size, None))

    def _node(self, call: Call) -> _Node:
        node = self._now[call.path]
        assert node is not None, call
        return node

    def _sync(self, call: Call) -> None:
        node = self._node(call)
        for offset, data in node.since:
            _change(node.certain, offset, data)
        node.since.clear()
        for folder, names in self._since:
            if folder == call.path:
                self._certain.update(names)
        self._since = [(folder, names) for folder, names in self._since if folder != call.path]

    def image(self, draw: random.Random, policy: str) -> Image:
        """One state the disk may be in. `policy`: what became of all that is not certain."""
        names = dict(self._certain)
        for _, change in self._since:
            if _keeps(draw, policy):
                names.update(change)
        contents: dict[int, bytes] = {}
        image: Image = {}
        for path, node in sorted(names.items()):
            if node and (not image or os.path.dirname(path) in image):
                if id(node) not in contents:
                    contents[id(node)] = _content(node, draw, policy)
                image[path] = None if node.folder else contents[id(node)]
        return image


def _keeps(draw: random.Random, policy: str) -> bool:
    return draw.random() < 0.5 if policy in ("random", "torn") else policy == "kept"


def _content(node: _Node, draw: random.Random, policy: str) -> bytes:
    content = bytearray(node.certain)
    for offset, data in node.since:
        if policy == "torn" and data:
            for start, piece in _torn(offset, data, draw):
                _change(content, start, piece)
        elif _keeps(draw, policy):
            _change(content, offset, data)
    return bytes(content)


def _torn(offset: int, data: bytes, draw: random.Random) -> Iterator[tuple[int, bytes]]:
    """Which sectors of a write arrived: the first few, or any."""
    end = offset + len(data)
    edges = [offset, *range(offset - offset % SECTOR + SECTOR, end, SECTOR), end]
    first, any_of_them = draw.randrange(len(edges)), draw.random() < 0.5
    for place, (start, stop) in enumerate(pairwise(edges)):
        if draw.random() < 0.5 if any_of_them else place < first:
            yield start, data[start - offset : stop - offset]


def _change(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def images(
    disk: Disk, calls: Sequence[Call], count: int, draw: random.Random
) -> Iterator[tuple[int, str, Image]]:
    """(how many calls were made, policy, image) for `count` cuts drawn at random, in rising order: half from
    all calls, half from rows of calls alike, so that one flush is met as often as a thousand writes."""
    rows = [[place for place, _ in row] for _, row in groupby(enumerate(calls, start=1), _sort_and_path)]
    cuts = [draw.randint(0, len(calls)) for _ in range(count // 2)]
    cuts += [draw.choice(draw.choice(rows)) for _ in range(count - count // 2)]
    made = 0
    for number, cut in enumerate(sorted(cuts)):
        for call in calls[made:cut]:
            disk.take(call)
        made = cut
        policy = POLICIES[number % len(POLICIES)]
        yield cut, policy, disk.image(draw, policy)


def _sort_and_path(numbered: tuple[int, Call]) -> tuple[str, str]:
    return numbered[1].what, numbered[1].path


def lay_out(image: Image) -> None:
    """Put an image on the real disk; folders come before what is in them."""
    for path, content in image.items():
        if content is None:
            Path(path).mkdir(exist_ok=True)
        else:
            Path(path).write_bytes(content)


_TAKES: dict[str, Callable[[Disk, Call], None]] = {
    "create": Disk._create,
    "mkdir": Disk._mkdir,
    "rename": Disk._rename,
    "link": Disk._link,
    "unlink": Disk._unlink,
    "rmdir": Disk._unlink,
    "write": Disk._write,
    "truncate": Disk._truncate,
    "sync": Disk._sync,
}

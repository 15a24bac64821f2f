"""The disk that loses power: what is certain stays, and of the rest every legal outcome is met."""

from __future__ import annotations

import random
from pathlib import Path

from tests.proofs.crash_images import POLICIES, SECTOR, Disk, Image
from tests.proofs.file_calls import Call

OLD, NEW = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR


def outcomes(root: Path, calls: list[Call]) -> list[Image]:
    """Many images after `calls`, paths relative to `root`."""
    disk, draw = Disk(root), random.Random(1)
    for call in calls:
        disk.take(call)
    drawn = [disk.image(draw, policy) for policy in POLICIES * 40]
    return [{Path(path).relative_to(root).as_posix(): image[path] for path in image} for image in drawn]


def test_a_write_may_be_lost_kept_or_torn_until_it_is_flushed(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(OLD)
    write = Call("write", str(path), data=NEW)
    found = {image["f"] for image in outcomes(tmp_path, [write])}
    assert {OLD, NEW, NEW[:SECTOR] + OLD[SECTOR:]} < found
    assert all(len(set(content[at : at + SECTOR])) == 1 for content in found for at in range(0, 2048, SECTOR))
    flushed = outcomes(tmp_path, [write, Call("sync", str(path))])
    assert {image["f"] for image in flushed} == {NEW}


def test_a_name_is_certain_when_its_folder_is_flushed(tmp_path: Path) -> None:
    part, target = tmp_path / "part", tmp_path / "target"
    target.write_bytes(OLD)
    calls = [
        Call("create", str(part)),
        Call("write", str(part), data=NEW),
        Call("sync", str(part)),
        Call("rename", str(part), to=str(target)),
    ]
    before = outcomes(tmp_path, calls)
    assert {image["target"] for image in before} == {OLD, NEW}
    assert {image.get("part") for image in before} == {None, NEW}
    after = outcomes(tmp_path, [*calls, Call("sync", str(tmp_path))])
    assert {image["target"] for image in after} == {NEW}
    assert not any("part" in image for image in after)


def test_what_lies_in_a_folder_is_lost_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    calls = [Call("mkdir", str(folder)), Call("create", str(folder / "f")), Call("sync", str(folder))]
    assert {"d/f" in image for image in outcomes(tmp_path, calls)} == {True, False}
    assert all("d" in image for image in outcomes(tmp_path, calls) if "d/f" in image)


def test_a_cut_and_a_hole_are_changes_like_others(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(OLD)
    cut = Call("truncate", str(path), size=SECTOR)
    assert {image["f"] for image in outcomes(tmp_path, [cut])} == {OLD, OLD[:SECTOR]}
    beyond = Call("write", str(path), offset=2 * SECTOR, data=b"x")
    found = {image["f"] for image in outcomes(tmp_path, [cut, Call("sync", str(path)), beyond])}
    assert found == {OLD[:SECTOR], OLD[:SECTOR] + bytes(SECTOR) + b"x"}

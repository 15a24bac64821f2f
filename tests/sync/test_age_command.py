"""What we seal the plain `age` command opens, and the other way round, to the byte; neither takes what was
touched or is for somebody else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import pyrage
import pytest
import zstandard

from sgz_desktop.actions import exchange
from sgz_desktop.store import attached, blobs
from sgz_desktop.store.store import Store
from sgz_desktop.sync import age_file
from sgz_desktop.sync.header import read_header
from sgz_desktop.sync.reasons import Reason
from sgz_desktop.vault import sealing, slot_boxes
from sgz_desktop.vault.card import make_card, read_card
from sgz_desktop.vault.identity_file import read_identity
from sgz_desktop.vault.keys import Key
from tests.actions import laptops
from tests.sync import age_command
from tests.sync.bundles import IDENTITY, LINES, US, made
from tests.sync.test_age_file import ending, vectors

OTHER, THIRD = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
BOTH = (US, str(OTHER.to_public()))
HOLDERS = (str(IDENTITY), str(OTHER))


def unpacked(frame: bytes | None) -> bytes:
    assert frame is not None
    return zstandard.ZstdDecompressor().decompressobj().decompress(frame)


def flipped(file: bytes, places: Iterable[int]) -> Iterable[bytes]:
    """The file with one bit turned over, at each of these places."""
    for place in places:
        other = bytearray(file)
        other[place] ^= 1
        yield bytes(other)


def test_a_bundle_for_two_opens_for_each_and_for_no_third(tmp_path: Path) -> None:
    file = made(tmp_path, recipients=BOTH)
    for identity in HOLDERS:
        frame = age_command.opened(file, identity, tmp_path)
        assert (None, frame) == ending(file, identity)
        header, *rest = unpacked(frame).split(b"\n")
        assert read_header(header).recipients == BOTH
        assert rest[: len(LINES)] == LINES
    assert age_command.opened(file, str(THIRD), tmp_path) is None
    assert ending(file, str(THIRD))[0] is Reason.NOT_FOR_US


def test_control_one_bit_turned_over_is_refused_by_the_command_too(tmp_path: Path) -> None:
    file = made(tmp_path, recipients=BOTH)
    in_header, in_code, in_payload = file.index(b"X25519 ") + 9, file.index(b"\n---") + 9, len(file) - 20
    for other in flipped(file, (in_header, in_code, in_payload, -1)):
        assert age_command.opened(other, str(IDENTITY), tmp_path) is None
        assert ending(other)[0] is not None


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_the_command_seals_opens_here(size: int, tmp_path: Path) -> None:
    plain, ours = os.urandom(size), bytearray()
    file = age_command.sealed(plain, *BOTH)
    assert [ending(file, identity) for identity in HOLDERS] == [(None, plain)] * 2
    assert ending(file, str(THIRD))[0] is Reason.NOT_FOR_US
    age_file.seal([plain], ours.extend, BOTH)
    assert age_command.opened(bytes(ours), HOLDERS[1], tmp_path) == plain


def test_a_file_in_letters_is_none_of_ours() -> None:
    assert ending(age_command.sealed(b"x", US, armour=True)) == (Reason.NOT_OURS, b"")


def test_a_passphrase_is_never_asked_for_nor_tried(tmp_path: Path) -> None:
    """The command wants the holder to type one; without a terminal it gives up."""
    file = vectors()["scrypt"].file
    assert ending(file) == (Reason.NOT_OURS, b"")
    assert age_command.opened(file, str(IDENTITY), tmp_path) is None
    with pytest.raises(sealing.BadBox):
        sealing.open_with(str(IDENTITY), file)


def test_what_one_computer_sends_another_opens_with_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    first = laptops.founder(tmp_path / "first")
    second = laptops.joined(first, tmp_path / "second", 1, tmp_path)
    try:
        paper = b"%PDF made up " + bytes(70_000)
        first.attach(first.write(name="测试"), paper)
        done = exchange.exchange_on(first.station.desk, first.station, tmp_path)
        edits, files = (one.path.read_bytes() for one in done.sent)
        key, own = second.station.state.identity, first.station.state.identity
        frame = age_command.opened(edits, key, tmp_path)
        assert (None, frame) == ending(edits, key)
        assert unpacked(frame).count(b"\n") == done.sent[0].edits + 2 > 2
        inside = unpacked(age_command.opened(files, key, tmp_path))
        start = inside.index(b"age-encryption.org")
        ((name, identity),) = first.station.desk.store.read(
            lambda s: s.connection.execute("SELECT file, identity FROM blob").fetchall()
        )
        lies = (first.folder / blobs.FOLDER / name).read_bytes()
        assert inside[start : start + len(lies)] == lies
        assert age_command.opened(lies, identity, tmp_path) == paper
        assert age_command.opened(edits, own, tmp_path) is None
    finally:
        for laptop in (first, second):
            laptop.station.close()


def test_attachments_open_and_one_the_command_sealed_is_kept(store: Store, tmp_path: Path) -> None:
    ours, theirs = os.urandom(70_000), os.urandom(70_000)
    mine = store.write(lambda session: blobs.put(session, ours, "image/jpeg"))
    path, identity = store.read(lambda s: (blobs.sealed_file(s, mine), blobs.identity_of(s, mine)))
    assert age_command.opened(path.read_bytes(), identity, tmp_path) == ours
    digest, file = hashlib.sha256(theirs).hexdigest(), age_command.sealed(theirs, US)
    told = (digest, "image/jpeg", str(IDENTITY))
    (other,) = flipped(file, [-1])
    assert not store.write(lambda s: blobs.keep_sealed(s, *told, other))
    assert store.write(lambda s: blobs.keep_sealed(s, *told, file))
    assert store.read(lambda s: blobs.get(s, digest)) == theirs
    assert store.read(attached.wanted) == []


def test_a_key_that_age_made_serves_as_ours(tmp_path: Path) -> None:
    recipient = age_command.new_key(tmp_path / "theirs.txt")
    identity = read_identity(tmp_path / "theirs.txt")
    assert sealing.recipient_of(identity) == recipient
    assert ending(age_command.sealed(b"x", recipient), identity) == (None, b"x")


def test_what_is_sealed_to_a_recovery_card_opens_with_it(tmp_path: Path) -> None:
    """The root key, sealed to the card in the list of slots and so in every backup; what is sealed to the
    county's key, and a request to be let in, are made by the same hand."""
    card, root = make_card(), Key.new()
    identity = read_card(card.text)
    box = slot_boxes.seal_root("store", "slot", card.recipient, root)
    inside = age_command.opened(box, identity, tmp_path)
    assert inside is not None
    assert inside.endswith(root.reveal())
    assert age_command.opened(box, str(IDENTITY), tmp_path) is None
    again = age_command.sealed(inside, card.recipient)
    assert slot_boxes.open_root("store", "slot", identity, again).reveal() == root.reveal()

"""age files: ours open elsewhere, others' open here, the public vectors end as they should, and nothing that
costs anything is ever tried."""

from __future__ import annotations

import functools
import hashlib
import io
import os
import tarfile
import time
import zlib
from pathlib import Path
from typing import NamedTuple

import pyrage
import pytest

from sgz_desktop.sync import age_file, age_header
from sgz_desktop.sync.reasons import Reason, Refused
from sgz_desktop.vault.sealing import identity_bytes
from tests.sync import plain_age
from tests.sync.bundles import IDENTITY, US

VECTORS = Path(__file__).parent / "age_vectors" / "vectors.tar.xz"
SECRET = identity_bytes(str(IDENTITY))
REASONS = {
    "success": {None},
    "no match": {Reason.NOT_FOR_US},
    "HMAC failure": {Reason.DAMAGED},
    "payload failure": {Reason.DAMAGED},
    "header failure": {Reason.NOT_OURS, Reason.DAMAGED},
}
# An age file may hold stanzas of types its reader does not know; a bundle may not.
STRICTER = {"x25519_grease", "x25519_lowercase", "stanza_empty_body", "stanza_empty_last_line"}
STRICTER |= {"stanza_valid_characters"}


class Vector(NamedTuple):
    told: dict[str, str]
    file: bytes

    @property
    def foreign(self) -> bool:
        """Armour, a passphrase or a post-quantum key: never a bundle of ours."""
        identity = self.told.get("identity", "AGE-SECRET-KEY-1")
        return bool({"armored", "passphrase"} & self.told.keys()) or "-PQ-" in identity


@functools.cache
def vectors() -> dict[str, Vector]:
    found = {}
    with tarfile.open(VECTORS) as kept:
        for entry in kept:
            told, _, file = kept.extractfile(entry).read().partition(b"\n\n")
            lines = [line.split(": ", 1) for line in told.decode().split("\n")]
            facts = dict(reversed(lines))  # the first of several identities
            found[entry.name] = Vector(facts, zlib.decompress(file) if "compressed" in facts else file)
    return found


def ending(file: bytes, identity: str = str(IDENTITY)) -> tuple[Reason | None, bytes]:
    """(why it was refused or None, what was handed on)."""
    came: list[bytes] = []
    try:
        age_file.unseal(io.BytesIO(file), identity, came.append)
    except Refused as fault:
        return fault.reason, b"".join(came)
    return None, b"".join(came)


def test_the_public_vectors_end_as_they_should() -> None:
    counts = {"agree": 0, "stricter": 0, "foreign": 0}
    for name, vector in vectors().items():
        identity = vector.told.get("identity", str(IDENTITY))
        reason, came = ending(vector.file, str(IDENTITY) if "-PQ-" in identity else identity)
        if vector.foreign or name in STRICTER:
            assert (reason, came) == (Reason.NOT_OURS, b""), name
            counts["foreign" if vector.foreign else "stricter"] += 1
            continue
        assert reason in REASONS[vector.told["expect"]], name
        if "payload" in vector.told:  # to the last byte that a reader may hand on
            assert hashlib.sha256(came).hexdigest() == vector.told["payload"], name
        counts["agree"] += 1
    assert counts == {"agree": 63, "stricter": 5, "foreign": 75}


def test_control_a_kinder_reader_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age_file, "read_start", lambda source: source.read(age_header.MAX_HEADER))
    kinder = [name for name in STRICTER if ending(vectors()[name].file)[0] is not Reason.NOT_OURS]
    assert sorted(kinder) == sorted(STRICTER)


def test_a_passphrase_is_refused_before_it_costs_anything() -> None:
    found = [vector.file for vector in vectors().values() if "passphrase" in vector.told]
    assert len(found) == 26
    for file in found:
        start = time.process_time()
        assert ending(file)[0] is Reason.NOT_OURS
        assert time.process_time() - start < 0.05
    beside = pyrage.encrypt(b"x", [IDENTITY.to_public()])
    stanza = b"-> scrypt bBjlhJVYZeE4aqUdmtRHfw 23\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n"
    for place in (b"\n-> X25519", b"\n---"):
        head, rest = beside.split(place, 1)
        assert ending(head + b"\n" + stanza + place[1:] + rest)[0] is Reason.NOT_OURS


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_our_files_open_elsewhere_and_others_here(size: int) -> None:
    content, ours = os.urandom(size), io.BytesIO()
    age_file.seal([content[:10], b"", content[10:]], ours.write, [US])
    assert plain_age.opened(ours.getvalue(), SECRET) == content
    assert pyrage.decrypt(ours.getvalue(), [IDENTITY]) == content
    assert ending(plain_age.sealed(content, plain_age.public_of(SECRET))) == (None, content)
    assert ending(pyrage.encrypt(content, [IDENTITY.to_public()])) == (None, content)


def test_what_the_library_adds_to_keep_readers_honest_is_taken() -> None:
    added = 0
    for _ in range(100):
        file = pyrage.encrypt(b"x", [IDENTITY.to_public()])
        added += b"-grease" in file.split(b"\n---")[0]
        assert ending(file) == (None, b"x")
    assert added > 50


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", Reason.DAMAGED),
        (bytes(5000), Reason.DAMAGED),  # an exFAT stick pulled out early
        (b"age-encryption.org", Reason.DAMAGED),
        (b"age-encryption.org/v1\n-> X255", Reason.DAMAGED),
        (b"age-encryption.org/v2\n-> X25519 x\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\r\n", Reason.NOT_OURS),
        (b"\xef\xbb\xbfage-encryption.org/v1\n", Reason.NOT_OURS),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", Reason.NOT_OURS),
        (b"PK\x03\x04", Reason.NOT_OURS),
        (b"PK\x03\x04" * 50_000, Reason.NOT_OURS),
        (b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> a-grease\n\n--- " + b"A" * 43 + b"\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> a-grease\n" + b"A" * 100 + b"\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> a-grease\n---\n", Reason.NOT_OURS),  # a body left out
        (b"age-encryption.org/v1\n-> a-grease\n" + (b"A" * 64 + b"\n") * 2000, Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> a-grease b" * 5000, Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> ssh-ed25519 abcd efgh\nAAAA\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> piv-p256 abcd efgh\nAAAA\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\n-> X25519\nAAAA\n", Reason.NOT_OURS),
        (b"age-encryption.org/v1\n->  X25519 a\nAAAA\n", Reason.NOT_OURS),
    ],
)
def test_files_of_other_kinds_and_cut_headers_are_told_apart(file: bytes, reason: Reason) -> None:
    start = time.process_time()
    assert ending(file) == (reason, b"")
    assert time.process_time() - start < 0.05


@pytest.mark.parametrize("size", [100, 70_000, 300_000])
def test_a_fault_at_the_very_last_write_is_told(size: int) -> None:
    file = pyrage.encrypt(bytes(size), [IDENTITY.to_public()])
    for work in (
        lambda put: age_file.seal([bytes(size)], put, [US]),
        lambda put: age_file.unseal(io.BytesIO(file), str(IDENTITY), put),
    ):
        sizes: list[int] = []
        work(lambda data, sizes=sizes: sizes.append(len(data)))

        def last(data: bytes, left: list[int] = sizes) -> None:
            left.pop()
            if not left:
                raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="No space"):
            work(last)

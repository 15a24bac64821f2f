"""What an enrolled computer may send that is taken and does no harm: each with what must be so afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import orjson
import pyrage

from sgz_desktop.actions import exchange_dealings, exchange_send
from sgz_desktop.actions.exchange import exchange_on
from sgz_desktop.actions.exchange_take_in import Arrived
from sgz_desktop.domain.edits import MAX_CLOCK, Draft, to_line
from sgz_desktop.store import bare, exchange, forks
from sgz_desktop.sync import envelope
from sgz_desktop.sync.header import Head, Range, Top
from sgz_desktop.sync.reasons import Reason, Refused
from tests.proofs.hostile_contents import own_keys, posing
from tests.proofs.hostile_pens import Pen, Scene, person, told

Case = Callable[[Scene], None]
SCRYPT = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n" + b"A" * 43 + b"\n--- "
HARMLESS: dict[str, Case] = {}


def harmless(name: str) -> Callable[[Case], Case]:
    def keep(case: Case) -> Case:
        HARMLESS[name] = case
        return case

    return keep


def fresh(s: Scene, path: Path) -> Arrived:
    return s.us.take(path)


def refusal(s: Scene, path: Path) -> Reason | None:
    try:
        s.us.take(path)
    except Refused as told:
        return told.reason
    return None


def sent_to(s: Scene, pen: Pen) -> Path:
    """What we would hand to that computer."""
    us = s.us.station
    return exchange_send.export_bundle(us.desk, us, s.us.known(pen.device), s.stick / "out.sgzb").path


def header_of(s: Scene, pen: Pen) -> envelope.Header:
    with sent_to(s, pen).open("rb") as file:
        return envelope.peek(file, str(pen.identity))


def heads_here(s: Scene, device: str) -> list[tuple[int, str]]:
    query = "SELECT seq, hex(hash) FROM signed_head JOIN replica USING(did) WHERE device = ? ORDER BY seq"
    return s.us.station.desk.store.read(lambda r: r.connection.execute(query, (device,)).fetchall())


@harmless("an older bundle again")
def replayed(s: Scene) -> None:
    old = s.bundle(s.bad, [s.bad.edit()])
    fresh(s, old)
    fresh(s, s.bundle(s.bad, [s.bad.edit()]))
    before = s.us.says()
    assert fresh(s, old).known
    assert s.us.says() == before


@harmless("the same number with other content")
def same_number(s: Scene) -> None:
    fresh(s, s.bundle(s.bad, [s.bad.edit()], n=50))
    assert fresh(s, s.bundle(s.bad, [s.bad.edit()], n=50)).fresh == 1


@harmless("a number at the end of all numbers, and a gap")
def last_number(s: Scene) -> None:
    pen = joined(s, "gap")
    pen.edit()
    got = fresh(s, s.bundle(pen, [pen.edit()], n=MAX_CLOCK))
    assert got.gaps == {pen.device: (1, 1)}
    assert 0 < len(got.missing) <= 100
    shown = exchange_dealings.dealings(s.us.station.desk)  # a page that counts them all is never done
    assert 0 < max(len(one.missing) for one in shown.rows) <= 100


def joined(s: Scene, name: str) -> Pen:
    pen = s.pen(name)
    s.let_in(pen, name.upper())
    return pen


@harmless("of a later schema, with kinds and fields nobody knows")
def later_schema(s: Scene) -> None:
    edit = s.bad.edit(
        Draft("drone", "d1", "station", "battery", 80),
        person(
            "p9",
            "测试",
        ),
    )
    before = s.us.says()
    assert fresh(s, s.bundle(s.bad, [edit], schema=999)).fresh == 1
    assert s.us.says()[0] != before[0]


@harmless("ids of odd characters")
def odd_ids(s: Scene) -> None:
    odd = [
        "../" * 20,
        "a\0b",
        "\u202e" + "x" * 60 + "\u202c",
        "🦀" * 64,
        "CON",
        "a|b",
        "'; DROP TABLE edit;--",
    ]
    got = fresh(s, s.bundle(s.bad, [s.bad.edit(*(person(id, id) for id in odd))]))
    assert got.touched == {"person": len(odd)}
    assert [s.us.name_of(id) for id in odd] == odd


@harmless("a clock at its end")
def last_clock(s: Scene) -> None:
    id = s.us.write(name="前")
    mine = s.us.station.desk.store.read(
        lambda r: r.connection.execute("SELECT max(seq) FROM edit").fetchone()
    )
    assert mine
    fresh(s, s.bundle(s.bad, [s.bad.edit(person(id, "远"), clock=MAX_CLOCK)]))
    assert s.us.name_of(id) == "远"
    s.us.write(id, name="后")
    assert s.us.name_of(id) == "后"


@harmless("a head of an edit that is nowhere")
def head_of_nothing(s: Scene) -> None:
    before = heads_here(s, s.bad.device)
    edit = s.bad.edit()
    nowhere = s.bad.fork()
    nowhere.seq, nowhere.prev = 1_000_000, b"\x55" * 32
    fresh(s, s.bundle(s.bad, [edit], heads=(s.bad.head(), nowhere.head())))
    assert [seq for seq, _ in heads_here(s, s.bad.device)] == [*(seq for seq, _ in before), edit.seq]


@harmless("a head of another computer that it never signed")
def head_never_signed(s: Scene) -> None:
    before = heads_here(s, s.us.id), heads_here(s, s.other.device)
    posed = posing(s, s.other.device)
    junk = Head(posed.device, 1, posed.seq, posed.prev.hex(), "00" * 64)
    fresh(s, s.bundle(s.bad, [s.bad.edit()], heads=(s.bad.head(), posed.head(), junk, posed.head(seq=9**9))))
    assert (heads_here(s, s.us.id), heads_here(s, s.other.device)) == before
    assert not [head for head in header_of(s, s.other).heads if head.seq > 10**6]


@harmless("keys of another computer replaced by one's own")
def other_keys(s: Scene) -> None:
    bad = s.bad.fork()
    fresh(s, s.bundle(s.bad, [s.bad.edit(*own_keys(s, bad, s.other.device))]))
    posed = posing(s, s.other.device)
    edit = posed.edit()
    assert refusal(s, s.bundle(s.bad, [edit], heads=(posed.head(edit),))) is Reason.FORGED
    assert header_of(s, s.other).recipients == (s.other.keys.box,)
    assert fresh(s, s.bundle(s.other, [s.other.edit()])).fresh == 1


@harmless("the keys of the first computer replaced by one's own")
def first_keys(s: Scene) -> None:
    fresh(s, s.bundle(s.bad, [s.bad.edit(*own_keys(s, s.bad, s.us.id))]))
    posed = posing(s, s.us.id)
    edit = posed.edit()
    assert refusal(s, s.bundle(s.bad, [edit], heads=(posed.head(edit),))) is Reason.FORGED


@harmless("a key nothing can be sealed to")
def no_key(s: Scene) -> None:
    guest = told("device-odd", s.store, sign_key="zz", box_key="age1nothing", letter="Z", name="乙")
    fresh(s, s.bundle(s.bad, [s.bad.edit(*guest)]))
    assert not s.us.known("device-odd").can_be_sent_to


@harmless("a computer no header can name")
def no_name(s: Scene) -> None:
    guest = s.pen("odd-name")
    values = {"sign_key": guest.keys.sign, "box_key": guest.keys.box}
    names = ("a/b", "a\0b", "🦀" * 64)
    fresh(s, s.bundle(s.bad, [s.bad.edit(*(one for id in names for one in told(id, s.store, **values)))]))
    folder = s.stick / "exchanged"
    folder.mkdir()
    sent = exchange_on(s.us.station.desk, s.us.station, folder).sent
    assert len(sent) > 1
    assert not {one.to.id for one in sent} & set(names)


@harmless("a letter that leads elsewhere")
def odd_letter(s: Scene) -> None:
    fresh(
        s, s.bundle(s.bad, [s.bad.edit(*told(s.other.device, s.store, letter="/../../x"), clock=MAX_CLOCK)])
    )
    name = exchange_send.file_name("A", s.us.known(s.other.device), 3)
    assert name == "sgz-A-X-0003.sgzb"


@harmless("the values of another computer's edits kept back by who passes them on")
def kept_back(s: Scene) -> None:
    pen, posts = s.other, [("person", "name")]
    edits = [pen.edit(person("stripped", "被扣下的")), pen.edit()]
    head, before = pen.head(), edits[0].seq - 1

    def told(to: Pen) -> int:
        return header_of(s, to).have[pen.device].seq

    for times in range(bare.PATIENCE):
        fresh(s, s.bundle(s.bad, edits, [to_line(edit, posts) for edit in edits], heads=(head,)))
        assert (told(pen), told(s.bad)) == (before, pen.seq if times + 1 == bare.PATIENCE else before)
    assert s.us.name_of("stripped") is None
    assert s.us.station.desk.store.read(exchange.have)[pen.device][0] == pen.seq  # by that none would come
    fresh(s, s.bundle(pen, edits))
    assert (s.us.name_of("stripped"), told(pen)) == ("被扣下的", pen.seq)
    gone = pen.edit(person("erased", "不久就抹掉"))
    order = pen.edit(erasing("erased", pen, gone.seq))
    fresh(s, s.bundle(s.bad, [gone, order], [to_line(gone, posts), to_line(order)], heads=(pen.head(),)))
    assert told(pen) == pen.seq  # nobody has it


def erasing(id: str, pen: Pen, seq: int) -> Draft:
    targets = orjson.dumps([["person", id, "name", pen.device, seq]]).decode()
    return Draft("redaction", f"r-{id}", "station", "targets", targets)


@harmless("what is said of computers ordered erased")
def erased_device(s: Scene) -> None:
    mine = s.us.station.desk.store.read(
        lambda r: r.connection.execute("SELECT max(seq) FROM edit").fetchone()
    )
    cells = ("sign_key", "box_key", "revoked_after_seq", "letter")
    targets = [
        ["device", device, cell, s.us.id, seq]
        for device in (s.other.device, s.stopped.device)
        for cell in cells
        for seq in range(1, mine[0] + 1)
    ]
    order = Draft("redaction", "r1", "station", "targets", orjson.dumps(targets).decode())
    fresh(s, s.bundle(s.bad, [s.bad.edit(order)]))
    assert fresh(s, s.bundle(s.other, [s.other.edit()])).fresh == 1
    assert s.us.known(s.stopped.device).stopped is not None


@harmless("a receipt for what was never sent")
def false_receipt(s: Scene) -> None:
    claims = {"have": {s.us.id: Top(10**9, "ab" * 32)}, "received": {s.us.id: (Range(1, MAX_CLOCK),)}}
    fresh(s, s.bundle(s.bad, [s.bad.edit()], n=10**6, **claims))
    assert s.us.id not in header_of(s, s.bad).ranges
    assert header_of(s, s.other).ranges[s.us.id] == Range(1, header_of(s, s.other).ranges[s.us.id].last)


@harmless("an attachment that is not what its name says")
def other_bytes(s: Scene) -> None:
    plain, identity = b"what it should be", pyrage.x25519.Identity.generate()
    name = hashlib.sha256(plain).hexdigest()
    values = {"sha256": name, "mime": "image/png", "size": len(plain), "identity": str(identity)}
    drafts = [Draft("attachment", "a1", "station", cell, value) for cell, value in values.items()]
    fresh(s, s.bundle(s.bad, [s.bad.edit(*drafts)]))
    key = [identity.to_public()]
    for sealed in (pyrage.encrypt(b"another", key), b"junk", SCRYPT):
        before = blobs_of(s)
        assert fresh(s, s.files(s.bad, (name, sealed))).files_left == 1
        assert blobs_of(s) == before
    assert fresh(s, s.files(s.bad, (name, pyrage.encrypt(plain, key)))).files == 1
    assert s.us.bytes_of(name) == plain


@harmless("an attachment nobody told of")
def unknown_file(s: Scene) -> None:
    before = blobs_of(s)
    assert fresh(s, s.files(s.bad, ("ab" * 32, b"anything"))).files_left == 1
    assert blobs_of(s) == before


def blobs_of(s: Scene) -> set[str]:
    folder = s.us.folder / "blobs"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


@harmless("very many records in one edit")
def many(s: Scene) -> None:
    edit = s.bad.edit(*(person(f"many-{number}", "众") for number in range(3_000)))
    assert fresh(s, s.bundle(s.bad, [edit])).touched == {"person": 3_000}


@harmless("a twin of one's own edit")
def twin(s: Scene) -> None:
    one = s.bad.fork()
    first = s.bundle(s.bad, [s.bad.edit(person("t", "一"))])
    second = s.bundle(one, [one.edit(person("t", "二"))])
    fresh(s, first)
    fresh(s, second)
    aside = s.us.station.desk.store.read(lambda r: [e for e in forks.forked(r) if e.device == s.bad.device])
    assert len(aside) == 1
    if aside[0].hash == s.bad.prev:  # the chain goes on behind the one that stands
        s.bad.prev = one.prev

"""What validly signed and sealed bundles may hold that must not get in, each with the reason for the refusal.

Every case gets a scene and gives the file. The pens are forked, so that the honest chain goes on behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson

from sgz_desktop.domain.edits import MAX_CLOCK, to_line
from sgz_desktop.sync.header import Range
from sgz_desktop.sync.reasons import Reason
from tests.proofs.hostile_pens import Pen, Scene, person, told

Case = Callable[[Scene], Path]
REFUSED: dict[str, tuple[Case, Reason]] = {}


def refused(name: str, reason: Reason) -> Callable[[Case], Case]:
    def keep(case: Case) -> Case:
        REFUSED[name] = case, reason
        return case

    return keep


def posing(scene: Scene, device: str, key: Pen | None = None) -> Pen:
    """The bad one's hand under the name of another computer, at the end of that one's chain."""
    top = scene.us.station.desk.store.read(
        lambda s: s.connection.execute(
            "SELECT top_seq, top_hash FROM replica WHERE device = ?", (device,)
        ).fetchone()
    )
    return Pen(device, scene.store, (key or scene.bad).key, seq=top[0], prev=bytes(top[1]))


@refused("an edit of another computer that nobody signed", Reason.FORGED)
def unsigned(s: Scene) -> Path:
    bad = s.bad.fork()
    return s.bundle(bad, [bad.edit(), s.other.fork().edit()])


@refused("an edit of another computer under a head by the sender's key", Reason.FORGED)
def foreign_head(s: Scene) -> Path:
    posed = posing(s, s.other.device)
    edit = posed.edit()
    return s.bundle(s.bad.fork(), [edit], heads=(posed.head(edit),))


@refused("a true edit of another computer under a head signed anew", Reason.FORGED)
def signed_anew(s: Scene) -> Path:
    edit = s.other.fork().edit()
    return s.bundle(s.bad.fork(), [edit], heads=(s.bad.head(edit),))


@refused("an old true head of another computer for a new edit", Reason.FORGED)
def old_head(s: Scene) -> Path:
    other = s.other.fork()
    head = other.head()
    return s.bundle(s.bad.fork(), [other.edit()], heads=(head,))


@refused("a true head of another computer for another edit", Reason.FORGED)
def head_for_another(s: Scene) -> Path:
    one, two = s.other.fork(), s.other.fork()
    head = one.head(one.edit())
    return s.bundle(s.bad.fork(), [two.edit(person("p", "另一笔"))], heads=(head,))


@refused("a head for another store", Reason.FORGED)
def of_another_store(s: Scene) -> Path:
    pen = replace(s.bad.fork(), store="another-store")
    edit = pen.edit()
    return s.bundle(s.bad.fork(), [edit], heads=(pen.head(edit),))


@refused("our own edit, signed by a peer", Reason.FORGED)
def our_own(s: Scene) -> Path:
    posed = posing(s, s.us.id)
    edit = posed.edit()
    return s.bundle(s.bad.fork(), [edit], heads=(posed.head(edit),))


@refused("our own edit of old with other content", Reason.FORGED)
def our_own_of_old(s: Scene) -> Path:
    posed = Pen(s.us.id, s.store, s.bad.key)
    edit = posed.edit()
    return s.bundle(s.bad.fork(), [edit], heads=(posed.head(edit),))


@refused("an edit missing in the middle", Reason.FORGED)
def hole(s: Scene) -> Path:
    bad = s.bad.fork()
    first, _, last = bad.edit(), bad.edit(), bad.edit()
    return s.bundle(bad, [first, last])


@refused("an edit over and over", Reason.MALFORMED)
def repeated(s: Scene) -> Path:
    bad = s.bad.fork()
    edit = bad.edit()
    return s.bundle(bad, [edit], [to_line(edit)] * 3)


@refused("a chain that counts on by two", Reason.FORGED)
def by_two(s: Scene) -> Path:
    bad = s.bad.fork()
    first = bad.edit()
    bad.seq += 1
    return s.bundle(bad, [first, bad.edit()])


@refused("a head that claims a later number for its edit", Reason.FORGED)
def later_number(s: Scene) -> Path:
    bad = s.bad.fork()
    edit = bad.edit()
    return s.bundle(bad, [edit], heads=(bad.head(edit, seq=edit.seq)._replace(seq=9), bad.head(seq=9)))


@refused("a computer nobody let in", Reason.UNKNOWN_SENDER)
def stranger(s: Scene) -> Path:
    pen = s.stranger.fork()
    return s.bundle(pen, [pen.edit()])


@refused("a computer that lets itself in", Reason.UNKNOWN_SENDER)
def lets_itself_in(s: Scene) -> Path:
    pen = s.stranger.fork()
    return s.bundle(pen, [pen.edit(*own_keys(s, pen))])


def own_keys(s: Scene, pen: Pen, device: str = "") -> list[object]:
    return told(device or pen.device, s.store, sign_key=pen.keys.sign, box_key=pen.keys.box)


@refused("a stranger let in by us, says the stranger", Reason.UNKNOWN_SENDER)
def let_in_in_our_name(s: Scene) -> Path:
    pen, posed = s.stranger.fork(), posing(s, s.us.id, s.stranger)
    return s.bundle(pen, [posed.edit(*own_keys(s, pen)), pen.edit()])


@refused("a stranger let in in our name, beside a made-up endorsement", Reason.UNKNOWN_SENDER)
def endorsement_beside(s: Scene) -> Path:
    pen, posed = s.stranger.fork(), posing(s, s.us.id, s.stranger)
    edit = posed.edit(*own_keys(s, pen), *told(s.us.id, s.store, endorsement="{}"))
    return s.bundle(pen, [edit, pen.edit()], heads=(pen.head(), posed.head(edit)))


@refused("our keys exchanged for a stranger's, beside a made-up endorsement", Reason.UNKNOWN_SENDER)
def founders_keys(s: Scene) -> Path:
    pen = s.stranger.fork()
    posed = Pen(s.us.id, s.store, pen.key)
    edit = posed.edit(
        *own_keys(s, pen, s.us.id), *told(s.us.id, s.store, endorsement="{}"), *own_keys(s, pen)
    )
    return s.bundle(pen, [edit, pen.edit()], heads=(pen.head(), posed.head(edit)))


@refused("another's edit made up to let a stranger in, beside a made-up endorsement", Reason.UNKNOWN_SENDER)
def in_the_name_of_another(s: Scene) -> Path:
    pen, posed = s.stranger.fork(), posing(s, s.other.device, s.stranger)
    edit = posed.edit(*own_keys(s, pen), *told(s.other.device, s.store, endorsement="{}"))
    return s.bundle(pen, [edit, pen.edit()], heads=(pen.head(), posed.head(edit)))


@refused("a forged endorsement", Reason.UNKNOWN_SENDER)
def forged_endorsement(s: Scene) -> Path:
    pen = s.stranger.fork()
    return s.bundle(pen, [pen.edit(*s.successor(pen, s.other, ticket_by=pen))])


@refused("the endorsement of another", Reason.UNKNOWN_SENDER)
def copied_endorsement(s: Scene) -> Path:
    pen, heir = s.stranger.fork(), s.pen("heir")
    shown = s.successor(heir, s.other)[-1].value
    values = {"sign_key": pen.keys.sign, "box_key": pen.keys.box, "endorsement": shown}
    return s.bundle(pen, [pen.edit(*told(pen.device, s.store, **values))])


@refused("under the name of another computer", Reason.FORGED)
def another_sender(s: Scene) -> Path:
    bad = s.bad.fork()
    return s.bundle(s.other.fork(), [bad.edit()], heads=(bad.head(),), signed_by=bad)


@refused("signed by a stranger", Reason.FORGED)
def strangers_signature(s: Scene) -> Path:
    bad = s.bad.fork()
    return s.bundle(bad, [bad.edit()], signed_by=s.stranger)


@refused("a stopped computer", Reason.REVOKED)
def stopped(s: Scene) -> Path:
    pen = s.stopped.fork()
    return s.bundle(pen, [pen.edit()])


@refused("a stopped computer that lets itself write again", Reason.REVOKED)
def frees_itself(s: Scene) -> Path:
    pen = s.stopped.fork()
    return s.bundle(pen, [pen.edit(*told(pen.device, s.store, revoked_after_seq=MAX_CLOCK))])


@refused("a stopped computer with a decision no card made", Reason.REVOKED)
def made_up_decision(s: Scene) -> Path:
    pen = s.stopped.fork()
    said = {"number": 1, "last": MAX_CLOCK, "signature": pen.key.sign(b"decision").hex()}
    return s.bundle(pen, [pen.edit(*told(pen.device, s.store, decision=orjson.dumps(said).decode()))])


@refused("a stopped computer that lets another in, which writes", Reason.REVOKED)
def stopped_and_its_guest(s: Scene) -> Path:
    pen, guest = s.stopped.fork(), s.pen("guest")
    edits = [pen.edit(*own_keys(s, guest)), guest.edit()]
    return s.bundle(pen, edits, heads=(pen.head(), guest.head()))


@refused("the guest of a stopped computer", Reason.REVOKED)
def guest(s: Scene) -> Path:
    pen, guest = s.stopped.fork(), s.pen("late-guest")
    edits = [pen.edit(*own_keys(s, guest)), guest.edit()]
    return s.bundle(guest, edits, heads=(pen.head(), guest.head()))


@refused("a successor the stopping does not keep", Reason.REVOKED)
def not_kept(s: Scene) -> Path:
    heir = s.pen("heir")
    return s.bundle(heir, [heir.edit(*s.successor(heir, s.stopped))])


@refused("practice data", Reason.OTHER_KIND)
def practice(s: Scene) -> Path:
    return s.bundle(s.bad.fork(), kind="practice", heads=())


@refused("a county's data", Reason.OTHER_KIND)
def county(s: Scene) -> Path:
    return s.bundle(s.bad.fork(), kind="county", heads=())


@refused("another station's data", Reason.OTHER_STATION)
def another_station(s: Scene) -> Path:
    return s.bundle(s.bad.fork(), store="01900000-0000-7000-8000-00000000beef", heads=())


@refused("sealed to us, meant for another computer", Reason.NOT_FOR_US)
def for_another(s: Scene) -> Path:
    return s.bundle(s.bad.fork(), to=(s.other.device,), heads=())


@refused("sealed to us, for recipients we are not among", Reason.NOT_FOR_US)
def other_recipients(s: Scene) -> Path:
    ours, theirs = (pen.encode() for pen in (s.us.station.state.recipient, s.other.keys.box))
    return s.raw(s.bad, b"", ours, theirs, heads=())


@refused("under our own name", Reason.OWN)
def ours(s: Scene) -> Path:
    return s.bundle(s.bad.fork(), sender=s.us.id, heads=())


@refused("of a later format", Reason.NEWER)
def later_format(s: Scene) -> Path:
    return s.raw(s.bad, b"", b'"format":1', b'"format":2')


@refused("an edit of a later version", Reason.NEWER)
def later_edit(s: Scene) -> Path:
    edit = s.bad.fork().edit()
    return s.bundle(s.bad.fork(), [edit], [to_line(edit).replace(rb"\"v\":1", rb"\"v\":2")])


def altered(name: str, old: bytes, new: bytes, **odd: object) -> None:
    """A line changed after it was sealed, under a head that fits what it was."""

    def case(s: Scene) -> Path:
        bad = s.bad.fork()
        edit = bad.edit(person("p", "甲乙"), **odd)
        line = to_line(edit)
        assert line.count(old) >= 1, line
        return s.bundle(bad, [edit], [line.replace(old, new, 1)])

    REFUSED[name] = case, Reason.MALFORMED


altered("a member twice in a line", b'"why":', b'"why":null,"why":')
altered("a member twice in an edit's header", rb"\"seq\":", rb"\"seq\":1,\"seq\":")
altered("a blank in a line", b'"why":', b'"why": ')
altered("NaN for a number", rb"\"at\":1", rb"\"at\":NaN")
altered("a float for a number", rb"\"at\":1", rb"\"at\":1.0")
altered("a number past 64 bits", rb"\"at\":1", rb"\"at\":18446744073709551616")
altered("a negative number", rb"\"at\":1", rb"\"at\":-1")
altered("a length of 4 GiB for a place", rb"[[0,", rb"[[4294967296,")
altered("another value than was committed to", "甲乙".encode(), "甲丙".encode())
altered("no action", rb"\"save\"", rb"\"\"")
altered("no UTF-8", "甲".encode(), b"\xff\xfe")
altered("half a character", "甲".encode(), rb"\ud83d")
altered("a name of 65 characters", rb"\"save\"", rb"\"%s\"" % (b"a" * 65))
altered("a version as text", rb"\"v\":1", rb"\"v\":\"1\"")


@refused("nesting without an end", Reason.MALFORMED)
def nested(s: Scene) -> Path:
    edit = s.bad.fork().edit()
    return s.bundle(s.bad.fork(), [edit], [b'{"header":' + b"[" * 400_000])


@refused("a value longer than the log takes", Reason.MALFORMED)
def long_value(s: Scene) -> Path:
    edit = s.bad.fork().edit(person("p", "甲乙"))
    line = to_line(edit).replace("甲乙".encode(), "甲".encode() * 200_001)
    return s.bundle(s.bad.fork(), [edit], [line])


def ranged(name: str, **ranges: Range) -> None:
    """A header that says other ranges than the body holds."""

    def case(s: Scene) -> Path:
        bad = s.bad.fork()
        edit = bad.edit()
        said = {
            device.replace("_", "-"): Range(edit.seq + one.first, edit.seq + one.last)
            for device, one in ranges.items()
        }
        return s.bundle(bad, [edit], ranges=said)

    REFUSED[name] = case, Reason.MALFORMED


ranged("a header without ranges")
ranged("a header that says more than comes", device_bad=Range(0, 1000))
ranged("a header that begins later than what comes", device_bad=Range(1, 1))
ranged("a header that names another computer", device_other=Range(0, 0))
ranged("a header that names one more computer", device_bad=Range(0, 0), device_other=Range(0, 0))


@refused("something said of a computer held back", Reason.MALFORMED)
def held_back(s: Scene) -> Path:
    bad = s.bad.fork()
    edit = bad.edit(*told("device-new", s.store, name="新"))
    return s.bundle(bad, [edit], [to_line(edit, [("device", "name")])])


def odd_device(name: str, device: str) -> None:
    """A computer whose id leads elsewhere writes, under a header that names it."""

    def case(s: Scene) -> Path:
        pen = replace(s.bad.fork(), device=device, seq=0, prev=bytes(32))
        line = to_line(pen.edit())
        said = orjson.dumps({device: [1, 1]})
        return s.raw(s.bad, line + b"\n", b'"ranges":{}', b'"ranges":' + said)

    REFUSED[name] = case, Reason.MALFORMED


odd_device("a computer named by a path", "../../elsewhere")
odd_device("a computer named by a NUL", "a\0b")
odd_device("a computer named by direction marks", "\u202eabc\u202c")


@refused("an attachment with a path for a type", Reason.MALFORMED)
def path_for_a_type(s: Scene) -> Path:
    line = b'{"blob":"%s","mime":"../../x","size":1}\na\n' % (b"a" * 64)
    return s.raw(s.bad, line, content="files", heads=())


@refused("an attachment of 4 GiB", Reason.TOO_BIG)
def four_gigabytes(s: Scene) -> Path:
    line = b'{"blob":"%s","mime":"image/png","size":4294967296}\n' % (b"a" * 64)
    return s.raw(s.bad, line, content="files", heads=())


@refused("an attachment larger than any of ours", Reason.TOO_BIG)
def larger_than_ours(s: Scene) -> Path:
    line = b'{"blob":"%s","mime":"image/png","size":100000000}\n' % (b"a" * 64)
    return s.raw(s.bad, line, content="files", heads=())

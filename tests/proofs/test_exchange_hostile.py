"""Bundles that are signed and sealed as they should be, and hold what they should not, at a whole laptop.

Each is refused for its reason: digest, history and open conflicts stay, no file outside the store's inbox
changes, and the next honest bundle of the same computer goes in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop.actions import exchange_inbox
from sgz_desktop.actions.exchange_join import Request, let_in
from sgz_desktop.cli import program as cli
from sgz_desktop.errors import AppError
from sgz_desktop.sync import envelope, proof
from sgz_desktop.sync.proof import Proof
from sgz_desktop.sync.reasons import Reason, Refused
from tests.actions import laptops as made
from tests.proofs.conftest import Tally
from tests.proofs.hostile_contents import REFUSED
from tests.proofs.hostile_harmless import HARMLESS
from tests.proofs.hostile_pens import Scene
from tests.sync import hostile_files

AT_THE_COMMAND_LINE = (
    "an edit of another computer that nobody signed",
    "a computer nobody let in",
    "a stopped computer",
    "practice data",
    "of a later format",
    "a member twice in a line",
)
KEEPS_ITS_BOOKS = ("store.db", "head", "lines")  # a refusal is a line of the access log


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "stick").mkdir()
    return folder


@pytest.fixture(scope="module")
def scene(place: Path) -> Iterator[Scene]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(place / "state"))
        us = made.founder(place / "us")
        us.write(name="测试甲")
        try:
            yield Scene(us, place / "stick")
        finally:
            us.station.close()


def on_disk(folder: Path) -> dict[str, str]:
    """Every file but the store's own books."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(KEEPS_ITS_BOOKS)
    }


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_for_its_reason_and_nothing_changes(scene: Scene, place: Path, name: str) -> None:
    case, reason = REFUSED[name]
    path = case(scene)
    before, files = scene.us.says(), on_disk(place)
    with pytest.raises(Refused) as told:
        scene.us.take(path)
    assert told.value.reason is reason, told.value.detail
    assert scene.us.says() == before
    changed = {one for one in on_disk(place).items() if one not in files.items()}
    kept = {one for one, _ in changed}
    assert len(kept) == (1 if reason is Reason.NEWER else 0), kept
    assert all(one.startswith("us/inbox/") for one in kept)
    assert files.keys() <= on_disk(place).keys()
    good = scene.us.take(scene.bundle(scene.bad, [scene.bad.edit()]))
    assert good.fresh == 1
    assert scene.us.says()[0] != before[0]


@pytest.mark.parametrize("name", HARMLESS)
def test_it_is_taken_and_does_no_harm(scene: Scene, name: str) -> None:
    HARMLESS[name](scene)
    pen = scene.other
    assert scene.us.take(scene.bundle(pen, [pen.edit()])).fresh == 1


def test_a_practice_station_takes_no_real_data(scene: Scene, place: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(place / "state"))
        practice = made.founder(place / "practice", kind="practice")
    try:
        before, state = practice.says(), practice.station.state
        said = {"to": (practice.id,), "recipients": (state.recipient,), "heads": ()}
        with pytest.raises(Refused) as told:
            practice.take(scene.bundle(scene.bad, store=practice.station.slots.store_id, **said))
        assert told.value.reason is Reason.OTHER_KIND
        assert practice.says() == before
    finally:
        practice.station.close()


def test_a_request_under_the_id_of_a_computer_that_is_in_is_refused(scene: Scene) -> None:
    station, keys = scene.us.station, scene.us.known(scene.other.device).keys
    asked = Request(scene.store, scene.other.device, "C", "C号机", scene.stranger.keys, "测试", (), "")
    with pytest.raises(AppError, match="钥匙却不同"):
        let_in(station.desk, station, asked)
    assert scene.us.known(scene.other.device).keys == keys


def test_there_are_enough_of_them(tally: Tally) -> None:
    counts = {"refused": len(REFUSED), "harmless": len(HARMLESS), "of_envelope": len(hostile_files.every())}
    tally("hostile bundles", **counts, all=sum(counts.values()))
    assert counts["refused"] + counts["harmless"] >= 60


def test_the_command_line_says_it_in_one_line(
    scene: Scene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [(REFUSED[name][0](scene), REFUSED[name][1]) for name in AT_THE_COMMAND_LINE]
    good, before = scene.bundle(scene.bad, [scene.bad.edit()]), scene.us.says()
    scene.us.station.close()
    store = str(scene.us.folder)

    def run(verb: str, path: Path) -> tuple[int, dict[str, object], list[str]]:
        code = cli.run(["--store", store, "bundle", verb, str(path), "--json"], made.PASSPHRASE)
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err.splitlines()

    for path, reason in cases:
        code, told, lines = run("import", path)
        assert (code, told, len(lines)) == (1, {"refused": reason.value}, 1)
        assert "Traceback" not in lines[0]
    code, told, lines = run("import", good)
    assert (code, told["fresh"], lines) == (0, 1, [])
    scene.us.reopen()
    assert scene.us.says()[0] != before[0]


def test_no_more_edits_are_looked_at_than_the_memory_holds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene.bundle(scene.bad, [scene.bad.edit() for _ in range(3)])
    with monkeypatch.context() as patch:
        patch.setattr(proof, "MOST_EDITS", 2)
        with pytest.raises(Refused) as told:
            scene.us.take(path)
    assert told.value.reason is Reason.TOO_BIG
    assert scene.us.take(path).fresh == 3


@pytest.mark.parametrize("name", ["MOST_KEPT", "MOST_KEPT_BYTES"])
def test_no_more_of_a_newer_program_is_kept_than_the_disk_has_room_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def kept() -> int:
        return len(list((scene.us.folder / exchange_inbox.INBOX).iterdir()))

    path, before = REFUSED["of a later format"][0](scene), kept()
    with monkeypatch.context() as patch:
        patch.setattr(exchange_inbox, name, 0)
        with pytest.raises(Refused, match="这一包没有留") as told:
            scene.us.take(path)
    assert (told.value.reason, kept()) == (Reason.NEWER_LEFT, before)
    with pytest.raises(Refused, match="已留着") as told:
        scene.us.take(path)
    assert (told.value.reason, kept()) == (Reason.NEWER, before + 1)


def test_a_file_larger_than_any_bundle_is_not_copied(scene: Scene, place: Path) -> None:
    path, before = place / "large.sgzb", on_disk(scene.us.folder)
    with open(path, "wb") as file:
        file.truncate(envelope.MAX_FILE + 1)  # it takes no room here, and all of it in the inbox
    with pytest.raises(Refused) as told:
        scene.us.take(path)
    path.unlink()
    assert (told.value.reason, on_disk(scene.us.folder)) == (Reason.TOO_BIG, before)


FORGED = ("an edit of another computer that nobody signed", "our own edit, signed by a peer")


@pytest.mark.parametrize("name", FORGED)
def test_control_without_the_proof_it_goes_in(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(Proof, "demand", lambda self, known: None)
    before = scene.us.says()
    scene.us.take(REFUSED[name][0](scene))
    assert scene.us.says() != before


def test_control_a_made_up_endorsement_believed_whole_lets_a_stranger_in(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Proof, "_believed", lambda self: iter(self._telling))
    case, _ = REFUSED["a stranger let in in our name, beside a made-up endorsement"]
    with pytest.raises(Refused) as told:
        scene.us.take(case(scene))
    assert told.value.reason is Reason.FORGED  # it got one step further: only the edit in our name stops it

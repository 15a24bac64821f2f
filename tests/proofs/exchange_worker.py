"""The process that is killed while it exchanges: with everything loaded, it forks a worker for each order.

    python -m tests.proofs.exchange_worker FOLDER

An order is a line `OPERATION AT FAULT`, as in `kill_worker`: "send" writes a bundle for the second laptop,
"take" reads the first's bundle into the second. FAULT "in-place" writes files without a part that takes their
place.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.exchange_receive import import_bundle
from sgz_desktop.actions.exchange_send import export_bundle
from sgz_desktop.actions.station import open_station
from tests.actions import laptops as made
from tests.actions.laptops import Laptop
from tests.new_stores import quickly_made
from tests.proofs.file_calls import unflushed, watched
from tests.proofs.kill_worker import Steps, obey, say, trace_statements, written_over
from tests.proofs.places import Places

PEOPLE = 12
FRESH = PEOPLE + 1  # edits that come with the bundle, an attachment's among them


def stick(places: Places) -> Path:
    return places.run / "stick"


def coming(places: Places) -> Path:
    """What the first laptop sent and the second has not taken."""
    return stick(places) / "coming.sgzb"


def going(places: Places) -> Path:
    """What the operation "send" writes."""
    return stick(places) / "going.sgzb"


def opened(places: Places, name: str) -> Laptop:
    place = ("first", "second").index(name)
    folder = places.run / name
    return Laptop(open_station(folder, made.WORKERS[place], made.PASSPHRASE), folder, made.WORKERS[place])


def make_template(places: Places) -> None:
    """Two laptops, made where they will run: the first has sent a bundle, and has written more since."""
    stick(places).mkdir(parents=True)
    first = made.founder(places.run / "first")
    second = made.joined(first, places.run / "second", 1, stick(places))
    person = ""
    for number in range(PEOPLE):
        person = first.write(name=f"测试{number}", note="长" * 300)
    first.attach(person, b"%PDF-1.4 made up" * 500)
    first.send(second, stick(places)).path.rename(coming(places))
    first.write(name="后来")
    for laptop in (first, second):
        laptop.station.close()
    places.run.rename(places.template)


def send(places: Places, first: Laptop) -> None:
    """One bundle for the second laptop."""
    peer = next(one for one in made.computers(first.station.desk) if not one.this)
    export_bundle(first.station.desk, first.station, peer, going(places))


def take(places: Places, second: Laptop) -> None:
    import_bundle(second.station.desk, second.station, coming(places))


OPERATIONS = {"send": ("first", send), "take": ("second", take)}


def work(places: Places, operation: str, steps: Steps, fault: str) -> None:
    """What a worker does from start to end."""
    trace_statements(steps)
    name, act = OPERATIONS[operation]
    with watched(places.run, steps.call):
        laptop = opened(places, name)
        laptop.station.desk.store.write(lambda _session: None)
        if fault == "in-place":
            files._part_beside = written_over
        steps.begin()
        act(places, laptop)
        steps.end()
    say(f"done {steps.sorts}")


def main() -> None:
    places = Places(Path(sys.argv[1]))
    os.environ["SGZ_STATE"] = str(places.state)
    with unflushed(places.root), quickly_made():
        make_template(places)
    say("ready")
    for order in sys.stdin:
        obey(places, order, partial(work, places))


if __name__ == "__main__":
    main()

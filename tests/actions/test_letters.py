"""Letters of computers: drawn by those that nobody let in, taken in turn by those that are asked for."""

from __future__ import annotations

from sgz_desktop.actions.exchange_devices import usual_name
from sgz_desktop.actions.letters import LETTERS, PAIRS, drawn_letter, free_letter, letter_of, reserve
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.store import settings


def test_each_that_goes_on_by_itself_draws_its_own(station: OpenStation) -> None:
    ids = [f"made-up-{n}" for n in range(200)]
    drawn = [station.desk.store.read(lambda s, id=id: drawn_letter(s, id)) for id in ids]
    assert set(drawn) <= set(PAIRS)
    assert drawn == [station.desk.store.read(lambda s, id=id: drawn_letter(s, id)) for id in ids]
    assert len(set(drawn)) > 150  # of 200 that never met; all would be one where it is the next free


def test_what_is_known_to_be_used_is_not_drawn(station: OpenStation) -> None:
    store = station.desk.store
    first = store.read(lambda s: drawn_letter(s, "made-up"))
    store.write(lambda s: settings.put(s, letter_of("another"), first))
    assert store.read(lambda s: drawn_letter(s, "made-up")) not in ("", first)


def test_those_invited_have_one_letter_in_turn(station: OpenStation) -> None:
    store = station.desk.store
    assert [store.write(reserve) for _ in range(3)] == ["B", "C", "D"]
    assert store.read(free_letter) == "E"


def test_no_two_computers_are_called_the_same() -> None:
    assert usual_name("AB") == "AB号机"
    assert len({usual_name(letter) for letter in (*LETTERS, *PAIRS)}) == len(LETTERS) + len(PAIRS)

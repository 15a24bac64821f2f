"""Two stores brought together by lines alone."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import BadEdit, from_line
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store import log, read
from sgz_desktop.store.apply import apply
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record
from sgz_desktop.sync import lines
from sgz_desktop.sync.reasons import Reason, Refused
from tests.conftest import MakeStore


def written(store: Store, actor: Actor) -> list[bytes]:
    values = {"name": "测试甲", "note": "只给本机"}
    store.write(lambda session: record(session, actor, "", "person", "p1", values, {}))
    return list(lines.outgoing(store.read(lambda session: list(log.edits(session)))))


def test_lines_bring_a_second_store_to_the_same_state(make_store: MakeStore, actor: Actor) -> None:
    first, second = make_store("device-1"), make_store("device-2")
    sent = written(first, actor)
    second.write(lambda session: apply(session, list(map(from_line, reversed(sent)))))
    assert first.read(log.digest) == second.read(log.digest)
    assert first.read(log.history_digest) == second.read(log.history_digest)


def test_what_stays_home_travels_as_its_commitment(
    make_store: MakeStore, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "kept_home", lambda: frozenset({("person", "note")}))
    first, second = make_store("device-1"), make_store("device-2")
    sent = written(first, actor)
    assert "只给本机".encode() not in b"".join(sent)
    second.write(lambda session: apply(session, list(map(from_line, sent))))
    person = second.read(lambda session: read.get(session, Person, "p1"))
    assert person is not None
    assert (person.name, person.note) == ("测试甲", None)
    assert first.read(log.history_digest) == second.read(log.history_digest)


def test_a_changed_line_is_refused(make_store: MakeStore, actor: Actor) -> None:
    sent = written(make_store(), actor)
    with pytest.raises(BadEdit):
        [from_line(line.replace("测试甲".encode(), "测试乙".encode())) for line in sent]


def test_a_line_has_one_spelling(make_store: MakeStore, actor: Actor) -> None:
    (line,) = written(make_store(), actor)
    assert lines.edit_of(line) == from_line(line)
    withheld = line.replace(b'"why":', b'"why":null,"why":', 1)
    for other in (withheld, line + b" ", line.replace(b'"values"', b'"now":NaN,"values"'), b"{}", line[:-1]):
        with pytest.raises(Refused) as caught:
            lines.edit_of(other)
        assert caught.value.reason is Reason.MALFORMED


def test_nothing_declared_stays_home_today() -> None:
    assert lines.kept_home() == frozenset()

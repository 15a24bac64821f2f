"""Two computers that wrote different things: both are listed, one is chosen, and both computers agree."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import conflicts, forms, histories, papers_conflicts, undoing
from sgz_desktop.actions.allowed import HEAD, SUPERVISOR, WORKER
from sgz_desktop.actions.conflicts import CROSSED, Doubled, Pair, Value
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.settling import Rule, Stays, by_hand
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import texts
from sgz_desktop.store import log, read
from sgz_desktop.store.apply import apply
from sgz_desktop.store.check import check
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from tests.conftest import FIRST_MS, KEY, STORE_ID
from tests.proofs.roles_station import desk_of

Two = tuple[Desk, Desk]
TAGS = count()
CASE, PERSON, VISIT = "c-1", "p-1", "v-1"
START = {
    ("person", PERSON): {"name": "陈大山", "phone": "13900000001", "id_number": "330102195001010011"},
    ("household", "h-1"): {"village": "上溪村", "head": PERSON},
    ("case", CASE): {"number": "2026-A001", "client": PERSON, "risk": "mid", "worker": "李小禾"},
    ("visit", VISIT): {"household": "h-1", "date": "2026-06-03", "start_time": "09:00", "facts": "都好"},
}
WRITTEN = st.sampled_from(
    [
        (kind, id, {name: value})
        for kind, id, name, values in (
            ("person", PERSON, "phone", ["13900000002", "13900000003", None]),
            ("person", PERSON, "name", ["陈大三", "陈大山"]),
            ("case", CASE, "risk", ["high", "mid", "low", None]),
            ("visit", VISIT, "start_time", ["10:00", "11:00"]),
            ("visit", VISIT, "date", ["2026-06-04"]),
            ("household", "h-1", "village", ["下溪村", "上溪村"]),
        )
        for value in values
    ]
)
ONE_SIDE = st.lists(WRITTEN, min_size=1, max_size=5)


@contextmanager
def stores(template: Path) -> Iterator[Two]:
    """Two computers that know the same records; each has a worker of its own."""
    with TemporaryDirectory() as folder:
        opened = []
        for place, device in enumerate(("device-b", "device-a")):
            shutil.copytree(template, Path(folder) / device)
            clock = count(FIRST_MS + place * 600_000, 1000)
            identity = Identity(STORE_ID, "station", "测试站", device, 1)
            opened.append(Store(Path(folder) / device, KEY, identity, partial(next, clock)))
        try:
            one = desk_of(opened[0], "李小禾", "w-1", WORKER, HEAD)
            two = desk_of(opened[1], "王守望", "w-2", WORKER, HEAD)
            put(one, *(Write(kind, id, values) for (kind, id), values in START.items()))
            exchange(one, two)
            yield one, two
        finally:
            for store in opened:
                store.close()


@pytest.fixture(scope="module")
def lasting(store_template: Path) -> Iterator[Two]:
    """For many examples, each with records of its own."""
    with stores(store_template) as desks:
        yield desks


@pytest.fixture
def two(store_template: Path) -> Iterator[Two]:
    with stores(store_template) as desks:
        yield desks


def put(desk: Desk, *writes: Write) -> None:
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))


def put_at(desk: Desk, now_ms: int, *writes: Write) -> None:
    """The same by a clock that says `now_ms`."""
    desk.store._in_transaction(lambda session: desk.record(session, "", writes), now_ms)


def change(desk: Desk, kind: str, id: str, **values: Any) -> None:
    """What a form does: it writes over all it saw."""
    seen = forms.form(desk, id, kind).seen
    put(desk, Write(kind, id, values, seen))


def exchange(one: Desk, other: Desk) -> None:
    for source, target in ((one, other), (other, one)):
        known = target.store.read(log.tops)
        edits = source.store.read(lambda session, known=known: list(log.edits(session, known)))
        target.store.write(lambda session, edits=edits: apply(session, edits))
    assert one.store.read(log.digest) == other.store.read(log.digest)


def differ(two: Two, kind: str, id: str, name: str, *values: Any) -> None:
    """Each computer writes another value, then they meet."""
    for desk, value in zip(two, values, strict=True):
        change(desk, kind, id, **{name: value})
    exchange(*two)


def pairs(rows: list[Doubled]) -> list[Pair]:
    return [pair for row in rows for pair in row.pairs]


def only(desk: Desk) -> Pair:
    (pair,) = pairs(conflicts.open_conflicts(desk))
    return pair


def settle(desk: Desk, pair: Pair, value: Value) -> Any:
    return conflicts.settle(desk, pair.id, pair.kind, pair.cell, value.choice, pair.seen)


def cells_of(desk: Desk, kind: str, id: str) -> dict[str, list[Any]]:
    """Every value that stands in each cell of a record."""
    found: dict[str, list[Any]] = {}
    rows = desk.read(lambda session: session.connection.execute(read.HEADS, (kind, id)).fetchall())
    for cell, _device, _seq, text, *_ in rows:
        found.setdefault(cell, []).append(orjson.loads(text))
    return found


def play(two: Two, tag: str, left: list[Any], right: list[Any], nth: int) -> None:
    """Both write on records of their own, meet, one settles all, they meet again."""
    one, other = two
    put(one, *(Write(kind, id + tag, values) for (kind, id), values in START.items()))
    exchange(one, other)
    for desk, written in ((one, left), (other, right)):
        for kind, id, values in written:
            change(desk, kind, id + tag, **values)
    exchange(one, other)
    listed = pairs(conflicts.open_conflicts(one))
    assert [pair.key for pair in listed] == [pair.key for pair in pairs(conflicts.open_conflicts(other))]
    chosen = {pair.key: pair.values[nth % len(pair.values)] for pair in listed}
    for pair in listed:
        settle(one, pair, chosen[pair.key])
    exchange(one, other)
    for desk in two:
        assert conflicts.open_conflicts(desk) == []
        assert desk.read(log.counts)["open_conflicts"] == 0
        for (kind, id, cell), value in chosen.items():
            assert cells_of(desk, kind, id)[cell] == [value.value]
            told = [event.value for event in forms.history(desk, id, kind) if event.cell == cell]
            lost = [one.value for pair in listed if pair.key == (kind, id, cell) for one in pair.values]
            assert all(value in told for value in lost)
    for kind, id in START:
        assert forms.form(one, id + tag, kind).values == forms.form(other, id + tag, kind).values


@settings(max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(ONE_SIDE, ONE_SIDE, st.integers(0, 1))
def test_what_is_settled_on_one_computer_is_settled_on_both(
    lasting: Two, left: list[Any], right: list[Any], nth: int
) -> None:
    play(lasting, f"-{next(TAGS)}", left, right, nth)


def test_control_a_choice_that_has_not_seen_the_other_value_settles_nothing(two: Two) -> None:
    differ(two, "person", PERSON, "phone", "13900000002", "13900000003")
    one, pair = two[0], only(two[0])
    blind = replace(pair, seen=(pair.values[0].choice,))
    settle(one, blind, pair.values[0])
    exchange(*two)
    assert [only(desk).cell for desk in two] == ["phone", "phone"]


def test_a_pair_as_people_read_it(two: Two) -> None:
    differ(two, "person", PERSON, "phone", "13900000002", "13900000003")
    (row,) = conflicts.open_conflicts(two[0])
    assert (row.title, row.about) == ("服务对象", "陈大山")
    assert row.opens == ("person", PERSON)
    (pair,) = row.pairs
    told = [(one.words, one.by, one.device, one.ours) for one in pair.values]
    assert told == [("13900000003", "王守望", "A", False), ("13900000002", "李小禾", "A", True)]


def test_a_row_is_opened_in_the_form_it_stands_in(two: Two) -> None:
    one = two[0]
    put(
        one,
        Write("plan", "n-1", {"case": CASE}),
        Write("goal", "g-1", {"plan": "n-1", "description": "下床"}),
    )
    exchange(*two)
    differ(two, "goal", "g-1", "description", "能下床", "能出门")
    (row,) = conflicts.open_conflicts(one)
    assert (row.kind, row.opens) == ("goal", ("plan", "n-1"))


def test_a_group_is_settled_whole(two: Two) -> None:
    one, other = two
    change(one, "visit", VISIT, date="2026-06-04")
    change(other, "visit", VISIT, start_time="14:00")
    exchange(*two)
    pair = only(one)
    first = next(value for value in pair.values if value.ours)
    assert all(part in first.words for part in ("6月4日", "09:00"))
    settle(one, pair, first)
    values = forms.form(one, VISIT, "visit").values
    assert (values["date"], values["start_time"]) == ("2026-06-04", "09:00")


def written_out(desk: Desk) -> dict[str, Any]:
    """The case as a whole export holds it."""
    found = desk.read(lambda session: {id: values for _, id, values in log.shown_values(session)})
    return found[CASE]


@pytest.mark.parametrize("order", [("high", "low"), ("low", "high")])
def test_the_higher_risk_is_shown_until_somebody_settles_it(two: Two, order: tuple[str, str]) -> None:
    differ(two, "case", CASE, "risk", *order)
    for desk in two:
        assert forms.form(desk, CASE, "case").values["risk"] == "high"
        assert written_out(desk)["risk"] == "high"
        assert [one.higher for one in only(desk).values] == [one.value == "high" for one in only(desk).values]
    lower = next(one for one in only(two[0]).values if not one.higher)
    settle(two[0], only(two[0]), lower)
    exchange(*two)
    assert {forms.form(desk, CASE, "case").values["risk"] for desk in two} == {"low"}
    problems = (
        two[1].read(partial(check, blob_folder=two[1].store.folder / "blobs", state_head=None)).problems
    )
    assert problems == []


def test_control_other_fields_show_what_was_written_last(two: Two) -> None:
    differ(two, "person", PERSON, "phone", "13900000002", "13900000003")
    assert forms.form(two[0], PERSON, "person").values["phone"] == "13900000003"


def test_a_field_beside_the_risk_takes_nothing_from_it(two: Two) -> None:
    """The risk of an assessment and what it rests on are one value: who alters the reason writes the risk
    that was shown, not the one that the law ranks first."""
    one = two[0]
    put(one, Write("assessment", "a-1", {"case": CASE, "risk": "mid", "risk_basis": "独居"}))
    exchange(*two)
    differ(two, "assessment", "a-1", "risk", "high", "low")
    form = forms.form(one, "a-1", "assessment")
    forms.save_form(one, form, {"risk_basis": "独居，夜间咳嗽"})
    after = forms.form(one, "a-1", "assessment").values
    assert (after["risk"], after["risk_basis"]) == ("high", "独居，夜间咳嗽")


@pytest.mark.parametrize("rule", list(Rule))
def test_what_a_rule_shows_beforehand_is_what_it_writes(two: Two, rule: Rule) -> None:
    one, other = two
    differ(two, "person", PERSON, "phone", "13900000002", "13900000003")
    differ(two, "person", PERSON, "id_number", "330102195001010022", "330102195001010033")
    differ(two, "case", CASE, "risk", "high", "low")
    differ(two, "household", "h-1", "village", "下溪村", "中溪村")
    named = [("case", CASE, "risk")]
    preview = conflicts.by_rule(conflicts.open_conflicts(one), rule, "w-2", named)
    apart = {left.pair.key: left.why for left in preview.stays}
    assert apart["person", PERSON, "id_number"] in (Stays.BY_HAND, Stays.NOT_AMONG)
    risk = [would.value.value for would in preview.chosen if would.pair.cell == "risk"]
    assert risk == [{"latest": "low", "ours": "high", "colleague": "low", "gravest": "high"}[rule]]
    taken = {"risk"} if rule is Rule.GRAVEST else {"risk", "phone", "address"}
    assert {would.pair.cell for would in preview.chosen} == taken
    settled = conflicts.settle_many(one, preview.choices)
    assert (settled.count, settled.passed) == (len(taken), ())
    exchange(*two)
    for would in preview.chosen:
        for desk in two:
            assert cells_of(desk, *would.pair.key[:2])[would.pair.cell] == [would.value.value]
    assert {pair.key for pair in pairs(conflicts.open_conflicts(other))} == set(apart)


def test_a_rule_lets_alone_what_is_not_named(two: Two) -> None:
    differ(two, "case", CASE, "risk", "high", "low")
    preview = conflicts.by_rule(conflicts.open_conflicts(two[0]), Rule.GRAVEST)
    assert (preview.chosen, [left.why for left in preview.stays]) == ((), [Stays.BY_HAND])
    alone = [("case", "risk"), ("person", "id_number"), ("visit", "deleted"), ("visit", "household")]
    assert all(by_hand(*one) for one in [*alone, ("drone", "battery"), ("person", "health")])
    assert not by_hand("person", "phone")


def test_what_was_written_last_is_not_told_by_clocks_that_disagree(two: Two) -> None:
    one, other = two
    change(one, "person", PERSON, phone="13900000002")
    seen = forms.form(other, PERSON, "person").seen
    for day, values in ((1, {"nickname": "山哥"}), (-1, {"phone": "13900000003"})):  # its clock was put right
        write = Write("person", PERSON, values, seen)
        put_at(other, FIRST_MS + day * 86_400_000, write)
    exchange(*two)
    (left,) = conflicts.by_rule(conflicts.open_conflicts(one), Rule.LATEST).stays
    assert left.why is Stays.CLOCKS


def test_a_value_that_arrives_while_somebody_chooses_stays_beside(two: Two) -> None:
    differ(two, "person", PERSON, "phone", "13900000002", "13900000003")
    one, other = two
    pair = only(one)
    change(other, "person", PERSON, phone="13900000004")
    exchange(*two)
    (second, _) = pair.values
    with pytest.raises(AppError, match="刚有变化"):  # nobody stands by either any more
        settle(one, pair, second)


def test_a_bad_choice_is_refused_and_changes_nothing(two: Two) -> None:
    differ(two, "person", PERSON, "phone", "13900000002", "13900000003")
    one, pair = two[0], only(two[0])
    before = one.store.read(log.history_digest)
    for cell, choice in (("phone", Stamp("device-z", 1)), ("name", pair.values[0].choice)):
        with pytest.raises(AppError, match="没有改动"):
            conflicts.settle(one, PERSON, "person", cell, choice, pair.seen)
    assert one.store.read(log.history_digest) == before


def test_a_choice_is_taken_back_and_both_values_stand_again(two: Two) -> None:
    differ(two, "case", CASE, "risk", "high", "low")
    one, pair = two[0], only(two[0])
    changes = settle(one, pair, next(value for value in pair.values if value.value == "low"))
    undoing.undo_edit(one, changes.edit)
    exchange(*two)
    for desk in two:
        assert {value.value for value in only(desk).values} == {"high", "low"}
        assert forms.form(desk, CASE, "case").values["risk"] == "high"
    did = [step.did for step in histories.record_history(one, CASE, "case")]
    assert (did.count("撤销"), did.count("选定")) == (2, 1)


@pytest.mark.parametrize("keep", [True, False])
def test_deleted_on_one_computer_and_edited_on_the_other(two: Two, keep: bool) -> None:
    one, other = two
    forms.delete_record(one, VISIT, "visit", "重复录入", forms.form(one, VISIT, "visit").seen)
    change(other, "visit", VISIT, facts="老人说想去镇上")
    exchange(*two)
    pair = only(one)
    assert (pair.note, pair.cell) == (CROSSED, "deleted")
    assert [value.words for value in pair.values] == ["删除", "保留（改过过程（客观事实））"]
    settle(one, pair, pair.values[keep])
    exchange(*two)
    for desk in two:
        assert conflicts.open_conflicts(desk) == []
        assert bool(desk.read(lambda session: read.get(session, BY_KIND["visit"], VISIT).deleted)) is not keep


def test_control_what_was_deleted_by_somebody_who_knew_is_not_listed(two: Two) -> None:
    one, other = two
    change(other, "visit", VISIT, facts="老人说想去镇上")
    exchange(*two)
    forms.delete_record(one, VISIT, "visit", "重复录入", forms.form(one, VISIT, "visit").seen)
    exchange(*two)
    assert [conflicts.open_conflicts(desk) for desk in two] == [[], []]


def test_a_case_kept_from_the_guardian_is_listed_for_nobody_else(two: Two) -> None:
    one = two[0]
    differ(two, "case", CASE, "note", "甲", "乙")
    stranger = desk_of(one.store, "赵新来", "w-3", WORKER)
    assert only(stranger).cell == "note"  # control: nothing is kept back yet
    change(one, "case", CASE, guardian_hidden=True)
    exchange(*two)
    pair = only(one)
    for desk in (stranger, desk_of(one.store, "苏督导", "w-4", SUPERVISOR)):
        assert conflicts.open_conflicts(desk) == []
    for act in (
        lambda: settle(stranger, pair, pair.values[0]),
        lambda: conflicts.settle_many(stranger, [conflicts.choose(pair, pair.values[0])]),
    ):
        with pytest.raises(AppError, match="其他岗位"):
            act()
    assert "甲" not in "".join(texts(papers_conflicts.conflict_sheet(one)))


def test_deleting_what_others_wrote_is_decided_by_the_head(two: Two) -> None:
    one, other = two
    forms.delete_record(one, VISIT, "visit", "重复录入", forms.form(one, VISIT, "visit").seen)
    change(other, "visit", VISIT, facts="老人说想去镇上")
    exchange(*two)
    pair = only(one)
    with pytest.raises(AppError, match="站长"):
        settle(desk_of(one.store, "赵新来", "w-9", WORKER), pair, pair.values[0])


def test_computers_are_decided_by_enrolment(two: Two) -> None:
    one = two[0]
    for desk, name in zip(two, ("前台", "后台"), strict=True):
        put(desk, Write("device", "device-b", {"name": name}))
    exchange(*two)
    pair = only(one)
    with pytest.raises(AppError, match="电脑登记"):
        settle(one, pair, pair.values[0])
    assert [left.why for left in conflicts.by_rule(conflicts.open_conflicts(one), Rule.OURS).stays] == [
        Stays.MACHINE
    ]


def test_the_sheet_shows_each_value_once_and_covers_what_is_alike_of_a_number(two: Two) -> None:
    differ(two, "person", PERSON, "id_number", "330102195001010022", "330102195001020022")
    differ(two, "case", CASE, "risk", "high", "low")
    told = "\n".join(texts(papers_conflicts.conflict_sheet(two[0])))
    said = ("330**********10022", "330**********20022", "高（较高，暂按此显示）", "内部", "核对人")
    assert all(part in told for part in said)
    assert "330102195001010022" not in told

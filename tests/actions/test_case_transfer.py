"""A case goes to another station with consent: whole, once, and the old station only reads it after that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import cases, figures, find, forms, handover, transfer_receive
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.actions.transfer_card import StationCard, read_card, write_card
from sgz_desktop.actions.transfer_receive import ReceivedCase, look_at_case, receive_case
from sgz_desktop.actions.transfer_send import SentCase, case_to_send, send_case, send_case_again
from sgz_desktop.domain import case_transfer, lifecycle
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, blobs, log, read
from sgz_desktop.store.write import Write
from sgz_desktop.sync.reasons import Reason, Refused
from tests.actions.laptops import CHEAP, PASSPHRASE
from tests.conftest import TestClock

MINE: dict[str, dict[str, dict[str, Any]]] = {
    "household": {"home": {"village": "上溪村", "number": "户A0001", "head": "mother"}},
    "person": {
        "child": {"name": "陈小豆", "number": "人A0001", "born": "2015-03-02", "note": "怕黑"},
        "mother": {"name": "林阿月", "number": "人A0002", "phone": "13800000001", "illness": "不外传的病"},
        "stranger": {"name": "不相干", "number": "人A0003"},
    },
    "membership": {
        "m1": {"household": "home", "person": "child"},
        "m2": {"household": "home", "person": "mother"},
    },
    "case": {
        "case": {
            "number": "2026-A001",
            "client": "child",
            "household": "home",
            "worker": "甲社工",
            "opened_on": "2026-03-01",
            "stage": "intervention",
        }
    },
    "case_move": {"mv": {"case": "case", "to_stage": "intervention", "step": 1, "moved_on": "2026-03-01"}},
    "consent": {"c": {"case": "case", "ok_share_referral": "agreed", "signed_on": "2026-03-02"}},
    "assessment": {"a": {"case": "case", "conclusion": "需要陪伴", "supervisor_remark": "督导私下说的"}},
    "need": {"n": {"assessment": "a", "description": "有人陪"}},
    "session": {"s": {"case": "case", "date": "2026-05-03"}},
    "visit": {
        "v": {"case": "case", "household": "home", "date": "2026-05-05"},
        "other": {"household": "home", "date": "2026-05-06"},
    },
    "task": {"t": {"case": "case", "what": "约学校"}},
    "remark": {"r": {"case": "case", "text": "督导的话"}},
    "mandatory_report": {"mr": {"case": "case", "person": "child", "facts": "身上有伤"}},
}
"""A family, a child's case with everything, and what is not to go along."""


def write(station: OpenStation, records: dict[str, dict[str, dict[str, Any]]]) -> None:
    desk = station.desk.doing("save_form")
    writes = [Write(kind, id, values) for kind, some in records.items() for id, values in some.items()]
    desk.write(lambda session: desk.record(session, "", writes))


def alter(station: OpenStation, kind: str, id: str, **values: object) -> None:
    from sgz_desktop.domain.records import BY_KIND

    desk = station.desk.doing("save_form")

    def work(session) -> None:
        loaded = read.load(session, BY_KIND[kind], id)
        desk.record(session, "", [Write(kind, id, values, loaded.seen if loaded else {})])

    desk.write(work)


def digest(station: OpenStation) -> str:
    return station.desk.store.read(log.digest)


SCAN = b"%PDF-1.4 scan"


def attach(station: OpenStation) -> None:
    """A scan of the assessment."""
    desk = station.desk.doing("attach_file")

    def work(session) -> None:
        sha256 = blobs.put(session, SCAN, "application/pdf")
        values = {"parent": "a", "sha256": sha256, "identity": blobs.identity_of(session, sha256)}
        desk.record(session, "", [Write("attachment", "scan", values)])

    desk.write(work)


Pair = tuple[OpenStation, OpenStation]


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """The station that has the case, with its scan, and the one that will get it."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    old, new = (
        create_station(tmp_path / name, name, user, PASSPHRASE, params=CHEAP, now=TestClock())
        for name, user in (("青禾镇社工站", "甲社工"), ("白河镇社工站", "乙社工"))
    )
    write(old, MINE)
    attach(old)
    yield old, new
    old.close()
    new.close()


@pytest.fixture
def card(pair: Pair, tmp_path: Path) -> StationCard:
    write_card(pair[1].desk, pair[1], tmp_path / "card")
    return read_card(tmp_path / "card")


Send = Callable[..., SentCase]


@pytest.fixture
def send(pair: Pair, card: StationCard, tmp_path: Path) -> Send:
    def work(reason: str = "", heard: str = "", to: StationCard = card) -> SentCase:
        old = pair[0]
        return send_case(old.desk, "case", old, to, heard or to.fingerprint, tmp_path / "f.sgzcase", reason)

    return work


def receive(pair: Pair, path: Path) -> ReceivedCase:
    return receive_case(pair[1].desk, pair[1], path)


def here(station: OpenStation, kind: str) -> set[str]:
    rows = station.desk.store.read(lambda s: s.connection.execute(f"SELECT id FROM r_{kind}").fetchall())
    return {row[0] for row in rows}


def test_the_whole_case_arrives_as_the_other_stations_own(pair: Pair, send: Send) -> None:
    old, new = pair
    made = send()
    looked = look_at_case(new.desk, new, made.path)
    assert (looked.cover.station, looked.cover.fingerprint) == ("青禾镇社工站", made.fingerprint)
    assert (looked.known, looked.here) == (False, False)
    got = receive(pair, made.path)
    assert (got.number, got.before, got.kept, got.files) == ("2026-A001", "2026-A001", 0, 1)
    for kind in ("case", "consent", "assessment", "need", "session", "task", "household", "attachment"):
        assert here(new, kind) == here(old, kind), kind
    assert here(new, "person") == {"child", "mother"}
    assert here(new, "visit") == {"v"}
    page = cases.case_page(new.desk, "case")
    assert (page.open, page.form.values["worker"], page.stage) == (True, "乙社工", "intervention")
    scan = new.desk.store.read(lambda s: read.get(s, Attachment, "scan"))
    assert new.desk.store.read(lambda s: blobs.get(s, scan.sha256)) == SCAN
    assert {one.station for one in new.desk.store.read(lambda s: read.select_where(s, Case))} == {
        new.slots.store_id
    }
    sheets = new.desk.read(
        lambda s: s.connection.execute("SELECT note, from_worker, to_worker FROM r_handover").fetchall()
    )
    assert sheets == [("由青禾镇社工站转来，原个案编号2026-A001。", "甲社工", "乙社工")]


def test_what_stays_home_is_not_in_the_other_store(pair: Pair, send: Send) -> None:
    old, new = pair
    going = case_to_send(old.desk, "case")
    assert going.held == ""
    assert "督导的意见、评语和督导件" in going.stays
    receive(pair, send().path)
    text = "\n".join(str(one) for one in new.desk.store.read(lambda s: list(log.shown_values(s))))
    for told in ("督导私下说的", "督导的话", "不外传的病", "不相干", "2026-05-06"):
        assert told not in text
    assert "身上有伤" in text  # the client is a child: what threatens it goes
    assert "13800000001" in text


def test_an_adults_report_stays(pair: Pair, send: Send) -> None:
    alter(pair[0], "person", "child", born="1960-01-01")
    assert case_transfer.SAFETY_STAYS in case_to_send(pair[0].desk, "case").stays
    receive(pair, send().path)
    assert here(pair[1], "mandatory_report") == set()


def test_numbers_are_given_anew_and_the_old_ones_are_found(pair: Pair, send: Send) -> None:
    new = pair[1]
    write(new, {"person": {"own": {"name": "本站的人", "number": "人A0001"}}})
    got = receive(pair, send().path)
    assert got.numbers["人A0001"] == "人A0002"
    child = new.desk.read(lambda s: read.get(s, Person, "child"))
    assert (child.number, child.note) == (
        got.numbers["人A0001"],
        "怕黑\n由青禾镇社工站转来，原编号人A0001。",
    )
    assert "case" in {hit.id for hit in find.find(new.desk, "原编号2026-A001")}


def test_the_same_file_again_changes_nothing_and_a_second_file_is_said(
    pair: Pair, send: Send, tmp_path: Path
) -> None:
    made = send()
    receive(pair, made.path)
    before = digest(pair[1])
    again = receive(pair, made.path)
    assert (again.known, again.number, digest(pair[1])) == (True, "2026-A001", before)
    with pytest.raises(AppError, match="已经转到别的社工站"):
        send()


def test_a_lost_file_is_written_again_as_it_was_to_the_same_station_alone(
    pair: Pair, card: StationCard, send: Send, tmp_path: Path
) -> None:
    old, new = pair
    again = tmp_path / "again.sgzcase"

    def once_more(to: StationCard = card, heard: str = "") -> SentCase:
        return send_case_again(old.desk, "case", old, to, heard or to.fingerprint, again)

    with pytest.raises(AppError, match="没有转出"):
        once_more()
    first = transfer_receive._read(new.desk, new, send().path)[0]
    before = digest(old)
    for to, heard, words in (
        (card, "1" * 20, "指纹对不上"),
        (replace(card, store="another"), "", "原来接收"),
        (replace(card, fingerprint="2" * 20), "", "原来接收"),
    ):
        with pytest.raises(AppError, match=words):
            once_more(to, heard)
    assert not again.exists()
    made = once_more()
    second = transfer_receive._read(new.desk, new, again)[0]
    assert (second.cover, second.lines) == (first.cover, first.lines)
    assert digest(old) == before
    noted = old.desk.store.write(access.lines)[0]  # behind what was to be written later
    assert (noted.action, noted.record, noted.outcome) == ("send_case_again", "case", "done")
    assert receive(pair, made.path).files == 1
    assert cases.case_page(new.desk, "case").stage == "intervention"


def test_the_old_station_reads_it_and_writes_nothing_more(pair: Pair, send: Send) -> None:
    old = pair[0]
    count = {one.part: one.value for one in figures.indicators(old.desk, "2026-06") if one.code == "C01"}
    send()
    page = cases.case_page(old.desk, "case")
    assert (page.stage, page.open, page.lacks) == (lifecycle.TRANSFERRED, False, {})
    assert page.form.values["closed_on"]
    for kind, id, values in (
        ("case", "case", {"topic": "还想写"}),
        ("need", "n", {"description": "还想写"}),
        ("session", "new", {"case": "case", "date": "2026-06-01"}),
    ):
        with pytest.raises(AppError, match="已转到别的社工站"):
            alter(old, kind, id, **values)
    with pytest.raises(AppError, match="已转到别的社工站"):
        handover.hand_over(old.desk, ["case"], "丙社工", {}, {})
    alter(old, "person", "child", note="家里的事照样记")
    alter(old, "visit", "later", household="home", date="2026-06-20")
    after = {one.part: one.value for one in figures.indicators(old.desk, "2026-06") if one.code == "C01"}
    assert (count["open"], after["open"], after["closed"]) == (1, 0, count["closed"])
    assert old.desk.read(lambda s: s.connection.execute("SELECT deleted FROM r_task").fetchall()) == [(1,)]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"ok_share_referral": "refused"}, "不同意"),
        ({"ok_share_referral": "not_asked"}, "还没有本人同意"),
        ({"withdrawn_on": "2026-05-01"}, "已撤回"),
    ],
    ids=["refused", "not asked", "withdrawn"],
)
def test_without_consent_nothing_goes(
    pair: Pair, send: Send, answer: dict[str, str], words: str, tmp_path: Path
) -> None:
    old = pair[0]
    alter(old, "consent", "c", **answer)
    with pytest.raises(AppError, match="写明原因"):  # a case with a mandatory report may, with a reason
        send()
    assert case_to_send(old.desk, "case").needs_reason
    alter(old, "mandatory_report", "mr", deleted=True)
    before = digest(old)
    with pytest.raises(AppError, match=words):
        send("想转")
    assert digest(old) == before
    assert not (tmp_path / "f.sgzcase").exists()
    alter(old, "mandatory_report", "mr", deleted=False)
    assert send("县里要求接手").records > 0  # the control


def test_another_fingerprint_station_or_sort_is_refused(
    pair: Pair, send: Send, card: StationCard, tmp_path: Path
) -> None:
    old, _ = pair
    with pytest.raises(AppError, match="指纹对不上"):
        send(heard="0" * 20)
    write_card(old.desk, old, tmp_path / "own")
    with pytest.raises(AppError, match="本站自己"):
        send(to=read_card(tmp_path / "own"))
    with pytest.raises(AppError, match="练习"):
        send(to=replace(card, kind="practice"))
    forged = (tmp_path / "card").read_bytes().replace("白河镇".encode(), "黑河镇".encode())
    (tmp_path / "forged").write_bytes(forged)
    with pytest.raises(AppError, match="被改动过"):
        read_card(tmp_path / "forged")


def test_a_file_that_is_not_whole_or_not_for_us_writes_nothing(
    pair: Pair, send: Send, tmp_path: Path
) -> None:
    old, new = pair
    made = send()
    before = digest(new)
    whole = made.path.read_bytes()
    bad = tmp_path / "bad.sgzcase"
    for cut in (
        whole[: len(whole) // 2],
        whole[:-1],
        whole + b"x",
        whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
    ):
        bad.write_bytes(cut)
        with pytest.raises(Refused):
            receive(pair, bad)
    with pytest.raises(AppError, match="指纹对不上"):
        receive_case(new.desk, new, made.path, "1" * 20)
    with pytest.raises(Refused) as own:
        receive_case(old.desk, old, made.path)
    assert own.value.reason is Reason.NOT_FOR_US
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transfer_receive, "MOST_BYTES", 100)
        with pytest.raises(Refused) as large:
            receive(pair, made.path)
    assert large.value.reason is Reason.TOO_BIG
    assert digest(new) == before
    assert not receive(pair, made.path).known


def test_a_case_that_comes_back_goes_on_where_it_was(pair: Pair, send: Send, tmp_path: Path) -> None:
    old, new = pair
    receive(pair, send().path)
    alter(new, "session", "s2", case="case", date="2026-06-10")
    write_card(old.desk, old, tmp_path / "own")
    back = tmp_path / "back.sgzcase"
    own = read_card(tmp_path / "own")
    send_case(new.desk, "case", new, own, own.fingerprint, back)
    got = receive_case(old.desk, old, back)
    assert (got.back, got.number) == (True, "2026-A001")
    page = cases.case_page(old.desk, "case")
    assert (page.open, page.stage, page.sessions) == (
        True,
        "intervention",
        3,
    )  # a visit that serves the case is one
    assert "closed_on" not in page.form.values
    blank = forms.new_form(old.desk, "session", {"case": "case"})
    forms.save_form(old.desk, blank, {"date": "2026-06-11"})

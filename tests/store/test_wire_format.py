"""The wire format for ever: known bytes have known hashes, and nothing is sealed that a peer cannot read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest

from sgz_desktop.domain.edits import (
    MAX_AT,
    MAX_VALUE,
    BadEdit,
    Draft,
    Edit,
    canonical,
    from_line,
    seal,
    to_line,
)
from sgz_desktop.domain.fields import StampKind
from sgz_desktop.errors import AppError
from sgz_desktop.store import log
from sgz_desktop.store.write import record

SALT = bytes(range(16)).hex()
LINE = {
    "header": '{"action":"save_form","at":1782777600000,"changes":[[0,"name",'
    '"3a02e9b69c78a87c352f4088f7ded73e71dc4a4a7950aff7270dfc261f07a19c",[["device-2",7]]]],'
    '"clock":116836112793600000,"device":"device-1","epoch":1,'
    '"prev":"0000000000000000000000000000000000000000000000000000000000000000",'
    '"records":[["person","p-1","station-1"]],"seq":1,"v":1,"who":"worker-1",'
    '"why":"9915666855d4e7c6007b929b9c64212090a9bc0935adf93bbb13fb043545e6a3"}',
    "values": [[SALT, '"王小𬭎"']],
    "why": [SALT, '"家访核对"'],
}
HASH = "9916e622ae00e9c5a6b3a290a954765865326764cfbe3585761dc66b9383f10f"


def _sealed(why: str = "", **other: Any) -> Edit:
    drafts = [Draft("person", "p-1", "station-1", "name", other.pop("value", "甲"))]
    told = {"device": "device-1", "epoch": 1, "seq": 1, "clock": 1, "at_ms": 5, "who": "w", "action": "save"}
    return seal(**{**told, **other}, prev=bytes(32), why=why, drafts=drafts)


def test_a_line_of_version_1_reads_and_hashes_as_it_always_did() -> None:
    edit = from_line(orjson.dumps(LINE))
    assert edit.hash.hex() == HASH
    assert edit.changes[0].opened is not None
    assert edit.changes[0].opened.value == "王小𬭎"
    assert orjson.loads(to_line(edit)) == LINE


def test_members_of_a_header_that_a_newer_version_adds_travel_on() -> None:
    header = str(LINE["header"])[:-1] + ',"zz":{"new":1}}'
    edit = from_line(orjson.dumps({**LINE, "header": header}))
    assert orjson.loads(to_line(edit))["header"] == header


@pytest.mark.parametrize(
    "unreadable",
    [
        {"why": "长" * MAX_VALUE},
        {"value": "长" * MAX_VALUE},
        {"at_ms": -1},
        {"at_ms": MAX_AT + 1},
        {"seq": 0},
        {"clock": 0},
        {"action": ""},
        {"who": "w" * 65},
    ],
    ids=lambda case: next(iter(case)),
)
def test_what_no_peer_would_read_is_not_sealed(unreadable: dict[str, Any]) -> None:
    assert from_line(to_line(_sealed()))
    with pytest.raises(ValueError, match=r"too long|out of range|missing"):
        _sealed(**unreadable)


def test_a_reason_too_long_is_refused_and_one_with_half_a_character_is_mended(store, actor) -> None:
    with pytest.raises(AppError, match="原因写得太长"):
        store.write(lambda s: record(s, actor, "长" * 70_000, "person", "p1", {"name": "测试甲"}, {}))
    store.write(lambda s: record(s, actor, "核对\ud800", "person", "p1", {"name": "测试甲"}, {}))
    kept = store.read(lambda s: [edit.why.value for edit in log.edits(s) if edit.why])
    assert kept == ["核对"]


@pytest.mark.parametrize(
    "change", [('"v":1', '"v":1,"v":1'), ('"seq":1', '"seq": 1'), ('"who"', '"wh\\u006f"')]
)
def test_a_header_has_one_spelling(change: tuple[str, str]) -> None:
    """Two programs must never read two things out of one hash."""
    header = str(LINE["header"]).replace(*change)
    assert orjson.loads(header) == orjson.loads(str(LINE["header"]))
    with pytest.raises(BadEdit, match="canonical"):
        from_line(orjson.dumps({**LINE, "header": header}))


@pytest.mark.parametrize(
    "value",
    [1.5, (1.5,), (1,), [1, {"a": (2,)}], date(2026, 6, 30), UUID(int=1), {"a": datetime(2026, 6, 30)}, b"x"],
    ids=str,
)
def test_only_plain_json_is_canonical(value: Any) -> None:
    with pytest.raises(TypeError, match="the log holds no"):
        canonical(value)


def test_keys_are_sorted_by_their_utf8_bytes() -> None:
    assert canonical({"\U00020000": 1, "\uffee": 2, "a": 3}) == '{"a":3,"\uffee":2,"\U00020000":1}'.encode()


def test_a_machine_time_typed_by_hand_is_refused_without_its_words() -> None:
    with pytest.raises(ValueError, match="时刻") as refused:
        StampKind().tidy("测试甲")
    assert "测试甲" not in str(refused.value)

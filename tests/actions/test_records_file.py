"""A file of records: out and in again without loss, checked as a whole first, refused in words."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "domain"))
from generate import TODAY, filled

from sgz_desktop import files
from sgz_desktop.actions import records_file
from sgz_desktop.actions.allowed import ADMIN, CLERK, HEAD
from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.actions.forms import form, new_form, save_form
from sgz_desktop.actions.records_file import export_records, import_records
from sgz_desktop.actions.records_read import ImportRefused
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Draft, seal
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import Surface
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.exports.ndjson import Digest
from sgz_desktop.store import access, blobs, log, read, search
from sgz_desktop.store.apply import apply
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store

KEY = bytes(range(32))
KINDS = [kind for kind in RECORDS if Surface.NDJSON not in kind.LACKS]
NOON = 1_782_820_800_000  # 2026-06-30 12:00 UTC
PERSON = "01900000-0000-7000-8000-00000000000a"
HEADER = '{"format":1,"store":"station"}'

Stations = Callable[..., Desk]


@contextmanager
def stations(template: Path, base: Path) -> Iterator[Stations]:
    opened: list[Store] = []

    def open_one(name: str = "a", roles: frozenset[str] = frozenset({HEAD, ADMIN})) -> Desk:
        folder = base / f"{name}-{len(opened)}"
        shutil.copytree(template, folder)
        identity = Identity("01900000-0000-7000-8000-000000000001", "station", "测试站", f"device-{name}", 1)
        store = Store(folder, KEY, identity, now=lambda: NOON)
        opened.append(store)
        count = iter(range(1, 1_000_000))
        ids = lambda: f"01970000-0000-7000-8000-{next(count):012x}"  # noqa: E731
        return Desk(store, Actor("worker-1", roles), "试验甲", Device(f"device-{name}", 1, "A"), ids)

    try:
        yield open_one
    finally:
        for store in opened:
            store.close()


@pytest.fixture
def station(store_template: Path, tmp_path: Path) -> Iterator[Stations]:
    with stations(store_template, tmp_path) as open_one:
        yield open_one


def digest(desk: Desk) -> str:
    return desk.read(log.digest)


def history(desk: Desk) -> str:
    return desk.read(log.history_digest)


def put(desk: Desk, kind: str, id: str, values: dict[str, Any]) -> None:
    """As a peer's edit would: any kind, any cell, any value."""
    top = desk.read(log.tops).get("device-peer", 0)
    prev = desk.read(lambda session: log.hash_at(session, "device-peer", top)) or bytes(32)
    drafts = [Draft(kind, id, "station-1", cell, value) for cell, value in values.items()]
    edit = seal(
        device="device-peer",
        epoch=1,
        seq=top + 1,
        clock=top + 1,
        at_ms=1,
        who="worker-2",
        action="save",
        prev=prev,
        why="",
        drafts=drafts,
    )
    desk.store.write(lambda session: apply(session, [edit]))


def file_of(path: Path, *records: dict[str, Any], header: str = HEADER) -> Path:
    lines = [header, *(json.dumps(record, ensure_ascii=False) for record in records)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def person(values: dict[str, Any], id: str = PERSON) -> dict[str, Any]:
    return {"record": "person", "id": id, "values": values}


def full_store(desk: Desk) -> None:
    """Every kind with every field filled, saved as forms are, plus what a newer peer would send."""
    for kind in KINDS:
        blank = new_form(desk, kind.KIND)
        save_form(desk, blank, filled(kind, known_codes=True))
    put(desk, "person", PERSON, {"name": "试验乙", "blood_type": "AB", "deleted": True})
    put(desk, "shelter", "s-1", {"beds": 12, "open": True, "rooms": [{"no": "1", "dry": None}]})
    put(desk, "visit", "v-1", {"service_time": {"date": "2026-01-05", "zone": "东", "end_time": None}})


def test_a_full_store_comes_back_the_same(station: Stations, tmp_path: Path) -> None:
    first, second = station("a"), station("b")
    full_store(first)
    told = export_records(first, tmp_path / "out.ndjson")
    brought = import_records(second, tmp_path / "out.ndjson")
    export_records(second, tmp_path / "again.ndjson")
    assert told.digest == digest(first) == digest(second)
    assert (tmp_path / "again.ndjson").read_bytes() == (tmp_path / "out.ndjson").read_bytes()
    assert (brought.new, brought.altered, brought.same) == (told.records, 0, 0)
    assert told.records == len(KINDS) + 3
    assert history(first) != history(second)


def test_a_store_is_no_place_for_an_export(station: Stations) -> None:
    desk = station()
    full_store(desk)
    folder = desk.store.folder
    before = sorted(folder.rglob("*"))
    for name in ("store.db", "a.ndjson", "attachments/a.ndjson"):
        with pytest.raises(AppError, match="存放资料的文件夹"):
            export_records(desk, folder / name)
    assert sorted(folder.rglob("*")) == before


def test_lines_are_sorted_and_canonical(station: Stations, tmp_path: Path) -> None:
    desk = station()
    full_store(desk)
    export_records(desk, tmp_path / "out.ndjson")
    lines = (tmp_path / "out.ndjson").read_text(encoding="utf-8").splitlines()
    head, records = json.loads(lines[0]), [json.loads(line) for line in lines[1:]]
    assert (head["format"], head["store"], head["digest"]) == (1, "station", digest(desk))
    assert records == sorted(records, key=lambda one: (one["record"], one["id"]))
    assert all(
        line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for line in lines
    )


def test_devices_workers_and_erasures_stay_home(station: Stations, tmp_path: Path) -> None:
    desk = station()
    save_form(desk, new_form(desk, "household"), {"village": "试验村"})
    export_records(desk, tmp_path / "out.ndjson")
    kinds = {json.loads(line)["record"] for line in (tmp_path / "out.ndjson").read_text().splitlines()[1:]}
    assert kinds == {"household"}
    assert desk.read(lambda session: read.exists(session, "worker", "worker-1"))  # it is here, and not there


def changed(value: Any) -> Any:
    """Another value of the same sort that the gate lets through."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value - 1 if value else 1
    if isinstance(value, str):
        return value + "改" if not value[:4].isdigit() else value
    return [value]


def test_changing_any_one_value_changes_the_digest(station: Stations, tmp_path: Path) -> None:
    first = station("a")
    save_form(first, new_form(first, "person"), {"name": "试验乙", "sex": "2", "note": "<b>&=1+1"})
    save_form(first, new_form(first, "household"), {"village": "试验村", "monthly_income": 120000})
    put(first, "shelter", "s-1", {"beds": 12, "open": True})
    export_records(first, tmp_path / "out.ndjson")
    lines = (tmp_path / "out.ndjson").read_text(encoding="utf-8").splitlines()
    tried = 0
    for place, line in enumerate(lines[1:], start=1):
        for name in json.loads(line)["values"]:
            body = json.loads(line)
            body["values"][name] = changed(body["values"][name])
            if body == json.loads(line):
                continue
            altered = [*lines[:place], json.dumps(body, ensure_ascii=False), *lines[place + 1 :]]
            (tmp_path / "altered.ndjson").write_text("\n".join(altered) + "\n", encoding="utf-8")
            other = station(f"x{tried}")
            import_records(other, tmp_path / "altered.ndjson")
            assert digest(other) != digest(first), name
            tried += 1
    assert tried == 8


def test_history_differs_where_edits_differ(station: Stations, tmp_path: Path) -> None:
    file_of(tmp_path / "in.ndjson", person({"name": "试验乙"}))
    first, second = station("a"), station("b")
    import_records(first, tmp_path / "in.ndjson")
    import_records(second, tmp_path / "in.ndjson")
    before = history(first)
    assert before != history(second)  # other salts and another device
    assert digest(first) == digest(second)
    save_form(first, form(first, PERSON, "person"), {"name": "试验丙"})
    save_form(first, form(first, PERSON, "person"), {"name": "试验乙"})
    assert digest(first) == digest(second)
    assert history(first) != before


def test_what_is_typed_by_hand_passes_the_gate(station: Stations, tmp_path: Path) -> None:
    desk = station()
    typed = {
        "name": " 试验乙 ",
        "sex": "女",
        "phone": "１３８００００１２３４",
        "monthly_income": "３，５００元",
    }
    import_records(desk, file_of(tmp_path / "in.ndjson", person(typed)))
    assert form(desk, PERSON, "person").values == {
        "name": "试验乙",
        "sex": "2",
        "phone": "13800001234",
        "monthly_income": 350000,
    }


def test_numbers_in_the_file_are_kept_and_none_are_given(station: Stations, tmp_path: Path) -> None:
    desk = station()
    other = PERSON[:-1] + "b"
    import_records(
        desk,
        file_of(
            tmp_path / "in.ndjson",
            person({"name": "试验乙", "number": "人A0001"}),
            person({"name": "试验丙"}, other),
        ),
    )
    assert form(desk, PERSON, "person").values["number"] == "人A0001"
    assert "number" not in form(desk, other, "person").values
    blank = new_form(desk, "person")
    save_form(desk, blank, {"name": "试验丁"})
    assert form(desk, blank.id, "person").values["number"] == "人A0002"


BAD_LINES = [
    ("not json", "{", "不是完整的一行JSON"),
    ("a float", json.dumps(person({"monthly_income": 3.5})), "小数"),
    ("huge number", '{"record":"person","id":"p","values":{"monthly_income":1' + "0" * 30 + "}}", "小数"),
    ("future birth", json.dumps(person({"born": "2027-01-01"})), "出生日期晚于今天"),
    (
        "end before start",
        json.dumps(
            {
                "record": "visit",
                "id": "v",
                "values": {"person": "p", "date": "2026-01-02", "start_time": "10:00", "end_time": "09:00"},
            }
        ),
        "结束时间早于开始时间",
    ),
    (
        "no parent",
        json.dumps({"record": "case", "id": "c", "values": {"topic": "试"}}),
        "没有写明这条资料属于谁",
    ),
    ("wrong shape", json.dumps({"record": "person", "id": "p"}), "三项"),
    ("no values", json.dumps(person({})), "没有内容"),
    (
        "own bookkeeping",
        json.dumps({"record": "worker", "id": "w", "values": {"name": "试"}}),
        "只由程序自己记",
    ),
    (
        "an erasure",
        json.dumps({"record": "redaction", "id": "w", "values": {"targets": "[]"}}),
        "只由程序自己记",
    ),
    ("long id", json.dumps(person({"name": "试"}, "i" * 65)), "1至64个字"),
    ("group by its own name", json.dumps(person({"contact": {"contact_name": "试"}})), "是一组字段"),
    ("object in a text", json.dumps(person({"name": {"a": "b"}})), "应有的类型"),
    ("yes in a text", json.dumps(person({"name": True})), "应有的类型"),
    ("odd deleted", json.dumps(person({"deleted": "yes"})), "true 或 false"),
    ("nested too deep", '{"record":"person","id":"p","values":{"x":' + "[" * 200 + "]" * 200 + "}}", "太深"),
    ("long text", json.dumps(person({"note": "长" * 20_001})), "最多20000字"),
    ("not UTF-8", b'{"record":"person","id":"p","values":{"name":"\xff"}}', "不是完整的一行JSON"),
]


@pytest.mark.parametrize(("raw", "reason"), [row[1:] for row in BAD_LINES], ids=[row[0] for row in BAD_LINES])
def test_a_bad_line_is_named_and_nothing_is_written(
    station: Stations, tmp_path: Path, raw: str | bytes, reason: str
) -> None:
    desk = station()
    path = file_of(tmp_path / "in.ndjson", person({"name": "试验乙"}, "p-0"))
    with path.open("ab") as file:
        file.write((raw if isinstance(raw, bytes) else raw.encode()) + b"\n")
    before = desk.read(log.counts)
    with pytest.raises(ImportRefused) as refused:
        import_records(desk, path)
    assert refused.value.problems[0].line == 3
    assert reason in str(refused.value)
    assert "没有导入任何资料" in str(refused.value)
    assert "试验乙" not in str(refused.value)
    assert desk.read(log.counts) == before
    assert digest(desk) == Digest().hex()


def test_good_neighbours_of_the_bad_lines_are_taken(station: Stations, tmp_path: Path) -> None:
    good = [
        person({"born": "2026-06-30", "note": "长" * 20_000, "deleted": False}, "p-1"),
        {
            "record": "visit",
            "id": "v",
            "values": {"person": "p-1", "date": "2026-01-02", "start_time": "09:00", "end_time": "09:00"},
        },
        {"record": "case", "id": "c", "values": {"topic": "试", "client": "p-1"}},
        person({"contact_name": "试", "x": [[[1]]]}, "i" * 64),
        person({"deleted": True}, "p-2"),
    ]
    brought = import_records(station(), file_of(tmp_path / "in.ndjson", *good))
    assert brought.new == 5


def test_all_bad_lines_are_counted(station: Stations, tmp_path: Path) -> None:
    path = file_of(tmp_path / "in.ndjson", *(person({"born": "2027"}, f"p-{n}") for n in range(150)))
    with pytest.raises(ImportRefused) as refused:
        import_records(station(), path)
    assert refused.value.count == 150
    assert [problem.line for problem in refused.value.problems[:2]] == [2, 3]
    assert len(refused.value.problems) == 100


@pytest.mark.parametrize(
    ("first_line", "reason"),
    [
        ("", "文件是空的"),
        (json.dumps(person({"name": "试"})), "缺少文件头"),
        ('{"format":2,"store":"station"}', "更新的版本"),
        ('{"format":true,"store":"station"}', "缺少文件头"),
        ('{"format":1,"store":"moon"}', "不认识"),
        ('{"format":1,"store":"practice"}', "这是练习站的资料，不能导入社工站"),
        ('{"format":1,"store":"county"}', "这是县级的资料"),
    ],
)
def test_a_file_of_something_else_is_refused(
    station: Stations, tmp_path: Path, first_line: str, reason: str
) -> None:
    path = tmp_path / "in.ndjson"
    path.write_text(first_line + "\n" if first_line else "", encoding="utf-8")
    with pytest.raises(AppError, match=reason):
        import_records(station(), path)


def test_windows_line_ends_a_byte_mark_and_blank_lines_do_no_harm(station: Stations, tmp_path: Path) -> None:
    body = "\ufeff" + HEADER + "\r\n\r\n" + json.dumps(person({"name": "试验乙"})) + "\r\n\r\n"
    (tmp_path / "in.ndjson").write_bytes(body.encode())
    assert import_records(station(), tmp_path / "in.ndjson").new == 1


def test_an_id_twice_in_the_file_is_refused(station: Stations, tmp_path: Path) -> None:
    path = file_of(tmp_path / "in.ndjson", person({"name": "甲"}), person({"name": "甲"}))
    with pytest.raises(ImportRefused, match="第3行：同一条资料"):
        import_records(station(), path)
    same_id = {"record": "household", "id": PERSON, "values": {"village": "试验村"}}
    assert import_records(station(), file_of(path, person({"name": "甲"}), same_id)).new == 2


def test_equal_records_are_skipped_and_others_refused_without_merge(
    station: Stations, tmp_path: Path
) -> None:
    desk = station()
    path = file_of(tmp_path / "in.ndjson", person({"name": "试验乙", "phone": "13800001234", "bed": [1]}))
    import_records(desk, path)
    edits = desk.read(log.counts)["edits"]
    assert import_records(desk, path).same == 1
    assert desk.read(log.counts)["edits"] == edits
    before = digest(desk)
    other = file_of(
        tmp_path / "other.ndjson", person({"name": "试验丙", "bed": [2], "contact_name": "试验丁"})
    )
    with pytest.raises(ImportRefused, match="第2行：已有这条资料"):
        import_records(desk, other)
    assert digest(desk) == before
    assert import_records(desk, other, merge=True).altered == 1
    values = form(desk, PERSON, "person")
    assert values.values == {"name": "试验丙", "phone": "13800001234", "contact_name": "试验丁"}
    assert values.conflicts == {}
    assert desk.read(log.counts)["open_conflicts"] == 0


def test_merging_keeps_the_rest_of_a_group_and_can_unset(station: Stations, tmp_path: Path) -> None:
    desk = station()
    first = person({"contact_name": "试验丁", "contact_phone": "13800001234", "note": "旧"})
    import_records(desk, file_of(tmp_path / "in.ndjson", first))
    second = person({"contact_name": "试验戊", "note": None})
    import_records(desk, file_of(tmp_path / "in.ndjson", second), merge=True)
    assert form(desk, PERSON, "person").values == {"contact_name": "试验戊", "contact_phone": "13800001234"}


def test_an_untouched_export_is_taken_as_it_stands(station: Stations, tmp_path: Path) -> None:
    """What a peer sent may break the gate's rules; a copy of the store keeps it, a changed file does not."""
    first, second = station("a"), station("b")
    put(first, "person", PERSON, {"born": "2199-01-01", "name": " 空 格 ", "note": "\u0001\r\n", "sex": 5})
    path = tmp_path / "out.ndjson"
    export_records(first, path)
    import_records(second, path)
    assert digest(second) == digest(first)
    path.write_text(path.read_text(encoding="utf-8").replace("空 格", "空格格"), encoding="utf-8")
    with pytest.raises(ImportRefused, match="晚于今天"):
        import_records(station("c"), path)


def test_a_fault_in_the_middle_rolls_everything_back(
    station: Stations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_file, "RECORDS_AN_EDIT", 10)
    path = file_of(tmp_path / "in.ndjson", *(person({"name": f"试验{n}"}, f"p-{n}") for n in range(50)))
    desk, seen = station("a"), []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done >= 30:
            raise Cancelled

    with pytest.raises(Cancelled):
        import_records(desk, path, progress=stop)
    assert seen == [(10, 50), (20, 50), (30, 50)]
    assert digest(desk) == Digest().hex()
    assert import_records(desk, path).new == 50
    assert len(desk.read(lambda session: search.people(session, "试验"))) == 50
    ours = desk.read(lambda session: [e for e in log.edits(session) if e.action == "import_records"])
    assert [len({change.record for change in edit.changes}) for edit in ours] == [10] * 5


def test_a_file_changed_while_it_is_read_is_refused(
    station: Stations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path / "in.ndjson", person({"name": "试验乙"}))
    survey = records_file.survey

    def then_changed(*given: Any) -> Any:
        told = survey(*given)
        file_of(path, person({"name": "试验丙"}))
        return told

    monkeypatch.setattr(records_file, "survey", then_changed)
    desk = station()
    with pytest.raises(AppError, match="被改动了"):
        import_records(desk, path)
    assert digest(desk) == Digest().hex()


def test_a_missing_file_and_a_missing_folder_are_told(station: Stations, tmp_path: Path) -> None:
    desk = station()
    with pytest.raises(AppError, match="读不出这个文件"):
        import_records(desk, tmp_path / "none.ndjson")
    with pytest.raises(AppError, match="找不到这个文件夹"):
        export_records(desk, tmp_path / "none" / "out.ndjson")


def with_attachment(desk: Desk, data: bytes) -> str:
    digest = desk.store.write(lambda session: blobs.put(session, data, "image/png"))
    blank = new_form(desk, "attachment")
    save_form(desk, blank, {"parent": PERSON, "title": "试验照片", "sha256": digest, "mime": "image/png"})
    return digest


def test_attachments_travel_beside_the_file(station: Stations, tmp_path: Path) -> None:
    first, second, path = station("a"), station("b"), tmp_path / "out.ndjson"
    one, two = with_attachment(first, b"picture one"), with_attachment(first, b"picture two")
    (tmp_path / "out.ndjson.files").mkdir()
    (tmp_path / "out.ndjson.files" / ("0" * 64)).write_bytes(b"of an earlier export")
    (tmp_path / "out.ndjson.files" / "own notes.txt").write_bytes(b"somebody's")
    assert export_records(first, path).attachments == 2
    beside = {file.name for file in (tmp_path / "out.ndjson.files").iterdir()}
    assert beside == {one, two, "own notes.txt"}
    (tmp_path / "out.ndjson.files" / two).unlink()
    assert import_records(second, path).attachments == 1
    assert second.read(lambda session: blobs.get(session, one)) == b"picture one"
    with pytest.raises(AppError, match="不在本机"):
        second.read(lambda session: blobs.get(session, two))
    assert digest(first) == digest(second)
    export_records(first, path)
    assert import_records(second, path).attachments == 1  # what came late is taken later
    assert second.read(lambda session: blobs.get(session, two)) == b"picture two"


def test_an_export_that_fails_leaves_the_earlier_one_its_attachments(
    station: Stations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, out = station("one"), tmp_path / "out.ndjson"
    earlier = with_attachment(desk, b"picture one")
    export_records(desk, out)
    desk.store.write(lambda s: blobs.drop(s, earlier))
    real = files.write_atomic

    def full(path: Path, data: files.Data) -> str:
        if path == out:
            raise AppError("磁盘空间不够。")
        return real(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_atomic", full)
        with pytest.raises(AppError, match="空间不够"):
            export_records(desk, out)
    beside = tmp_path / "out.ndjson.files" / earlier
    assert beside.read_bytes() == b"picture one"
    export_records(desk, out)
    assert not beside.exists()


def test_an_attachment_that_is_not_itself_is_refused(station: Stations, tmp_path: Path) -> None:
    first, second, path = station("a"), station("b"), tmp_path / "out.ndjson"
    one = with_attachment(first, b"picture one")
    export_records(first, path)
    (tmp_path / "out.ndjson.files" / one).write_bytes(b"picture two")
    with pytest.raises(ImportRefused, match="第2行：附件文件和它的指纹不一致"):
        import_records(second, path)
    assert digest(second) == Digest().hex()


def test_an_attachment_reaches_no_other_file(station: Stations, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"of this computer")
    line = {"record": "attachment", "id": "a", "values": {"parent": "p", "sha256": "../secret"}}
    (tmp_path / "in.ndjson.files").mkdir()
    assert import_records(station(), file_of(tmp_path / "in.ndjson", line)).attachments == 0


def test_who_may_and_that_it_is_logged(station: Stations, tmp_path: Path) -> None:
    clerk = station("a", frozenset({CLERK}))
    with pytest.raises(AppError, match="其他岗位的权限"):
        export_records(clerk, tmp_path / "out.ndjson")
    assert not (tmp_path / "out.ndjson").exists()
    head = station("b")
    export_records(head, tmp_path / "out.ndjson")
    import_records(head, tmp_path / "out.ndjson")
    head.write(lambda session: None)
    lines = head.read(access.lines)
    assert [(line.action, line.outcome) for line in lines] == [
        ("import_records", "done"),
        ("export_records", "done"),
    ]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    texts,
    st.sampled_from(["<b>&amp;", "=1+1", "\u202e反", "𠮷野", "a\nb\r\n", "\u0000", "2026-13-45"]),
)
raw_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts.filter(bool), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["name", "born", "note", "contact", "contact_name", "moved", "deleted", "new_field", "空", "x" * 64]
)
records = st.tuples(
    st.sampled_from(["person", "visit", "shelter", "住所"]),
    st.sampled_from(["r-1", "r-2", "编号三"]),
    st.dictionaries(names, raw_values, min_size=1, max_size=5),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(records, max_size=6))
def test_anything_peers_may_have_sent_survives_the_file(
    store_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    sent: list[tuple[str, str, dict[str, Any]]],
) -> None:
    base = tmp_path_factory.mktemp("any")
    with stations(store_template, base) as open_one:
        first, second = open_one("a"), open_one("b")
        for kind, id, values in sent:
            put(first, kind, id, values)
        export_records(first, base / "out.ndjson")
        import_records(second, base / "out.ndjson")
        export_records(second, base / "again.ndjson")
        assert digest(first) == digest(second)
        assert (base / "out.ndjson").read_bytes() == (base / "again.ndjson").read_bytes()
        assert first.today() == second.today() == TODAY

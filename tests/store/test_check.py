"""Every kind of damage planted here is named by check(), and a sound store has no problems."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import from_line, to_line
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import access, blobs, log, read
from sgz_desktop.store.apply import apply
from sgz_desktop.store.check import Report, StateHead, check
from sgz_desktop.store.connection import DATABASE, Guard
from sgz_desktop.store.redact import redact
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record, record_many


@pytest.fixture
def filled(store: Store, make_store, actor: Actor) -> Store:
    """A bit of everything: own and foreign edits, a conflict, a gap, withheld and erased values."""
    peer = make_store("device-2")
    for name in ("甲", "乙", "丙"):
        seen = store.read(lambda s: read.load(s, BY_KIND["person"], "p1"))
        store.write(
            lambda s, name=name, seen=seen: record(
                s,
                actor,
                f"因为{name}",
                "person",
                "p1",
                {"name": name, "note": name},
                seen.seen if seen else {},
            )
        )
    first = store.read(lambda s: list(log.edits(s)))[0]
    peer.write(lambda s: apply(s, [first]))
    peer.write(lambda s: record(s, actor, "", "person", "p1", {"name": "丁", "phone": "1"}, {}))
    peer.write(lambda s: record(s, actor, "", "task", "t1", {"what": "访"}, {}))
    peer.write(lambda s: record_many(s, actor, "", [Write("drone", "d1", {}, {}, {"battery": 8})]))
    theirs = [edit for edit in peer.read(lambda s: list(log.edits(s))) if edit.device == "device-2"]
    sent = [from_line(to_line(edit, [("person", "phone")])) for edit in theirs]
    store.write(lambda s: apply(s, [sent[0], sent[2]]))
    store.write(lambda s: record(s, actor, "", "person", "p2", {"name": "戊"}, {}))
    store.write(lambda s: redact(s, actor, "", [("person", "p2", "name")]))
    store.write(lambda s: blobs.put(s, b"photo" * 1000, "image/png"))
    store.write(lambda s: blobs.put(s, b"paper", "application/pdf"))
    for number in range(3):
        line = access.Access(number, "worker-1", "view", "person", "p1", "done")
        store.write(lambda s, line=line: access.note(s, line))
    return store


def head_of(store: Store) -> StateHead:
    top = store.read(lambda s: log.top(s, "device-1"))
    assert top is not None
    return StateHead("device-1", top[0].seq, top[1])


def checked(store: Store, head: StateHead | None = None) -> Report:
    return store.read(lambda s: check(s, store.folder / blobs.FOLDER, head))


def test_a_sound_store_has_no_problems(filled: Store) -> None:
    told: list[tuple[int, int, str]] = []
    head = head_of(filled)
    report = filled.read(lambda s: check(s, filled.folder / blobs.FOLDER, head, lambda *t: told.append(t)))
    assert report.problems == []
    figures = report.figures
    assert figures["digest"] == filled.read(log.digest)
    assert figures["history"] == filled.read(log.history_digest)
    assert {name: figures[name] for name in figures if name not in ("digest", "history")} == {
        "edits": 7,
        "open_conflicts": 1,
        "changes": 11,
        "records": 4,
        "gaps": 1,
        "blobs": 2,
        "wanted": 0,
        "orphans": 0,
        "access_lines": 3,
    }
    assert "正在检查附件" in {text for _, _, text in told}


def test_an_empty_store_has_no_problems(store: Store) -> None:
    assert checked(store).problems == []


P2 = "(SELECT rid FROM entity WHERE id = 'p2')"
OTHER = """CAST('"别的"' AS BLOB)"""
PEOPLE = "“服务对象”有1条与修改记录不符"
MADE_UP = "INSERT INTO entity(kind, id, station, claim_clock, claim_did, claim_seq)"
SEQS = "CASE seq WHEN 2 THEN 30 WHEN 3 THEN 2 ELSE 3 END"
DAMAGE: dict[str, tuple[str, str]] = {
    "header": (
        "UPDATE edit SET header = CAST(replace(header, 'save', 'sawe') AS BLOB) WHERE did = 1 AND seq = 2",
        "原文被改动（本机第2笔",
    ),
    "header as text": ("UPDATE edit SET header = 'x' WHERE did = 1 AND seq = 2", "原文被改动（本机第2笔"),
    "hash": ("UPDATE edit SET hash = zeroblob(32) WHERE seq = 2", "原文被改动（本机第2笔"),
    "value": (
        """UPDATE change SET value = CAST('"别的"' AS BLOB) WHERE cid = 131072""",
        "内容与当时不符（本机第1笔",
    ),
    "value as text": ("UPDATE change SET value = '1' WHERE cid = 131072", "内容与当时不符（本机第1笔"),
    "salt": ("UPDATE change SET salt = zeroblob(16) WHERE cid = 131072", "内容与当时不符"),
    "salt gone": ("UPDATE change SET salt = NULL WHERE cid = 131072", "内容与当时不符"),
    "why": ("UPDATE edit SET why = CAST('1' AS BLOB) WHERE seq = 1", "内容与当时不符"),
    "time": ("UPDATE edit SET at_ms = at_ms + 1 WHERE seq = 1", "登记与原文不符"),
    "author": ("UPDATE author SET worker = 'somebody'", "登记与原文不符"),
    "clock": ("UPDATE edit SET clock = clock + 1 WHERE seq = 1", "登记与原文不符"),
    "action": ("UPDATE edit SET action = 'x' WHERE seq = 1", "登记与原文不符"),
    "change moved": (f"UPDATE change SET rid = {P2} WHERE cid = 131072", "登记与原文不符"),
    "change gone": ("DELETE FROM change WHERE cid = 131072", "登记与原文不符"),
    "change added": ("INSERT INTO change(cid, eid, rid, fid) VALUES(200000, 1, 1, 1)", "登记与原文不符"),
    "changes swapped": ("UPDATE change SET cid = -2 WHERE cid = 131073", "登记与原文不符"),
    "stray change": ("INSERT INTO change(eid, rid, fid) VALUES(999, 1, 1)", "不属于任何一笔修改"),
    "edit gone": ("DELETE FROM edit WHERE seq = 2 AND did = 1", "缺了1笔（本机第2笔"),
    "order": (f"UPDATE edit SET seq = {SEQS} WHERE did = 1 AND seq IN (2, 3)", "登记与原文不符"),
    "own value wiped": (
        "UPDATE change SET value = NULL, salt = NULL WHERE cid = 131072",
        "不见了（本机第1笔",
    ),
    "own reason wiped": ("UPDATE edit SET why = NULL, why_salt = NULL WHERE seq = 1", "不见了（本机第1笔"),
    "not erased": (
        f"UPDATE change SET value = CAST('1' AS BLOB), salt = zeroblob(16) WHERE rid = {P2}",
        "没有清除（本机",
    ),
    "base gone": ("DELETE FROM base WHERE cid = (SELECT max(cid) FROM base)", "依据关系被改动"),
    "base added": ("INSERT INTO base VALUES(1, 1, 1, 77, 1)", "依据关系被改动"),
    "directory gone": (
        "DELETE FROM edited WHERE first = (SELECT max(first) FROM edited)",
        "修改目录有1处",
    ),
    "head gone": ("DELETE FROM head WHERE cid = (SELECT max(cid) FROM head)", "当前值的登记有1处"),
    "head old": (
        "UPDATE head SET cid = 131073 WHERE cid = (SELECT max(cid) FROM head WHERE rid = 1 AND fid = 1)",
        "当前值的登记有2处",
    ),
    "conflict hidden": ("DELETE FROM conflict", "待核对的登记有1处"),
    "conflict made up": ("INSERT INTO conflict VALUES(99, 99)", "待核对的登记有1处"),
    "state": ("UPDATE r_person SET phone = '2' WHERE id = 'p1'", PEOPLE),
    "state gone": ("DELETE FROM r_person WHERE id = 'p1'", PEOPLE),
    "state added": ("INSERT INTO r_person(rid, id) VALUES(999, 'x')", PEOPLE),
    "state deleted": ("UPDATE r_person SET deleted = 1 WHERE id = 'p1'", PEOPLE),
    "state of an erased value": (
        "UPDATE r_person SET name = 'x' WHERE id = 'p2'",
        "“服务对象”有1条与修改记录不符",
    ),
    "station": ("UPDATE r_person SET station = 'x' WHERE id = 'p1'", PEOPLE),
    "claim": ("UPDATE entity SET station = 'x' WHERE id = 'p1'", "所属社工站登记有误"),
    "claim early": ("UPDATE entity SET claim_clock = 1 WHERE id = 'p1'", "所属社工站登记有误"),
    "record made up": (f"{MADE_UP} VALUES('x', 'y', 'z', 1, 1, 1)", "来历对不上"),
    "top": ("UPDATE replica SET top_seq = 2 WHERE device = 'device-1'", "进度的登记有1处"),
    "top hash": ("UPDATE replica SET top_hash = zeroblob(32) WHERE device = 'device-1'", "进度的登记有1处"),
    "device gone": ("DELETE FROM replica WHERE device = 'device-2'", "登记与原文不符"),
    "access edited": ("UPDATE access_log SET worker = 'x' WHERE n = 2", "查阅记录从第2条起"),
    "access deleted": ("DELETE FROM access_log WHERE n = 2", "查阅记录从第2条起"),
    "access moved": ("UPDATE access_log SET n = -3 WHERE n = 3", "查阅记录从第1条起"),
    "blob row": ("UPDATE blob SET identity = (SELECT max(identity) FROM blob)", "有1个附件的文件已损坏"),
    "table": ("DROP TABLE r_task", "读不下去"),
}


def plant(store: Store, statement: str) -> None:
    store.write(lambda s: s.connection.execute(statement))


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_named(filled: Store, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    statement, sentence = DAMAGE[what]
    monkeypatch.setattr(Guard, "__call__", lambda *_: driver.SQLITE_OK)
    plant(filled, statement)
    problems = checked(filled, head_of(filled) if what not in ("top", "top hash") else None).problems
    assert any(sentence in problem for problem in problems), problems
    assert all(problem.endswith("。") and problem.isprintable() for problem in problems)


def test_a_rewritten_chain_is_noticed(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who alters a header and puts its hash right is betrayed by the next link, or by the head outside."""
    import hashlib

    monkeypatch.setattr(Guard, "__call__", lambda *_: driver.SQLITE_OK)
    head = head_of(filled)

    def forge(seq: int) -> None:
        def work(session) -> None:
            run = session.connection.execute
            header = run("SELECT header FROM edit WHERE did = 1 AND seq = ?", (seq,)).fetchone()[0]
            forged = header.replace(b'"who":"worker-1"', b'"who":"worker-7"')
            assert forged != header
            digest = hashlib.sha256(forged).digest()
            run("INSERT OR IGNORE INTO author(worker) VALUES('worker-7')")
            run(
                "UPDATE edit SET header = ?, hash = ?, wid = (SELECT max(wid) FROM author)"
                " WHERE did = 1 AND seq = ?",
                (forged, digest, seq),
            )
            run("UPDATE replica SET top_hash = ? WHERE did = 1 AND top_seq = ?", (digest, seq))

        filled.write(work)

    forge(head.seq)
    assert checked(filled, None).problems == []
    assert ["不是同一份" in problem for problem in checked(filled, head).problems] == [True]
    forge(1)
    assert any("链条有1处断开（本机第2笔" in problem for problem in checked(filled, head).problems)


def test_a_cut_tail_is_noticed_by_the_head_outside(
    filled: Store, make_store, store_key: bytes, tmp_path: Path
) -> None:
    """An older whole copy of the file is sound in itself; only the state folder knows better."""
    import shutil

    filled.close()
    shutil.copytree(filled.folder, tmp_path / "older")
    on = make_store(folder=filled.folder)
    actor = Actor("worker-1", frozenset(), "save")
    for place in range(3):
        on.write(lambda s, place=place: record(s, actor, "", "person", f"n{place}", {"name": "己"}, {}))
    head = head_of(on)
    assert checked(on, head).problems == []
    older = make_store(folder=tmp_path / "older")
    assert checked(older, None).problems == []
    assert ["少了3笔修改" in problem for problem in checked(older, head).problems] == [True]


def test_damaged_pages_are_noticed(filled: Store, make_store) -> None:
    filled.close()
    path = filled.folder / DATABASE
    data = bytearray(path.read_bytes())
    data[len(data) - 2000] ^= 1
    path.write_bytes(data)
    report = checked(make_store(folder=filled.folder))
    assert any("有1页已损坏或被改动" in problem for problem in report.problems)


def test_a_blob_whose_key_was_altered_is_called_damaged(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Guard, "__call__", lambda *_: driver.SQLITE_OK)
    plant(filled, "UPDATE blob SET identity = identity || 'x'")
    assert checked(filled).problems == ["有2个附件的文件已损坏。"]


def test_an_unreadable_setting_is_called_damage(filled: Store, make_store) -> None:
    plant(filled, "UPDATE setting SET value = value || 'x'")
    filled.close()
    with pytest.raises(AppError, match=r"资料文件有损坏.*备份恢复"):
        make_store(folder=filled.folder)


def test_a_used_store_that_lost_its_name_is_not_taken_for_a_new_one(filled: Store, make_store) -> None:
    plant(filled, "DELETE FROM setting WHERE name = 'identity'")
    filled.close()
    with pytest.raises(AppError, match=r"资料文件有损坏.*备份恢复"):
        make_store(folder=filled.folder)


def test_blobs_missing_damaged_and_orphaned(filled: Store) -> None:
    folder = filled.folder / blobs.FOLDER
    one, two = sorted(folder.iterdir())
    (folder / ("0" * 32)).write_bytes(b"orphan")
    assert checked(filled).figures["orphans"] == 1
    assert checked(filled).problems == []
    one.write_bytes(one.read_bytes()[:-1])
    assert checked(filled).problems == ["有1个附件的文件已损坏。"]
    two.unlink()
    assert checked(filled).problems == ["有1个附件的文件不见了。", "有1个附件的文件已损坏。"]


def test_it_can_be_cancelled(filled: Store) -> None:
    def stop(*_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        filled.read(lambda s: check(s, filled.folder / blobs.FOLDER, None, stop))

"""The command line: what scripts, tests and administrators depend on."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pikepdf
import pytest

from sgz_desktop import __main__ as start
from sgz_desktop import places
from sgz_desktop.actions import papers, practice
from sgz_desktop.actions import station as stations
from sgz_desktop.actions.exchange_devices import usual_name
from sgz_desktop.cli import session as cli_session
from sgz_desktop.store.write import Write
from sgz_desktop.vault import members
from sgz_desktop.vault.members import add_worker as _add_worker
from sgz_desktop.vault.stretch import Argon2Params

CHEAP = Argon2Params(32, 1, 1)
PASSPHRASE = "river lantern seventeen"
HEADER = '{"format":1,"store":"station"}'
PERSON = {"record": "person", "id": "p-1", "values": {"name": "试验乙", "phone": "13800001234"}}
CASE = {
    "record": "case",
    "id": "c-1",
    "values": {"number": "2026-A007", "stage": "intake", "client": "p-1", "opened_on": "2026-01-05"},
}


class Result(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line on stderr."""
        (line,) = self.err.splitlines()
        return line


Sgz = Callable[..., Result]


@pytest.fixture(autouse=True)
def cheap_and_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cheap keys, and no file outside the test's own folder."""
    create = partial(stations.create_station, params=CHEAP)
    monkeypatch.setattr(stations, "create_station", create)
    monkeypatch.setattr(practice, "create_station", create)
    monkeypatch.setattr(practice, "build_practice", partial(practice.build_practice, town=False))
    monkeypatch.setattr("sgz_desktop.vault.members.add_worker", partial(_add_worker, params=CHEAP))
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(places, "_user_data", lambda: tmp_path / "user data")
    monkeypatch.setattr("sgz_desktop.process.leave_no_dumps", lambda: None)


@pytest.fixture
def sgz(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sgz:
    def run(*arguments: object, passphrase: str = PASSPHRASE) -> Result:
        monkeypatch.setenv("SGZ_PASSPHRASE", passphrase)
        code = start.main([str(argument) for argument in arguments])
        assert "SGZ_PASSPHRASE" not in os.environ
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def store(sgz: Sgz, tmp_path: Path) -> Path:
    """An empty station."""
    folder = tmp_path / "store"
    assert sgz("init", "--store", folder, "--station", "测试站", "--user", "试验甲", "--no-card").code == 0
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "in.ndjson"
    lines = [HEADER, *(json.dumps(record, ensure_ascii=False) for record in (PERSON, CASE))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def digest(sgz: Sgz, store: Path) -> str:
    return str(sgz("check", "--store", store, "--json").json["digest"])


def test_a_new_station_holds_nothing(sgz: Sgz, tmp_path: Path) -> None:
    first = sgz("init", "--store", tmp_path / "a", "--station", "甲站", "--user", "试验甲", "--json")
    second = sgz("init", "--store", tmp_path / "b", "--station", "乙站", "--user", "试验乙", "--json")
    assert (first.code, first.err, first.json["station"], first.json["card"]) == (0, "", "甲站", None)
    found = sgz("check", "--store", tmp_path / "a", "--json").json
    assert found["digest"] == first.json["digest"] == second.json["digest"]
    assert (found["edits"], found["open_conflicts"], found["problems"]) == (0, 0, [])
    again = sgz("init", "--store", tmp_path / "a", "--station", "甲站", "--user", "试验甲")
    assert (again.code, again.out) == (1, "")
    assert "已经有一个社工站" in again.line


def test_a_card_is_printed_and_lets_in(sgz: Sgz, tmp_path: Path) -> None:
    card = tmp_path / "card.pdf"
    made = sgz("init", "--store", tmp_path / "a", "--station", "甲站", "--user", "试验甲", "--card", card)
    assert made.code == 0
    assert card.read_bytes().startswith(b"%PDF")
    assert card.stat().st_mode & 0o77 == 0
    slots = json.loads((tmp_path / "a" / "slots.json").read_text(encoding="utf-8"))["slots"]
    assert [slot["kind"] for slot in slots] == ["worker", "recovery"]


def test_no_card_stays_behind_when_no_station_is_made(sgz: Sgz, tmp_path: Path) -> None:
    given = (
        "init",
        "--store",
        tmp_path / "a",
        "--station",
        "甲站",
        "--user",
        "试验甲",
        "--card",
        tmp_path / "c.pdf",
    )
    assert sgz(*given, passphrase="short").code == 1
    assert not (tmp_path / "c.pdf").exists()
    assert not (tmp_path / "a" / "slots.json").exists()
    assert sgz(*given).code == 0


ROSTER = "姓名,身份证号,村,电话\n梁甲菊,110105194803120024,上溪村,13900000217\n,,上溪村,13900000000\n"


def test_a_list_of_a_station_is_taken_in(sgz: Sgz, store: Path, tmp_path: Path) -> None:
    table, bad = tmp_path / "list.csv", tmp_path / "bad.xlsx"
    table.write_bytes(ROSTER.encode("gb18030"))
    first = sgz("import", table, "--store", store, "--errors", bad, "--json")
    assert first.json == {"new": 1, "altered": 0, "same": 0, "bad": 1, "marked": 0, "left_out": []}
    assert (first.code, "1行有问题" in first.line, bad.read_bytes()[:2]) == (0, True, b"PK")
    table.write_text(ROSTER.replace("0217", "0999"), "utf-8")
    kept = sgz("import", table, "--store", store, "--json")
    assert (kept.json["altered"], kept.json["same"]) == (0, 1)  # the file's telephone stays
    assert sgz("import", table, "--merge", "--store", store, "--json").json["altered"] == 1
    again = sgz("import", bad, "--store", store)
    assert (again.code, again.out) == (0, "已导入0行：新建0，更新0，已有相同0。\n")


def test_columns_that_are_not_taken_are_named(sgz: Sgz, store: Path, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("姓名,邻居,\x1b[2J鞋码,空着,地址\n梁甲菊,王乙,38,,上溪村3号\n", "utf-8")
    told = sgz("import", table, "--store", store)
    assert (told.code, told.out.splitlines()[1:]) == (0, ["有2列没有导入：邻居、[2J鞋码。"])
    again = sgz("import", table, "--store", store, "--json").json
    assert again["left_out"] == ["邻居", "[2J鞋码"]
    sgz("export", "--store", store, "--out", tmp_path / "a.ndjson")
    assert "上溪村3号" in (tmp_path / "a.ndjson").read_text("utf-8")


def test_a_list_that_cannot_be_read_is_one_line(sgz: Sgz, store: Path, tmp_path: Path) -> None:
    before, table = digest(sgz, store), tmp_path / "list.xlsx"
    table.write_bytes(b"MZ\x90\x00" + bytes(999))
    told = sgz("import", table, "--store", store)
    assert (told.code, told.out) == (1, "")
    assert "不是表格" in told.line
    with table.open("wb") as file:
        file.truncate(200 << 20)
    assert "太大" in sgz("import", table, "--store", store).line
    book = openpyxl.Workbook()
    for name in ("甲", "乙"):
        book.create_sheet(name).append(["姓名", "村"])
    book.save(table)
    assert "--sheet" in sgz("import", table, "--store", store).line
    assert sgz("import", table, "--sheet", "乙", "--store", store).code == 0
    assert "没有这张工作表" in sgz("import", table, "--sheet", "丙", "--store", store).line
    assert digest(sgz, store) == before


def test_out_and_in_again_is_the_same(sgz: Sgz, store: Path, data: Path, tmp_path: Path) -> None:
    assert sgz("import", data, "--store", store, "--json").json == {
        "new": 2,
        "altered": 0,
        "same": 0,
        "attachments": 0,
    }
    told = sgz("export", "--store", store, "--format", "ndjson", "--out", tmp_path / "a.ndjson", "--json")
    assert (told.json["records"], told.json["digest"]) == (2, digest(sgz, store))
    other = tmp_path / "other"
    sgz("init", "--store", other, "--station", "别处", "--user", "试验丙", "--no-card")
    assert sgz("import", tmp_path / "a.ndjson", "--store", other).code == 0
    sgz("export", "--store", other, "--out", tmp_path / "b.ndjson")
    lines = [
        sorted((tmp_path / name).read_text(encoding="utf-8").splitlines())
        for name in ("a.ndjson", "b.ndjson")
    ]
    assert lines[0] == lines[1]
    assert digest(sgz, store) == digest(sgz, other)
    first, second = (sgz("check", "--store", one, "--json").json["history"] for one in (store, other))
    assert first != second


def test_attachments_beside_an_export_are_named(
    sgz: Sgz, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.ndjson"
    plain = sgz("export", "--store", store, "--out", out)
    assert ".files" not in plain.out
    monkeypatch.setattr("sgz_desktop.actions.records_file.put_beside", lambda session, path: ["a" * 64])
    told = sgz("export", "--store", store, "--out", out)
    assert f"附件1个另在文件夹 {out}.files。都没有加密" in told.out
    assert sgz("export", "--store", store, "--out", out, "--json").json["files"] == f"{out}.files"


def _in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("place", ["store.db", "slots.json", "attachments/a", "new/a.pdf", "../store/x"])
def test_nothing_is_saved_into_a_store(sgz: Sgz, store: Path, tmp_path: Path, place: str) -> None:
    before, out = _in(store), store / place
    made = ("--store", store, "--out", out)
    for command in (
        ("backup", *made),
        ("export", *made),
        ("export", *made, "--format", "csv"),
        ("report", "monthly", "2026-06", *made),
        ("case-file", "2026-A007", *made),
        ("bundle", "export", "--to", "B", *made),
        ("case-transfer", "card", *made),
        ("device", "invite", *made),
        ("blank", "visit", "--out", out),
        ("county", "make", "--name", "青山县", "--key", tmp_path / "k", "--out", out),
        ("county", "make", "--name", "青山县", "--out", tmp_path / "k", "--key", out),
        ("init", "--store", tmp_path / "b", "--station", "乙", "--user", "丙", "--card", out),
        ("backup", "--store", tmp_path / "none", "--out", out),
    ):
        told = sgz(*command)
        assert (told.code, told.out) == (1, ""), command
        assert told.line.startswith("这是存放资料的文件夹，没有写入"), command
    assert _in(store) == before
    assert not (tmp_path / "b").exists()


def test_a_card_does_not_lie_in_the_store_it_opens(sgz: Sgz, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    told = sgz("init", "--store", folder, "--station", "甲", "--user", "乙", "--card", folder / "card.pdf")
    assert (told.code, list(folder.iterdir())) == (1, [])
    assert "存放资料的文件夹" in told.line


def test_every_option_that_names_what_is_written_is_watched() -> None:
    from sgz_desktop.cli import program as cli

    def options(group: Any) -> list[Any]:
        found = []
        for command in group.commands.values():
            found += options(command) if hasattr(command, "commands") else command.params
        return found

    written = [one for one in options(cli._commands()) if one.name in ("out", "errors")]
    assert len(written) > 12
    assert [one.name for one in written if one.callback is None] == []


def test_tables_for_people(sgz: Sgz, store: Path, data: Path, tmp_path: Path) -> None:
    sgz("import", data, "--store", store)
    book = sgz("export", "--store", store, "--format", "xlsx", "--out", tmp_path / "a.xlsx", "--json")
    assert (book.code, book.json["records"], book.json["digest"]) == (0, 2, digest(sgz, store))
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert sgz("export", "--store", store, "--format", "csv", "--out", tmp_path / "a").code == 0
    lines = (tmp_path / "a" / "服务对象.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert len(lines) == 4
    assert '"试验乙"' in lines[2]
    again = sgz("export", "--store", store, "--format", "csv", "--out", tmp_path / "a")
    assert (again.code, again.out) == (1, "")
    assert "已经有文件" in again.line


def test_other_values_need_merge(sgz: Sgz, store: Path, data: Path) -> None:
    sgz("import", data, "--store", store)
    before = digest(sgz, store)
    assert "相同2" in sgz("import", data, "--store", store).out
    data.write_text(data.read_text(encoding="utf-8").replace("13800001234", "13800005678"), encoding="utf-8")
    refused = sgz("import", data, "--store", store)
    assert (refused.code, refused.out) == (1, "")
    assert refused.line.startswith("文件第2行：")
    assert digest(sgz, store) == before
    assert "改动1" in sgz("import", data, "--merge", "--store", store).out
    assert digest(sgz, store) != before


def test_a_bad_file_names_its_line_in_one_line(sgz: Sgz, store: Path, data: Path) -> None:
    with data.open("a", encoding="utf-8") as file:
        file.write('{"record":"person","id":"p\\n2","values":{"born":"2199-01-01"}}\n')
    refused = sgz("import", data, "--store", store)
    assert refused.code == 1
    assert "文件第4行：born：出生日期晚于今天" in refused.line
    assert "p\n2" not in refused.err
    assert "2199" not in refused.err


def test_options_may_stand_before_the_command(sgz: Sgz, store: Path) -> None:
    assert sgz("--store", store, "--json", "check").json["problems"] == []
    assert sgz("--store", store / "none", "check", "--store", store).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("import",),
        ("export",),
        ("export", "--format", "xml", "--out", "x"),
        ("report", "monthly", "2026-06"),
        ("check", "--nonsense"),
        ("init", "--station", "甲", "--user", "乙", "--card", "c.pdf", "--no-card"),
        ("--store",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(sgz: Sgz, arguments: tuple[str, ...]) -> None:
    result = sgz(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err


def test_help_is_no_fault(sgz: Sgz) -> None:
    for arguments in (("--help",), ("report", "--help"), ("import", "-h")):
        result = sgz(*arguments)
        assert (result.code, result.err) == (0, "")
        assert "--store" in result.out or "monthly" in result.out


def test_a_wrong_passphrase_and_no_passphrase(sgz: Sgz, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = sgz("check", "--store", store, passphrase="another lantern here")
    assert (wrong.code, wrong.out, wrong.line) == (1, "", "密码不对，请再试一次。")
    nobody = sgz("check", "--store", store, "--user", "无此人")
    assert (nobody.code, nobody.line) == (1, "密码不对，请再试一次。")
    none = sgz("check", "--store", store, passphrase="")
    assert none.code == 1
    assert "SGZ_PASSPHRASE" in none.line
    monkeypatch.setattr(cli_session.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(cli_session.typer, "prompt", lambda *_given, **_how: PASSPHRASE)
    assert sgz("check", "--store", store, passphrase="").code == 0


def test_a_folder_without_a_station(sgz: Sgz, tmp_path: Path) -> None:
    result = sgz("check", "--store", tmp_path)
    assert (result.code, result.out) == (1, "")
    assert "没有社工站的资料" in result.line
    assert list(tmp_path.glob("store.*")) == []


def test_a_second_opener_is_told(sgz: Sgz, store: Path) -> None:
    held = stations.open_station(store, "试验甲", PASSPHRASE)
    busy = sgz("check", "--store", store)
    held.close()
    assert (busy.code, busy.line) == (1, "另一个窗口正在使用这份资料，请先关闭它。")
    assert sgz("check", "--store", store).code == 0


def test_a_folder_that_takes_nothing(
    sgz: Sgz, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, place = os.open, tmp_path / "read only"
    place.mkdir()

    def refuse(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT and str(path).startswith(str(place)):
            raise OSError(errno.EROFS, "read-only")
        return real(path, flags, *rest, **named)

    with monkeypatch.context() as patch:  # permission bits stop nobody who is root
        patch.setattr(os, "open", refuse)
        refused = sgz("export", "--store", store, "--out", place / "out.ndjson")
    assert (refused.code, refused.out) == (1, "")
    assert "不能写入" in refused.line
    missing = sgz("backup", "--store", store, "--out", store.parent / "none" / "b")
    assert (missing.code, missing.line) == (1, "找不到这个文件夹，请换一个位置。")


def test_a_full_disk(
    sgz: Sgz, store: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sgz("import", data, "--store", store)
    before, out = digest(sgz, store), tmp_path / "out.ndjson"
    out.write_bytes(b"the last export")

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        refused = sgz("export", "--store", store, "--out", out)
    assert (refused.code, refused.out) == (1, "")
    assert "磁盘空间不够" in refused.line
    assert out.read_bytes() == b"the last export"
    assert digest(sgz, store) == before


def test_our_bug_is_70_and_tells_no_value(
    sgz: Sgz, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> bytes:
        raise KeyError("试验乙 13800001234")

    monkeypatch.setattr(papers, "print_case_file", broken)
    bug = sgz("case-file", "2026-A007", "--store", store, "--out", tmp_path / "f.pdf")
    assert (bug.code, bug.out) == (70, "")
    assert "KeyError" in bug.line
    assert "test_cli.py" in bug.line
    assert "试验乙" not in bug.err
    assert "13800001234" not in bug.err
    assert sgz("check", "--store", store).code == 0  # closed behind the bug


def test_a_case_file_by_its_number(sgz: Sgz, store: Path, data: Path, tmp_path: Path) -> None:
    sgz("import", data, "--store", store)
    out = tmp_path / "f.pdf"
    assert sgz("case-file", "2026-A007", "--store", store, "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert out.stat().st_mode & 0o77 == 0
    data.write_text(data.read_text(encoding="utf-8").replace("试验乙", "试验\U00016fe1"), encoding="utf-8")
    sgz("import", data, "--merge", "--store", store)
    rare = sgz("case-file", "2026-A007", "--store", store, "--out", out)
    assert (rare.code, rare.line) == (0, "有1个字没有字形，印成〓，请手写补上：\U00016fe1")
    none = sgz("case-file", "2026-A008", "--store", store, "--out", tmp_path / "none.pdf")
    assert none.code == 1
    assert "没有找到" in none.line
    assert not (tmp_path / "none.pdf").exists()


def test_a_copy_for_a_supervisor(
    sgz: Sgz, store: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sgz("import", data, "--store", store)
    out = tmp_path / "d.pdf"
    wanted = ("case-file", "2026-A007", "--store", store, "--for-supervisor", "苏明远", "--out", out)
    for password, sentence in (("", "没有副本的密码"), ("short", "这个密码不能用")):
        monkeypatch.setenv("SGZ_COPY_PASSWORD", password)
        refused = sgz(*wanted)
        assert (refused.code, out.exists()) == (1, False)
        assert sentence in refused.line
    monkeypatch.setenv("SGZ_COPY_PASSWORD", "bamo-tiku-sevo")
    assert sgz(*wanted).code == 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out)
    with pikepdf.open(out, password="bamo-tiku-sevo") as document:
        assert document.encryption.R == 6


def test_every_blank_form_without_a_store(sgz: Sgz, tmp_path: Path) -> None:
    listed = sgz("blank", "--list", "--json").json["forms"]
    assert {"form": "visit", "title": "走访记录"} in listed
    assert len(listed) == 27
    for one in listed:
        out = tmp_path / f"{one['form']}.pdf"
        assert sgz("blank", one["form"], "--out", out).code == 0
        assert out.read_bytes().startswith(b"%PDF")
    by_title = sgz("blank", "走访记录", "--out", tmp_path / "t.pdf", "--json")
    assert by_title.json == {"out": str(tmp_path / "t.pdf"), "bytes": (tmp_path / "t.pdf").stat().st_size}
    assert (tmp_path / "t.pdf").read_bytes() == (tmp_path / "visit.pdf").read_bytes()
    told = sgz("blank", "--list")
    assert (told.code, len(told.out.splitlines())) == (0, len(listed))
    assert not any(tmp_path.joinpath("user data").glob("**/*"))


def test_an_unknown_blank_form_names_those_there_are(sgz: Sgz, tmp_path: Path) -> None:
    wrong = sgz("blank", "passport", "--out", tmp_path / "p.pdf")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.line.startswith("没有这种空白表，没有生成。")
    assert all(name in wrong.line for name in ("visit（走访记录）", "diary（工作日志）"))
    assert not (tmp_path / "p.pdf").exists()
    assert sgz("blank", "visit").code == 2
    assert sgz("blank").code == 2


def test_the_monthly_report_as_paper_and_as_figures(
    sgz: Sgz, store: Path, data: Path, tmp_path: Path
) -> None:
    sgz("import", data, "--store", store)
    told = sgz("report", "monthly", "2026-01", "--store", store, "--out", tmp_path / "b.pdf", "--json")
    assert told.code == 0
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert sgz("report", "monthly", "2026-01", "--store", store, "--out", tmp_path / "b.docx").code == 0
    with zipfile.ZipFile(tmp_path / "b.docx") as word:
        assert "月度工作简报" in word.read("word/document.xml").decode()
    rows = told.json["indicators"]
    assert all({"code", "value", "unit", "ids"} <= set(row) for row in rows)
    assert {row["code"] for row in rows} == {
        *("P01", "P02", "P03", "P04", "V01", "V02", "V03", "D01", "C01", "C02", "C03", "C04", "G01", "A01"),
        *("J01", "J02", "J03", "R01", "R02", "W01", "S01", "H01", "F01", "Q01", "Y01"),
    }
    new = next(row for row in rows if (row["code"], row["part"]) == ("C01", "new"))
    assert (new["value"], new["unit"], new["ids"]) == (1, "个", ["c-1"])
    assert new["rule"] == "按开案和结案日期统计，不接案的不计。"
    assert set(new["columns"]) == {"now", "before", "year_ago", "year", "target"}
    assert (new["columns"]["now"], new["columns"]["target"]) == (1, None)
    assert told.json["columns"]["before"] == ["2025-12-01", "2025-12-31"]
    assert told.json["supplement"] == []
    assert sgz("report", "monthly", "2026-13", "--store", store, "--json").code == 1


@pytest.mark.parametrize(("sort", "last"), [("midterm", "06-30"), ("final", "12-31")])
def test_reports_of_the_contract_year(
    sgz: Sgz, store: Path, data: Path, tmp_path: Path, sort: str, last: str
) -> None:
    sgz("import", data, "--store", store)
    told = sgz("report", sort, "2026", "--store", store, "--out", tmp_path / "r.pdf", "--json")
    assert told.code == 0
    assert told.json["span"] == ["2026-01-01", f"2026-{last}"]
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert sgz("report", sort, "2026", "--store", store).code == 2
    assert sgz("report", sort, "9998", "--store", store, "--json").code == 1


def test_back_up_and_restore(sgz: Sgz, store: Path, data: Path, tmp_path: Path) -> None:
    sgz("import", data, "--store", store)
    made = sgz("backup", "--store", store, "--out", tmp_path / "b.sgzbak", "--json").json
    assert made["digest"] == digest(sgz, store)
    wrong = sgz(
        "restore", tmp_path / "b.sgzbak", "--store", tmp_path / "new", passphrase="another lantern here"
    )
    assert (wrong.code, wrong.line) == (1, "密码不对，请再试一次。")
    back = sgz("restore", tmp_path / "b.sgzbak", "--store", tmp_path / "new", "--json").json
    assert (back["digest"], back["epoch"]) == (made["digest"], 2)
    assert digest(sgz, tmp_path / "new") == made["digest"]
    assert sgz("restore", tmp_path / "b.sgzbak", "--store", store).code == 1
    (tmp_path / "b.sgzbak").write_bytes(b"no backup")
    assert "已损坏" in sgz("restore", tmp_path / "b.sgzbak", "--store", tmp_path / "x").line


def test_check_finds_damage_and_says_so_by_its_code(sgz: Sgz, store: Path, data: Path) -> None:
    sgz("import", data, "--store", store)
    station = stations.open_station(store, "试验甲", PASSPHRASE)

    def tamper(session: Any) -> None:
        with session.guard.open():
            session.connection.execute("UPDATE r_person SET phone = '1' WHERE id = 'p-1'")

    station.desk.store.write(tamper)
    station.close()
    found = sgz("check", "--store", store, "--json")
    assert found.code == 1
    assert len(found.json["problems"]) == 1
    assert "检查发现1个问题" in found.line


def test_two_values_are_listed_and_one_is_chosen(sgz: Sgz, store: Path, data: Path) -> None:
    sgz("import", data, "--store", store)
    station = stations.open_station(store, "试验甲", PASSPHRASE)
    desk = station.desk
    blind = Write("person", "p-1", {"phone": "13800009999"})  # by somebody who saw nothing of what stood
    desk.write(lambda session: desk.doing("save_form").record(session, "", [blind]))
    station.close()
    (found,) = sgz("conflicts", "list", "--store", store, "--json").json["conflicts"]
    assert (found["kind"], found["id"], found["field"]) == ("person", "p-1", "phone")
    told = [(one["value"], one["by"], one["shown"]) for one in found["values"]]
    assert told == [("13800009999", "试验甲", True), ("13800001234", "试验甲", False)]
    assert {*found["values"][0]} == {"value", "by", "at", "device", "shown"}
    assert "13800001234" in sgz("conflicts", "list", "--store", store).out
    one = ("conflicts", "settle", "person", "p-1", "phone", "--store", store, "--choose")
    assert "1 到 2" in sgz(*one, "3").line
    assert sgz("check", "--store", store, "--json").json["open_conflicts"] == 1
    assert sgz(*one, "2", "--json").json["value"] == "13800001234"
    assert sgz("conflicts", "list", "--store", store, "--json").json == {"conflicts": []}
    assert "没有这一处" in sgz(*one, "1").line


def test_two_users_must_say_who(sgz: Sgz, store: Path) -> None:
    station = stations.open_station(store, "试验甲", PASSPHRASE)
    from sgz_desktop.actions import workers

    workers.add_worker(station.desk, station, "试验乙", "five tall blue lamps", ["social_worker"])
    station.close()
    assert "--user" in sgz("check", "--store", store).line
    assert sgz("check", "--store", store, "--user", "试验甲").code == 0
    assert sgz("check", "--store", store, "--user", "试验乙", passphrase="five tall blue lamps").code == 0
    refused = sgz(
        "export",
        "--store",
        store,
        "--user",
        "试验乙",
        "--out",
        store.parent / "x",
        passphrase="five tall blue lamps",
    )
    assert "其他岗位的权限" in refused.line


# The practice station.


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A screen that only notes what it was asked to show."""
    seen: list[Any] = []

    def window(store: Path, user: str, station: Any = None) -> int:
        seen.append((store, user) if station is None else (store, user, station.closed))
        return 0

    def picture(station: Any, path: Path) -> bool:
        seen.append(path.name)
        path.write_bytes(b"picture")
        return True

    monkeypatch.setattr(start, "open_window", window)
    monkeypatch.setattr(start, "take_picture", picture)
    return seen


def test_the_practice_station_as_papers_and_again(sgz: Sgz, shown: list[Any], tmp_path: Path) -> None:
    folder = tmp_path / "practice" / "store"
    first = sgz("demo", "--store", folder, "--headless", passphrase="")
    assert (first.code, first.err) == (0, "")
    assert practice.PASSPHRASE in first.out
    written = sorted(path.name for path in (tmp_path / "practice" / "papers").iterdir())
    assert written == ["brief-2026-06.pdf", "case-2026-A001.pdf", "case-2026-A002.pdf", "window.png"]
    assert all(name in first.out for name in written)
    before = {path: path.read_bytes() for path in (tmp_path / "practice" / "papers").iterdir()}
    again = sgz("demo", "--store", folder, "--headless", "--json", passphrase="")
    assert again.json["store"] == str(folder)
    assert {path: path.read_bytes() for path in before} == before
    assert "第一次打开" not in again.out
    who = sgz("check", "--store", folder, "--json", passphrase=practice.PASSPHRASE)
    assert (who.code, who.json["problems"]) == (0, [])
    assert shown == ["window.png", "window.png"]
    _exchanges(sgz, folder, folder.parent.parent / "practice" / "peers" / "laptop-2", tmp_path)


def _exchanges(sgz: Sgz, here: Path, there: Path, stick: Path) -> None:
    """The practice station and its second laptop give one another a bundle each and say the same."""

    def run(store: Path, *words: object) -> Any:
        done = sgz(*words, "--store", store, "--json", passphrase=practice.PASSPHRASE)
        assert done.code == 0, done.err
        return done.json

    listed = run(here, "device", "list")["devices"]
    assert [(one["name"], one["this"], one["revoked"]) for one in listed] == [
        ("1号机", True, False),
        ("2号机", False, False),
    ]
    before = run(there, "check")["digest"]
    made = run(here, "bundle", "export", "--to", "2号机", "--out", stick / "a.sgzb")
    assert made["edits"] > 0
    assert run(there, "bundle", "inspect", stick / "a.sgzb")["known"] is False
    came = run(there, "bundle", "import", stick / "a.sgzb")
    assert (came["from"], len(came["conflicts"])) == ("1号机", 1)
    assert run(there, "bundle", "import", stick / "a.sgzb")["known"] is True
    run(there, "bundle", "export", "--to", "1号机", "--out", stick / "b.sgzb")
    run(here, "bundle", "import", stick / "b.sgzb")
    ends = [run(store, "check") for store in (here, there)]
    assert all(ends[0][name] == ends[1][name] for name in ("digest", "history", "open_conflicts"))
    assert (ends[0]["open_conflicts"], ends[0]["digest"] == before) == (1, False)
    wrong = sgz(
        "bundle", "import", stick / "b.sgzb", "--store", there, "--json", passphrase=practice.PASSPHRASE
    )
    assert (wrong.code, wrong.json) == (1, {"refused": "not_for_us"})


def test_a_second_computer_joins_is_stopped_and_let_back_by_the_card(sgz: Sgz, tmp_path: Path) -> None:
    first, second, stick = tmp_path / "first", tmp_path / "second", tmp_path / "stick"
    stick.mkdir()
    assert sgz("init", "--station", "柳溪站", "--user", "甲社工", "--store", first, "--no-card").code == 0
    assert sgz("import", _one_person(stick / "p.ndjson"), "--store", first).code == 0
    invited = sgz("device", "invite", "--out", stick / "i.json", "--store", first, "--json").json
    join = ("device", "join", stick / "i.json", "--user", "乙社工", "--request", stick / "r.age")
    join += ("--store", second)
    wrong = sgz(*join, "--fingerprint", "0" * 20)
    assert (wrong.code, second.exists()) == (1, False)
    told = sgz(*join, "--fingerprint", invited["fingerprint"]).out
    assert told.splitlines()[1:] == ["乙社工的岗位是社工。", "没有做恢复卡：忘记密码就打不开了。"]
    digits = told.splitlines()[0].rpartition("：")[2]
    let_in = ("device", "let-in", stick / "r.age", "--store", first, "--json")
    assert sgz(*let_in, "--fingerprint", "0" * 20).code == 1
    inside = sgz(*let_in, "--fingerprint", digits).json
    assert (inside["name"], inside["user"], inside["roles"]) == ("2号机", "乙社工", ["social_worker"])
    assert sgz("bundle", "export", "--to", "B", "--out", stick / "b.sgzb", "--store", first).code == 0
    seen = sgz("bundle", "inspect", stick / "b.sgzb", "--store", second).out
    assert seen.startswith("1号机的第1包")
    came = sgz("bundle", "import", stick / "b.sgzb", "--store", second, "--json").json
    assert came["fresh"] > 0
    stopped = sgz("device", "revoke", "2号机", "--store", first, "--json").json
    assert stopped["revoked"] is True
    again = sgz("bundle", "export", "--to", "B", "--out", stick / "c.sgzb", "--store", first)
    assert (again.code, "已停用" in again.line) == (1, True)
    (stick / "card.txt").write_text("ABCDEF")
    decide = ("device", "decide", "2号机", "--card", stick / "card.txt", "--counts", "--store", first)
    assert (sgz(*decide).code, "恢复卡" in sgz(*decide).line) == (1, True)


def test_two_restored_at_once_meet_by_their_introductions(sgz: Sgz, tmp_path: Path) -> None:
    first, second, stick = tmp_path / "first", tmp_path / "second", tmp_path / "stick"
    stick.mkdir()

    def run(store: Path, *words: object) -> Any:
        return sgz(*words, "--store", store, "--json").json

    sgz("init", "--station", "柳溪站", "--user", "甲社工", "--store", first, "--no-card")
    sgz("import", _one_person(stick / "p.ndjson"), "--store", first)
    invited = run(first, "device", "invite", "--out", stick / "i.json")
    join = ("device", "join", stick / "i.json", "--user", "甲社工", "--request", stick / "r.age")
    asked = run(second, *join, "--fingerprint", invited["fingerprint"])
    run(first, "device", "let-in", stick / "r.age", "--fingerprint", asked["fingerprint"])
    nothing = sgz("device", "introduce", "--out", stick / "x", "--store", first)
    assert (nothing.code, "不是由备份恢复" in nothing.line) == (1, True)
    heirs = []
    for place, store in enumerate((first, second)):
        run(store, "backup", "--out", stick / f"{place}.sgzbak")
        heirs.append(tmp_path / f"heir-{place}")
        run(heirs[place], "restore", stick / f"{place}.sgzbak")
    here, there = heirs
    assert [one["this"] for one in run(here, "device", "list")["devices"]].count(True) == 1
    hello = run(there, "device", "introduce", "--out", stick / "hello")
    met = run(here, "device", "meet", stick / "hello")
    assert (met["letter"], met["known"]) == (hello["letter"], False)
    run(first, "device", "meet", stick / "hello")
    revoke = ("device", "revoke", "2号机", "--reason", "电脑丢失")
    assert run(here, *revoke)["also_revoked"] == []  # who goes on from it is kept, unless told
    assert run(first, *revoke, "--with-heirs")["also_revoked"] == [usual_name(met["letter"])]
    run(here, "bundle", "export", "--to", met["id"], "--out", stick / "b.sgzb")
    assert run(there, "bundle", "import", stick / "b.sgzb")["fresh"] > 0
    again = run(here, "device", "invite", "--out", stick / "again.json")
    asked = run(
        there, "device", "rejoin", stick / "again.json", "--request", stick / "r2.age",
        "--fingerprint", again["fingerprint"],
    )  # fmt: skip
    back = run(here, "device", "let-in", stick / "r2.age", "--fingerprint", asked["fingerprint"])
    assert back["id"] == met["id"]


def _one_person(path: Path) -> Path:
    head = {"format": 1, "store": "station", "station": "柳溪站"}
    line = {"record": "person", "id": "0190a000-0000-7000-8000-000000000001", "values": {"name": "测试甲"}}
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (head, line)), "utf-8")
    return path


def test_the_practice_station_in_its_window(sgz: Sgz, shown: list[Any], tmp_path: Path) -> None:
    opened = sgz("demo", passphrase=PASSPHRASE)
    folder = tmp_path / "user data" / "practice" / "store"
    assert (opened.code, shown) == (0, [(folder, "李小禾", False)])
    assert PASSPHRASE not in opened.out
    wrong = sgz("demo", passphrase="")
    assert (wrong.code, wrong.line) == (1, "密码不对，请再试一次。")


def test_a_practice_station_cut_short_is_told_anew(
    sgz: Sgz, shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "practice" / "store"
    half = practice.create_station(
        folder, practice.STATION, practice.FIRST_WORKER, PASSPHRASE, kind="practice", now=practice.clock()
    )
    half.close()
    assert sgz("demo", "--store", folder).code == 0
    assert sgz("check", "--store", folder, "--json").json["edits"] > 100

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(practice.practice_story_door, "tell", stop)
    other = tmp_path / "stopped" / "store"
    assert (sgz("demo", "--store", other).code, other.exists()) == (1, False)


def test_a_real_station_is_no_practice_station(sgz: Sgz, shown: list[Any], store: Path) -> None:
    refused = sgz("demo", "--store", store, "--headless")
    assert refused.code == 1
    assert "正式的社工站" in refused.line
    assert shown == []


# Which arguments open the window.


@pytest.mark.parametrize(
    ("arguments", "store"),
    [
        ([], "user data/store"),
        (["--store", "x"], "x"),
        (["--store=x"], "x"),
        (["--store", "x", "--user", "试验甲"], "x"),
    ],
)
def test_the_window_opens(
    shown: list[Any], tmp_path: Path, arguments: list[str], store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SGZ_PASSPHRASE", PASSPHRASE)
    assert start.main(arguments) == 0
    assert "SGZ_PASSPHRASE" not in os.environ
    expected = tmp_path / store if store.startswith("user") else Path(store)
    assert shown == [(expected, "试验甲" if "--user" in arguments else "")]


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["--store", "x", "check"], ["--store"], ["--help"], ["--store="], ["--store", "--user"]],
)
def test_anything_else_is_a_command(arguments: list[str]) -> None:
    assert start.window_options(arguments) is None


def test_without_a_screen_the_window_says_so(sgz: Sgz, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    result = sgz("--store", store)
    assert result.code == 1
    assert "没有找到显示器" in result.line


# As processes of their own.


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as anybody would."""
    command = [sys.executable, "-m", "sgz_desktop", *map(str, arguments)]
    environment = {**os.environ, **environment}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def test_codes_and_one_line_from_a_process(store: Path) -> None:
    good = program("check", "--store", store, "--json", SGZ_PASSPHRASE=PASSPHRASE)
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["edits"] == 0
    wrong = program("check", "--store", store, SGZ_PASSPHRASE="another lantern here")
    assert (wrong.returncode, wrong.stdout, wrong.stderr) == (1, "", "密码不对，请再试一次。\n")
    assert program("check", "--store", store, "--nonsense").returncode == 2


WITH_A_CHILD = """
import os, subprocess, sys
import sgz_desktop.__main__ as start

def window(store, user):
    handed = subprocess.run(["env"], capture_output=True, check=True).stdout
    print("TOLD" if SECRET.encode() in handed else "SILENT", "FULL" if b"PATH=" in handed else "EMPTY")
    return 0

SECRET = "river lantern seventeen"
if "keep" in sys.argv:
    start.process.take_secret = os.environ.get
start.open_window = window
sys.exit(start.main([]))
"""


@pytest.mark.parametrize(("how", "said"), [("", "SILENT FULL"), ("keep", "TOLD FULL")])
def test_a_child_is_not_handed_the_passphrase(how: str, said: str, tmp_path: Path) -> None:
    environment = {**os.environ, "SGZ_PASSPHRASE": PASSPHRASE, "SGZ_STATE": str(tmp_path)}
    command = [sys.executable, "-c", WITH_A_CHILD, *([how] if how else [])]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.stdout.strip() == said, told.stderr


LIGHT = """
import sys
import sgz_desktop.__main__ as start
start.window_options(["--store", "x"])
heavy = {"PySide6", "sqlmodel", "sqlalchemy", "reportlab", "typer", "orjson"} & set(sys.modules)
print(sorted(heavy))
"""


def test_arguments_are_read_before_anything_heavy() -> None:
    told = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


SCREENED = {
    "on": "2026-06-30",
    "region": "350627",
    "params": {"dibao_std": 785},
    "people": [
        {
            "id": "a",
            "born": "1950-03-02",
            "income_month": 784.99,
            "pension_basic_month": 0,
            "property_ok": True,
            "dead": False,
            "obligors": None,
        }
    ],
}


def test_screen_needs_no_store_and_says_why(sgz: Sgz, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(SCREENED), encoding="utf-8")
    for more in ((), ("--json",)):
        told = sgz("screen", str(file), *more).json["results"]
        (tekun,) = [row for row in told if row["programme"] == "tekun"]
        assert (tekun["subject"], tekun["verdict"], tekun["source"]) == ("a", "Y", "民发〔2021〕43号")
        assert [reason["id"] for reason in tekun["reasons"]] == [
            "alive",
            "no_labour",
            "no_source",
            "no_obligor",
        ]
        assert len(tekun["pack_sha256"]) == 64
    file.write_text(json.dumps(SCREENED).replace("784.99", "785.00"), encoding="utf-8")
    (tekun,) = [row for row in sgz("screen", str(file)).json["results"] if row["programme"] == "tekun"]
    assert (tekun["verdict"], tekun["words"]) == ("N", "按现有信息，第六条可能不满足")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是JSON"),
        ("[]", "JSON对象"),
        ('{"on": "2026-06-30", "people": [{"id": "a", "income_month": NaN}]}', "不是JSON"),
        ("[" * 100_000, "不是JSON"),
        ('{"on": "yesterday", "people": [{"id": "a"}]}', "on要写成"),
    ],
)
def test_screen_of_a_file_that_says_nothing_gives_one_line(
    sgz: Sgz, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    told = sgz("screen", str(file))
    assert (told.code, told.out) == (1, "")
    assert words in told.line


def test_screen_refuses_a_pack_with_its_line(sgz: Sgz, tmp_path: Path) -> None:
    file, pack = tmp_path / "facts.json", tmp_path / "pack.toml"
    file.write_text(json.dumps(SCREENED), encoding="utf-8")
    pack.write_text(
        'format = 1\nid = "x"\nversion = "1"\ntitle = "x"\nregion = "351"\neffective_from = "2026-01-01"\n',
        encoding="utf-8",
    )
    told = sgz("screen", str(file), "--pack", str(pack))
    assert told.code == 1
    assert "第5行" in told.line
    assert sgz("screen", str(tmp_path / "none.json")).code == 1


def test_a_county_opens_a_lost_stations_backup(
    sgz: Sgz, store: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "reset_passphrase", partial(members.reset_passphrase, params=CHEAP))
    public, key, backup, again = (tmp_path / name for name in ("c.txt", "c.key", "b.sgzbackup", "again"))
    digits = sgz("county", "make", "--name", "青山县民政局", "--out", public, "--key", key, "--json").json[
        "fingerprint"
    ]
    sgz("import", data, "--store", store)
    wrong = sgz("county", "enrol", public, "--fingerprint", "1" * 20, "--store", store)
    assert (wrong.code, "指纹对不上" in wrong.line) == (1, True)
    assert sgz("county", "enrol", public, "--fingerprint", digits, "--store", store).code == 0
    assert sgz("county", "show", "--store", store, "--json").json["county"]["name"] == "青山县民政局"
    assert sgz("backup", "--out", backup, "--store", store).code == 0
    new = "marble orchard thirteen"
    restored = sgz("restore", backup, "--county-key", key, "--store", again, "--json", passphrase=new)
    assert (restored.code, restored.err) == (0, "")
    assert sgz("check", "--store", again, "--json", passphrase=new).json["digest"] == digest(sgz, store)


def test_a_case_is_sent_and_received(sgz: Sgz, store: Path, data: Path, tmp_path: Path) -> None:
    other, card, file = tmp_path / "other", tmp_path / "a.sgzcard", tmp_path / "a.sgzcase"
    sgz("init", "--store", other, "--station", "乙站", "--user", "试验乙", "--no-card")
    consent = {"record": "consent", "id": "k", "values": {"case": CASE["id"], "ok_share_referral": "agreed"}}
    data.write_text(data.read_text("utf-8") + json.dumps(consent) + "\n", "utf-8")
    assert sgz("import", data, "--store", store).code == 0
    told = sgz("case-transfer", "card", "--out", card, "--store", other, "--json").json
    number = CASE["values"]["number"]
    assert sgz("case-transfer", "show", number, "--store", store, "--json").json["held"] == ""
    given = ("case-transfer", "send", number, "--to", card, "--out", file, "--store", store)
    made = sgz(*given, "--fingerprint", told["fingerprint"], "--json").json
    got = sgz("case-transfer", "receive", file, "--store", other, "--json").json
    assert (got["before"], got["station"], got["fingerprint"]) == (number, "测试站", made["fingerprint"])
    assert sgz("case-transfer", "receive", file, "--store", other, "--json").json["known"]
    again = (
        "case-transfer",
        "again",
        number,
        "--to",
        card,
        "--out",
        tmp_path / "b.sgzcase",
        "--store",
        store,
    )
    assert sgz(*again, "--fingerprint", told["fingerprint"], "--json").json["records"] == made["records"]
    refused = sgz("case-transfer", "receive", file, "--store", store, "--json")
    assert (refused.code, json.loads(refused.out)) == (1, {"refused": "not_for_us"})
    assert "这份文件不是转给本站的" in refused.line
    none = sgz("case-transfer", "receive", card, "--store", other)
    assert (none.code, "这不是转来的个案文件" in none.line) == (1, True)
    for way in (("case-transfer", "receive"), ("bundle", "import"), ("bundle", "inspect")):
        assert sgz(*way, tmp_path, "--store", other).line.startswith("这是一个文件夹，没有读入")

"""resources/policy/README.md, followed to the letter as somebody would who writes no programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sgz_desktop import __main__ as start
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.resources import resource

README = resource("policy/README.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)[number]


def screened(
    folder: Path, capsys: pytest.CaptureFixture[str], facts: str, pack: str = ""
) -> dict[str, dict[str, object]]:
    (folder / "facts.json").write_text(facts, encoding="utf-8")
    (folder / "青禾县2026.toml").write_text(pack, encoding="utf-8")
    command = block("sh").split()
    assert command[:3] == ["sgz-desktop", "screen", "facts.json"]
    arguments = command[1:] if pack else command[1:3]
    assert start.main(arguments) == 0
    return {row["programme"]: row for row in json.loads(capsys.readouterr().out)["results"]}


def test_the_example_changes_a_threshold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = screened(tmp_path, capsys, block("json"))
    assert before["tekun"]["words"] == "信息不全，还差1项"
    assert before["tekun"]["missing"] == ["当地标准：当地低保标准"]
    assert before["old_age"]["verdict"] == "N"
    after = screened(tmp_path, capsys, block("json"), block("toml"))
    assert after["tekun"]["words"] == after["old_age"]["words"] == "可能符合，建议申请"
    assert after["tekun"]["trust"] == "local"
    assert after["old_age"]["warnings"] == []


def test_control_another_number_gives_another_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = screened(tmp_path, capsys, block("json"), block("toml").replace("820", "800"))
    assert found["tekun"]["verdict"] == "N"


def test_every_parameter_there_is_stands_in_the_table() -> None:
    (pack,) = shipped_packs()
    table = README[README.index("| name |") : README.index("## 写一个新项目")]
    told = {
        name
        for row in table.splitlines()
        if row.startswith("|")
        for name in re.findall(r"[a-z_]{4,}", row.split("|")[1])
    } - {"name"}
    assert told == set(pack.params)

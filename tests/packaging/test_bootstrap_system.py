"""System libraries: found by probing, installed only where that is free, else named exactly."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest


@pytest.fixture
def linux(boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The module on a Linux machine without display where nothing is missing."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(boot.system, "loads", lambda soname: True)
    monkeypatch.setattr(boot.system.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(boot.system.importlib.util, "find_spec", lambda name: object())
    return boot.system


def test_probing_asks_the_loader(boot: SimpleNamespace) -> None:
    assert not boot.system.loads("libnobody-has-this.so.9")
    if boot.system.on_linux():
        assert boot.system.loads("libc.so.6")


@pytest.mark.parametrize("command", ["run", "test", "setup"])
def test_a_complete_machine_needs_nothing(linux: SimpleNamespace, command: str) -> None:
    assert linux.missing_packages(command, building=True) == []


def test_what_the_loader_misses_is_named_by_package(
    linux: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "loads", lambda soname: soname not in {"libEGL.so.1", "libgthread-2.0.so.0"})
    assert linux.missing_packages("run", building=False) == ["libegl1", "libglib2.0-0"]


def test_only_a_window_needs_the_window_libraries(
    linux: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "loads", lambda soname: "xcb" not in soname)
    assert linux.missing_packages("run", building=False) == []
    monkeypatch.setenv("DISPLAY", ":0")
    assert "libxcb-cursor0" in linux.missing_packages("run", building=False)
    assert linux.missing_packages("test", building=False) == []  # tests never open a real window


@pytest.mark.parametrize(
    ("there", "missing"),
    [(set(), ["poppler-utils", "age"]), ({"age"}, ["poppler-utils"]), ({"pdftotext"}, ["age"])],
)
def test_only_tests_need_other_programs(
    linux: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, there: set[str], missing: list[str]
) -> None:
    monkeypatch.setattr(linux.shutil, "which", lambda name: name if name in there else None)
    assert linux.missing_packages("test", building=False) == missing
    assert linux.missing_packages("run", building=False) == []


def test_ensurepip_is_needed_only_to_build(linux: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux.importlib.util, "find_spec", lambda name: None)
    ours = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert linux.missing_packages("run", building=True) == [ours]
    assert linux.missing_packages("run", building=False) == []


def test_other_systems_are_not_probed(linux: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux, "loads", lambda soname: False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert linux.missing_packages("test", building=True) == []


class Shell:
    """Stands in for subprocess.call."""

    def __init__(self, **codes: int) -> None:
        self.codes, self.commands = codes, []

    def __call__(self, command: list[str], **how: object) -> int:
        self.commands.append(command)
        return next((code for word, code in self.codes.items() if word in command), 0)


@pytest.mark.parametrize(
    ("user", "tools", "sudo", "prefix"),
    [
        (0, {"apt-get"}, 1, []),
        (1000, {"apt-get", "sudo"}, 0, ["sudo", "-n"]),
        (1000, {"apt-get", "sudo"}, 1, None),  # sudo would ask for a password
        (1000, {"apt-get"}, 0, None),
        (0, set(), 0, None),  # not a Debian
    ],
)
def test_apt_is_called_only_where_it_asks_nothing(
    linux: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    user: int,
    tools: set[str],
    sudo: int,
    prefix: list[str] | None,
) -> None:
    monkeypatch.setattr(linux.os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(linux.shutil, "which", lambda name: name if name in tools else None)
    monkeypatch.setattr(linux.subprocess, "call", Shell(sudo=sudo))
    assert linux.apt_prefix() == prefix


LINE = "\n    sudo apt-get install -y --no-install-recommends libgl1 libegl1"


def test_without_rights_the_exact_line_is_said_and_nothing_runs(
    linux: SimpleNamespace, boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell()
    monkeypatch.setattr(linux, "apt_prefix", lambda: None)
    monkeypatch.setattr(linux.subprocess, "call", shell)
    with pytest.raises(boot.words.Stop) as stop:
        linux.install_packages(["libgl1", "libegl1"])
    assert stop.value.zh.endswith(LINE)
    assert shell.commands == []


def test_with_rights_apt_updates_and_installs(
    linux: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(update=100)  # lists that cannot be refreshed are not the end
    monkeypatch.setattr(linux, "apt_prefix", lambda: ["sudo", "-n"])
    monkeypatch.setattr(linux.subprocess, "call", shell)
    linux.install_packages(["libgl1"])
    assert [command[:5] for command in shell.commands] == [
        ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    ] * 2
    assert shell.commands[0][-1] == "update"
    assert shell.commands[1][-4:] == ["install", "-y", "--no-install-recommends", "libgl1"]


def test_when_apt_fails_the_exact_line_is_said(
    linux: SimpleNamespace, boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "apt_prefix", lambda: [])
    monkeypatch.setattr(linux.subprocess, "call", Shell(install=100))
    with pytest.raises(boot.words.Stop) as stop:
        linux.install_packages(["libgl1", "libegl1"])
    assert stop.value.zh.endswith(LINE)

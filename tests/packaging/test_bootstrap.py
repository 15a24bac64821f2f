"""What the two commands decide: which Python, which arguments, which exit code, which sentence."""

from __future__ import annotations

import ast
import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 11, 2), (3, 13, 9)])
def test_supported_pythons_pass(boot: SimpleNamespace, version: tuple[int, ...]) -> None:
    boot.main.check_python(version, bits64=True)


@pytest.mark.parametrize(
    ("version", "bits64", "named"),
    [
        ((3, 6, 8), True, "3.6.8"),
        ((3, 10, 13), True, "3.10.13"),
        ((3, 14, 0), True, "3.14.0"),
        ((3, 11, 2), False, "32-bit"),
    ],
)
def test_other_pythons_are_named_and_told_what_to_type(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], bits64: bool, named: str
) -> None:
    monkeypatch.setattr(boot.main.shutil, "which", lambda name: None)
    with pytest.raises(boot.words.Stop) as stop:
        boot.main.check_python(version, bits64)
    assert named in stop.value.zh
    assert named in stop.value.en
    assert "\n    sudo apt-get install -y python3 python3-venv" in stop.value.zh


def test_another_python_at_hand_is_named(boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot.main.shutil, "which", lambda name: name if name == "python3.12" else None)
    with pytest.raises(boot.words.Stop) as stop:
        boot.main.check_python((3, 9, 2), bits64=True)
    assert "\n    python3.12 packaging/bootstrap.py run" in stop.value.zh


@pytest.mark.parametrize("path", sorted(PACKAGING.glob("bootstrap*.py")), ids=lambda path: path.name)
def test_an_old_python_can_read_the_files_far_enough_to_say_so(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__ import annotations" not in source  # a SyntaxError on 3.6
    with pytest.raises(SyntaxError):  # the control: the parser does refuse what 3.6 cannot read
        ast.parse(source + "\nif (late := 1):\n    pass\n", feature_version=(3, 6))


def test_only_the_standard_library_is_imported() -> None:
    own = {path.stem for path in PACKAGING.glob("bootstrap*.py")}
    for path in PACKAGING.glob("bootstrap*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in own | sys.stdlib_module_names, (path.name, name)


def test_without_a_display_the_practice_station_writes_papers(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    store = str(boot.main.ROOT / "practice" / "store")
    demo = ["-m", "sgz_desktop", "demo"]
    assert boot.main.demo_arguments([]) == [*demo, "--store", store, "--headless"]
    assert boot.main.demo_arguments(["--store", "x", "--headless"]) == [*demo, "--store", "x", "--headless"]
    assert boot.main.demo_arguments(["--store=x"]) == [*demo, "--headless", "--store=x"]


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_it_opens_the_window(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv(name, ":7")
    assert "--headless" not in boot.main.demo_arguments([])


def test_a_machine_that_cannot_lack_a_display_opens_the_window(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert "--headless" not in boot.main.demo_arguments([])


@pytest.fixture(autouse=True)
def not_fresh(boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the tests compile is there."""
    monkeypatch.setattr(boot.main, "COMPILED", tmp_path)


class Calls:
    """Stands in for subprocess.call: remembers commands and answers by what they contain."""

    def __init__(self, **codes: int) -> None:
        self.codes, self.commands, self.environments = codes, [], []

    def __call__(self, command: list[str], **how: object) -> int:
        self.commands.append(command)
        self.environments.append(how["env"])
        return next((code for word, code in self.codes.items() if word in command), 0)


@pytest.mark.parametrize(
    ("codes", "exit_code"),
    [
        ({}, 0),
        ({"pytest": 1}, 1),
        ({"pytest": 5}, 5),
        ({"ruff": 1}, 1),
        ({"mypy": 2}, 1),
        ({"mypy": 2, "pytest": 3}, 3),
    ],
)
def test_the_exit_code_is_real(boot: SimpleNamespace, codes: dict[str, int], exit_code: int) -> None:
    calls = Calls(**codes)
    assert boot.main.run_tests([], calls) == exit_code
    assert len(calls.commands) == 2 + len(boot.main.CHECKS)  # one failing check does not hide the others
    assert "pytest" in calls.commands[-1]


def test_what_follows_goes_to_pytest_unbuffered(boot: SimpleNamespace) -> None:
    calls = Calls()
    boot.main.run_tests(["--", "tests/domain", "-k", "merge"], calls)
    assert calls.commands[-1][1:] == [
        "-u",
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "worksteal",
        "tests/domain",
        "-k",
        "merge",
    ]
    assert calls.environments[-1]["PYTHONUNBUFFERED"] == "1"


def test_what_the_tests_compile_is_kept(boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the processes they start would compile the whole program again."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    calls = Calls()
    boot.main.run_tests([], calls)
    assert "PYTHONDONTWRITEBYTECODE" not in calls.environments[-1]


def test_a_fresh_checkout_is_compiled_by_one_process_before_the_two(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(boot.main, "COMPILED", tmp_path / "none")
    calls = Calls(**{"--collect-only": 2})
    assert boot.main.run_tests(["--", "tests/domain"], calls) == 0
    assert len(calls.commands) == 3 + len(boot.main.CHECKS)
    (first,) = (command for command in calls.commands if "--collect-only" in command)
    assert first[-3:] == ["--collect-only", "-q", "tests/domain"]
    assert first != calls.commands[-1]


def test_what_leads_python_astray_is_dropped(boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.invalid/simple")
    environment = boot.venv.clean_environment(MORE="1")
    assert "PYTHONPATH" not in environment
    assert "PIP_TARGET" not in environment
    assert environment["PIP_INDEX_URL"] == "https://mirror.invalid/simple"
    assert environment["MORE"] == "1"


@pytest.mark.parametrize(
    ("problem", "zh", "en"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘空间不够", "No space left"),
        (PermissionError(errno.EACCES, "denied"), "没能写入", "permissions"),
        (KeyboardInterrupt(), "已停下", "Stopped"),
    ],
)
def test_failures_are_sentences_in_two_languages(
    boot: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: BaseException,
    zh: str,
    en: str,
) -> None:
    def fail(command: str) -> None:
        raise problem

    monkeypatch.setattr(boot.main, "set_up", fail)
    assert boot.main.guarded(["setup"]) == 1
    said = capsys.readouterr().err
    assert zh in said
    assert en in said
    assert "重新运行" in said
    assert "Traceback" not in said


def test_a_bug_is_not_dressed_up(boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: str) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(boot.main, "set_up", fail)
    with pytest.raises(RuntimeError, match="ours"):
        boot.main.guarded(["setup"])


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "磁盘空间不够",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "与清单不符"),
        (
            "WARNING: connection broken by NewConnectionError\nERROR: No matching distribution found for x",
            "没有网络",
        ),
        ("connection broken by SSLError(CERTIFICATE_VERIFY_FAILED)\nERROR: No matching distribution", "证书"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.9.3", "这台电脑"),
        ("ERROR: Could not install packages due to an OSError: [Errno 30] Read-only file system", "不能写入"),
        ("something nobody foresaw", "没有装上"),
    ],
)
def test_pips_last_words_become_a_sentence(boot: SimpleNamespace, words: str, zh: str) -> None:
    assert zh in boot.words.why_pip_failed(words).zh


def test_the_command_line_answers_for_itself() -> None:
    def typed(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(PACKAGING / "bootstrap.py"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")

    assert typed("--help").returncode == 0
    assert "bootstrap.py run" in typed("--help").stdout
    assert typed().returncode == 2
    assert typed("unknown").returncode == 2


def test_ci_calls_the_test_command() -> None:
    script = PACKAGING.parent / ".ci" / "run"
    assert "python3 packaging/bootstrap.py test" in script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)

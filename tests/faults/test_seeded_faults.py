"""Do the tests bite? Each planted fault, applied to a copy of the project, must turn its tests red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.patching import LEFT_OUT, ROOT, patch

FAULTS = sorted(Path(__file__).parent.glob("*.diff"))
FAILED = 1  # pytest's exit code for tests that failed; 2 and more are not tests failing
ARGUMENTS = ["-m", "pytest", "-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]


def named(text: str) -> list[str]:
    """The tests that a fault must redden."""
    line = next(line for line in text.splitlines() if line.startswith("red: "))
    return line.removeprefix("red: ").split()


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, made once; its fonts are the checkout's own."""
    root = tmp_path_factory.mktemp("faults") / "project"
    for part in ("sgz_desktop", "tests", "resources", "packaging"):
        shutil.copytree(ROOT / part, root / part, ignore=LEFT_OUT)
    shutil.copytree(ROOT / "resources" / "fonts", root / "resources" / "fonts", copy_function=os.link)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.fixture
def project(copied: Path) -> Iterator[Path]:
    """The copy; whatever of it a test changed is the checkout's again afterwards, and no example is kept."""
    yield copied
    for fault in FAULTS:
        for name in changed(fault.read_text("utf-8")):
            shutil.copy2(ROOT / name, copied / name)  # with its time: what was compiled meanwhile is not used
    shutil.rmtree(copied / ".hypothesis", ignore_errors=True)


def changed(text: str) -> list[str]:
    """The files a fault alters."""
    return [line.removeprefix("+++ ") for line in text.splitlines() if line.startswith("+++ ")]


def run(project: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    packages = [path for path in sys.path if path.endswith("site-packages")]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(project), *packages])}
    for inherited in ("PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "SGZ_PROOFS_JSON"):
        env.pop(inherited, None)
    command = [sys.executable, *ARGUMENTS, *tests]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.stem)
def test_the_suite_turns_red(
    project: Path, fault: Path, record_property: Callable[[str, object], None]
) -> None:
    text = fault.read_text("utf-8")
    patch(project, text)
    done = run(project, named(text))
    assert done.returncode == FAILED, done.stdout[-3000:] + done.stderr[-1000:]
    record_property("tally", {"proof": f"seeded fault {fault.stem}", "caught": 1, "of": 1})


def test_ten_faults_are_seeded() -> None:
    assert len(FAULTS) >= 10


def test_control_without_a_fault_the_same_tests_are_green(project: Path) -> None:
    tests = sorted({test for fault in FAULTS for test in named(fault.read_text("utf-8"))})
    done = run(project, tests)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]

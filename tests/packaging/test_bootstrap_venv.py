"""The environment: built once from the lock file, quick when whole, mended when not.

A one-file package of our own stands in for the real lock file, so that nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

BODY = "WORD = 'whole'\n"


def make_wheel(folder: Path) -> Path:
    """A wheel holding one module, written by hand: no build tool is needed."""
    metadata = {
        "stand_in.py": BODY,
        "stand_in-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: stand-in\nVersion: 1.0\n",
        "stand_in-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    path = folder / "stand_in-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in metadata.items():
            archive.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            rows.append(f"{name},sha256={digest},{len(text.encode())}\n")
        archive.writestr("stand_in-1.0.dist-info/RECORD", "".join(rows) + "stand_in-1.0.dist-info/RECORD,,\n")
    return path


def make_lock(folder: Path, wheel: Path, digest: str | None = None) -> Path:
    digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = folder / "lock.txt"
    lock.write_text(f"stand-in==1.0 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    return lock


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that is the only place pip may look in."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return wheels


def word(boot: SimpleNamespace, root: Path) -> str:
    """What the installed module says, imported as the environment's Python does."""
    return boot.venv.output_of(root / ".venv", "import stand_in; print(stand_in.WORD)")[1]


def test_an_environment_is_built_kept_mended_and_rebuilt(
    boot: SimpleNamespace, offline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "社工站"
    (root / ".venv" / "left over").mkdir(parents=True)  # by a set-up that was stopped at its very start
    (root / "only_in_checkout.py").write_text("", encoding="utf-8")
    wheel = make_wheel(offline)

    # A package that is not the locked one is refused.
    lock = make_lock(tmp_path, wheel, digest="0" * 64)
    with pytest.raises(boot.words.Stop, match="与清单不符"):
        boot.venv.prepare(root, lock, try_out="")
    assert not boot.venv.is_ready(root, lock)

    lock = make_lock(tmp_path, wheel)
    boot.venv.prepare(root, lock, try_out="import stand_in, only_in_checkout")
    assert word(boot, root) == "whole"
    assert boot.venv.is_ready(root, lock)
    assert not (root / ".venv" / "left over").exists()

    # A second run does no work: it would fail without the wheel.
    kept = wheel.read_bytes()
    wheel.unlink()
    boot.venv.prepare(root, lock, try_out="")

    # Another lock file is noticed, and while it cannot be installed the environment is not called ready.
    lock.write_text(lock.read_text(encoding="utf-8").replace("1.0", "2.0"), encoding="utf-8")
    with pytest.raises(boot.words.Stop):
        boot.venv.prepare(root, lock, try_out="")
    assert not (root / ".venv" / boot.venv.STAMP).exists()

    # An interrupted set-up left a cut file: pip calls it installed, the file-by-file check does not.
    wheel.write_bytes(kept)
    lock = make_lock(tmp_path, wheel)
    module = next((root / ".venv").rglob("stand_in.py"))
    module.write_text("", encoding="utf-8")
    rebuilt = []

    def emptied(venv: Path) -> None:  # as good as build() here, and seconds quicker
        rebuilt.append(venv)
        shutil.rmtree(module.parent / "stand_in-1.0.dist-info")

    monkeypatch.setattr(boot.venv, "build", emptied)
    boot.venv.prepare(root, lock, try_out="")
    assert rebuilt == [root / ".venv"]
    assert word(boot, root) == "whole"

    # The control: a whole environment that only lost its stamp is checked and kept.
    (root / ".venv" / boot.venv.STAMP).unlink()
    boot.venv.prepare(root, lock, try_out="")
    assert rebuilt == [root / ".venv"]


def test_what_does_not_load_here_is_not_called_ready(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".venv").mkdir()
    lock = tmp_path / "lock.txt"
    lock.write_text("", encoding="utf-8")
    for step in ("build", "install", "write_path_file"):
        monkeypatch.setattr(boot.venv, step, lambda *given: None)
    monkeypatch.setattr(boot.venv, "usable", lambda venv: False)
    monkeypatch.setattr(boot.venv, "output_of", lambda venv, code, *more: (int(code == "import broken"), ""))
    with pytest.raises(boot.words.Stop, match="打不开"):
        boot.venv.prepare(tmp_path, lock, try_out="import broken")
    assert not (tmp_path / ".venv" / boot.venv.STAMP).exists()
    boot.venv.prepare(tmp_path, lock, try_out="import whole")
    assert (tmp_path / ".venv" / boot.venv.STAMP).exists()


def test_the_stamp_names_lock_python_and_place(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\n", encoding="utf-8")
    stamps = {boot.venv.expected_stamp(tmp_path, lock), boot.venv.expected_stamp(tmp_path / "moved", lock)}
    lock.write_text("a==2\n", encoding="utf-8")
    stamps.add(boot.venv.expected_stamp(tmp_path, lock))
    monkeypatch.setattr(boot.venv.sys, "version_info", (3, 12, 4))
    stamps.add(boot.venv.expected_stamp(tmp_path, lock))
    assert len(stamps) == 4
    monkeypatch.setattr(boot.venv.sys, "version_info", (3, 12, 9))  # a bug-fix release keeps the environment
    assert boot.venv.expected_stamp(tmp_path, lock) in stamps


def test_a_full_disk_is_noticed_before_anything_is_built(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(boot.venv.shutil, "disk_usage", lambda path: SimpleNamespace(free=10 * 2**20))
    with pytest.raises(OSError, match="MB free"):
        boot.venv.build(tmp_path / ".venv")
    assert not (tmp_path / ".venv").exists()


def test_the_path_file_is_ascii_for_any_folder(
    boot: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lib = "Lib" if os.name == "nt" else f"lib/python{sys.version_info[0]}.{sys.version_info[1]}"
    site = tmp_path / lib / "site-packages"
    site.mkdir(parents=True)
    checkout = tmp_path / "桌面 it's"
    boot.venv.write_path_file(tmp_path, checkout)
    assert next(site.glob("*.pth")).read_bytes().isascii()
    code = f"import site, sys; site.addsitedir({str(site)!r}); print({str(checkout)!r} in sys.path)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"

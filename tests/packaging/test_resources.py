"""One function finds what we ship: in a checkout, in an installed wheel, in a frozen program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sgz_desktop.resources import resource

ROOT = Path(__file__).resolve().parents[2]
ASK = "from sgz_desktop.resources import resource as r; print(r('icons', 'a', '练习.svg').read_text('utf-8'))"


def test_checkout() -> None:
    assert resource() == ROOT / "resources"
    assert resource("fonts", "OFL.txt") == ROOT / "resources" / "fonts" / "OFL.txt"


def test_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icons", "x.svg") == tmp_path / "resources" / "icons" / "x.svg"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """What a wheel of a small copy of this project unpacks to, built offline by our setup.py."""
    source = tmp_path / "source"
    deep = source / "resources" / "icons" / "a"
    deep.mkdir(parents=True)
    (deep / "练习.svg").write_text("shipped", encoding="utf-8")
    (source / "resources" / "top.toml").write_text("", encoding="utf-8")
    for name in ("setup.py", "pyproject.toml"):
        shutil.copy(ROOT / name, source / name)
    (source / "README.md").write_text("", encoding="utf-8")
    for name in ("__init__.py", "resources.py"):
        (source / "sgz_desktop").mkdir(exist_ok=True)
        shutil.copy(ROOT / "sgz_desktop" / name, source / "sgz_desktop" / name)
    (source / "sgz_desktop" / "gui" / "widgets").mkdir(parents=True)
    (source / "sgz_desktop" / "gui" / "widgets" / "badge.py").write_text("", encoding="utf-8")
    command = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(tmp_path / "installed")]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    shutil.rmtree(source)
    return tmp_path / "installed"


def test_wheel(installed: Path, tmp_path: Path) -> None:
    assert (installed / "sgz_desktop" / "gui" / "widgets" / "badge.py").exists()
    assert (installed / "sgz_desktop" / "_resources" / "top.toml").exists()
    (installed / "resources").mkdir()  # some other package's folder beside ours is not taken for ours
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); {ASK}"
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", code], capture_output=True, check=True, cwd=tmp_path
    )
    assert done.stdout.decode().strip() == "shipped"

"""The bootstrap files as modules: they live in a folder that is no package."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("bootstrap", "bootstrap_system", "bootstrap_venv", "bootstrap_words")


@pytest.fixture
def boot(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """`.main`, `.system`, `.venv`, `.words`: freshly imported, forgotten afterwards."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    main, system, venv, words = (importlib.import_module(name) for name in NAMES)
    yield SimpleNamespace(main=main, system=system, venv=venv, words=words)
    for name in NAMES:
        sys.modules.pop(name, None)

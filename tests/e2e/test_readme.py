"""The worked examples of README, applied to a copy of the project and used."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patching import LEFT_OUT, ROOT, patch

README = (ROOT / "README.md").read_text(encoding="utf-8")

COMMON = """
import sys, pathlib
from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import log, read, search
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record, record_many

folder = pathlib.Path(sys.argv[1])
folder.mkdir(exist_ok=True)
store = Store(folder, bytes(range(32)), Identity("store-1", "station", "站", "device-1", 1))
actor = Actor("worker-1", frozenset(), "save")
"""
BEFORE = """
unknown = [
    Write("household", "h1", {"village": "上溪村"}, extra={"dog": "黄狗，怕生"}),
    Write("household", "h2", {"village": "上溪村"}),
]
store.write(lambda s: record_many(s, actor, "", unknown))
"""
LATER_KIND = """
from sgz_desktop.domain.edits import Draft, seal, NO_HASH
from sgz_desktop.store.apply import apply

drafts = [Draft("loan", "l1", "store-1", name, value) for name, value in
          {"household": "h1", "item": "轮椅", "lent_on": "2026-06-01", "deleted": False}.items()]
edit = seal(device="device-2", epoch=1, seq=1, clock=1, at_ms=1, who="w", action="a", prev=NO_HASH, why="",
            drafts=drafts)
store.write(lambda s: apply(s, [edit]))
"""
USE_FIELD = """
from sgz_desktop.domain.records.household import Household

dogs = {h.id: h.dog for h in store.read(lambda s: read.select_where(s, Household))}
assert dogs == {"h1": "黄狗，怕生", "h2": None}, dogs
store.write(lambda s: record(s, actor, "", "household", "h2", {"dog": "黑背一条"}, {}))
assert store.read(lambda s: read.get(s, Household, "h2")).dog == "黑背一条"
assert [hit.id for hit in store.read(lambda s: search.find(s, "黑背一条"))] == ["h2"]
"""
USE_KIND = """
from sgz_desktop.domain.records.loan import Loan

loan = store.read(lambda s: read.get(s, Loan, "l1"))
assert (loan.item, loan.household, loan.deleted) == ("轮椅", "h1", False), loan
store.write(lambda s: record(s, actor, "", "loan", "l2", {"household": "h1", "item": "拐杖"}, {}))
assert [one.id for one in store.read(lambda s: read.of_parent(s, Loan, "household", "h1"))] == ["l1", "l2"]
"""
END = "\nstore.close()\n"


def blocks() -> list[str]:
    return re.findall(r"```diff\n(.*?)```", README, flags=re.S)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for part in ("sgz_desktop", "tests/domain", "resources"):
        shutil.copytree(ROOT / part, root / part, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def run(root: Path, *arguments: str) -> str:
    # -S keeps the checkout of this test run off the path; its packages come by PYTHONPATH
    packages = [path for path in sys.path if path.endswith("site-packages")]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *packages])}
    done = subprocess.run(
        [sys.executable, "-S", *arguments],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize(
    ("number", "seed", "use", "kind"),
    [(0, BEFORE, USE_FIELD, "household"), (1, LATER_KIND, USE_KIND, "loan")],
    ids=["field", "kind"],
)
def test_the_example_works_on_a_store_made_before_it(
    copy: Path, tmp_path: Path, number: int, seed: str, use: str, kind: str
) -> None:
    store = str(tmp_path / "store")
    run(copy, "-c", COMMON + seed + END, store)
    patch(copy, blocks()[number])
    run(copy, "-c", COMMON + use + END, store)
    tests = ("tests/domain/test_contract.py", "tests/domain/test_records.py")  # what every kind must meet
    out = run(copy, "-m", "pytest", "-q", "-p", "no:xdist", "-k", f"{kind} or registry or size", *tests)
    assert "passed" in out


def test_a_hunk_that_does_not_fit_is_noticed(copy: Path) -> None:
    text = blocks()[0].replace("closed_on", "closed_off")
    with pytest.raises(AssertionError, match="no longer fits"):
        patch(copy, text)

"""Nothing but `files` changes a path: no other module opens one for writing, renames, links or removes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sgz_desktop

HOUSE = Path(sgz_desktop.__file__).parent
THE_WAY = {"files.py", "one_opener.py"}  # the second is the lock, whose file holds nothing; files hands it on
INTO_A_ZIP = {("store/archive.py", "open"), ("exports/xlsx.py", "open")}  # which is itself handed to files

OF_THE_STORE = {  # what a store keeps for itself; all else is refused in the folder of a store
    "actions/exchange_inbox.py",
    "actions/station.py",
    "gui/preferences.py",
    "store/backup.py",
    "store/blobs.py",
    "store/migrate.py",
    "vault/head.py",
    "vault/rotation.py",
    "vault/slot_file.py",
    "vault/state.py",
}

OF_OS = {"open", "fdopen", "write", "pwrite", "ftruncate", "truncate", "remove", "renames", "makedirs"}
OF_PATHS = {"rename", "link", "symlink", "unlink", "mkdir", "rmdir", "chmod", "write_text", "write_bytes"}
OF_PATHS |= {"removedirs", "symlink_to", "hardlink_to", "lchmod"}
MODULES = {"shutil", "tempfile", "fileinput", "shelve", "dbm"}
OF_QT = {"QFile", "QSaveFile", "QTemporaryFile", "QTemporaryDir", "QDir", "QSettings", "QPdfWriter"}


def changes_in(source: str) -> Iterator[str]:
    """The names by which a module reaches for a path to change."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from [module] if module.split(".")[0] in MODULES else []
            names = {alias.name for alias in node.names}
            yield from names & (OF_QT if module.startswith("PySide6") else set())
            yield from names & (OF_OS | OF_PATHS | {"replace"} if module == "os" else set())
        elif isinstance(node, ast.Call):
            yield from _called(node)


def _called(call: ast.Call) -> Iterator[str]:
    if isinstance(call.func, ast.Name):
        if call.func.id == "open" and _writes(call, 1):
            yield "open"
    elif isinstance(call.func, ast.Attribute):
        name, on_os = call.func.attr, _named(call.func.value, "os")
        if (
            name in OF_PATHS
            or (on_os and name in OF_OS | {"replace"} and not _only_reads(call))
            or (name == "replace" and len(call.args) == 1 and not call.keywords)  # a text's takes two
            or (name == "open" and _writes(call, 1 if _named(call.func.value, "io") else 0))
            or (name == "touch" and not call.args)
            or name == "setOutputFileName"
        ):
            yield name


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _only_reads(call: ast.Call) -> bool:
    flags = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    return "O_RDONLY" in flags and not flags & {"O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC"}


def _writes(call: ast.Call, place: int) -> bool:
    """Could the mode be one that writes? A mode that is no plain text could."""
    modes = [*call.args[place : place + 2], *(word.value for word in call.keywords if word.arg == "mode")]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return any(len(text) <= 3 and set(text) & set("wax+") for text in texts)


def test_only_files_changes_a_path() -> None:
    found = {
        (path.relative_to(HOUSE).as_posix(), name)
        for path in HOUSE.rglob("*.py")
        if path.relative_to(HOUSE).as_posix() not in THE_WAY
        for name in changes_in(path.read_text("utf-8"))
    }
    assert found == INTO_A_ZIP


@pytest.mark.parametrize(
    "line",
    [
        "open(path, 'wb')",
        "open(path, mode='a')",
        "io.open(path, 'r+')",
        "path.open('w', encoding='utf-8')",
        "os.open(path, flags)",
        "os.open(path, os.O_RDONLY | os.O_CREAT)",
        "os.replace(part, path)",
        "from os import replace",
        "part.replace(path)",
        "part.rename(path)",
        "path.write_text('x')",
        "path.unlink(missing_ok=True)",
        "folder.mkdir(parents=True)",
        "path.touch()",
        "os.remove(path)",
        "import shutil",
        "from tempfile import NamedTemporaryFile",
        "from PySide6.QtCore import QSaveFile",
        "printer.setOutputFileName('x.pdf')",
    ],
)
def test_control_every_other_way_is_seen(line: str) -> None:
    assert list(changes_in(line))


@pytest.mark.parametrize(
    "line",
    [
        "open(path, 'rb')",
        "path.open('rb')",
        "os.open(path, os.O_RDONLY)",
        "os.environ.pop('x')",
        "text.replace('a', 'b')",
        "today.replace(day=1)",
        "page.open(case, then)",
        "files.write_atomic(path, data)",
    ],
)
def test_reading_is_free(line: str) -> None:
    assert not list(changes_in(line))


def test_only_the_store_itself_writes_into_its_folder() -> None:
    found = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if path.relative_to(HOUSE).as_posix() not in THE_WAY and "inside=True" in path.read_text("utf-8")
    }
    assert found == OF_THE_STORE

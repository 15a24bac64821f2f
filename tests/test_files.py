"""Files outside the store: whole or not at all, whatever the disk does."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.errors import AppError

OLD, NEW = b"old content", b"new content " * 200_000  # longer than one chunk
FAULTS = {
    errno.ENOSPC: "磁盘空间不够，没能保存；请先不要关闭窗口。",
    errno.EACCES: "这个文件夹不能写入，请换一个位置。",
    errno.EROFS: "这个文件夹不能写入，请换一个位置。",
    errno.EIO: "读写磁盘时出错，没能保存；请换一个位置再试。",
}
CALLS = ("open", "write", "fsync", "replace", "link")


class Disk:
    """Counts the calls that reach the disk and makes the k-th one fail."""

    def __init__(self, patch: pytest.MonkeyPatch, fail_at: int = 0, number: int = errno.EIO) -> None:
        self.calls: list[str] = []
        for name in CALLS:
            patch.setattr(os, name, self._faulty(name, getattr(os, name), fail_at, number))

    def _faulty(self, name: str, real: Callable[..., object], fail_at: int, number: int) -> object:
        def call(*args: object, **options: object) -> object:
            self.calls.append(name)
            if len(self.calls) == fail_at:
                raise OSError(number, os.strerror(number))
            return real(*args, **options)

        return call


def _calls_of(patch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[str]:
    with patch.context() as inside:
        disk = Disk(inside)
        act()
    return disk.calls


def test_write_atomic_replaces_and_returns_the_digest(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(OLD)
    digest = files.write_atomic(target, NEW)
    assert target.read_bytes() == NEW
    assert digest == hashlib.sha256(NEW).hexdigest()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.bin"]


def test_pieces_are_written_in_order(tmp_path: Path) -> None:
    files.write_atomic(tmp_path / "a", (bytes([n]) * 3 for n in range(5)))
    assert (tmp_path / "a").read_bytes() == b"".join(bytes([n]) * 3 for n in range(5))


@pytest.mark.parametrize("private", [True, False])
def test_mode(tmp_path: Path, private: bool) -> None:
    old = os.umask(0o022)
    try:
        files.write_atomic(tmp_path / "a", b"x", private=private)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == (0o600 if private else 0o644)


@pytest.mark.parametrize("number", FAULTS)
def test_every_call_may_fail_and_the_old_file_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target = tmp_path / "a"
    calls = _calls_of(monkeypatch, lambda: files.write_atomic(target, NEW))
    assert calls.count("fsync") == 2
    assert "replace" in calls
    for fail_at in range(1, len(calls) + 1):
        target.write_bytes(OLD)
        with monkeypatch.context() as inside:
            Disk(inside, fail_at, number)
            with pytest.raises(AppError) as refusal:
                files.write_atomic(target, NEW)
        assert str(refusal.value) == FAULTS[number]
        moved = "replace" in calls[: fail_at - 1]  # only the folder's flush comes after
        assert target.read_bytes() == (NEW if moved else OLD)
        assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
        files.write_atomic(target, NEW)
        assert target.read_bytes() == NEW


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:70_001]))
    files.write_atomic(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


def test_what_reads_back_otherwise_does_not_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a"
    target.write_bytes(OLD)
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:-1] + b"?") and len(data))
    with pytest.raises(AppError, match="读回来不一致"):
        files.write_atomic(target, NEW)
    assert target.read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_for_real(tmp_path: Path) -> None:
    """A process whose files may not grow past 100 kB: the message comes, the old file stays."""
    code = f"""
        import resource, pathlib
        from sgz_desktop import files
        from sgz_desktop.errors import AppError
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            files.write_atomic(pathlib.Path({str(tmp_path / "a")!r}), b"x" * 200_000)
        except AppError as refusal:
            print(refusal.message)
    """
    (tmp_path / "a").write_bytes(OLD)
    assert _python(code) == "文件太大，这个盘放不下，请换一个位置。\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == OLD


def test_killed_while_writing_leaves_the_old_file_and_a_part_to_sweep(tmp_path: Path) -> None:
    code = f"""
        import os, pathlib, signal
        from sgz_desktop import files
        def pieces():
            yield b"x" * 3_000_000
            os.kill(os.getpid(), signal.SIGKILL)
        files.write_atomic(pathlib.Path({str(tmp_path / "a")!r}), pieces())
    """
    (tmp_path / "a").write_bytes(OLD)
    _python(code, status=-signal.SIGKILL)
    assert (tmp_path / "a").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 2
    assert files.sweep_parts(tmp_path) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_write_new_never_replaces(tmp_path: Path) -> None:
    files.write_new(tmp_path / "a", OLD)
    with pytest.raises(AppError, match="这个文件名已经有了"):
        files.write_new(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 1


def test_write_new_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links on this file system")

    monkeypatch.setattr(os, "link", link)
    files.write_new(tmp_path / "a", OLD)
    with pytest.raises(AppError, match="这个文件名已经有了"):
        files.write_new(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 1


def test_replacing_takes_place_only_when_the_block_ends_well(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(OLD)
    with contextlib.suppress(ZeroDivisionError), files.replacing(target) as part:
        part.write_bytes(NEW)
        raise ZeroDivisionError
    assert target.read_bytes() == OLD
    with files.replacing(target) as part:
        part.write_bytes(NEW)
    assert target.read_bytes() == NEW
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("nowhere/a", "找不到这个文件夹，请换一个位置。"),
        ("file/a", "找不到这个文件夹，请换一个位置。"),
        ("长" * 90, "文件名太长，请换一个短一点的名字。"),
        ("folder", "这里有一个同名的文件夹，请换一个名字。"),
    ],
)
def test_places_that_cannot_take_a_file(tmp_path: Path, path: str, sentence: str) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    with pytest.raises(AppError) as refusal:
        files.write_atomic(tmp_path / path, NEW)
    assert refusal.value.message == sentence
    assert len(list(tmp_path.iterdir())) == 2


def test_no_sentence_names_a_path(tmp_path: Path) -> None:
    with pytest.raises(AppError) as refusal:
        files.write_atomic(tmp_path / "何某某" / "a", NEW)
    assert "何某某" not in str(refusal.value)


def test_discard_and_move_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "b").write_bytes(NEW)
    files.move_over(tmp_path / "b", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == NEW
    files.discard(tmp_path / "a")
    files.discard(tmp_path / "a")
    assert not list(tmp_path.iterdir())


def test_read_whole_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert files.read_whole(tmp_path / "a", 5) == b"12345"
    with pytest.raises(AppError, match="太大"):
        files.read_whole(tmp_path / "a", 4)
    with pytest.raises(AppError, match="读不出"):
        files.read_whole(tmp_path / "b", 4)


def test_private_folder(tmp_path: Path) -> None:
    folder = files.private_folder(tmp_path / "x" / "y")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    assert stat.S_IMODE(files.private_folder(folder).stat().st_mode) == 0o700
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AppError):
        files.private_folder(tmp_path / "file")


def test_one_opener_refuses_a_second(tmp_path: Path) -> None:
    first = files.OneOpener(tmp_path / "lock")
    with pytest.raises(AppError) as refusal:
        files.OneOpener(tmp_path / "lock")
    assert str(refusal.value) == "另一个窗口正在使用这份资料，请先关闭它。"
    first.release()
    first.release()
    with files.OneOpener(tmp_path / "lock"):
        assert _try_lock(tmp_path) == "refused\n"
    assert _try_lock(tmp_path) == "taken\n"


def test_the_kernel_lets_go_when_the_holder_is_killed(tmp_path: Path) -> None:
    holder = _holder(tmp_path, "sys.stdin.read()")
    with pytest.raises(AppError):
        files.OneOpener(tmp_path / "lock")
    holder.kill()
    holder.communicate()
    files.OneOpener(tmp_path / "lock").release()


def test_a_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    """A helper process, started afresh or forked, outlives the holder: the store opens all the same."""
    for start in (
        "subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL, close_fds=False).pid",
        "os.fork() or [os.close(1), signal.pause()]",
    ):
        code = f"print({start}, flush=True); sys.stdin.read()"
        holder = _holder(tmp_path, code)
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        try:
            holder.kill()
            holder.communicate()
            files.OneOpener(tmp_path / "lock").release()
        finally:
            os.kill(child, signal.SIGKILL)


def test_the_next_program_image_does_not_keep_the_lock(tmp_path: Path) -> None:
    """Lock replaces the process by the unlock page (exec): that page must be able to open the store."""
    again = f"from sgz_desktop.files import OneOpener; OneOpener({str(tmp_path / 'lock')!r}); print('taken')"
    code = f"""
        import os, sys
        from sgz_desktop.files import OneOpener
        held = OneOpener({str(tmp_path / "lock")!r})
        os.execv(sys.executable, [sys.executable, "-c", {again!r}])
    """
    assert _python(code) == "taken\n"


def test_a_lock_in_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="找不到这个文件夹"):
        files.OneOpener(tmp_path / "nowhere" / "lock")


def _holder(tmp_path: Path, code: str) -> subprocess.Popen[str]:
    start = "import os, signal, subprocess, sys; from sgz_desktop.files import OneOpener; "
    start += f"held = OneOpener({str(tmp_path / 'lock')!r}); print('held', flush=True); "
    holder = subprocess.Popen(
        [sys.executable, "-c", start + code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def _try_lock(tmp_path: Path) -> str:
    return _python(f"""
        from sgz_desktop.errors import AppError
        from sgz_desktop.files import OneOpener
        try:
            OneOpener({str(tmp_path / "lock")!r})
            print("taken")
        except AppError:
            print("refused")
    """)


def _python(code: str, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == status, done.stderr
    return done.stdout


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    for target in (tmp_path / "new", tmp_path / "empty"):
        if target.name == "empty":
            target.mkdir()
        with files.new_folder(target) as folder:
            (folder / "a").write_bytes(b"a")
            assert not (target / "a").exists()
        assert (target / "a").read_bytes() == b"a"
        assert stat.S_IMODE(target.stat().st_mode) == 0o700
    with contextlib.suppress(KeyError), files.new_folder(tmp_path / "none") as folder:
        (folder / "a").write_bytes(b"a")
        raise KeyError
    assert {path.name for path in tmp_path.iterdir()} == {"new", "empty"}


def test_a_new_folder_takes_nobodys_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "a").write_bytes(OLD)
    for name, sentence in (("file", "已经有文件"), ("used", "已经有文件"), ("none/x", "找不到这个文件夹")):
        with pytest.raises(AppError, match=sentence), files.new_folder(tmp_path / name):
            pass
    assert (tmp_path / "file").read_bytes() == (tmp_path / "used" / "a").read_bytes() == OLD
    assert {path.name for path in tmp_path.iterdir()} == {"file", "used"}


def test_a_new_folder_that_gets_company_is_given_up(tmp_path: Path) -> None:
    told = ""
    try:
        with files.new_folder(tmp_path / "new"):
            (tmp_path / "new").mkdir()
            (tmp_path / "new" / "a").write_bytes(OLD)
    except AppError as refused:
        told = str(refused)
    assert "没能保存" in told
    assert {path.name for path in tmp_path.iterdir()} == {"new"}
    assert (tmp_path / "new" / "a").read_bytes() == OLD


def test_a_small_record_is_written_over_in_place(tmp_path: Path) -> None:
    path = tmp_path / "record"
    files.overwrite(path, b"first ".ljust(64))
    number = path.stat().st_ino
    files.overwrite(path, b"second".ljust(64))
    assert (path.read_bytes().rstrip(), path.stat().st_ino, path.stat().st_mode & 0o777) == (
        b"second",
        number,
        0o600,
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["record"]


def test_where_it_cannot_be_written_over_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path / "folder", tmp_path / "link", tmp_path / "missing" / "record"):
        with pytest.raises(AppError):
            files.overwrite(path, b"x")
    assert not (tmp_path / "elsewhere").exists()


def _as_folder(path: Path) -> None:
    with files.new_folder(path):
        pass


def _as_lent(path: Path) -> None:
    with files.replacing(path):
        pass


WAYS = {
    "atomic": lambda path: files.write_atomic(path, b"x"),
    "new": lambda path: files.write_new(path, b"x"),
    "streamed": lambda path: files.write_streamed(path, lambda put: put(b"x")),
    "folder": _as_folder,
    "lent": _as_lent,
}


@pytest.fixture
def a_store(tmp_path: Path) -> Path:
    (tmp_path / "s" / "attachments").mkdir(parents=True)
    (tmp_path / "s" / "store.db").write_bytes(b"everything")
    (tmp_path / "way").symlink_to(tmp_path / "s")
    return tmp_path / "s"


@pytest.mark.parametrize(
    "name", ["s/a", "s/store.db", "s/attachments/a", "way/a", "way/attachments/../store.db"]
)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_leaves_a_store_is_written_into_one(a_store: Path, name: str, way: str) -> None:
    before = sorted(a_store.rglob("*"))
    with pytest.raises(AppError, match="存放资料的文件夹"):
        WAYS[way](a_store.parent / name)
    assert sorted(a_store.rglob("*")) == before
    assert (a_store / "store.db").read_bytes() == b"everything"


def test_control_without_the_guard_it_would_be_written(
    a_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_atomic(a_store / "store.db", b"its own", inside=True)
    files.write_atomic(a_store.parent / "beside", b"x")
    monkeypatch.setattr(files, "refuse_in_store", lambda path: None)
    files.write_atomic(a_store / "store.db", b"a backup")
    assert (a_store / "store.db").read_bytes() == b"a backup"


def test_a_store_is_known_by_the_files_it_has() -> None:
    from sgz_desktop.store.connection import DATABASE
    from sgz_desktop.vault.slot_file import SLOTS

    assert set(files.OF_A_STORE) == {SLOTS, DATABASE}

"""The environment in .venv: built, filled from the lock file, checked, repaired.

Python 3.6 syntax (see bootstrap_words).
"""

import collections
import errno
import hashlib
import os
import shutil
import subprocess
import sys

from bootstrap_words import DISK_MB, Stop, say, why_pip_failed

STAMP = "sgz-ready"

# Run inside the environment: names each installed package whose files are not all there in full size.
FIND_BROKEN = """
import csv, importlib.metadata, sysconfig
for package in importlib.metadata.distributions(path=[sysconfig.get_path("purelib")]):
    rows = csv.reader((package.read_text("RECORD") or "").splitlines())
    rows = [row for row in rows if row[2] and not row[0].endswith(".pyc")]  # pip compiles those anew
    sizes = [(package.locate_file(row[0]), int(row[2])) for row in rows]
    if not sizes or any(not path.is_file() or path.stat().st_size != size for path, size in sizes):
        print(package.metadata["Name"])
"""
# The libraries with compiled parts: they load here or set-up is not done.
TRY_OUT = (
    "import PySide6.QtWidgets, sqlcipher3, reportlab.pdfbase.pdfdoc, pikepdf, pypdfium2, pyrage, orjson"
    ", python_calamine, zstandard"
)


def python_in(venv):
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def clean_environment(**more):
    """This process's environment less what would lead the environment's Python or pip elsewhere."""
    astray = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")
    kept = {name: value for name, value in os.environ.items() if name not in astray}
    return dict(kept, **more)


def output_of(venv, code, stderr=None):
    """(exit code, stdout) of a few lines of Python run inside the environment."""
    process = subprocess.Popen(
        [str(python_in(venv)), "-I", "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=clean_environment(),
    )
    words = process.communicate()[0].decode("utf-8", "replace").strip()
    return process.returncode, words


def expected_stamp(root, lock):
    """What a finished environment says of itself: lock file, Python line, place of the checkout."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{digest} {sys.version_info[0]}.{sys.version_info[1]} {root}\n"


def is_ready(root, lock):
    """Whether a set-up for exactly this lock file, Python line and place was finished."""
    stamp = root / ".venv" / STAMP
    if not (stamp.exists() and python_in(root / ".venv").exists()):
        return False
    return stamp.read_text(encoding="utf-8") == expected_stamp(root, lock)


def prepare(root, lock, try_out=TRY_OUT):
    """Make or repair `root`/.venv so that it holds the lock file's packages and finds the checkout.

    The stamp is removed first and written last: whatever was interrupted in between is checked file by file
    on the next run, and built afresh when a package is not whole.
    """
    venv = root / ".venv"
    if is_ready(root, lock):
        return
    if (venv / STAMP).exists():
        (venv / STAMP).unlink()
    found = usable(venv)
    if not found:
        build(venv)
    install(venv, lock)
    broken = output_of(venv, FIND_BROKEN)[1].split()
    if found and broken:
        say(f"上次安装没有完成（{'、'.join(broken)}），重新安装。", "An interrupted set-up: starting afresh.")
        build(venv)
        install(venv, lock)
    write_path_file(venv, root)
    if output_of(venv, try_out)[0] != 0:
        raise Stop(
            "程序库已装好，但在这台电脑上打不开（原因见上），多半缺少系统组件。补上后重新运行本命令。",
            "The packages are installed but do not load here (see above): most often a system library is "
            "missing.\n  Add it and run this again.",
        )
    (venv / STAMP).write_text(expected_stamp(root, lock), encoding="utf-8")


def usable(venv):
    """Whether an existing environment runs, is of this Python line and has pip."""
    line = "{}.{}".format(*sys.version_info[:2])
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    return python_in(venv).exists() and output_of(venv, code, subprocess.DEVNULL) == (0, line)


def build(venv):
    """An empty environment of this Python in place of whatever is there."""
    say(f"准备运行环境，约需几分钟和 {DISK_MB} MB 空间。", "Building .venv: some minutes, once.")
    if venv.exists():
        shutil.rmtree(str(venv))
    if shutil.disk_usage(str(venv.parent)).free < DISK_MB * 2**20:
        raise OSError(errno.ENOSPC, f"less than {DISK_MB} MB free")
    base = getattr(sys, "_base_executable", sys.executable)
    code = subprocess.call(
        [base, "-I", "-m", "venv", str(venv)], stdin=subprocess.DEVNULL, env=clean_environment()
    )
    if code != 0:
        raise Stop(
            "没能建立 Python 运行环境（原因见上）。处理后重新运行本命令。",
            "python -m venv failed (see above). Mend that and run this again.",
        )


def install(venv, lock):
    """Install the lock file, each archive checked against its hash, from where this machine's pip looks."""
    command = [
        str(python_in(venv)),
        "-I",
        "-m",
        "pip",
        "install",
        "--no-input",
        "--disable-pip-version-check",
    ]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    if not sys.stdout.isatty():
        command += ["--quiet", "--progress-bar", "off"]
    say("安装程序库，逐个核对哈希。", "Installing the locked packages.")
    last = collections.deque(maxlen=200)
    how = {"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": clean_environment()}
    with subprocess.Popen(command, **how) as process:
        for raw in process.stderr:
            text = raw.decode("utf-8", "replace")
            last.append(text)
            sys.stderr.write(text)
    if process.returncode != 0:
        raise why_pip_failed("".join(last))


def write_path_file(venv, root):
    """Let the environment import the checkout.

    The line is ASCII whatever the folder is called: Pythons differ in how they decode such files.
    """
    lib = "Lib" if os.name == "nt" else "lib/python{}.{}".format(*sys.version_info[:2])
    line = f"import sys; sys.path.append({str(root)!a})\n"
    (venv / lib / "site-packages" / "sgz_desktop_checkout.pth").write_text(line, encoding="ascii")

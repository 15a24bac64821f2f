"""Set this checkout up on a machine that has Python and nothing of ours, then run or test it.

    python3 packaging/bootstrap.py run  [...]   set up, open the practice station
                                                (without a display: write papers and a picture)
    python3 packaging/bootstrap.py test [...]   set up, run every check; what follows goes to pytest
    python3 packaging/bootstrap.py setup        set up only

Standard library only; Python 3.6 syntax (see bootstrap_words).
"""

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from bootstrap_system import has_display, install_packages, missing_packages
from bootstrap_venv import clean_environment, is_ready, prepare, python_in
from bootstrap_words import Stop, full_disk, say

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "lock.txt"
VENV = ROOT / ".venv"
COMPILED = ROOT / "tests" / "__pycache__"
OLDEST, TOO_NEW = (3, 11), (3, 14)

# Run inside the environment: which versions exactly were tested.
VERSIONS = """
import importlib.metadata, platform, sys, textwrap
names = {p.metadata["Name"]: p.version for p in importlib.metadata.distributions()}
print("Python", sys.version.replace("\\n", " "), "on", platform.platform())
print(textwrap.fill(", ".join(f"{n} {names[n]}" for n in sorted(names, key=str.lower)), 110))
"""
LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
)
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "import-linter": ["-c", LINT_IMPORTS],
    "mypy": ["-m", "mypy"],
}


def check_python(version, bits64):
    """Raise Stop unless this interpreter is one that the locked packages are built for."""
    if OLDEST <= tuple(version[:2]) < TOO_NEW and bits64:
        return
    found = ".".join(map(str, version[:3])) + ("" if bits64 else " (32-bit)")
    other = next((name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)), None)
    if other:
        line = f"{other} packaging/bootstrap.py run"
    elif os.name == "nt":
        line = "winget install -e --id Python.Python.3.12"
    else:
        line = "sudo apt-get install -y python3 python3-venv    # Debian 12, Ubuntu 24.04"
    raise Stop(
        f"需要 64 位的 Python 3.11、3.12 或 3.13，现在是 {found}。没有改动任何东西。请运行：\n    {line}",
        f"Needs 64-bit Python 3.11, 3.12 or 3.13; this is {found}. Nothing was changed. Type the line above.",
    )


def set_up(command):
    """Everything `command` needs; under a second when it is all there."""
    packages = missing_packages(command, building=not python_in(VENV).exists())
    if packages:
        install_packages(packages)
    if not is_ready(ROOT, LOCK):
        prepare(ROOT, LOCK)


def demo_arguments(extra):
    """Arguments of the practice station: what was typed, with the store and --headless filled in."""
    arguments = ["-m", "sgz_desktop", "demo"]
    if not any(typed == "--store" or typed.startswith("--store=") for typed in extra):
        arguments += ["--store", str(ROOT / "practice" / "store")]
    if not has_display() and "--headless" not in extra:
        arguments.append("--headless")
    return arguments + extra


def run(extra):
    """Become the practice station; returns only on Windows, where a process cannot be replaced."""
    command = [str(python_in(VENV)), *demo_arguments(extra)]
    if "--headless" in command:
        say("不开窗口，只生成个案档案、月报和窗口截图。", "No window: writing papers and a picture instead.")
    if os.name == "nt":
        return subprocess.call(command, env=clean_environment())
    sys.stdout.flush()
    return os.execve(command[0], command, clean_environment())


def run_tests(extra, call):
    """Every check, then pytest on two workers; the exit code is pytest's, or 1 when only a check failed."""
    python = [str(python_in(VENV)), "-u"]
    environment = clean_environment(PYTHONUNBUFFERED="1")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the many processes of the tests compile once
    how = {"cwd": str(ROOT), "stdin": subprocess.DEVNULL, "env": environment}
    call([*python, "-c", VERSIONS], **how)
    compiling = threading.Thread(target=compile_tests, args=(python, extra, call, how))
    compiling.start()
    failed = []
    for name, arguments in CHECKS.items():
        print("== " + name, flush=True)
        if call([*python, *arguments], **how) != 0:
            failed.append(name)
    compiling.join()
    print("== pytest", flush=True)
    shared = ("-n", "2", "--dist", "worksteal")  # neighbours stay together, and share what they build
    code = call([*python, "-m", "pytest", *shared, *(typed for typed in extra if typed != "--")], **how)
    if failed:
        print("未通过 failed: " + ", ".join(failed), file=sys.stderr, flush=True)
    return code or (1 if failed else 0)


def compile_tests(python, extra, call, how):
    """In a fresh checkout each of pytest's two workers would compile every test. One process goes before,
    beside the checks, which take one processor; what it finds wrong the workers tell."""
    if COMPILED.exists():
        return
    command = [*python, "-m", "pytest", "--collect-only", "-q", *(typed for typed in extra if typed != "--")]
    call(command, **dict(how, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def main(arguments):
    if not arguments or arguments[0] not in ("run", "test", "setup"):
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    command, extra = arguments[0], arguments[1:]
    check_python(sys.version_info, sys.maxsize > 2**32)
    set_up(command)
    if command == "run":
        return run(extra)
    if command == "test":
        return run_tests(extra, subprocess.call)
    say("已就绪。", "Ready.")
    return 0


def guarded(arguments):
    """main() with every expected failure turned into its sentence; returns the exit code."""
    try:
        return main(arguments)
    except Stop as stop:
        problem = stop
    except KeyboardInterrupt:
        problem = Stop("已停下。重新运行本命令会接着完成。", "Stopped. Run this again to go on.")
    except OSError as error:
        problem = Stop(
            f"没能写入或运行：{error}。请检查这个文件夹的权限，再重新运行本命令。",
            "A file could not be written or run. Check the permissions of this folder and run this again.",
        )
        if error.errno == errno.ENOSPC:
            problem = full_disk()
    print(f"\n✗ {problem.zh}\n  {problem.en}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(guarded(sys.argv[1:]))

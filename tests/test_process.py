"""What the process leaves behind: no dumps, no passphrase in its environment."""

from __future__ import annotations

import subprocess
import sys

from sgz_desktop import process

SECRET = "溪水边的大榕树"
LOOK = """
import os, sys
from sgz_desktop import process
value = {take}
shown = open("/proc/self/environ", "rb").read()
child = os.popen("env").read()
print(value == sys.argv[1], sys.argv[1].encode() in shown, "SGZ_PASSPHRASE" in child, b"HOME=" in shown)
"""
DUMPS = """
import ctypes, resource
from sgz_desktop import process
def state():
    return ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0]
resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
before = state()
process.leave_no_dumps()
print(before, state())
"""


def said(code: str) -> str:
    """What a fresh process prints, the secret in its environment."""
    environment = {"SGZ_PASSPHRASE": SECRET, "HOME": "/nowhere", "PATH": "/usr/bin:/bin", "PYTHONPATH": "."}
    command = [sys.executable, "-X", "utf8", "-c", code, SECRET]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_a_secret_taken_is_neither_shown_nor_handed_on() -> None:
    assert said(LOOK.format(take='process.take_secret("SGZ_PASSPHRASE")')) == "True False False True"


def test_control_unsetting_alone_leaves_it_to_be_read() -> None:
    assert said(LOOK.format(take='os.environ.pop("SGZ_PASSPHRASE")')) == "True True False True"


def test_no_secret_is_nothing() -> None:
    assert process.take_secret("SGZ_NOBODY_SET_THIS") == ""


def test_no_dump_can_be_made() -> None:
    assert said(DUMPS) == "(1, 1) (0, 0)"

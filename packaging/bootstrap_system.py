"""System libraries: which are missing, found by probing, and installing them with apt where that is allowed.

Python 3.6 syntax (see bootstrap_words).
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

from bootstrap_words import Stop, say

# What Qt's wheels expect of the system: soname to try -> Debian package that holds it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {  # only a real window on X11 loads these
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_COMMANDS = {  # other programs than ours that the tests ask: command -> Debian package that brings it
    "pdftotext": "poppler-utils",  # reads papers back as a reader would
    "age": "age",  # opens what we sealed, and seals what we open
}


def on_linux():
    return sys.platform.startswith("linux")


def has_display():
    """True where a window can be shown; only Linux machines may lack one."""
    return not on_linux() or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def loads(soname):
    """Whether the dynamic loader finds this library: the same question Qt will ask."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_packages(command, building):
    """Debian packages that `command` needs here and that probing does not find; [] outside Linux.

    `building` says that .venv is still to be made, for which Debian ships a part of Python apart.
    """
    if not on_linux():
        return []
    wanted = dict(QT_LIBRARIES)
    if command != "test" and has_display():
        wanted.update(WINDOW_LIBRARIES)
    missing = [package for soname, package in wanted.items() if not loads(soname)]
    if command == "test":
        missing += [package for name, package in TEST_COMMANDS.items() if not shutil.which(name)]
    if building and importlib.util.find_spec("ensurepip") is None:
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    return missing


def apt_prefix():
    """How to call apt-get without being asked anything: [] as root, sudo where it is free, else None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        free = subprocess.call(
            ["sudo", "-n", "true"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return ["sudo", "-n"] if free == 0 else None
    return None


def install_packages(packages):
    """Install Debian packages, or raise Stop with the exact line for whoever may."""
    install = ["install", "-y", "--no-install-recommends", *packages]
    line = "sudo apt-get " + " ".join(install)
    prefix = apt_prefix()
    if prefix is None:
        raise Stop(
            f"缺少系统组件，这里没有权限安装。请管理员运行下面一行，再重新运行本命令：\n    {line}",
            "System packages are missing and cannot be installed from here. An administrator should type\n"
            "  the line above, or install the same libraries another way; then run this again.",
        )
    say("安装系统组件：" + " ".join(packages), "Installing system packages.")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.call([*apt, "update"], stdin=subprocess.DEVNULL)  # offline, the lists at hand may still do
    if subprocess.call([*apt, *install], stdin=subprocess.DEVNULL) != 0:
        raise Stop(
            f"系统组件没有装上（多半是没有网络或磁盘已满）。处理后重新运行本命令，或运行：\n    {line}",
            "apt-get failed (see above; most often no network or a full disk). Mend that and run this again.",
        )

"""Words nobody else typed, and what a reader copies out of a paper: by pdftotext, no program of ours."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.reports.reading import load_script

LEVEL_3 = sorted(load_script("build_fonts").level_3())
COMMON = "社工站服务对象走访记录救助申请养老金存折身份证户口簿我们一起把放进文件袋"


def copied(data: bytes, folder: Path) -> str:
    """The file's text in the order it is drawn, without white space."""
    path = folder / "x.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    return "".join(subprocess.run(command, check=True, capture_output=True).stdout.decode().split())


def typed_words(source: random.Random, among: Sequence[int] = LEVEL_3) -> str:
    """Some words nobody else typed: common Han, rare ones `among` these, digits and letters."""
    rare = "".join(map(chr, source.sample(among, 3)))
    some = "".join(source.choice(COMMON) for _ in range(source.randint(2, 8)))
    return f"{some}{rare}{source.randrange(10**6):06}{source.choice('ABCDEFGH')}"

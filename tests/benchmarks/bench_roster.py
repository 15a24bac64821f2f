"""A list of 10,000 invented people taken into an empty station: rows a second of reading, preview and import.

    .venv/bin/python -m tests.benchmarks.bench_roster [rows]

The issue asks for 10,000 rows within 30 seconds; the load of the machine is told beside the figures.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl

from sgz_desktop.actions import forms, rosters
from sgz_desktop.actions.station import create_station
from sgz_desktop.domain import id_number
from sgz_desktop.vault.stretch import Argon2Params

HEADS = [
    "序号",
    "户号",
    "姓名",
    "与户主关系",
    "身份证号",
    "联系电话",
    "村",
    "组",
    "类别",
    "月保障金额",
    "备注",
]
NAMES, VILLAGES = "赵钱孙李周吴郑王冯陈", "东西南北"


def write_list(path: Path, rows: int) -> None:
    """Households of three; the first of each draws 低保, the second is disabled."""
    chance = random.Random(1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["青禾镇低保名单"])
    sheet.append(HEADS)
    for n in range(rows):
        born = f"{chance.randint(1940, 2015)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        first = f"110105{born}{chance.randint(0, 999):03d}"
        name = NAMES[n % 10] + "甲乙丙丁戊己庚辛"[n % 8] + chr(0x4E00 + n % 3000)
        facts = [
            n + 1,
            f"H{n // 3}",
            name,
            ["户主", "配偶", "子"][n % 3],
            first + id_number.check_character(first),
        ]
        place = [f"139{n:08d}", f"{VILLAGES[n // 3 % 4]}村", "三组"]
        sheet.append([*facts, *place, ["低保", "残疾人", None][n % 3], [412.5, None, None][n % 3], "测试"])
    book.save(path)


def main(rows: int) -> None:
    """Print one line for each part."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SGZ_STATE"] = f"{folder}/state"
        write_list(Path(folder, "list.xlsx"), rows)
        made = create_station(
            Path(folder, "store"),
            "测试站",
            "测试甲",
            "river lantern seventeen",
            params=Argon2Params(32, 1, 1),
        )
        desk = made.desk
        forms.save_form(desk, forms.new_form(desk, "task", {"what": "试"}), {})  # the computer is known

        def timed(what: str, work: object) -> object:
            assert callable(work)
            wall, cpu = time.perf_counter(), time.process_time()
            found = work()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            print(f"{what}: {wall:.1f} s ({cpu:.1f} s of processor), {rows / wall:,.0f} rows/s")
            return found

        (sheet,) = timed("read", lambda: rosters.read_roster(desk, Path(folder, "list.xlsx")))  # type: ignore[misc]
        plan: Any = timed("preview", lambda: rosters.preview_roster(desk, sheet, sheet.columns))
        print(timed("import", lambda: rosters.import_roster(desk, sheet, sheet.columns, plan=plan)))
        timed("preview again, all the same", lambda: rosters.preview_roster(desk, sheet, sheet.columns))
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        made.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

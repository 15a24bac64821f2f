"""What the unlock page reads of the slot file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sgz_desktop.errors import AppError
from sgz_desktop.vault.roster import Entry, read_roster
from sgz_desktop.vault.slot_file import SLOTS, write_first
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.unlocking import create_vault


def test_the_roster_says_what_the_strict_reader_says(tmp_path: Path) -> None:
    cheap = Argon2Params(32, 1, 1)
    slots, _ = create_vault(
        "测试站", "practice", "测试甲", "river lantern seventeen", ["clerk"], params=cheap
    )
    write_first(tmp_path, slots)
    roster = read_roster(tmp_path)
    assert roster == (slots.store_id, "practice", "测试站", (Entry("测试甲", ("clerk",)),))


@pytest.mark.parametrize("data", [b"", b"[]", b'{"slots": [1]}', b"\xff", b"[" * 5000])
def test_a_damaged_file_has_its_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / SLOTS).write_bytes(data)
    with pytest.raises(AppError, match="密码文件损坏"):
        read_roster(tmp_path)


def test_reading_it_needs_no_cryptography() -> None:
    listed = "[m for m in sys.modules if m in ('hashlib', 'hmac')]"
    code = f"import sys, sgz_desktop.vault.roster; print({listed})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""The `age` command, no program of ours: it seals, and opens with an identity in a file as we write it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from sgz_desktop.vault.identity_file import identity_text


def sealed(content: bytes, *recipients: str, armour: bool = False) -> bytes:
    """A file for the holders of these public keys."""
    chosen = [word for one in recipients for word in ("-r", one)]
    ran = _age(*chosen, *(["-a"] if armour else []), given=content)
    ran.check_returncode()
    return ran.stdout


def opened(file: bytes, identity: str, folder: Path) -> bytes | None:
    """What is in a file for the holder of an identity; None where the command refuses it."""
    key = folder / "key.txt"
    key.write_bytes(identity_text("测试", identity))
    ran = _age("-d", "-i", str(key), given=file)
    assert ran.returncode == 0 or ran.stderr.startswith(b"age: error: "), ran.stderr
    return ran.stdout if ran.returncode == 0 else None


def new_key(path: Path) -> str:
    """Have `age-keygen` write a key; the public half, as it says."""
    subprocess.run(["age-keygen", "-o", str(path)], check=True, capture_output=True)
    ran = subprocess.run(["age-keygen", "-y", str(path)], check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def _age(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["age", *words], input=given, capture_output=True, check=False)

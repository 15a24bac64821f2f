"""Run every proof at its long size and leave one JSON file of counts and seeds.

python -m tests.proofs [--out proofs.json] [--seed N] [what follows goes to pytest]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", default="proofs.json")
    options.add_argument("--seed", default="20260630")
    given, extra = options.parse_known_args()
    wanted = {"SGZ_PROOFS": "long", "SGZ_PROOFS_SEED": given.seed, "SGZ_PROOFS_JSON": given.out}
    command = [sys.executable, "-m", "pytest", "-n", "2", "tests/proofs", *extra]
    return subprocess.call(command, env={**os.environ, **wanted})


if __name__ == "__main__":
    sys.exit(main())

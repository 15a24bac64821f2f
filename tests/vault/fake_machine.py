"""A computer whose time a test moves: it runs, sleeps, is started anew, and its date is set at will."""

from __future__ import annotations

import pytest

from sgz_desktop.vault import tries


class Machine:
    """`real` is the time that truly passes; the date is whatever somebody set it to."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.real = 1_000.0
        self._started, self._starts = 0.0, 1
        self._date = 0.0
        patch.setattr(tries, "uptime", lambda: self.real - self._started)
        patch.setattr(tries, "boot_id", lambda: f"start-{self._starts}")

    def run(self, seconds: float) -> None:
        """Time passes with the computer on or asleep."""
        self.real += seconds

    def restart(self, off: float = 0) -> None:
        """Switched off for so long and started again."""
        self.real += off + 20
        self._started, self._starts = self.real - 10, self._starts + 1

    def set_date(self, by: float) -> None:
        """Somebody puts the clock forward or back."""
        self._date += by

    def date(self) -> float:
        """What the clock on the wall says."""
        return self.real + self._date

"""Where this computer keeps what it knows of its stores."""

from __future__ import annotations

import os
from pathlib import Path


def state_base() -> Path:
    """Where all states live: `SGZ_STATE`, else the user's state folder."""
    given = os.environ.get("SGZ_STATE")
    if given:
        return Path(given)
    from platformdirs import user_state_path

    return user_state_path("sgz-desktop", appauthor=False)

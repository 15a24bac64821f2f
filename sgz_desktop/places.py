"""Where things are kept when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path


def default_store() -> Path:
    """The station's own folder."""
    return _user_data() / "store"


def practice_store() -> Path:
    """The practice station's folder, apart from the station's."""
    return _user_data() / "practice" / "store"


def _user_data() -> Path:
    from platformdirs import user_data_path

    return user_data_path("sgz-desktop", appauthor=False)

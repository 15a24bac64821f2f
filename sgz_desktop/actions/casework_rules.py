"""What this station asks of its casework: sessions, days to write down, to sign, to look in again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain import days
from sgz_desktop.domain.quality import Limits
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading, Writing

SETTING = "casework_rules"
MOST = 999


def limits_of(session: Reading) -> Limits:
    """The station's own numbers; what is not set, or set to nonsense, is as usual."""
    kept = settings.get(session, SETTING, {})
    kept = kept if isinstance(kept, dict) else {}
    usable = {name: n for name in NAMES if type(n := kept.get(name)) is int and 1 <= n <= MOST}
    return Limits(**usable)


NAMES = tuple(field.name for field in fields(Limits))


@action
def casework_rules(desk: Desk) -> Limits:
    """The numbers in force."""
    return desk.read(limits_of)


@action
def change_casework_rules(desk: Desk, typed: Mapping[str, str]) -> None:
    """Keep numbers as typed, by the names of `Limits`; an empty one is as usual again. SettingRefused."""
    values = {name: _number(name, text) for name, text in typed.items() if name in NAMES and text.strip()}
    desk.store.write(lambda session: _keep(session, values))


def _keep(session: Writing, values: Mapping[str, int]) -> None:
    settings.put(session, SETTING, dict(values))


def _number(name: str, text: str) -> int:
    typed = days.plain(text)
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST:
        raise SettingRefused(name, f"请填1到{MOST}的整数。")
    return int(typed)

"""The station's own settings: how its brief counts and is sent, its rhythm of visits, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Rules, rules
from sgz_desktop.actions.rounds import MOST_DAYS, every
from sgz_desktop.actions.urgent import LOCAL_NUMBERS
from sgz_desktop.domain import days, local_words
from sgz_desktop.domain.deadlines import VISIT_EVERY
from sgz_desktop.domain.urgent import local_numbers
from sgz_desktop.domain.visit_rhythm import NOT_SET, OTHER
from sgz_desktop.errors import AppError
from sgz_desktop.store import settings
from sgz_desktop.store.contracts import targets
from sgz_desktop.store.session import Reading, Writing

LONGEST = 200
FIELDS: Mapping[str, str] = {
    "send_to": "brief_send_to",
    "copy_to": "brief_copy_to",
    "first_issue": "brief_first_issue",
    "contract_from": "contract_from",
    "from_day": "brief_from_day",
    "report_numbers": LOCAL_NUMBERS,
}
WORDS = "local_words"


class SettingRefused(AppError):
    """A setting that cannot be kept as typed; `field` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class StationSettings:
    """`last_backup` is a day or ''; `visit_every` days between visits by mark (`deadlines.VISIT_EVERY`);
    `targets` of the contract in force, by code and part."""

    rules: Rules
    last_backup: str
    report_numbers: str
    visit_every: Mapping[str, int]
    targets: Mapping[str, int]


@action
def station_settings(desk: Desk) -> StationSettings:
    """All settings a page shows."""
    return desk.read(
        lambda session: StationSettings(
            rules(session),
            str(settings.get(session, "last_backup", "")),
            str(settings.get(session, LOCAL_NUMBERS, "")),
            every(session),
            targets(session, desk.today()),
        )
    )


@action
def change_settings(desk: Desk, typed: Mapping[str, str]) -> None:
    """Keep settings as typed, by the names of `Rules`. Raises SettingRefused; nothing is then changed."""
    values: dict[str, object] = {FIELDS[name]: _checked(name, text) for name, text in typed.items()}

    def work(session: Writing) -> None:
        for name, value in values.items():
            settings.put(session, name, value)

    desk.store.write(work)


@action
def change_visit_rhythm(desk: Desk, typed: Mapping[str, str]) -> None:
    """Keep days between visits by mark, 0 = no interval of its own. Raises SettingRefused; nothing is then
    changed."""
    given = {mark: _interval(mark, text) for mark, text in typed.items()}

    def work(session: Writing) -> None:
        settings.put(session, "visit_every", {**every(session), **given})

    desk.store.write(work)


def _interval(mark: str, text: str) -> int:
    typed = days.plain(text)
    if mark not in VISIT_EVERY:
        raise SettingRefused(mark, "没有这一类，没有改动。")
    if typed in ("", "0") and mark != OTHER:
        return NOT_SET
    if not typed.isdecimal() or not 0 < int(typed) <= MOST_DAYS:
        raise SettingRefused(mark, f"请填1到{MOST_DAYS}的天数。")
    return int(typed)


def _checked(name: str, text: str) -> object:
    typed = text.strip()
    if name == "from_day":
        return _whole(name, typed, 28) or 1
    if name == "report_numbers":
        return _numbers(name, typed)
    if len(typed) > LONGEST:
        raise SettingRefused(name, f"最多{LONGEST}个字，没有改动。")
    try:
        if name == "first_issue" and typed:
            return days.tidy_month(typed)
        if name == "contract_from" and typed:
            return _whole_day(typed)
    except ValueError as wrong:
        raise SettingRefused(name, str(wrong)) from None
    return typed


def _numbers(name: str, typed: str) -> str:
    try:
        local_numbers(typed)
    except ValueError as wrong:
        raise SettingRefused(name, f"{wrong}没有改动。") from None
    return typed


def _whole_day(typed: str) -> str:
    day = days.tidy_day(typed)
    if not days.is_whole(day):
        raise ValueError("请写到日，例如2025-9-1。")
    return day


def _whole(name: str, text: str, most: int = 1_000_000) -> int:
    typed = days.plain(text)
    if not typed:
        return 0
    if not typed.isdecimal() or not 0 < int(typed) <= most:
        raise SettingRefused(name, f"请填1到{most:,}的整数。")
    return int(typed)


@action
def change_words(desk: Desk, session: str, titles: Mapping[str, str]) -> None:
    """What a session and the forms are called here from now on; an empty title is the program's own again.

    Raises SettingRefused; nothing is then changed.
    """
    tidy = {kind: " ".join(title.split()) for kind, title in titles.items()}
    for kind, title in tidy.items():
        if len(title) > local_words.LONGEST:
            raise SettingRefused(kind, f"表单名称最多{local_words.LONGEST}个字，没有改动。")
    kept = {"session": session, "titles": {kind: title for kind, title in tidy.items() if title}}
    desk.store.write(lambda store: settings.put(store, WORDS, kept))
    local_words.take_up(local_words.from_setting(kept))


def take_up_words(session: Reading) -> None:
    """Say what this station says, from its opening on."""
    local_words.take_up(local_words.from_setting(settings.get(session, WORDS)))

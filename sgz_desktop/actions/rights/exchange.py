"""Rights in what laptops tell one another by bundles, and in what they tell differently."""

from __future__ import annotations

from sgz_desktop.actions.rights.grants import (
    CASE_KEEPING,
    KEEPING,
    LOOKING_BACK,
    PRINTING,
    STATION_WIDE,
    Rule,
)

RULES = {
    "computers": Rule(STATION_WIDE),
    "conflict_sheet": Rule(PRINTING, logged=True),
    "data_until": Rule(STATION_WIDE),
    "dealings": Rule(STATION_WIDE),
    "decide_computer": Rule(STATION_WIDE, logged=True),
    "exchange_on": Rule(STATION_WIDE, logged=True),
    "export_bundle": Rule(STATION_WIDE, logged=True),
    "export_files": Rule(STATION_WIDE, logged=True),
    "going_out": Rule(STATION_WIDE),
    "heirs": Rule(STATION_WIDE),
    "import_bundle": Rule(STATION_WIDE, logged=True),
    "inspect_bundle": Rule(STATION_WIDE),
    "introduce_to": Rule(STATION_WIDE),
    "invite": Rule(KEEPING, logged=True),
    "keep_exchange_place": Rule(STATION_WIDE),
    "let_in": Rule(KEEPING, logged=True),
    "meet": Rule(STATION_WIDE, logged=True),
    "on_stick": Rule(STATION_WIDE),
    "open_conflicts": Rule(LOOKING_BACK),
    "outgoing": Rule(STATION_WIDE),
    "print_conflicts": Rule(PRINTING, logged=True),
    "read_introduction": Rule(STATION_WIDE),
    "read_request": Rule(KEEPING),
    "rejoin": Rule(STATION_WIDE, logged=True),
    "settle": Rule(CASE_KEEPING),
    "settle_many": Rule(CASE_KEEPING),
    "stop_computer": Rule(KEEPING, logged=True),
    "strangers": Rule(STATION_WIDE),
    "take_kept": Rule(STATION_WIDE),
    "unprintable_conflicts": Rule(PRINTING),
    "waits_for_first": Rule(STATION_WIDE),
    "write_introduction": Rule(STATION_WIDE, logged=True),
}

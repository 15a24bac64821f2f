"""Rights in what goes to another station and comes from one, and in the county's key."""

from __future__ import annotations

from sgz_desktop.actions.rights.grants import CASE_KEEPING, KEEPING, PREPARING, STATION_WIDE, Rule

RULES = {
    "case_to_send": Rule(CASE_KEEPING),
    "enrol_county": Rule(KEEPING, logged=True),
    "enrolled_county": Rule(STATION_WIDE),
    "look_at_case": Rule(CASE_KEEPING),
    "receive_case": Rule(CASE_KEEPING, logged=True),
    "remove_county": Rule(KEEPING),  # leaves its own line before the store closes
    "seal_to_county": Rule(STATION_WIDE, logged=True),
    "send_case": Rule(CASE_KEEPING, logged=True),
    "send_case_again": Rule(CASE_KEEPING, logged=True),
    "write_card": Rule(PREPARING, logged=True),
}

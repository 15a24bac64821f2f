"""Referrals followed up: the address book, calls after an answer, inquiries at home for the township."""

from collections.abc import Mapping

from alembic import op

from sgz_desktop.store.migrations.steps import add_field, add_kind

revision = "0004"
down_revision = "0003"

KINDS: Mapping[str, Mapping[str, type]] = {
    "organisation": {
        "name": str,
        "sort": str,
        "handles": str,
        "contact": str,
        "phone": str,
        "address": str,
        "hours": str,
        "note": str,
        "unused": bool,
    },
    "referral_call": {
        "referral": str,
        "called_on": str,
        "called_time": str,
        "caller": str,
        "spoke_to": str,
        "said": str,
        "ask_again_on": str,
    },
    "household_check": {
        "person": str,
        "household": str,
        "application": str,
        "case": str,
        "entrusted_by": str,
        "entrusted_on": str,
        "date": str,
        "start_time": str,
        "end_time": str,
        "checker_first": str,
        "checker_second": str,
        "signed_by_first": bool,
        "signed_by_second": bool,
        "present": str,
        "housing": str,
        "living_there": str,
        "income_told": str,
        "property_seen": str,
        "neighbours": str,
        "own_words": str,
        "person_signed": bool,
        "agent": str,
        "note": str,
    },
}
GROUPS: Mapping[str, Mapping[str, str]] = {
    "referral_call": {
        "called_on": "called_at",
        "called_time": "called_at",
    },
    "household_check": {
        "start_time": "check_times",
        "end_time": "check_times",
        "person_signed": "person_signature",
        "agent": "person_signature",
    },
}
FIELDS: tuple[tuple[str, str, type], ...] = (
    ("referral", "organisation", str),
    ("referral", "times_open", bool),
)
INDEXED = (
    ("referral", "organisation"),
    ("referral_call", "referral"),
    ("referral_call", "ask_again_on"),
    ("household_check", "person"),
    ("household_check", "household"),
    ("household_check", "application"),
    ("household_check", "case"),
)


def upgrade() -> None:
    """Make the tables and columns; what a newer peer sent earlier is filled in."""
    for kind, columns in KINDS.items():
        add_kind(kind, columns, GROUPS.get(kind))
    for kind, column, wire in FIELDS:
        add_field(kind, column, wire)
    for kind, column in INDEXED:
        name, field = f"r_{kind}_{column}", f'"{column}"'
        op.execute(f"CREATE INDEX {name} ON r_{kind}({field}) WHERE {field} IS NOT NULL")

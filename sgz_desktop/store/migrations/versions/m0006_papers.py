"""Supervision on paper and reports signed off: copies for supervisors, their remarks, reports and their texts."""

from collections.abc import Mapping

from alembic import op

from sgz_desktop.store.migrations.steps import add_kind

revision = "0006"
down_revision = "0005"

KINDS: Mapping[str, Mapping[str, type]] = {
    "supervisor_copy": {
        "case": str,
        "number": str,
        "recipient": str,
        "given_on": str,
        "question": str,
        "marks": str,
        "sha256": str,
        "returned_on": str,
        "note": str,
    },
    "remark": {
        "case": str,
        "about": str,
        "copy_number": str,
        "sheet_number": str,
        "mark": int,
        "text": str,
        "decision": str,
        "supervisor": str,
        "said_on": str,
        "source": str,
        "signed_as": str,
        "verified": bool,
        "fingerprint": str,
        "worker": str,
        "due_on": str,
        "done_on": str,
        "done": str,
    },
    "report": {
        "sort": str,
        "first_on": str,
        "last_on": str,
        "number": str,
        "filled_by": str,
        "station_head": str,
        "agency_head": str,
        "signed_off_on": str,
        "signed_off_by": str,
        "figures": str,
        "sha256": str,
        "note": str,
    },
    "report_text": {
        "report": str,
        "section": str,
        "place": int,
        "about": str,
        "left_out": bool,
        "title": str,
        "text": str,
        "held_on": str,
        "time_words": str,
        "where": str,
        "people": str,
        "in_charge": str,
        "serves": str,
        "photo_first": str,
        "photo_second": str,
        "reviewed": str,
    },
}
GROUPS: Mapping[str, Mapping[str, str]] = {
    "report": {
        "first_on": "span",
        "last_on": "span",
        "signed_off_on": "sign_off",
        "signed_off_by": "sign_off",
        "figures": "sign_off",
        "sha256": "sign_off",
    },
}
INDEXED = (
    ("supervisor_copy", "case"),
    ("supervisor_copy", "number"),
    ("remark", "case"),
    ("remark", "about"),
    ("remark", "copy_number"),
    ("remark", "due_on"),
    ("report", "first_on"),
    ("report_text", "report"),
    ("report_text", "about"),
)


def upgrade() -> None:
    """Make the tables; what a newer peer sent earlier is filled in."""
    for kind, columns in KINDS.items():
        add_kind(kind, columns, GROUPS.get(kind))
    for kind, column in INDEXED:
        name, field = f"r_{kind}_{column}", f'"{column}"'
        op.execute(f"CREATE INDEX {name} ON r_{kind}({field}) WHERE {field} IS NOT NULL")

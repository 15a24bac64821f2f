"""The order of a case's moves whatever their days, and the facts that rules of assistance ask for."""

from sgz_desktop.store.migrations.steps import add_field

revision = "0003"
down_revision = "0002"

FIELDS = (
    ("case_move", "step", int, ""),
    ("person", "missing_since", str, "gone_missing"),
    ("person", "missing_reported", bool, "gone_missing"),
    ("person", "declared_missing", bool, "gone_missing"),
    ("person", "detained", bool, ""),
    ("person", "civil_capacity", str, ""),
    ("person", "custody_revoked", bool, ""),
    ("person", "deported", bool, ""),
    ("person", "seriously_ill", bool, ""),
    ("household", "emergency", bool, ""),
    ("household", "spending_sudden", bool, ""),
    ("application", "decided_by", str, ""),
    ("application", "told_in_writing_on", str, ""),
    ("application", "objected_on", str, ""),
    ("application", "objection_note", str, ""),
)


def upgrade() -> None:
    """Add the columns; what a newer peer sent earlier is filled in."""
    for kind, column, wire, cell in FIELDS:
        add_field(kind, column, wire, cell)

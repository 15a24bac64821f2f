"""The order of a case's moves, whatever their days."""

from sgz_desktop.store.migrations.steps import add_field

revision = "0003"
down_revision = "0002"

FIELDS = (("case_move", "step", int, ""),)


def upgrade() -> None:
    """Add the columns; what a newer peer sent earlier is filled in."""
    for kind, column, wire, cell in FIELDS:
        add_field(kind, column, wire, cell)

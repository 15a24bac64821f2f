"""Signed pages: a scan names the paper it is of and its day; a frozen paper the edits it was printed after."""

from alembic import op

from sgz_desktop.store.migrations.steps import add_field

revision = "0005"
down_revision = "0004"

FIELDS: tuple[tuple[str, str, type], ...] = (
    ("attachment", "paper_number", str),
    ("attachment", "signed_on", str),
)


def upgrade() -> None:
    """Make the columns; what a newer peer sent earlier is filled in."""
    for kind, column, wire in FIELDS:
        add_field(kind, column, wire)
    op.execute(
        "CREATE INDEX r_attachment_paper_number ON r_attachment(paper_number) WHERE paper_number IS NOT NULL"
    )
    op.execute("ALTER TABLE frozen_paper ADD COLUMN upto INTEGER NOT NULL DEFAULT 0")

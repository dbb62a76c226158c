"""Which message of a member of staff a delivery passes on, so that a change of it finds its way."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; what was passed on before it has none."""
    op.add_column("deliveries", sa.Column("passes_on", sa.String(), nullable=True))
    op.create_index(
        "ix_deliveries_passes_on",
        "deliveries",
        ["passes_on"],
        postgresql_where=sa.text("passes_on IS NOT NULL"),
    )

"""Who answered a question, whether elsewhere, and whether somebody was reminded of it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three columns and an index; of what was answered before, nobody knows by whom."""
    op.add_column("questions", sa.Column("answered_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_questions_answered_by_id_staff"), "questions", "staff", ["answered_by_id"], ["id"]
    )
    op.add_column(
        "questions",
        sa.Column("answered_elsewhere", sa.Boolean(), nullable=False, server_default="false"),
    )
    op.add_column("questions", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_questions_open",
        "questions",
        ["asked_at"],
        postgresql_where=sa.text("answered_at IS NULL"),
    )

"""Where somebody who has left was written to; views of whoever did not say who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column, and one that may be empty."""
    op.add_column("staff", sa.Column("left_chat_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_staff_left_chat_id"), "staff", ["left_chat_id"], unique=False)
    op.alter_column("review_views", "staff_id", existing_type=sa.BigInteger(), nullable=True)

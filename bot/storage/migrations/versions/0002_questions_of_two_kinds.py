"""Questions to the therapist are of two kinds: a parent's words, or the wish to practise."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One message may carry its words and a wish for each skill."""
    op.add_column(
        "questions", sa.Column("kind", sa.String(), server_default="words", nullable=False)
    )
    op.add_column(
        "questions", sa.Column("skill_id", sa.String(), server_default="", nullable=False)
    )
    op.drop_constraint(op.f("uq_questions_message_id"), "questions", type_="unique")
    op.create_unique_constraint(
        op.f("uq_questions_message_id_kind_skill_id"),
        "questions",
        ["message_id", "kind", "skill_id"],
    )

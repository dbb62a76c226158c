"""Each parent's pauses, when the log last changed, holidays, and consent to trying times."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table and five columns. Nobody had read what trying times means before they agreed, so
    nobody counts as having agreed."""
    op.create_table(
        "holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holidays")),
    )
    when = sa.DateTime(timezone=True)
    op.add_column("plan_times", sa.Column("rests_since", when, nullable=True))
    op.add_column("rhythms", sa.Column("paused_at", when, nullable=True))
    op.add_column("rhythms", sa.Column("learns_version", sa.String(), nullable=True))
    now = sa.text("now()")
    op.add_column("practices", sa.Column("changed_at", when, nullable=False, server_default=now))
    op.execute("update practices set changed_at = at")
    op.execute(
        "insert into past_consents (parent_id, version, consented_at, until) "
        "select parent_id, 'times, before there was a text', learns_since, now() from rhythms "
        "where learns_since is not null"
    )
    op.execute("update rhythms set learns_since = null")

"""Practice: plans, each parent's times and rhythm, nudges and the log of what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five tables."""
    op.create_table(
        "practice_plans",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("family_id", sa.BigInteger(), nullable=False),
        sa.Column("therapist_id", sa.BigInteger(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.Column("goal", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("often", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("has_own_day", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_practice_plans_family_id_families")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["staff.id"], name=op.f("fk_practice_plans_therapist_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_plans")),
    )
    op.create_index(
        op.f("ix_practice_plans_family_id"), "practice_plans", ["family_id"], unique=False
    )
    op.create_table(
        "nudges",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wording", sa.SmallInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withheld", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_nudges_parent_id_parents")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["practice_plans.id"], name=op.f("fk_nudges_plan_id_practice_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
        sa.UniqueConstraint(
            "plan_id", "parent_id", "day", name=op.f("uq_nudges_plan_id_parent_id_day")
        ),
    )
    op.create_index(op.f("ix_nudges_parent_id"), "nudges", ["parent_id"], unique=False)
    op.create_table(
        "plan_times",
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_plan_times_parent_id_parents")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["practice_plans.id"], name=op.f("fk_plan_times_plan_id_practice_plans")
        ),
        sa.PrimaryKeyConstraint("plan_id", "parent_id", name=op.f("pk_plan_times")),
    )
    op.create_table(
        "practices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("barrier", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("note_message_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_message_id"], ["messages.id"], name=op.f("fk_practices_note_message_id_messages")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_practices_parent_id_parents")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["practice_plans.id"], name=op.f("fk_practices_plan_id_practice_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
        sa.UniqueConstraint(
            "plan_id", "parent_id", "day", name=op.f("uq_practices_plan_id_parent_id_day")
        ),
    )
    op.create_index(op.f("ix_practices_parent_id"), "practices", ["parent_id"], unique=False)
    op.create_table(
        "rhythms",
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("quiet_begins", sa.Time(), nullable=False),
        sa.Column("quiet_ends", sa.Time(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("flags_excused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_rhythms_parent_id_parents")
        ),
        sa.PrimaryKeyConstraint("parent_id", name=op.f("pk_rhythms")),
    )
    op.create_index(
        "ix_rhythms_look_at",
        "rhythms",
        ["look_at"],
        unique=False,
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )

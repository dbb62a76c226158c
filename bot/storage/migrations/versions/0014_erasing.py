"""Erasing and keeping: wishes, proofs, runs of retention; words may leave a flag's history."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEEP = """
create or replace function held_keep_history() returns trigger language plpgsql as $$
begin
    if current_setting('heldinmind.erasing', true) = 'on' then
        if tg_op = 'DELETE' then
            return old;
        end if;
        if to_jsonb(new) - 'message_id' = to_jsonb(old) - 'message_id'
           and to_jsonb(new) ->> 'message_id' is null then
            return new;  -- the line stays, the message that it named is erased
        end if;
    end if;
    if tg_op = 'UPDATE' and tg_argv[0] is not null
       and to_jsonb(new) - tg_argv[0] = to_jsonb(old) - tg_argv[0] then
        return new;  -- sealed anew with another key
    end if;
    raise exception 'the history in % is only added to', tg_table_name;
end $$
"""


def upgrade() -> None:
    """Three tables, and when words went. The history of flags still loses nothing but the messages that it names."""
    when = sa.DateTime(timezone=True)
    op.create_table(
        "erase_wishes",
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", when, nullable=False),
        sa.Column("waits_since", when, nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_erase_wishes_parent_id_parents")
        ),
        sa.PrimaryKeyConstraint("parent_id", name=op.f("pk_erase_wishes")),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("at", when, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("receipt", name=op.f("uq_erasures_receipt")),
    )
    op.create_table(
        "retention_runs",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", when, nullable=False),
        sa.Column("message_days", sa.Integer(), nullable=True),
        sa.Column("flag_days", sa.Integer(), nullable=True),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("deliveries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_runs")),
    )
    for table in ("messages", "flags", "deliveries"):
        op.add_column(table, sa.Column("emptied_at", when, nullable=True))
    op.execute(KEEP)

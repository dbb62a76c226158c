"""Duty, notes, alarms; and a flag's history that the database itself keeps from being changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)

KEEP = """
create function held_keep_history() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('heldinmind.erasing', true) = 'on' then
        return old;
    end if;
    if tg_op = 'UPDATE' and tg_argv[0] is not null
       and to_jsonb(new) - tg_argv[0] = to_jsonb(old) - tg_argv[0] then
        return new;  -- sealed anew with another key
    end if;
    raise exception 'the history in % is only added to', tg_table_name;
end $$
"""
KEPT = (("flag_events", None), ("flag_notes", "text"), ("alarms", "sentence"))


def upgrade() -> None:
    """Nothing is known of duty yet: everybody counts as reachable at any time, as before."""
    _columns()
    _duty()
    _records()
    op.execute(KEEP)
    for table, sealed in KEPT:
        argument = f"'{sealed}'" if sealed else ""
        op.execute(
            f"create trigger keep_history before update or delete on {table} "
            f"for each row execute function held_keep_history({argument})"
        )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _to_staff(table: str, column: str = "staff_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff.id"], name=op.f(f"fk_{table}_{column}_staff"))


def _columns() -> None:
    op.add_column("clinic", sa.Column("timezone", sa.String(), nullable=True))
    op.add_column("staff", sa.Column("timezone", sa.String(), nullable=True))
    op.add_column("staff", sa.Column("unreachable_since", WHEN, nullable=True))
    op.add_column("flags", sa.Column("offered_to_id", sa.BigInteger(), nullable=True))
    op.add_column("flags", sa.Column("note_awaited_until", WHEN, nullable=True))
    op.create_foreign_key(
        op.f("fk_flags_offered_to_id_staff"), "flags", "staff", ["offered_to_id"], ["id"]
    )


def _duty() -> None:
    op.create_table(
        "working_hours",
        _id(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        _to_staff("working_hours"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_hours")),
    )
    op.create_index(op.f("ix_working_hours_staff_id"), "working_hours", ["staff_id"])
    op.create_table(
        "rota",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("handover", sa.Time(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("days_above_none")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota")),
    )
    op.create_table(
        "rota_people",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        _to_staff("rota_people"),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_rota_people")),
    )
    op.create_table(
        "rota_overrides",
        _id(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("begins_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=False),
        _to_staff("rota_overrides"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_overrides")),
    )
    op.create_table(
        "leave",
        _id(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("cover_id", sa.BigInteger(), nullable=True),
        sa.Column("begins_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=False),
        _to_staff("leave"),
        _to_staff("leave", "cover_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index(op.f("ix_leave_staff_id"), "leave", ["staff_id"])


def _records() -> None:
    op.create_table(
        "flag_notes",
        _id(),
        sa.Column("flag_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flags.id"], name=op.f("fk_flag_notes_flag_id_flags")
        ),
        _to_staff("flag_notes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_notes")),
    )
    op.create_index(op.f("ix_flag_notes_flag_id"), "flag_notes", ["flag_id"])
    op.create_table(
        "alarms",
        _id(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sentence", sa.LargeBinary(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sa.UniqueConstraint("key", name=op.f("uq_alarms_key")),
    )

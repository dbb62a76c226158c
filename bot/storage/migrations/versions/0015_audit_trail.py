"""One audit trail, hash-chained, that the database lets nobody change; it takes over the views."""

import sqlalchemy as sa
from alembic import op

from bot.core.audit import BEGINNING, Actor, Deed, chained

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REFUSE = """
create function held_refuse_audit() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is only added to';
end $$
"""
# who read the messages of a flag, and what was shown or taken out by a command
VIEWS = """
    select at, staff_id, 'words_shown' as act,
        case what when 'shown' then 'a flag' when 'words_sent' then 'alert' else 'taking it' end
        as how, '' as detail,
        'flag:' || flag_id || coalesce(' family:' || f.family_id, '') as about
    from flag_events e join flags f on f.id = e.flag_id
    where what in ('shown', 'words_sent', 'media_sent')
    union all
    select at, staff_id, case command when 'export' then 'words_exported' else 'words_shown' end,
        case when command in ('review', 'export') then 'triage ' || command else command end,
        'messages=' || shown, ''
    from review_views
    order by at
"""


def upgrade() -> None:
    """One table; earlier views come over in the order of their times, and their table goes."""
    entries = op.create_table(
        "audit_entries",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
    )
    earlier = [
        Deed(
            row.at,
            Actor(row.staff_id, "" if row.staff_id else "nobody was named"),
            row.act,
            tuple(row.about.split()),
            row.how,
            row.detail,
        )
        for row in op.get_bind().execute(sa.text(VIEWS))
    ]
    rows = [
        {
            "number": one.link.number,
            "at": one.deed.at,
            "staff_id": one.deed.by.staff_id,
            "named": one.deed.by.named,
            "act": one.deed.act,
            "about": " ".join(one.deed.about),
            "how": one.deed.how,
            "detail": one.deed.detail,
            "hash": one.link.hash,
        }
        for one in chained(BEGINNING, earlier)
    ]
    op.bulk_insert(entries, rows)
    op.drop_table("review_views")
    op.execute(REFUSE)
    op.execute(
        "create trigger refuse_change before update or delete or truncate on audit_entries "
        "for each statement execute function held_refuse_audit()"
    )

"""Which questions were declined, or answered with something that was not meant."""

from datetime import datetime

from sqlalchemy import and_, func, select

from bot.core.gaps import Unanswered
from bot.core.triage import Route
from bot.storage.database import Tx
from bot.storage.tables import answers, messages

MOST = 2000
DECLINED = ("nothing_close", "near_miss")
NOT_MEANT = "not_what_i_meant"


async def unanswered(tx: Tx, since: datetime) -> tuple[Unanswered, ...]:
    """The newest `MOST` of them since then, oldest first.

    A question whose parent then chose one of the titles, and did not reject it, is answered.
    """
    declined = and_(answers.c.route == Route.NOT_COVERED, answers.c.reason.in_(DECLINED))
    rejected = func.coalesce(answers.c.feedback, "") == NOT_MEANT
    chosen = and_(answers.c.reason == "chosen", ~rejected)
    query = (
        select(messages.c.id, messages.c.family_id, messages.c.text, messages.c.sent_at)
        .join(answers, answers.c.message_id == messages.c.id)
        .where(messages.c.family_id.is_not(None), messages.c.sent_at >= since)
        .group_by(messages.c.id)
        .having(func.bool_or(rejected) | (func.bool_or(declined) & ~func.bool_or(chosen)))
        .order_by(messages.c.id.desc())
        .limit(MOST)
    )
    rows = reversed((await tx.execute(query)).all())
    found = (Unanswered(row.family_id, row.sent_at, tx.unseal(row.text)) for row in rows)
    return tuple(one for one in found if one.text.strip())

"""The tables. Message text, names and notes are sealed in their columns."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Sealed(LargeBinary):
    """Words that only the clinic's key opens."""

    cache_ok = True


When = DateTime(timezone=True)


def _id() -> Column[Any]:
    return Column("id", BigInteger, Identity(), primary_key=True)


clinic = Table(
    "clinic",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("name", Sealed, nullable=False),
    Column("country", String(2), nullable=False),
    Column("timezone", String),
    Column("made_at", When, nullable=False),
)

key_check = Table(
    "key_check",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("sealed", Sealed, nullable=False),
    Column("clock_offset", Float, nullable=False, server_default="0"),
)

pulse = Table(
    "pulse",
    metadata,
    Column("name", String, primary_key=True),
    Column("at", When, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    Column("name", Sealed, nullable=False),
    Column("role", String, nullable=False),
    Column("chat_id", BigInteger, unique=True),
    Column("joined_at", When),
    Column("left_at", When),
    Column("left_chat_id", BigInteger, index=True),
    Column("timezone", String),
    Column("unreachable_since", When),
)

families = Table(
    "families",
    metadata,
    _id(),
    Column("alias", Sealed, nullable=False),
    Column("country", String(2), nullable=False),
    Column("therapist_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("made_at", When, nullable=False),
)

parents = Table(
    "parents",
    metadata,
    _id(),
    Column("family_id", ForeignKey("families.id"), nullable=False, index=True),
    Column("name", Sealed, nullable=False),
    Column("chat_id", BigInteger, unique=True, nullable=False),
    Column("consent_version", String, nullable=False),
    Column("consented_at", When, nullable=False),
)

links = Table(
    "links",
    metadata,
    _id(),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("made_at", When, nullable=False),
    Column("expires_at", When, nullable=False),
    Column("opened_by", BigInteger),
    Column("used_by", BigInteger),
    Column("used_at", When),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("last_at", When, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("payload", Sealed, nullable=False),
    Column("received_at", When, nullable=False),
    Column("handled_at", When),
    Column("outcome", String),
)
Index("ix_inbox_waiting", inbox.c.received_at, postgresql_where=inbox.c.handled_at.is_(None))

messages = Table(
    "messages",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False),
    Column("family_id", ForeignKey("families.id"), index=True),
    Column("telegram_message_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column("text", Sealed, nullable=False),
    Column("kind", String, nullable=False),
    Column("sent_at", When, nullable=False),
    Column("route", String),
    Column("category", String),
    Column("reason", String),
    Column("evidence", Sealed),
    Column("score", Float),
    Column("language", String),
    Column("version", String),
    Column("emptied_at", When),
)
Index("ix_messages_chat_id_id", messages.c.chat_id, messages.c.id.desc())

answers = Table(
    "answers",
    metadata,
    _id(),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("document_id", String),
    Column("document_sha256", String),
    Column("release", String, nullable=False),
    Column("route", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("made_at", When, nullable=False),
    Column("feedback", String),
)

flags = Table(
    "flags",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False),
    Column("family_id", ForeignKey("families.id"), index=True),
    Column("message_id", ForeignKey("messages.id")),
    Column("alias", Sealed, nullable=False),
    Column("country", String(2), nullable=False),
    Column("category", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("state", String, nullable=False),
    Column("raised_at", When, nullable=False),
    Column("next_rung", Integer, nullable=False),
    Column("therapist_id", ForeignKey("staff.id")),
    Column("holder_id", ForeignKey("staff.id")),
    Column("offered_to_id", ForeignKey("staff.id")),
    Column("outcome", String),
    Column("note_awaited_until", When),
    Column("emptied_at", When),
)
Index("ix_flags_open", flags.c.chat_id, postgresql_where=flags.c.state != "closed")

flag_events = Table(
    "flag_events",
    metadata,
    _id(),
    Column("flag_id", ForeignKey("flags.id"), nullable=False, index=True),
    Column("at", When, nullable=False),
    Column("what", String, nullable=False),
    Column("rung", Integer),
    Column("staff_id", ForeignKey("staff.id")),
    Column("message_id", ForeignKey("messages.id")),
)

checks = Table(
    "checks",
    metadata,
    _id(),
    Column("message_id", ForeignKey("messages.id"), nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("category", String, nullable=False),
    Column("asked_at", When, nullable=False),
    Column("settled_at", When),
    Column("wants_person", Boolean, nullable=False, server_default="false"),
)
Index("ix_checks_open", checks.c.chat_id, postgresql_where=checks.c.settled_at.is_(None))

questions = Table(
    "questions",
    metadata,
    _id(),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("family_id", ForeignKey("families.id"), nullable=False, index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("therapist_id", ForeignKey("staff.id"), nullable=False),
    Column("kind", String, nullable=False, server_default="words"),
    Column("skill_id", String, nullable=False, server_default=""),
    Column("asked_at", When, nullable=False),
    Column("answered_at", When),
    Column("answered_by_id", ForeignKey("staff.id")),
    Column("answered_elsewhere", Boolean, nullable=False, server_default="false"),
    Column("reminded_at", When),
    UniqueConstraint("message_id", "kind", "skill_id"),
)
Index("ix_questions_open", questions.c.asked_at, postgresql_where=questions.c.answered_at.is_(None))

review_items = Table(
    "review_items",
    metadata,
    _id(),
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
    Column("doubt", String, nullable=False),
    Column("raised_at", When, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("label", String),
    Column("category", String),
    Column("reviewer_id", ForeignKey("staff.id")),
    Column("reviewed_at", When),
    UniqueConstraint("message_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    Column("key", String, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", String, nullable=False),
    Column("body", Sealed, nullable=False),
    Column("about", String, index=True),
    Column("staff_id", ForeignKey("staff.id")),
    Column("passes_on", String),
    Column("state", String, nullable=False),
    Column("telegram_message_id", BigInteger),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("made_at", When, nullable=False),
    Column("settled_at", When),
    Column("error", String),
    Column("emptied_at", When),
)
Index(
    "ix_deliveries_sent",
    deliveries.c.chat_id,
    deliveries.c.telegram_message_id,
    postgresql_where=deliveries.c.telegram_message_id.is_not(None),
)
Index(
    "ix_deliveries_passes_on",
    deliveries.c.passes_on,
    postgresql_where=deliveries.c.passes_on.is_not(None),
)

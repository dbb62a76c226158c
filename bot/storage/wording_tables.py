"""The tables of answers that a language model may word, of what that takes, and consents."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    Table,
)

from bot.storage.tables import Sealed, When, metadata

wordings = Table(
    "wordings",
    metadata,
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("family_id", ForeignKey("families.id"), nullable=False, index=True),
    Column("curated", Sealed, nullable=False),
    Column("made_at", When, nullable=False),
    Column("due_at", When, nullable=False),
    Column("begun_at", When),
    Column("settled_at", When),
    Column("outcome", String),
    Column("reason", String),
    Column("model", String),
    Column("answered_by", String),
    Column("prompt_id", String),
    Column("prompt_version", Integer),
    Column("passages", Sealed),
    Column("sentences", Sealed),
    Column("tokens_read", Integer),
    Column("tokens_written", Integer),
)
Index("ix_wordings_made_at", wordings.c.made_at)

word_use = Table(
    "word_use",
    metadata,
    Column("family_id", ForeignKey("families.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("answers", Integer, nullable=False, server_default="0"),
    Column("tokens_read", BigInteger, nullable=False, server_default="0"),
    Column("tokens_written", BigInteger, nullable=False, server_default="0"),
    Column("cost", Float, nullable=False, server_default="0"),
)

past_consents = Table(
    "past_consents",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("parent_id", ForeignKey("parents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("consented_at", When, nullable=False),
    Column("until", When, nullable=False),
)

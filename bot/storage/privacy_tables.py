"""The tables of erasing and keeping: wishes to be erased, proofs, and runs of retention."""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Integer, String, Table

from bot.storage.tables import When, metadata

erase_wishes = Table(
    "erase_wishes",
    metadata,
    Column("parent_id", ForeignKey("parents.id"), primary_key=True),
    Column("asked_at", When, nullable=False),
    Column("waits_since", When),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("receipt", String, nullable=False, unique=True),
    Column("at", When, nullable=False),
    Column("by", String, nullable=False),
    Column("people", Integer, nullable=False),
)

retention_runs = Table(
    "retention_runs",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", When, nullable=False),
    Column("message_days", Integer),
    Column("flag_days", Integer),
    Column("messages", Integer, nullable=False),
    Column("flags", Integer, nullable=False),
    Column("deliveries", Integer, nullable=False),
)

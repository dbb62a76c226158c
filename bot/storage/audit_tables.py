"""The table of the audit trail. It points at no other: an id stays here when its row is erased."""

from sqlalchemy import BigInteger, Column, String, Table

from bot.storage.tables import When, metadata

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", When, nullable=False),
    Column("staff_id", BigInteger),
    Column("named", String, nullable=False),
    Column("act", String, nullable=False),
    Column("about", String, nullable=False),
    Column("how", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("hash", String(64), nullable=False),
)

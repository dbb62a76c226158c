"""The tables of the console: links that the bot sends to staff, and who is signed in."""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, LargeBinary, Table

from bot.storage.tables import When, metadata

console_links = Table(
    "console_links",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("flag_id", ForeignKey("flags.id"), nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("made_at", When, nullable=False),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("made_at", When, nullable=False),
    Column("seen_at", When, nullable=False),
)

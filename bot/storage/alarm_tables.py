"""The tables of the second channel and the watchdog, and the pace of sending."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
)

from bot.storage.tables import Sealed, When, metadata

contacts = Table(
    "contacts",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("url", Sealed, nullable=False),
    Column("kind", String, nullable=False),
    Column("made_at", When, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL")),
    Column("clinic_mark", String),
    Column("flag_id", ForeignKey("flags.id"), index=True),
    Column("staff_id", ForeignKey("staff.id")),
    Column("body", Sealed, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("made_at", When, nullable=False),
    Column("settled_at", When),
    Column("error", String),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False, server_default=""),
    Column("began_at", When, nullable=False),
    Column("ended_at", When),
)
Index(
    "uq_incidents_open",
    incidents.c.kind,
    incidents.c.subject,
    unique=True,
    postgresql_where=incidents.c.ended_at.is_(None),
)

pace = Table(
    "pace",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("next_at", When, nullable=False),
    prefixes=["UNLOGGED"],  # written with every message sent, and worth nothing after a crash
)

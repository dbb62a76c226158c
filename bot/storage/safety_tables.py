"""The tables of safety: who is on duty when, what was noted of a flag, what alarmed the clinic."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Integer,
    SmallInteger,
    String,
    Table,
    Time,
)

from bot.storage.tables import Sealed, When, metadata

working_hours = Table(
    "working_hours",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("weekday", SmallInteger, nullable=False),
    Column("begins", Time, nullable=False),
    Column("ends", Time, nullable=False),
)

rota = Table(
    "rota",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("first_day", Date, nullable=False),
    Column("handover", Time, nullable=False),
    Column("days", Integer, nullable=False),
    CheckConstraint("days > 0", name="days_above_none"),
)

rota_people = Table(
    "rota_people",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
)

rota_overrides = Table(
    "rota_overrides",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("begins_at", When, nullable=False),
    Column("ends_at", When, nullable=False),
)

leave = Table(
    "leave",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("cover_id", ForeignKey("staff.id")),
    Column("begins_at", When, nullable=False),
    Column("ends_at", When, nullable=False),
)

flag_notes = Table(
    "flag_notes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("flag_id", ForeignKey("flags.id"), nullable=False, index=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("at", When, nullable=False),
    Column("text", Sealed, nullable=False),
)

alarms = Table(
    "alarms",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("sentence", Sealed, nullable=False),
    Column("at", When, nullable=False),
)

"""The tables of practice: plans, each parent's times and rhythm, nudges and what came of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    String,
    Table,
    Time,
    UniqueConstraint,
    func,
)

from bot.storage.tables import Sealed, metadata

When = DateTime(timezone=True)

practice_plans = Table(
    "practice_plans",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("family_id", ForeignKey("families.id"), nullable=False, index=True),
    Column("therapist_id", ForeignKey("staff.id"), nullable=False),
    Column("skill_id", String, nullable=False),
    Column("goal", Sealed, nullable=False),
    Column("note", Sealed, nullable=False),
    Column("often", SmallInteger, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("has_own_day", Boolean, nullable=False, server_default="false"),
    Column("state", String, nullable=False),
    Column("made_at", When, nullable=False),
)

plan_times = Table(
    "plan_times",
    metadata,
    Column("plan_id", ForeignKey("practice_plans.id"), primary_key=True),
    Column("parent_id", ForeignKey("parents.id"), primary_key=True),
    Column("days", SmallInteger, nullable=False),
    Column("at", Time, nullable=False),
    Column("picked_at", When, nullable=False),
    Column("rests_since", When),
)

rhythms = Table(
    "rhythms",
    metadata,
    Column("parent_id", ForeignKey("parents.id"), primary_key=True),
    Column("zone", String, nullable=False),
    Column("quiet_begins", Time, nullable=False),
    Column("quiet_ends", Time, nullable=False),
    Column("paused_until", Date),
    Column("paused_at", When),
    Column("stopped_at", When),
    Column("waiting_since", When),
    Column("counts_from", Date),
    Column("flags_excused_at", When),
    Column("learns_since", When),
    Column("learns_version", String),
    Column("look_at", When),
)
Index("ix_rhythms_look_at", rhythms.c.look_at, postgresql_where=rhythms.c.look_at.is_not(None))

nudges = Table(
    "nudges",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("plan_id", ForeignKey("practice_plans.id"), nullable=False),
    Column("parent_id", ForeignKey("parents.id"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("wording", SmallInteger, nullable=False),
    Column("made_at", When, nullable=False),
    Column("send_until", When, nullable=False),
    Column("withheld", String),
    Column("answered_at", When),
    UniqueConstraint("plan_id", "parent_id", "day"),
)

practices = Table(
    "practices",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("plan_id", ForeignKey("practice_plans.id"), nullable=False),
    Column("parent_id", ForeignKey("parents.id"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("answer", String, nullable=False),
    Column("barrier", String),
    Column("note", Sealed),
    Column("note_message_id", ForeignKey("messages.id")),
    Column("at", When, nullable=False),
    Column("changed_at", When, nullable=False, server_default=func.now()),
    UniqueConstraint("plan_id", "parent_id", "day"),
)

family_sessions = Table(
    "family_sessions",
    metadata,
    Column("family_id", ForeignKey("families.id"), primary_key=True),
    Column("first_on", Date, nullable=False),
    Column("at", Time, nullable=False),
    Column("every_weeks", SmallInteger, nullable=False),
    Column("set_by", ForeignKey("staff.id")),
    Column("set_at", When, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("family_id", ForeignKey("families.id"), nullable=False),
    Column("session_on", Date, nullable=False),
    Column("asked_at", When),
    Column("sent_at", When),
    UniqueConstraint("family_id", "session_on"),
)

session_notes = Table(
    "session_notes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("digest_id", ForeignKey("digests.id"), nullable=False, index=True),
    Column("parent_id", ForeignKey("parents.id"), nullable=False),
    Column("words", Sealed, nullable=False),
    Column("message_id", ForeignKey("messages.id")),
    Column("at", When, nullable=False),
)

window_choices = Table(
    "window_choices",
    metadata,
    Column("parent_id", ForeignKey("parents.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Time, nullable=False),
    Column("probability", Float, nullable=False),
    Column("offered", String, nullable=False),
    Column("chosen_at", When, nullable=False),
)

holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String, nullable=False),
)

"""Every table, from every module that has some: what migrations lead to."""

from bot.storage import (
    alarm_tables,
    audit_tables,
    console_tables,
    practice_tables,
    privacy_tables,
    safety_tables,
    tables,
    wording_tables,
)

metadata = tables.metadata
PRACTICE = practice_tables
PRIVACY = privacy_tables
SAFETY = safety_tables
ALARMS = alarm_tables
AUDIT = audit_tables
CONSOLE = console_tables
WORDINGS = wording_tables

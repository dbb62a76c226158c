"""The settings of what goes on between sessions: practice, and questions to the therapist."""

from pydantic import Field
from pydantic_settings import BaseSettings


class BetweenSessions(BaseSettings):
    """What is set about nudges, and about questions that wait for an answer."""

    try_times: bool = Field(
        False, description="parents may agree that times of day are tried for their nudges"
    )
    nudge_spread_minutes: int = Field(
        10, ge=0, le=60, description="nudges for the same time are sent over so many minutes"
    )
    question_reminder_days: int = Field(
        2,
        ge=0,
        le=30,
        description="working days until one quiet reminder of an unanswered question; 0: none",
    )

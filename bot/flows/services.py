"""What every use case is given: the database, the clock, the words, and judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.adapters.clock import Clock
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judgement
from bot.core.crisis import Directory
from bot.core.ladder import Ladder
from bot.core.phrases import Phrases
from bot.core.skills import Skill
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Built once, by `app.py`."""

    database: Database
    clock: Clock
    phrases: Phrases
    directory: Directory
    judgement: Judgement
    guidance: Guidance
    ladder: Ladder
    check_waits: timedelta
    alert_shows_words: bool
    bot_username: str
    skills: Mapping[str, Skill] = field(default_factory=dict)

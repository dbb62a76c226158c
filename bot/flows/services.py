"""What every use case is given: the database, the clock, the words, and judgement."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.adapters.clock import Clock
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judgement
from bot.adapters.reachability import never_asks
from bot.adapters.second_channel import SecondChannel
from bot.adapters.wording import Wording
from bot.core.crisis import Directory
from bot.core.ladder import Ladder
from bot.core.pace import Bounds
from bot.core.phrases import Phrases
from bot.core.retention import Retention
from bot.core.skills import Skill
from bot.storage.database import Database

SUPERVISORS_RUNG = 3


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
    bot_username: Callable[[], str]
    skills: Mapping[str, Skill] = field(default_factory=dict)
    time_zone: str | None = None
    nudge_spread: timedelta = timedelta()
    try_times: bool = False
    question_days: int = 2
    second_channel: SecondChannel = field(default_factory=SecondChannel)
    second_channel_rung: int = SUPERVISORS_RUNG
    probe: Callable[[int], Awaitable[str | None]] = never_asks
    holder_patience: timedelta = timedelta(minutes=45)
    unclosed_after: timedelta = timedelta(hours=24)
    wording: Wording | None = None
    console_url: str | None = None
    keep_notes: bool = False
    retention: Retention = field(default_factory=Retention)
    bounds: Bounds = field(default_factory=Bounds)

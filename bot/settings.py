"""Every setting: one class, `HELDINMIND_…` variables, a `.env`, files for secrets."""

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.triage import CHECK_BOUNDS, FLAG_BOUNDS
from bot.errors import SettingsError
from bot.settings_between import BetweenSessions
from bot.settings_chat import ChatSettings
from bot.settings_files import PREFIX as PREFIX
from bot.settings_files import read_secret, secret_of
from bot.settings_limits import LimitSettings
from bot.settings_privacy import PrivacySettings

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = ("postgresql://", "postgres://", "postgresql+psycopg://")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Environment(StrEnum):
    """Development makes what is missing and says so; production insists."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class ClockKind(StrEnum):
    """Whose time it is: the machine's, or a sandbox's, which can be moved forward."""

    SYSTEM = "system"
    SANDBOX = "sandbox"


class FlagDetail(StrEnum):
    """Whether an alert carries the parent's words, or shows them on request."""

    MINIMAL = "minimal"
    FULL = "full"


class Rung(StrEnum):
    """The rungs of a flag's ladder, in order."""

    THERAPIST = "therapist"
    REMINDER = "reminder"
    ON_CALL = "on_call"
    SUPERVISOR = "supervisor"
    EVERYONE = "everyone"


class Role(StrEnum):
    """What a process does; one process does all by default."""

    RECEIVE = "receive"
    WORK = "work"
    ALL = "all"


Minutes = Annotated[int, Field(gt=0, le=24 * 60)]
FlagLine = Annotated[float, Field(ge=FLAG_BOUNDS[0], le=FLAG_BOUNDS[1])]
CheckLine = Annotated[float, Field(ge=CHECK_BOUNDS[0], le=CHECK_BOUNDS[1])]


class _Usual(BaseSettings):
    """What is set about everything else."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    environment: Environment = Field(
        Environment.DEVELOPMENT, description="'production' refuses to make an encryption key"
    )
    data: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("held-in-mind")),
        description="folder for the embedded database, the index and the key",
    )
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL, as postgresql://user:password@host/name; unset: embedded"
    )
    database_url_file: Path | None = Field(None, description="file with that address")
    index: Path | None = Field(
        None, description="folder for the guidance's index, when it is not to be under DATA"
    )
    key: SecretStr | None = Field(
        None, description="encryption key(s), the newest first, separated by commas"
    )
    key_file: Path | None = Field(None, description="file with the key(s), one a line")
    telegram_token: SecretStr | None = Field(None, description="the token BotFather gave you")
    telegram_token_file: Path | None = Field(None, description="file with the token")
    telegram_api: str = Field("https://api.telegram.org", description="the Bot API server")
    webhook_url: str | None = Field(
        None, description="public https address that Telegram posts to; unset: long polling"
    )
    webhook_secret: SecretStr | None = Field(
        None, description="what Telegram sends along with a webhook call, 16 characters or more"
    )
    webhook_secret_file: Path | None = Field(None, description="file with that secret")
    console_url: str | None = Field(
        None, description="public https address under which staff reach the console; unset: none"
    )
    http_host: str = Field("127.0.0.1", description="where health, metrics and webhook listen")
    http_port: int = Field(8090, ge=0, le=65535, description="their port; 0: a free one")
    country: str = Field(
        "ZZ",
        pattern=r"^[A-Z]{2}$",
        description="whose crisis numbers `ask`, `chat` and `dry-run` show; families read those of "
        "the country of `clinic init`, or of their own (`clinic family`)",
    )
    models: Path | None = Field(
        None, description="folder for models that are made or fetched once; unset: the user's cache"
    )
    knowledge: Path = Field(ROOT / "knowledge", description="guidance, skills, crisis numbers")
    prompts: Path = Field(ROOT / "prompts", description="every sentence the bot says")
    release: str | None = Field(
        None, description="name or folder of the release to serve from; unset: the one pinned"
    )
    chroma_url: str | None = Field(None, description="a Chroma server; unset: embedded")
    embedding_model: str = Field(
        "all-mpnet-base-v2",
        description="what reads for the guidance; unset: the encoder of triage",
    )
    require_approved: bool = Field(False, description="serve approved guidance only")
    flag_detail: FlagDetail = Field(
        FlagDetail.MINIMAL, description="'full' puts the parent's words into the alert itself"
    )
    flag_threshold: FlagLine | None = Field(
        None,
        description="triage scores from here up are urgent, 0.1 to 0.8; unset: as calibrated",
    )
    check_threshold: CheckLine | None = Field(
        None,
        description="scores from here up get a safety check, 0.01 to 0.15; unset: as calibrated",
    )
    check_minutes: Minutes = Field(10, description="a safety check unanswered for so long: a flag")
    remind_minutes: Minutes = Field(5, description="the therapist is reminded of a flag")
    on_call_minutes: Minutes = Field(10, description="on-call is told of a flag")
    supervisor_minutes: Minutes = Field(20, description="the supervisor is told of a flag")
    repeat_minutes: Minutes = Field(15, description="then all are told again and again")
    second_channel_rung: Rung = Field(
        Rung.SUPERVISOR,
        description="from this rung on, people are told outside Telegram as well",
    )
    clinic_alarm_urls: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Apprise URLs that hear the clinic's alarms, separated by spaces"
    )
    clinic_alarm_urls_file: Path | None = Field(None, description="file with them, one a line")
    time_zone: str | None = Field(
        None, description="time zone of clinic and families; unset: the usual one of each country"
    )
    hold_minutes: Minutes = Field(
        45, description="whoever took a flag and does nothing for so long loses it again"
    )
    unclosed_hours: int = Field(
        24, gt=0, le=24 * 30, description="a flag open so long alarms the clinic, and so on"
    )
    workers: int = Field(8, ge=1, le=64, description="messages worked on side by side")
    clock: ClockKind = Field(ClockKind.SYSTEM, description="'sandbox' follows a sandbox's clock")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="of the log")

    @field_validator("country", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        upper = value.upper() if isinstance(value, str) else value
        return "GB" if upper == "UK" else upper

    @field_validator("clinic_alarm_urls", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in available_timezones():
            raise ValueError("should be a zone's name such as Europe/London")
        return value

    @field_validator("console_url")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else None

    @field_validator("telegram_api")
    @classmethod
    def _http(cls, value: str) -> str:
        if urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("should be an address such as https://api.telegram.org")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name, url in (("WEBHOOK_URL", self.webhook_url), ("CONSOLE_URL", self.console_url)):
            is_safe = not url or url.startswith("https://")
            if not is_safe and urlsplit(url).hostname not in LOOPBACK:
                raise ValueError(f"{name} should begin with https://")
        if self.webhook_url and len(self.secret_of_webhook() or "") < 16:
            raise ValueError("WEBHOOK_SECRET of 16 characters or more is needed with WEBHOOK_URL")
        if self.clock is ClockKind.SANDBOX and not self.talks_to_a_sandbox:
            raise ValueError("CLOCK=sandbox needs TELEGRAM_API to be a sandbox on this machine")
        if not self.remind_minutes <= self.on_call_minutes <= self.supervisor_minutes:
            raise ValueError(
                "REMIND_MINUTES, ON_CALL_MINUTES and SUPERVISOR_MINUTES should not go down"
            )
        flag, check = self.flag_threshold, self.check_threshold
        if flag is not None and check is not None and check > flag:
            raise ValueError("CHECK_THRESHOLD should not be above FLAG_THRESHOLD")
        return self

    @property
    def talks_to_a_sandbox(self) -> bool:
        """Whether the Bot API server is on this machine's loopback."""
        return urlsplit(self.telegram_api).hostname in LOOPBACK

    @property
    def index_folder(self) -> Path:
        """Where the guidance's index and its remembered embeddings are."""
        return self.index or self.data

    @property
    def check_waits(self) -> timedelta:
        """How long a safety check waits for an answer."""
        return timedelta(minutes=self.check_minutes)

    def address_of_database(self) -> str | None:
        """PostgreSQL's address, from the variable or the file; None means the embedded one.

        Raises:
            SettingsError: it is not PostgreSQL's.
        """
        found = secret_of(self.database_url, self.database_url_file, "DATABASE_URL_FILE")
        if found is None or found.startswith(POSTGRESQL):
            return found
        raise SettingsError(
            f"{PREFIX}DATABASE_URL should be an address of PostgreSQL such as "
            "postgresql://user:password@host/name (nothing else can be used)"
        )

    def secret_of_webhook(self) -> str | None:
        """What a webhook call must carry, from the variable or the file."""
        return secret_of(self.webhook_secret, self.webhook_secret_file, "WEBHOOK_SECRET_FILE")

    def alarm_urls(self) -> tuple[str, ...]:
        """The clinic's addresses for alarms, from the variable or the file, which may be empty."""
        if self.clinic_alarm_urls:
            return tuple(one.get_secret_value() for one in self.clinic_alarm_urls)
        file, variable = self.clinic_alarm_urls_file, "CLINIC_ALARM_URLS_FILE"
        return () if file is None else tuple(read_secret(file, variable, or_none=True).split())

    def token(self) -> str:
        """The bot's token, from the variable or the file.

        Raises:
            SettingsError: there is none.
        """
        found = secret_of(self.telegram_token, self.telegram_token_file, "TELEGRAM_TOKEN_FILE")
        if found is not None:
            return found
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN is not set: it should be the token that @BotFather gave you. "
            "To try the bot without one: heldinmind demo"
        )


class Settings(PrivacySettings, ChatSettings, BetweenSessions, LimitSettings, _Usual):
    """The settings, each with what it is for."""


def load_settings(**overrides: Any) -> Settings:
    """The settings from variables and `.env`, with `overrides` before both.

    Raises:
        SettingsError: a value is wrong; names the variable, and what it should be.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [_explain(problem) for problem in error.errors(include_input=False)]
        raise SettingsError("\n".join(lines)) from None


def _explain(problem: Any) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    message = str(problem["msg"]).removeprefix("Value error, ")
    if not where:
        return f"{PREFIX}{message}"
    purpose = Settings.model_fields[where].description if where in Settings.model_fields else ""
    return f"{PREFIX}{where.upper()}: {message} ({purpose})"

"""The settings of a language model that may put answers into other words; none by default."""

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.settings_files import secret_of

FLOATING = ("latest", "preview", "auto", "default")
Price = Annotated[float, Field(ge=0.0)]


class ChatMode(StrEnum):
    """Whether a model may word an answer, or pages go out as they were reviewed."""

    REWORDED = "reworded"
    VERBATIM = "verbatim"


class ChatSettings(BaseSettings):
    """What is set about a language model."""

    chat_model: str | None = Field(
        None,
        description="language model that may reword answers, as provider:name, with its version; "
        "unset: none",
    )
    chat_mode: ChatMode = Field(
        ChatMode.REWORDED, description="'verbatim' sends pages word for word and asks no model"
    )
    chat_url: str | None = Field(
        None, description="the model's server, such as http://127.0.0.1:11434/v1"
    )
    chat_key: SecretStr | None = Field(None, description="the key that the model's provider gave")
    chat_key_file: Path | None = Field(None, description="file with that key")
    chat_seconds: float = Field(
        4.0, gt=0, le=60, description="a model later than this is not waited for"
    )
    chat_tokens_family: int = Field(
        40_000, gt=0, description="tokens a day for the answers of one family"
    )
    chat_tokens_day: int | None = Field(
        None, gt=0, description="tokens a day for all families together; unset: no limit"
    )
    chat_price_in: Price | None = Field(
        None, description="price of a million tokens read, for the cost in `heldinmind status`"
    )
    chat_price_out: Price | None = Field(None, description="price of a million tokens written")

    @field_validator("chat_model")
    @classmethod
    def _is_pinned(cls, value: str | None) -> str | None:
        if value is None:
            return None
        provider, _, name = value.partition(":")
        if not (provider and name) or value != value.strip() or any(map(str.isspace, value)):
            raise ValueError("should be provider:name, such as openai:gpt-4.1-mini-2025-04-14")
        if name.lower().endswith(FLOATING):
            raise ValueError("should name one version of a model, not one that changes under you")
        return value

    @field_validator("chat_url")
    @classmethod
    def _is_private(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("should be an address such as https://models.clinic.example/v1")
        if parts.scheme == "http" and not _is_near(parts.hostname):
            raise ValueError("should begin with https://, unless it is a machine of the clinic's")
        return value.rstrip("/")

    def key_of_chat(self) -> str | None:
        """The key for the model's provider, from the variable or the file."""
        return secret_of(self.chat_key, self.chat_key_file, "CHAT_KEY_FILE")


def _is_near(host: str) -> bool:
    """Whether a host is this machine or on the clinic's own network, as its name says."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host

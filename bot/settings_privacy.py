"""The settings of what is kept, for how long, and what the clinic has to keep by law."""

from pydantic import Field
from pydantic_settings import BaseSettings


class PrivacySettings(BaseSettings):
    """What is set about keeping and erasing."""

    keep_notes: bool = Field(
        False,
        description="staff's notes on flags stay when a family is erased, as the clinic has to "
        "keep them by law; `/erase` says so",
    )
    keep_message_days: int = Field(
        0, ge=0, description="words of messages go after so many days; 0: they are kept"
    )
    keep_flag_days: int = Field(
        0,
        ge=0,
        description="words of a flag go so many days after it was closed; 0: they are kept",
    )

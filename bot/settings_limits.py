"""The settings of how much one chat is answered at once; nothing of them holds a flag up."""

from pydantic import Field
from pydantic_settings import BaseSettings


class LimitSettings(BaseSettings):
    """What is set about chats that send a lot at once."""

    messages_a_minute: int = Field(
        20,
        ge=1,
        description="messages a minute of one parent that are answered one by one; above it each "
        "is still judged, and ordinary ones get one reply together",
    )
    stranger_messages_a_minute: int = Field(
        5, ge=1, description="the same for a chat that belongs to nobody here"
    )

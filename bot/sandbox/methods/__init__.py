"""The methods of the Bot API that the sandbox carries out."""

from bot.sandbox.methods import files, messages, profile, receiving, talking
from bot.sandbox.methods.handler import Handler

METHODS: dict[str, Handler] = {
    **messages.METHODS,
    **files.METHODS,
    **receiving.METHODS,
    **talking.METHODS,
    **profile.METHODS,
}

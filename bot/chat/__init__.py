"""Telegram's door: what an update means, how a result looks, and the sending of it."""

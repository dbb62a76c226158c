"""The sandbox itself: Telegram's side, the control side and the page."""

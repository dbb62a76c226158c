"""A Bot API server on loopback with a page of phones; any bot can be pointed at it."""

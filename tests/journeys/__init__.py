"""Journeys: the real processes, driven over HTTP, told as people would tell them."""

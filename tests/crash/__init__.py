"""Crash tests: the real process is killed at the worst moments, and nothing is lost."""

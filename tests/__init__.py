"""Tests: each name is a sentence about what the product does."""

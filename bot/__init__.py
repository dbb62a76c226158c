"""Held in Mind: a companion for parents between their child's therapy sessions."""

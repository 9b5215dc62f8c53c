"""Experiments: the same nets trained under many conditions, and what comes of it."""

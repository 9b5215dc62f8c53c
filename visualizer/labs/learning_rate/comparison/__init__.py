"""Schedules or optimisers compared on the same nets."""

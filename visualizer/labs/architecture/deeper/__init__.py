"""Deeper nets with as many parameters."""

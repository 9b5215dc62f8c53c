"""Precision at k."""

"""Dropout beside L2."""

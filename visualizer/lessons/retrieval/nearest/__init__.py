"""The nearest images."""

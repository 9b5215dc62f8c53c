"""Detectors: a classifier on every window of an image, and how well it does."""

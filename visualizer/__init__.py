"""Unrolled: an interactive visualizer of neural nets."""

"""Unrolled: an interactive visualizer of neural nets."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the app's own files stand: its data, weights, results and styles."""

"""Data sets: drawn by formulas, shipped, or read as they are published."""

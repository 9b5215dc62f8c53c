"""Walks: the computations that are written down step by step, a folder for each kind."""

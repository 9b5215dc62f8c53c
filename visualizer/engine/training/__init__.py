"""Training many small nets at once."""

"""Which hidden units stay on over a text."""

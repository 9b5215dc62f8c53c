"""Numbers and words, written alike everywhere."""

"""The sequence of the walk: characters, words, numbers, vectors."""

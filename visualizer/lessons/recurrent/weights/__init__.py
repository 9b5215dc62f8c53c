"""The weights of the walk: drawn, trained, pasted, or from a file."""

"""Features drawn up by hand, from pixels to numbers."""

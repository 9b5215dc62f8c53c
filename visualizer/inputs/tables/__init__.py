"""Tables that users bring: pasted, or from a CSV file."""

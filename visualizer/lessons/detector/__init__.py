"""The lesson "Scanning with a detector"."""

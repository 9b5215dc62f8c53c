"""What trained nets are measured by."""

"""Units that start alike."""

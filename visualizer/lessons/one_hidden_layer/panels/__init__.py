"""The panels of the lesson's toolbar."""

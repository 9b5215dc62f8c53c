"""The player: a trace and its scene, stepped through in the browser."""

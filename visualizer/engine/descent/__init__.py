"""Gradient descent held against its theory: loss, smoothness, bounds."""

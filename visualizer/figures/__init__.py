"""Results as figures: curves, grids of numbers, matrices."""

"""Histograms of oriented gradients of one small image, one number at a time."""

"""Pooling, and the block of convolution, ReLU and pooling, one number at a time."""

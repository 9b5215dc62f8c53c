"""A convolution of one image, forward and backward, one number at a time."""

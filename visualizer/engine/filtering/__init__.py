"""A convolution layer over a whole image, and what sharing its weights saves."""

"""One pixel of a deconvolutional net's projection, one number at a time."""

"""A fully connected net, forward and backward, one number at a time."""

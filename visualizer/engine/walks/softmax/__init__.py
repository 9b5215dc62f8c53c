"""A softmax with its loss, forward and backward, one number at a time."""

"""Any stack of torch's layers, forward and backward, one number at a time."""

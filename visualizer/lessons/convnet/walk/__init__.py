"""One number of the ConvNet, and how it is computed."""

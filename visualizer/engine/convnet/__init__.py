"""A LeNet-size ConvNet: its training, its weights, and ways to see what it looks for."""

"""Training a ConvNet in view."""

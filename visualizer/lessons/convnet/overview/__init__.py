"""The net as a whole: every map from the image to the classes."""

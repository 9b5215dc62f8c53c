"""The image that all views are about: a test image, a drawing, a photo."""

"""The view "Whole image": the layer over the whole image."""

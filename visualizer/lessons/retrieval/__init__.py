"""The lesson "Find images like this one": the nearest images of a gallery, by learned features and by others."""

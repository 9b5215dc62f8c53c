"""The lesson "Find images like this one": the nearest pictures of a gallery, by learned features and by others."""

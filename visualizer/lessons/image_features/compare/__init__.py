"""How much a descriptor changes when the image does."""

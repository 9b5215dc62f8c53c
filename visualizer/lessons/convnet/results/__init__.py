"""How well the net does on test images."""

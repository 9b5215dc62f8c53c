"""What the pages are made of: a lesson's settings, its numbers, and the panels that change them."""

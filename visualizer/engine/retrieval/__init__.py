"""Finding images like one: vectors, distances, precision, a map."""

"""Reading curves and comparing repeats."""

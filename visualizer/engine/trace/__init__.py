"""A trace: a computation as named arrays and the steps that fill them in, each an expression with its value."""

"""Two stacks side by side."""

"""The images that are searched: shipped, or brought."""

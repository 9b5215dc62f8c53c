"""The view "Learn": a kernel that is learned from its output."""

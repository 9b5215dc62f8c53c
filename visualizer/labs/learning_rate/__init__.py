"""The lab "Learning rate": which rates work, what schedules add, the range test, and optimisers with their defaults."""

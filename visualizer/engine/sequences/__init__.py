"""Recurrent nets on sequences: tasks, training, and what their states tell."""

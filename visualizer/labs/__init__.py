"""The labs: a question each, answered by an experiment that the visitor runs."""

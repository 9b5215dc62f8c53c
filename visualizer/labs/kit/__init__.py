"""The kit of all labs: question, settings, run, figures, answer."""

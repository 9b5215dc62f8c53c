"""The kit of all pages: settings, panels, edits, messages, links."""

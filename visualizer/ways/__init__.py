"""The ways to the pages: the menus in the bar of every page, and the first page."""

"""The app around its pages: the menus, the first page, and every response."""

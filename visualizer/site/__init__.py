"""The app around its pages: the menus, the home page, and every response."""

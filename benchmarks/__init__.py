"""How quick the app is, measured as a visitor meets it. `make bench` runs all of it."""

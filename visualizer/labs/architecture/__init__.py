"""The lab "Wider, deeper, random features": when more units or more layers help, and whether learned features do."""

"""How much data a net needs."""

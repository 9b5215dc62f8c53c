"""The lesson "Layer calculator": a stack of layers, what each costs, and where a net's parameters and its work are."""

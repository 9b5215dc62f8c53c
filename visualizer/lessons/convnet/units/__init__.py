"""What a unit looks for: projections, covering, the strongest images."""

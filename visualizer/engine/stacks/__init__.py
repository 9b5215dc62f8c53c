"""A stack of layers as plain values: shapes, counts, receptive fields."""

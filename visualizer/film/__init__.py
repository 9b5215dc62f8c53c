"""The film: a training run computed in one go, to be scrubbed in the browser."""

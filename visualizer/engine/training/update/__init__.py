"""One update of many nets: forward pass, loss, backward pass, optimiser."""

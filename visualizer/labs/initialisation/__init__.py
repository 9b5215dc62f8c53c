"""The lab "Initialisation": from which weights a net learns, what they do to signals and gradients, and symmetry."""

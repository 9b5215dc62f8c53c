"""The lab "Regularisation": kinds and strengths, dropout beside L2, and the amount of data."""

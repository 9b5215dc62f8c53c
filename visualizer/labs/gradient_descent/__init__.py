"""The lab "Gradient descent" (slide 13): what the theory promises, held against runs."""

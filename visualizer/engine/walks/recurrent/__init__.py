"""RNN and LSTM over one sequence, forward and backward through time, one number at a time."""

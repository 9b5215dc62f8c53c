"""The view "Walk": the net on the desk, number by number, forward and backward."""

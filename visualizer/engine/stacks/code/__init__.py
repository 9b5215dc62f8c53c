"""A stack as PyTorch code, and pasted PyTorch code as a stack."""

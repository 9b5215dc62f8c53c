"""How strong a penalty should be."""

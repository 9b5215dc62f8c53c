"""What users bring: files and texts. Everything untrusted is checked here; each fault has a message in words."""

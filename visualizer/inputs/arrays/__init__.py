"""Arrays that users bring: pasted in any usual notation, or typed into a table."""

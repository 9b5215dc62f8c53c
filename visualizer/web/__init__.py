"""What all components of the browser share: their scripts as files, arrays packed, the palette."""

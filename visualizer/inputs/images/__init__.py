"""Images that users bring: files, samples, camera, drawing; and the crop that a walk is over."""

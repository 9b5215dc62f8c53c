"""Training a recurrent net in view."""

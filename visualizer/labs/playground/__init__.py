"""The lab "Playground": any small net on any data, its whole training as a film."""

"""The lesson "A ConvNet and what it has learned": what its page is put together from."""

"""What the program knows, as data, with the loaders beside it."""

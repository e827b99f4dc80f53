"""Shows that every figure is what its letters say, whatever happened on the way."""

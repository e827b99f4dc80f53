"""The audit: it hears every letter into the casebook, replays it and proves it whole."""

"""Shows that the casebook can be replayed, explained and proved."""

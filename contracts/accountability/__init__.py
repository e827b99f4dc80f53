"""What accountability says: one module per aggregate, its commands first, then its events."""

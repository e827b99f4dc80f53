"""The applications as separate processes over a real broker."""

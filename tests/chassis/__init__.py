"""Shows that the floor of every service holds."""

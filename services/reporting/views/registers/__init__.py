"""Registers: pages of what the letters say of places, bodies, units, people and policies, for roll-ups to look at."""

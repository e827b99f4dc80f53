"""The demonstration: one school year of a fictional county, sent through the town as real commands."""

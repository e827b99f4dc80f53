"""The published language: what services say to each other and to people, and nothing of how they do it."""

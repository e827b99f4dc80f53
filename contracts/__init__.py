"""The published language: what services say to each other and to people, not how they do it."""

"""The published language: what services say to each other and to people, never how they act."""

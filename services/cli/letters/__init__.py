"""`dudao letters`: what could not be obeyed and was set aside, worked off in its order."""

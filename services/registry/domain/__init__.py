"""Rules of the registry; pure, without a door to the world."""

"""Rules of personnel; pure, without a door to the world."""

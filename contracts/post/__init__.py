"""What every service may say of the letters it hears, in its own log: no service of this name exists."""

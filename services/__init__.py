"""What the services do; each folder is one service, `chassis` is what they all stand on."""

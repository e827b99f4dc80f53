"""The seeded simulation: the real services in a world whose network, disks, clocks and processes fail by one seed."""

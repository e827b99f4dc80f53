"""Letters in, and timers."""

from services.chassis.processes import subscriber
from services.registry.application import Registry

if __name__ == "__main__":
    subscriber(Registry)

"""Letters out."""

from services.chassis.processes import relay
from services.registry.application import Registry

if __name__ == "__main__":
    relay(Registry)

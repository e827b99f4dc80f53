"""Letters out."""

from services.chassis.processes import relay
from services.scheduling.application import Scheduling

if __name__ == "__main__":
    relay(Scheduling)

"""Letters in, and timers."""

from services.chassis.processes import subscriber
from services.scheduling.application import Scheduling

if __name__ == "__main__":
    subscriber(Scheduling)

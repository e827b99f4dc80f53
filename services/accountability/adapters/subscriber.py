"""Letters in, and timers."""

from services.accountability.application import Accountability
from services.chassis.processes import subscriber

if __name__ == "__main__":
    subscriber(Accountability)

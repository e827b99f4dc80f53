"""Letters in, and timers."""

from services.chassis.processes import subscriber
from services.accountability.application import Accountability

if __name__ == "__main__":
    subscriber(Accountability)

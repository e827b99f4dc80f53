"""Letters in, and timers."""

from services.chassis.processes import subscriber
from services.rectification.application import Rectification

if __name__ == "__main__":
    subscriber(Rectification)

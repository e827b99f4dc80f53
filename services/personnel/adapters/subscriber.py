"""Letters in, and timers."""

from services.chassis.processes import subscriber
from services.personnel.application import Personnel

if __name__ == "__main__":
    subscriber(Personnel)

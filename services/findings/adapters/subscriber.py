"""Letters in, and timers."""

from services.chassis.processes import subscriber
from services.findings.application import Findings

if __name__ == "__main__":
    subscriber(Findings)

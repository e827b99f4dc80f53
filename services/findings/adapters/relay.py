"""Letters out."""

from services.chassis.processes import relay
from services.findings.application import Findings

if __name__ == "__main__":
    relay(Findings)

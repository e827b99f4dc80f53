"""Letters out."""

from services.chassis.processes import relay
from services.accountability.application import Accountability

if __name__ == "__main__":
    relay(Accountability)

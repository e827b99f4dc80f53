"""Letters out."""

from services.accountability.application import Accountability
from services.chassis.processes import relay

if __name__ == "__main__":
    relay(Accountability)

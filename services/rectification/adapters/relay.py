"""Letters out."""

from services.chassis.processes import relay
from services.rectification.application import Rectification

if __name__ == "__main__":
    relay(Rectification)

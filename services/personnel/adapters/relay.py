"""Letters out."""

from services.chassis.processes import relay
from services.personnel.application import Personnel

if __name__ == "__main__":
    relay(Personnel)

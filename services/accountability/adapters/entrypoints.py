"""Commands in, missed letters out."""

from services.chassis.hosting import Doors
from services.accountability.application import Accountability


class AccountabilityDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Accountability.name
    application = Accountability

"""Commands in, missed letters out."""

from services.accountability.application import Accountability
from services.chassis.hosting import Doors


class AccountabilityDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Accountability.name
    application = Accountability

"""Commands in, missed letters out."""

from services.chassis.hosting import Doors
from services.scheduling.application import Scheduling


class SchedulingDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Scheduling.name
    application = Scheduling

"""Commands in, missed letters out."""

from services.chassis.hosting import Doors
from services.rectification.application import Rectification


class RectificationDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Rectification.name
    application = Rectification

"""Commands in, missed letters out."""

from services.chassis.hosting import Doors
from services.personnel.application import Personnel


class PersonnelDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Personnel.name
    application = Personnel
